"""Coded transcripts: what is shown of a text, with lines that citations name, and nobody's real name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.analysis.panels.reading import CodingLine, SourceRead, read_source
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.export.reports.transcripts import Stretch, _verbatim, stretches
from qualcoder_lite.export.whole_study import write_study
from qualcoder_lite.lines import line_starts
from qualcoder_lite.store.project import Project
from tests.export.conftest import A1
from tests.export.reading import W, part, text_of


def read(study: Project, key: str) -> SourceRead:
    """A source as it is shown."""
    source = next(row for row in counted(study).frames.sources if row.key == key)
    return read_source(study, source.id, None)


def rows_of(path: Path, table: int) -> list[list[str]]:
    """The cells of a table of a Word file, row by row."""
    found: Any = list(part(path).iter(f"{W}tbl"))[table]
    return [[text_of(cell).strip() for cell in row.findall(f"{W}tc")] for row in found.findall(f"{W}tr")]


def test_turns_are_shown_by_alias_without_labels_and_header(study: Project) -> None:
    shown = [(A1[s.start : s.end], s.speaker) for s in stretches(read(study, "A1"))]
    assert shown == [
        ("Bagaimana forum daring itu?", "Interviewer"),
        ("Forumnya bagus. Sekarang sepi, tidak ada yang menjawab.", "A1"),
        ("Lalu usulan staf?", "Interviewer"),
        ("Usulan sering mentok di kota. =SUM(1,2) <b>&amp; selesai</b>", "A1"),
    ]


def test_a_text_without_turns_is_shown_by_paragraphs(study: Project) -> None:
    one = read(study, "O1")
    assert [one.text[s.start : s.end] for s in stretches(one)] == [
        "Petugas membuka buku juknis. Warga berdiri sepuluh menit.",
        "Forum mati sejak pagi.",
    ]


def test_codes_stand_beside_the_passages(study: Project, tmp_path: Path) -> None:
    write_study(study, tmp_path / "t.docx", coder="Ani")
    rows = rows_of(tmp_path / "t.docx", 0)
    assert rows[0] == ["Line", "Speaker", "Verbatim", "Codes"]
    assert rows[2] == [
        "4",
        "A1",
        "[4aForumnya bagus4a]. [4bSekarang sepi, tidak ada yang menjawab4b].",
        "4a R1 Name R1\u00a0(+)\n4b R2 Name R2\u00a0(−)",
    ]
    assert rows[1][3] == "–"


def test_lines_are_those_that_citations_name(study: Project, tmp_path: Path) -> None:
    from tests.export.filling import Filling

    text = "Judul\n\n" + "kata " * 40
    with study.change("x") as session:
        Filling(session).source("W1", text, "document")
    write_study(study, tmp_path / "t.docx")
    rows = rows_of(tmp_path / "t.docx", 0)
    assert [row[0] for row in rows] == ["Line", "1", "2\n3\n4"]
    lines = line_starts(text).tolist()
    cut = [text[a:b].strip() for a, b in zip(lines, [*lines[1:], len(text)], strict=True)]
    assert rows[2][2].split("\n") == cut[1:]


def test_the_appendices_follow(study: Project, tmp_path: Path) -> None:
    write_study(study, tmp_path / "t.docx")
    text = text_of(part(tmp_path / "t.docx"))
    order = [
        text.index(title)
        for title in ("D1 – Judul D1", "Table 3.1 Codebook", "Interview Guide", "Claims and")
    ]
    assert order == sorted(order)


RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6)


@given(st.text("ab \n", min_size=1, max_size=40), RANGES, st.integers(0, 39), st.integers(1, 40))
def test_no_word_is_lost_or_doubled(
    text: str, ranges: list[tuple[int, int]], start: int, length: int
) -> None:
    stretch = Stretch(min(start, len(text) - 1), min(start + length, len(text)), "A1")
    if stretch.start >= stretch.end:
        stretch = Stretch(0, len(text), "A1")
    codings = [CodingLine(bytes(16), a, a + n, b"c", "+", "account", False, "") for a, n in ranges]
    touching = [
        (c.start, c.end, [c], str(number))
        for number, c in enumerate(codings)
        if c.start < stretch.end and stretch.start < c.end
    ]
    lines = [at for at in line_starts(text, 10).tolist() if stretch.start < at < stretch.end]
    shown = _verbatim(text, stretch, lines, touching)
    said = "".join(run.text for run in shown.runs if run.mark != "mark")
    assert "".join(said.split()) == "".join(text[stretch.start : stretch.end].split())
    inside = [name for a, b, _c, name in touching if stretch.start <= a and b <= stretch.end]
    marks = [run.text for run in shown.runs if run.mark == "mark"]
    assert all(f"[{n}" in marks and f"{n}]" in marks for n in inside)
