"""Lists count the codings of one coder or of all, whoever made most of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcoder_lite.analysis.panels.lists import codes_listed, sources_listed
from qualcoder_lite.coding import codes, codings
from qualcoder_lite.coding.sources import import_files
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import open_study


@pytest.mark.parametrize(
    ("coder", "counts"), [("Ann", [5, 0]), ("Ben", [1, 2]), (None, [6, 2]), ("Cil", [0, 0])]
)
def test_codings_of_a_coder_are_counted(tmp_path: Path, coder: str | None, counts: list[int]) -> None:
    text = tmp_path / "A1.txt"
    text.write_text("Kami menunggu perintah dari kota.\n" * 9, encoding="utf-8")
    new_study(tmp_path / "s.qcl")
    with open_study(tmp_path / "s.qcl", "Ann") as project:
        source = import_files(project, [text], technique="interview").imported[0].id
        first, second = codes.add(project, "K1"), codes.add(project, "K2")
        for number in range(5):
            codings.apply(project, source, number * 10, number * 10 + 5, first)
    with open_study(tmp_path / "s.qcl", "Ben") as project:
        codings.apply(project, source, 0, 5, first)
        for number in range(2):
            codings.apply(project, source, number * 10, number * 10 + 5, second)
        assert [line.own for line in codes_listed(project, coder)] == counts
        assert [line.codings for line in sources_listed(project, coder)] == [sum(counts)]
