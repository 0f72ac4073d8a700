"""The verb matrix: every kind in every form, its options, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_contract import CODINGS

Table = Callable[..., Path]


@pytest.mark.parametrize(
    "kind", ["informants", "linkage", "groups", "triangulation", "emic-etic", "saturation"]
)
def test_every_matrix_in_every_form(done: Command, small: Path, table: Table, kind: str) -> None:
    done("informants", small, table("alias,kelompok", "A1,ASN", "M1,Warga"))
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-", "W1,dibaca,R1,-"))
    data = done("matrix", small, kind, "--json", "--by", "kelompok").data
    assert (data["kind"], data["coder"]) == (kind, "Peneliti")
    assert {"rows", "cells"} <= set(data)
    done("matrix", small, kind, "--by", "kelompok")
    for suffix in (".docx", ".xlsx", ".csv", ".html", ".json"):
        out = small.with_name(f"m{suffix}")
        done("matrix", small, kind, "--by", "kelompok", "--out", out)
        assert out.stat().st_size > 100


def test_a_comparison_names_whom_it_compares(
    done: Command, refused: Command, small: Path, table: Table
) -> None:
    done("informants", small, table("alias,kelompok", "A1,ASN", "M1,Warga"))
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-", "W1,dibaca,R1,-"))
    said = done("matrix", small, "comparison", "--members", "A1,M1").out
    assert "Only A1: R V" in said
    data = done("matrix", small, "comparison", "--members", "A1,M1", "--json").data
    assert (data["shared"], data["only"]) == ([], {"A1": ["R", "V"], "M1": []})
    out = small.with_name("c.docx")
    groups = "attribute:kelompok=ASN,attribute:kelompok=Warga"
    done("matrix", small, "comparison", "--members", groups, "--out", out)
    assert out.read_bytes().startswith(b"PK")
    assert "--members A1,A3" in refused("matrix", small, "comparison").err
    refused("matrix", small, "comparison", "--members", "A1,Nobody")


@pytest.mark.parametrize(
    ("kind", "option", "value"),
    [
        ("informants", "--members", "A1,M1"),
        ("comparison", "--by", "kelompok"),
        ("linkage", "--units", "sentences"),
        ("groups", "--coders", "Peneliti,Budi"),
        ("saturation", "--domain", "factor"),
    ],
)
def test_an_option_of_another_kind_of_matrix_is_refused(
    refused: Command, small: Path, kind: str, option: str, value: str
) -> None:
    assert f"{option} does not fit {kind}; it is for: " in refused("matrix", small, kind, option, value).err


def test_by_is_told_to_change_nothing_where_there_is_nothing_to_compare(
    done: Command, small: Path, table: Table
) -> None:
    done("informants", small, table("alias,kelompok", "A1,ASN"))
    answer = done("matrix", small, "linkage", "--by", "kelompok")
    assert answer.err == "--by changes nothing in linkage; it is for: groups, triangulation, emic-etic.\n"
    assert answer.out == done("matrix", small, "linkage").out
    assert done("matrix", small, "groups", "--by", "kelompok").err == ""


def test_all_suffixes_of_a_matrix_are_named(refused: Command, small: Path) -> None:
    said = refused("matrix", small, "informants", "--out", small.with_name("m.pdf")).err
    assert all(suffix in said for suffix in (".docx", ".xlsx", ".csv", ".html", ".json", ".svg", ".png"))
    said = refused("matrix", small, "informants", "--picture", "heat", "--out", small.with_name("m.csv")).err
    assert ".docx .html .svg .png" in said


def test_a_matrix_as_a_picture(done: Command, refused: Command, small: Path) -> None:
    svg, png = small.parent / "m.svg", small.parent / "m.png"
    done("matrix", small, "linkage", "--out", svg)
    assert "<title>Heat map</title>" in svg.read_text("utf-8")
    done("matrix", small, "linkage", "--out", svg, "--picture", "network", "--force")
    assert "<title>Network of co-coded passages</title>" in svg.read_text("utf-8")
    done("matrix", small, "informants", "--out", png, "--picture", "frequencies")
    assert png.read_bytes().startswith(b"\x89PNG")
    word = small.parent / "m.docx"
    done("matrix", small, "linkage", "--out", word, "--picture", "network")
    assert "word/media/image1.png" in zipfile.ZipFile(word).namelist()
    refused("matrix", small, "linkage", "--out", small.parent / "m.csv", "--picture", "network")
    assert "heat" in refused("matrix", small, "linkage", "--out", svg, "--picture", "curve").err
    assert "--out" in refused("matrix", small, "linkage", "--picture", "heat").err
    assert "not there" in refused("matrix", small, "linkage", "--out", small.parent / "no" / "m.svg").err


def test_agreement_lists_where_two_coders_differ(
    done: Command, refused: Command, small: Path, table: Table
) -> None:
    refused("matrix", small, "agreement")
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-"))
    done("code", small, table(CODINGS, "W1,dibaca,R1,-"), "--coder", "Budi")
    data = done("matrix", small, "agreement", "--json", "--coders", "Budi,Peneliti").data
    assert data["coders"] == ["Budi", "Peneliti"]
    (line,) = data["disagreements"]
    assert (line["source"], line["speaker"], line["about"]) == ("W1", "A1", ["R", "V"])
    assert line["codes"] == {"Budi": ["R1"], "Peneliti": ["V3"]}
    assert {name for cell in data["cells"] for name in cell if name == "kappa"}
    assert "undefined" in done("matrix", small, "agreement").out
    assert done("matrix", small, "agreement", "--units", "passages", "--json").data["units"] == {
        "kind": "passages",
        "number": 1,
    }
    refused("matrix", small, "agreement", "--coders", "Nobody,Budi")
    refused("matrix", small, "agreement", "--domain", "nothing")
