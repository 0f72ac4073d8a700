"""Codings: what can be tagged, once for each coder, and what becomes of two that meet."""

from __future__ import annotations

import pytest

from qualcoder_lite.coding import codes, codings, editing, sources
from qualcoder_lite.coding.codings import Range
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code, Coding, CodingLink, Wording
from qualcoder_lite.store.undo import history, redo, undo
from tests.coding.adding import add_source, values

TEXT = "Kami cepat.\n\n  \n𝒳 mentok di kota."


@pytest.fixture
def source(project: Project) -> bytes:
    return add_source(project, "A1", TEXT)


@pytest.fixture
def code(project: Project) -> bytes:
    return codes.add(project, "K")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 3), (-1, 3), (0, len(TEXT) + 1), (11, 16), (4, 5)])
def test_what_can_not_be_tagged(project: Project, source: bytes, code: bytes, start: int, end: int) -> None:
    with pytest.raises(UserError):
        codings.apply(project, source, start, end, code)
    assert values(project, Coding, "id") == []


def test_what_is_blank_follows_the_text_as_it_is_now(project: Project, source: bytes, code: bytes) -> None:
    def is_blank() -> bool:
        try:
            coding = codings.apply(project, source, 0, 4, code)
        except UserError:
            return True
        codings.remove(project, [coding])
        return False

    assert not is_blank()
    sources.edit_text(project, source, [(0, 4, "    ")])
    assert is_blank()
    undo(project)
    assert not is_blank()
    sources.edit_text(project, source, [(0, 4, "    ")])
    undo(project)
    redo(project)
    assert is_blank()
    with pytest.raises(UserError):
        sources.edit_text(project, source, [(0, len(TEXT), " ")])
    assert is_blank()


def test_a_step_that_fails_leaves_no_text_behind(project: Project, source: bytes, code: bytes) -> None:
    def blank_and_code() -> None:
        with project.change("broken") as session:
            editing.edit(session, source, [(0, 4, "    ")])
            codings.passage(session, Range(source, 0, 4))

    with pytest.raises(UserError):
        blank_and_code()
    assert codings.apply(project, source, 0, 4, code)


def test_offsets_count_code_points(project: Project, source: bytes, code: bytes) -> None:
    codings.apply(project, source, 16, len(TEXT), code)
    with pytest.raises(UserError):
        codings.apply(project, source, 17, 18, code)


def test_a_coder_has_a_code_at_most_once_on_a_range(project: Project, source: bytes, code: bytes) -> None:
    first = codings.apply(project, source, 0, 4, code, "+")
    steps = len(history(project))
    assert codings.apply(project, source, 0, 4, code, "-") == first
    assert codings.apply_many(project, [Range(source, 0, 4)], code) == [first]
    assert len(history(project)) == steps
    assert values(project, Coding, "polarity") == [("+",)]
    project.coder = "C2"
    assert codings.apply(project, source, 0, 4, code, "-") != first


def test_many_ranges_are_tagged_in_one_step(project: Project, source: bytes, code: bytes) -> None:
    steps = len(history(project))
    ranges = [Range(source, 0, 4), Range(source, 5, 10), Range(source, 0, 4)]
    made = codings.apply_many(project, ranges, code, "0")
    assert made[0] == made[2]
    assert len(set(made)) == 2
    assert len(history(project)) == steps + 1


@pytest.mark.parametrize(
    ("technique", "evidence"),
    [
        ("interview", "account"),
        ("focus_group", "account"),
        ("observation", "event"),
        ("document", "provision"),
        ("survey", "account"),
    ],
)
def test_evidence_follows_the_technique(project: Project, code: bytes, technique: str, evidence: str) -> None:
    source = add_source(project, "X", TEXT, technique)
    codings.apply(project, source, 0, 4, code)
    codings.apply(project, source, 0, 5, code, evidence="event")
    assert values(project, Coding, "evidence") == [(evidence,), ("event",)]


@pytest.mark.parametrize(("word", "sign"), [("−", "-"), ("–", "-"), ("±", "±"), ("", None), ("netral", "0")])
def test_polarities_are_stored_by_their_signs(
    project: Project, source: bytes, code: bytes, word: str, sign: str | None
) -> None:
    coding = codings.apply(project, source, 0, 4, code, word)
    codings.set_polarity(project, [coding], None)
    codings.set_polarity(project, [coding], word)
    assert values(project, Coding, "polarity") == [(sign,)]


def test_unknown_words_are_refused(project: Project, source: bytes, code: bytes) -> None:
    coding = codings.apply(project, source, 0, 4, code)
    for refused in (
        lambda: codings.set_polarity(project, [coding], "++"),
        lambda: codings.set_evidence(project, [coding], "rumor"),
        lambda: codings.link(project, coding, coding, "because"),
        lambda: codings.apply(project, source, 0, 4, code, evidence="rumor"),
        lambda: codings.apply(project, source, 0, 4, b"x" * 16),
        lambda: codings.remove(project, [b"x" * 16]),
    ):
        steps = len(history(project))
        with pytest.raises(UserError):
            refused()
        assert len(history(project)) == steps


def test_recoding_and_resizing_make_one_of_two_that_meet(
    project: Project, source: bytes, code: bytes
) -> None:
    other = codes.add(project, "L")
    first = codings.apply(project, source, 0, 4, code, "+")
    second = codings.apply(project, source, 0, 4, other)
    third = codings.apply(project, source, 5, 10, code, "0")
    codings.set_code(project, [second], code)
    assert values(project, Coding, "id", "polarity") == [(first, "+"), (third, "0")]
    codings.set_range(project, third, 0, 4)
    assert values(project, Coding, "id", "polarity") == [(first, "+")]


def test_a_range_is_resized_only_to_words(project: Project, source: bytes, code: bytes) -> None:
    coding = codings.apply(project, source, 0, 4, code)
    with pytest.raises(UserError):
        codings.set_range(project, coding, 11, 15)
    codings.set_range(project, coding, 0, 10)
    assert values(project, Coding, "start", "end") == [(0, 10)]


def test_an_in_vivo_code_is_named_by_the_words(project: Project, source: bytes, code: bytes) -> None:
    use_language("id")
    codes.add(project, "E1")
    made, coding = codings.apply_in_vivo(project, source, 18, 32)
    assert values(project, Code, "key", "perspective", "kind")[-1] == ("E2", "emic", "theme")
    assert values(project, Wording, "code_id", "language", "name") == [(made, "id", "mentok di kota")]
    assert values(project, Coding, "id", "code_id") == [(coding, made)]


def test_links_are_drawn_once(project: Project, source: bytes, code: bytes) -> None:
    one, other = codings.apply_many(project, [Range(source, 0, 4), Range(source, 5, 10)], code)
    link = codings.link(project, one, other, "karena")
    assert codings.link(project, one, other, "because", "sebab") == link
    codings.link(project, other, one, "because")
    assert values(project, CodingLink, "kind", "note") == [("because", "sebab"), ("because", "")]
    codings.remove(project, [one])
    assert values(project, CodingLink, "id") == []
