"""Codes: keys, places, merging, splitting and removing without losing what speaks of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from qualcoder_lite.coding import cells, claims, codes, codings, memos, questions
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Cell,
    CellEvidence,
    ClaimCode,
    Code,
    CodeLink,
    Coding,
    Memo,
    QuestionCode,
    Wording,
)
from qualcoder_lite.store.undo import history
from tests.coding.adding import add_source, values

TEXT = "Kami cepat sekali, tetapi usul sering mentok."


def tree(project: Project) -> dict[str, list[str]]:
    """The keys below each key in their order; below "" those without parent."""
    with project.read() as connection:
        rows = connection.execute(
            select(Code.id, Code.key, Code.parent_id).order_by(Code.position, Code.id)
        ).all()
    names = {row: key for row, key, _parent in rows}
    found: dict[str, list[str]] = {}
    for _row, key, parent in rows:
        found.setdefault(names[parent] if parent else "", []).append(key)
    return found


def book(project: Project, *keys: str) -> list[bytes]:
    """Codes under each other by their keys: K1 below K, K11 below K1."""
    ids: dict[str, bytes] = {}
    for key in keys:
        ids[key] = codes.add(project, key, ids.get(key[:-1]))
    return list(ids.values())


# Keys and details ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["", "  ", "a:b", "a;b", "a\nb", "K", " K "])
def test_a_key_is_unique_and_usable(project: Project, key: str) -> None:
    codes.add(project, "K")
    with pytest.raises(UserError):
        codes.add(project, key)
    assert len(history(project)) == 1


def test_keys_differ_by_case_and_are_trimmed(project: Project) -> None:
    codes.add(project, "K")
    codes.add(project, " k ")
    assert tree(project) == {"": ["K", "k"]}


def test_a_code_may_keep_its_own_key(project: Project) -> None:
    [code] = book(project, "K")
    codes.rename(project, code, "K")
    assert len(history(project)) == 1


@pytest.mark.parametrize(
    "details", [{"kind": "tema besar"}, {"perspective": "x"}, {"colour": 17}, {"polarity_hint": "++"}]
)
def test_unknown_words_are_refused_before_anything_is_written(
    project: Project, details: codes.Details
) -> None:
    with pytest.raises(UserError):
        codes.add(project, "K", **details)
    assert values(project, Code, "key") == []


def test_details_are_stored_by_their_fixed_words(project: Project) -> None:
    codes.add(project, "K", kind="Dimensi", perspective="etik", polarity_hint="−", colour=16)
    assert values(project, Code, "kind", "perspective", "polarity_hint", "colour") == [
        ("dimension", "etic", "-", 16)
    ]


def test_a_shortcut_moves_to_the_code_that_asks_for_it_last(project: Project) -> None:
    first, second = book(project, "K", "L")
    codes.set_details(project, first, shortcut="1")
    codes.set_details(project, second, shortcut="1")
    assert values(project, Code, "key", "shortcut") == [("K", None), ("L", "1")]


def test_a_wording_is_kept_for_each_language(project: Project) -> None:
    [code] = book(project, "K")
    codes.set_wording(project, code, "id", name="Kreativitas", definition="Gagasan baru.")
    codes.set_wording(project, code, "en", name="Creativity")
    codes.set_wording(project, code, "id", "salah tulis", name="Kreatif")
    assert values(project, Wording, "language", "name", "definition") == [
        ("id", "Kreatif", "Gagasan baru."),
        ("en", "Creativity", ""),
    ]
    assert history(project)[-1].parameters["reason"] == "salah tulis"


# Places -------------------------------------------------------------------------------------------------


def test_codes_take_their_place_among_siblings(project: Project) -> None:
    k, _l, _m = book(project, "K", "L", "M")
    codes.add(project, "N", position=1)
    codes.move(project, k, None, 9)
    assert tree(project) == {"": ["N", "L", "M", "K"]}
    codes.move(project, k, None, 0)
    assert tree(project) == {"": ["K", "N", "L", "M"]}


def test_a_code_moves_below_another_but_never_below_itself(project: Project) -> None:
    k, k1, _k11, s = book(project, "K", "K1", "K11", "S")
    codes.move(project, k1, s)
    assert tree(project) == {"": ["K", "S"], "S": ["K1"], "K1": ["K11"]}
    codes.move(project, s, k)
    for below in (k, k1, s):
        with pytest.raises(UserError, match="below itself"):
            codes.move(project, k, below)


def test_children_of_a_removed_code_take_its_place(project: Project) -> None:
    k, k1, _k2, _k11, _k12, _s = book(project, "K", "K1", "K2", "K11", "K12", "S")
    codes.remove(project, [k1])
    assert tree(project) == {"": ["K", "S"], "K": ["K11", "K12", "K2"]}
    codes.remove(project, [k])
    assert tree(project) == {"": ["K11", "K12", "K2", "S"]}


def test_children_of_several_removed_codes_go_up_to_what_stays(project: Project) -> None:
    _k, k1, k11, *_rest = book(project, "K", "K1", "K11", "K111", "K2")
    codes.remove(project, [k11, k1])
    assert tree(project) == {"": ["K"], "K": ["K111", "K2"]}


def test_a_code_is_removed_with_its_children_and_codings(project: Project) -> None:
    k, k1, _k11, s = book(project, "K", "K1", "K11", "S")
    source = add_source(project, "A1", TEXT)
    codings.apply(project, source, 0, 4, k1)
    kept = codings.apply(project, source, 0, 4, s)
    codes.remove(project, [k], with_children=True)
    assert tree(project) == {"": ["S"]}
    assert values(project, Coding, "id") == [(kept,)]


# Merging and splitting ------------------------------------------------------------------------------------


def test_merging_moves_codings_and_makes_one_of_twins(project: Project) -> None:
    k, s = book(project, "K", "S")
    source = add_source(project, "A1", TEXT)
    first = codings.apply(project, source, 0, 10, s, "+")
    twin = codings.apply(project, source, 0, 10, k, None, starred=True)
    other = codings.apply(project, source, 5, 10, s, "-")
    memo = memos.add_about(project, "coding", twin, "Penting.")
    link = codings.link(project, other, twin, "because", "sebab")
    codes.merge(project, [s], k)
    assert values(project, Coding, "id", "code_id", "polarity", "starred") == [
        (first, k, "+", True),
        (other, k, "-", False),
    ]
    assert values(project, Memo, "id", "about_id") == [(memo, first)]
    with project.read() as connection:
        drawn = connection.exec_driver_sql("SELECT id, from_id, to_id, note FROM coding_link").all()
    assert [tuple(row) for row in drawn] == [(link, other, first, "sebab")]


def test_codings_of_two_coders_on_one_range_stay_two(project: Project) -> None:
    k, s = book(project, "K", "S")
    source = add_source(project, "A1", TEXT)
    codings.apply(project, source, 0, 10, k)
    project.coder = "C2"
    codings.apply(project, source, 0, 10, s)
    codes.merge(project, [s], k)
    assert len(values(project, Coding, "id")) == 2


def test_merging_moves_children_links_questions_claims_and_memos(project: Project) -> None:
    k, _k1, s, _s1, t = book(project, "K", "K1", "S", "S1", "T")
    emic = codes.add(project, "E1", perspective="emic")
    codes.link_emic(project, emic, s, "lama")
    codes.link_emic(project, emic, k)
    questions.add(project, "1", "Apa?", [k, s])
    claims.add(project, "C1", {"id": "Ya."}, [s])
    memo = memos.add_about(project, "code", s, "Batasnya kabur.")
    codes.merge(project, [s, t], k, "satu makna")
    assert tree(project) == {"": ["K", "E1"], "K": ["K1", "S1"]}
    assert values(project, CodeLink, "emic_id", "etic_id", "note") == [(emic, k, "lama")]
    assert values(project, QuestionCode, "code_id") == [(k,)]
    assert values(project, ClaimCode, "code_id") == [(k,)]
    assert values(project, Memo, "id", "about_id") == [(memo, k)]
    assert history(project)[-1].text == "Merge code S, T into K"
    assert history(project)[-1].parameters["reason"] == "satu makna"


def test_merging_a_code_into_one_below_it_leaves_a_tree(project: Project) -> None:
    k, _k1, _k2, k11, _s = book(project, "K", "K1", "K2", "K11", "S")
    codes.merge(project, [k], k11)
    assert tree(project) == {"": ["K11", "S"], "K11": ["K1", "K2"]}


def test_merging_keeps_what_was_written_in_cells(project: Project) -> None:
    k, s = book(project, "K", "S")
    source = add_source(project, "A1", TEXT)
    one = codings.apply(project, source, 0, 4, k)
    two = codings.apply(project, source, 5, 10, s)
    code, other = reference("code", k), reference("code", s)
    cells.write(project, code, STUDY, emic_summary="Satu.", theory="Siagian.")
    cells.choose_evidence(project, code, STUDY, [one])
    cells.write(project, other, STUDY, emic_summary="Dua.", status="gap")
    cells.choose_evidence(project, other, STUDY, [two, one])
    cells.write(project, other, reference("source", source), conclusion="Tiga.")
    cells.write(project, code, other, etic_reading="Keduanya.")
    codes.merge(project, [s], k)
    assert sorted(values(project, Cell, "first", "second", "emic_summary", "etic_reading", "status")) == [
        (code, reference("source", source), "", "", "unjudged"),
        (code, STUDY, "Satu.\n\nDua.", "Keduanya.", "gap"),
    ]
    assert values(project, CellEvidence, "coding_id", "position") == [(one, 0), (two, 1)]


def test_a_code_is_not_merged_into_itself(project: Project) -> None:
    [k] = book(project, "K")
    with pytest.raises(UserError, match="into itself"):
        codes.merge(project, [k], k)


def test_splitting_moves_chosen_codings_to_a_new_sibling(project: Project) -> None:
    _k, k1 = book(project, "K", "K1")
    source = add_source(project, "A1", TEXT)
    first = codings.apply(project, source, 0, 4, k1)
    second = codings.apply(project, source, 5, 10, k1)
    new = codes.split(project, k1, [second], "K2", "dua makna")
    assert tree(project) == {"": ["K"], "K": ["K1", "K2"]}
    assert values(project, Coding, "id", "code_id") == [(first, k1), (second, new)]
    assert codes.split(project, new, [second], k1) == k1
    assert values(project, Coding, "code_id") == [(k1,), (k1,)]


def test_only_codings_of_the_code_are_split_off(project: Project) -> None:
    k, s = book(project, "K", "S")
    coding = codings.apply(project, add_source(project, "A1", TEXT), 0, 4, s)
    for chosen in ([coding], []):
        with pytest.raises(UserError, match="Choose passages"):
            codes.split(project, k, chosen, "K2")
    assert tree(project) == {"": ["K", "S"]}


def test_only_emic_codes_are_linked_to_etic_ones(project: Project) -> None:
    k, s = book(project, "K", "S")
    with pytest.raises(UserError, match="Only a code from informants"):
        codes.link_emic(project, k, s)
