"""The contract of the command line, verb by verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcoder_lite.cli.parser import PARTS
from tests.cli.conftest import Command

Table = Callable[..., Path]
CODINGS = "source,quote,code,polarity"


def shown(done: Command, study: Path) -> dict:  # type: ignore[type-arg]
    return done("show", study, "--json").data


def test_new_makes_a_study_with_the_codebook(done: Command, tmp_path: Path) -> None:
    done("new", tmp_path / "a.qcl", "--codebook", "siagian")
    codes = shown(done, tmp_path / "a.qcl")["codes"]
    assert len(codes) == 47
    assert sum(code["parent"] is None for code in codes) == 9
    assert set(codes[0]) == {"key", "parent", "kind", "perspective", "names", "codings"}
    assert set(codes[0]["names"]) == {"id", "en"}


def test_new_over_a_file_is_refused_and_a_refused_new_leaves_none(refused: Command, tmp_path: Path) -> None:
    there = tmp_path / "there.qcl"
    there.write_bytes(b"mine")
    refused("new", there)
    assert there.read_bytes() == b"mine"
    refused("new", tmp_path / "b.qcl", "--codebook", tmp_path / "missing.json")
    assert list(tmp_path.iterdir()) == [there]


def test_claims_come_only_with_the_replication(done: Command, tmp_path: Path) -> None:
    for name, number in (("siagian", 0), ("replication", 16), ("none", 0)):
        study, out = tmp_path / f"{name}.qcl", tmp_path / f"{name}.json"
        done("new", study, "--codebook", name)
        done("export", study, out)
        assert len(json.loads(out.read_text(encoding="utf-8"))["claims"]) == number


def test_show_says_what_is_in_a_study(done: Command, small: Path) -> None:
    data = shown(done, small)
    assert set(data) == {"study", "sources", "informants", "codes", "coders", "codings"}
    assert set(data["study"]) == {"id", "title"}
    (source,) = data["sources"]
    assert source["key"] == "W1"
    assert source["technique"] == "interview"
    assert source["status"] == "not_started"
    assert source["turns"] == 4
    assert source["informants"] == ["A1"]
    assert data["informants"][0]["alias"] == "A1"
    assert data["codings"] == 0
    done("show", small)


def test_code_by_quote_by_offsets_and_again(done: Command, small: Path, table: Table) -> None:
    first = table(CODINGS, 'W1,"Jujur saja, jarang dibaca.",V3,-')
    done("code", small, first)
    assert shown(done, small)["codings"] == 1
    steps = done("history", small, "--json").data
    done("code", small, first)
    assert shown(done, small)["codings"] == 1
    assert done("history", small, "--json").data == steps
    excerpt = small.with_name("e.csv")
    done("excerpts", small, "--out", excerpt)
    line = excerpt.read_text(encoding="utf-8-sig").splitlines()
    assert line[0] == "source,start,end,quote,code,polarity,coder,informants"
    start, end = line[1].split(",")[1:3]
    done("code", small, table("source,start,end,code", f"W1,{start},{end},V1"))
    assert shown(done, small)["codings"] == 2


def test_code_is_all_or_nothing(done: Command, refused: Command, small: Path, table: Table) -> None:
    good = 'W1,"Jujur saja, jarang dibaca.",V3,-'
    for bad, word in (
        ("W1,tidak ada di teks,V3,-", "tidak ada di teks"),
        ("W1,di dinding,V3,-", "2"),
        ("W9,dinding,V3,-", "W9"),
        ("W1,dibaca,V9,-", "V9"),
        ("W1,dibaca,V3,?", "?"),
    ):
        assert word in refused("code", small, table(CODINGS, good, bad)).err
    head = CODINGS + ",evidence"
    assert "rumour" in refused("code", small, table(head, "W1,dibaca,V3,-,rumour")).err
    assert shown(done, small)["codings"] == 0
    refused("code", small, small.with_name("missing.csv"))


def test_occurrence_chooses_among_equal_quotes(
    done: Command, refused: Command, small: Path, table: Table
) -> None:
    head = "source,quote,occurrence,code"
    done("code", small, table(head, "W1,di dinding,2,V3"))
    refused("code", small, table(head, "W1,di dinding,3,V3"))
    done("export", small, small.with_name("s.json"))
    data = json.loads(small.with_name("s.json").read_text(encoding="utf-8"))
    text = data["sources"][0]["text"]
    (coding,) = data["codings"]
    assert coding["start"] == text.rindex("di dinding")
    assert text[coding["start"] : coding["end"]] == coding["quote"] == "di dinding"
    assert coding["source"] == data["sources"][0]["key"]


def test_a_second_coder_is_named_and_never_added(
    done: Command, refused: Command, small: Path, table: Table
) -> None:
    head = CODINGS + ",coder"
    done("code", small, table(head, "W1,jarang dibaca,V3,-,"))
    assert "Budi" in refused("code", small, table(head, "W1,jarang dibaca,V3,+,Budi")).err
    done("code", small, table(head, "W1,jarang dibaca,V3,+,"), "--coder", "Budi")
    assert "Budi" in refused("matrix", small, "informants").err
    matrix = done("matrix", small, "informants", "--json", "--coder", "Budi").data
    assert matrix["coder"] == "Budi"
    assert sum(cell["codings"] for cell in matrix["cells"]) == 1
    refused("matrix", small, "informants", "--coder", "Nobody")


def test_undo_redo_and_history(done: Command, refused: Command, small: Path, table: Table) -> None:
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-"))
    done("undo", small)
    assert shown(done, small)["codings"] == 0
    done("redo", small)
    assert shown(done, small)["codings"] == 1
    refused("redo", small)
    refused("undo", small, 99)
    steps = len([line for line in done("history", small, "--json").data if line["kind"] == "do"])
    done("undo", small, steps)
    refused("undo", small)
    assert shown(done, small)["sources"] == []
    done("redo", small, steps)
    assert shown(done, small)["codings"] == 1
    lines = done("history", small).out.splitlines()
    assert len(lines) == 2 + 3 * steps
    done("undo", small)
    done("status", small, "W1", "done")
    refused("redo", small)


def test_status_makes_blanks_mean_something(done: Command, refused: Command, small: Path) -> None:
    def marks() -> set[str]:
        return {cell["mark"] for cell in done("matrix", small, "informants", "--json").data["cells"]}

    assert marks() == {"uncoded"}
    done("status", small, "W1", "done")
    assert marks() == {"silent"}
    refused("status", small, "W7", "done")


def test_guide_and_cells(done: Command, refused: Command, small: Path, table: Table) -> None:
    done("status", small, "W1", "done")
    done("guide", small, table("number,question,codes,not_asked", "1,Visinya?,V,", "2,Penghargaan?,H,W1"))
    done("cells", small, table("row,column,not_applicable", "informant:A1,code:T,yes"))
    cells = {c["column"]: c["mark"] for c in done("matrix", small, "informants", "--json").data["cells"]}
    assert (cells["V"], cells["H"], cells["T"], cells["K"]) == (
        "silent",
        "not_asked",
        "not_applicable",
        "not_asked",
    )
    refused("cells", small, table("row,column,emic_summary", "A9,V,Apa saja"))
    refused("cells", small, table("row,column,status", "A1,V,hebat"))
    refused("guide", small, table("number,question,codes", "1,Visinya?,V77"))


def test_cells_show_in_the_emic_etic_matrix_and_go_stale(done: Command, small: Path, table: Table) -> None:
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-"))
    done(
        "cells",
        small,
        table(
            "row,column,emic_summary,etic_reading,theory,status,gap_note",
            "V3,study,Jarang dibaca,Hiasan,Siagian,aligned,",
            "A1,V,Ada di dinding,,,,",
        ),
    )
    cells = {c["row"]: c for c in done("matrix", small, "emic-etic", "--json").data["cells"]}
    assert cells["V3"]["emic_summary"] == "Jarang dibaca"
    assert cells["V3"]["status"] == "aligned"
    assert set(cells["V3"]) >= {
        "row",
        "emic_summary",
        "etic_reading",
        "theory",
        "status",
        "gap_note",
        "evidence",
    }

    def stale() -> bool:
        cells = done("matrix", small, "informants", "--json").data["cells"]
        return {c["column"]: c["stale"] for c in cells}["V"]

    assert not stale()
    done("code", small, table(CODINGS, "W1,Visinya ada,V1,+"))
    assert stale()


def test_informants_table_keeps_names_out_of_the_study(done: Command, small: Path, table: Table) -> None:
    done(
        "informants", small, table("alias,class,nama,kelompok", "A1,key,Hasanuddin,ASN", "M1,main,Udin,Warga")
    )
    people = {person["alias"]: person for person in shown(done, small)["informants"]}
    assert people["A1"]["class"] == "key"
    assert people["A1"]["attributes"] == {"kelompok": "ASN"}
    assert b"Hasanuddin" not in small.read_bytes()
    outside = [p for p in small.parent.iterdir() if p.is_file() and b"Hasanuddin" in p.read_bytes()]
    assert {p.suffix for p in outside} == {".csv", ".json"}
    done("export", small, small.with_name("all.json"))
    assert "Hasanuddin" not in small.with_name("all.json").read_text(encoding="utf-8")


def test_search(done: Command, refused: Command, small: Path) -> None:
    hits = done("search", small, "DINDING", "--json").data["hits"]
    assert [hit["quote"] for hit in hits] == ["dinding", "dinding"]
    assert len(done("search", small, "dind*", "--json").data["hits"]) == 2
    assert done("search", small, "dind", "--json").data["hits"] == []
    assert len(done("search", small, "ada di dinding", "--json").data["hits"]) == 2
    assert "not yet" in refused("search", small, "respon", "--family").err
    refused("search", small, "*")


def test_export_by_suffix(done: Command, refused: Command, small: Path, table: Table) -> None:
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-"))
    for suffix in (".json", ".xlsx", ".csv", ".docx"):
        out = small.with_name(f"whole{suffix}")
        done("export", small, out)
        assert out.stat().st_size > 100
    for suffix in (".qdpx", ".qdc"):
        assert "not yet" in refused("export", small, small.with_name(f"x{suffix}")).err
    refused("export", small, small.with_name("x.tiff"))
    refused("export", small, small.parent / "nowhere" / "x.json")
    refused("matrix", small, "informants", "--out", small.parent / "nowhere" / "x.docx")


def test_excerpts_filter(done: Command, refused: Command, small: Path, table: Table) -> None:
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-", "W1,Visinya,V,+", "W1,dinding itu,R1,"))
    for options, number in (([], 3), (["--code", "V"], 2), (["--code", "V3"], 1), (["--informant", "A1"], 3)):
        out = small.with_name("e.csv")
        done("excerpts", small, *options, "--out", out, "--force")
        assert len(out.read_text(encoding="utf-8-sig").splitlines()) == number + 1
    for by in ("code", "informant", "source"):
        done("excerpts", small, "--by", by, "--out", small.with_name(f"{by}.docx"))
    for option in ("--code", "--informant", "--source"):
        refused("excerpts", small, option, "Z9", "--out", small.with_name("e.csv"))


def test_check_backup_compact(done: Command, refused: Command, small: Path) -> None:
    assert done("check", small, "--json").data == {"problems": []}
    kept = Path(done("backup", small, "--json").data["backup"])
    assert shown(done, kept)["sources"][0]["key"] == "W1"
    before = shown(done, small)
    done("compact", small)
    assert shown(done, small) == before
    refused("undo", small)


def test_import_refuses_lists_and_goes_on(
    done: Command, command: Command, refused: Command, small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "batch"
    folder.mkdir()
    refused("import", small, folder)
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert ".docx" in refused("import", small, folder / "old.doc").err
    refused("import", small, folder / "empty.txt")
    refused("import", small, folder / "missing.txt")
    (folder / "good.txt").write_text("Catatan tanpa pembicara.\n", encoding="utf-8")
    outcome = command("import", small, folder)
    assert outcome.status == 3
    assert len(outcome.err.splitlines()) == 2
    assert [source["key"] for source in shown(done, small)["sources"]] == ["W1", "good"]
    done("undo", small)
    assert len(shown(done, small)["sources"]) == 1


def test_stored_text_of_a_txt_is_the_file(done: Command, small: Path, tmp_path: Path) -> None:
    (tmp_path / "crlf.txt").write_bytes("\ufeffP: Ya?\r\nI:  Ya  \r\n\r\n".encode())
    done("import", small, tmp_path / "crlf.txt")
    done("export", small, tmp_path / "x.json")
    sources = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["sources"]
    assert sources[1]["text"] == "P: Ya?\nI:  Ya  \n\n"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 200, b"hello" * 100])
def test_what_is_not_a_study_is_refused_by_every_verb(
    refused: Command, tmp_path: Path, content: bytes
) -> None:
    study = tmp_path / "x.qcl"
    study.write_bytes(content)
    (tmp_path / "t.csv").write_text("source,quote,code\nW1,a,V\n", encoding="utf-8")
    for words in (
        ("show",),
        ("history",),
        ("undo",),
        ("redo",),
        ("check",),
        ("backup",),
        ("compact",),
        ("status", "W1", "done"),
        ("matrix", "informants"),
        ("search", "a"),
        ("code", tmp_path / "t.csv"),
        ("import", tmp_path / "t.csv"),
        ("export", tmp_path / "x.json"),
    ):
        refused(words[0], study, *words[1:])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv", "x.qcl"]


def test_wrong_usage_is_2_in_both_languages(command: Command, small: Path) -> None:
    for words in (
        ("show",),
        ("matrix", small, "nonsense"),
        ("nonsense", small),
        ("show", small, "--nonsense"),
        ("undo", small, "x"),
    ):
        outcome = command(*words)
        assert outcome.status == 2, words
        assert outcome.err


def test_version_and_help(command: Command) -> None:
    assert command("--version").status == 0
    assert "matrix" in command("--help").out


def test_answers_are_in_the_language_asked_for(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    from qualcoder_lite.__main__ import main

    main(["undo", str(small), "99", "--language", "id"])
    assert "langkah" in capsys.readouterr().err


def test_speakers_of_a_wrong_form_are_refused(refused: Command, small: Path, tmp_path: Path) -> None:
    refused("import", small, tmp_path / "W1.txt", "--speakers", "P-interviewer")


def test_parts_go_out_one_by_one(done: Command, refused: Command, small: Path, table: Table) -> None:
    done("code", small, table(CODINGS, "W1,jarang dibaca,V3,-"))
    for part in PARTS:
        out = small.with_name(f"{part}.docx")
        assert str(out) in done("export", small, out, "--part", part).out
        assert out.read_bytes().startswith(b"PK")
    codes = done("export", small, small.with_name("c.csv"), "--part", "codebook", "--json").data["file"]
    assert "V3" in Path(codes).read_text(encoding="utf-8-sig")
    refused("export", small, small.with_name("x.pdf"), "--part", "outline")
    refused("export", small, small.with_name("x.docx"), "--part", "outline", "--coder", "Nobody")
