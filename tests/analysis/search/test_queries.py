"""Queries against studies whose answers are worked out by hand, and against a plain model of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.analysis.search.queries import find
from qualcoder_lite.coding import codings, memos, sources
from qualcoder_lite.coding import queries as kept_queries
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.schema import Coding, SavedQuery
from tests.analysis.building import StudyBuilder

SAID = ("P: Apa kabar loket?", "A1: Loket sepi. Warga puas.", "P: Lalu?", "A1: Rapat tiap Senin.")


@pytest.fixture
def small(study: StudyBuilder) -> StudyBuilder:
    """Two interviews and a document, three codes of which one lies below another."""
    study.informant("A1", kelompok="ASN")
    study.informant("M1", kelompok="warga")
    study.code("R")
    study.code("R1", "R", "indicator")
    study.code("S")
    study.source("A1", *SAID)
    study.source("M1", "P: Bagaimana?", "M1: Antre lama di Lokét itu.")
    study.source("D1", "Renstra kecamatan.\n\nLoket dibuka pukul delapan.", technique="document")
    return study


def quotes(study: StudyBuilder, condition: dict[str, Any], *coders: str) -> list[str]:
    found = find(study.project, condition, coders)
    texts, c = study.texts, found.study.frames.codings
    keys = [source.key for source in found.study.frames.sources]
    return [texts[keys[c.source[i]]][c.start[i] : c.end[i]] for i in found.numbers]


def code(study: StudyBuilder, *keys: str, **more: Any) -> dict[str, Any]:
    return {"code": [study.ids["code", key].hex() for key in keys], **more}


def test_a_code_is_found_with_those_below_it_or_alone(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1", "+")
    small.coding("A1", "Warga puas.", "R")
    small.coding("M1", "Antre lama", "S", "-")
    assert quotes(small, code(small, "R")) == ["Loket sepi.", "Warga puas."]
    assert quotes(small, code(small, "R", below=False)) == ["Warga puas."]
    assert quotes(small, {"not": code(small, "R")}) == ["Antre lama"]
    assert quotes(small, {"any": [code(small, "R1"), code(small, "S")]}) == ["Loket sepi.", "Antre lama"]
    assert quotes(small, {"any": []}) == []
    assert len(quotes(small, {"all": []})) == 3
    assert quotes(small, {"code": ["00" * 16]}) == []


def test_who_where_and_how(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1", "+")
    small.coding("A1", "Apa kabar loket?", "S")
    small.coding("M1", "Antre lama", "S", "-")
    small.coding("D1", "Renstra kecamatan.", "S", evidence="provision", coder="C2")
    a1, kelompok = small.ids["informant", "A1"].hex(), small.ids["attribute", "kelompok"].hex()
    assert quotes(small, {"informant": [a1]}) == ["Loket sepi."]
    assert quotes(small, {"attribute": kelompok, "values": ["warga"]}) == ["Antre lama"]
    assert quotes(small, {"class": ["main"]}) == ["Loket sepi.", "Antre lama"]
    assert quotes(small, {"source": [small.ids["source", "A1"].hex()]}) == ["Apa kabar loket?", "Loket sepi."]
    assert quotes(small, {"technique": ["document"]}) == ["Renstra kecamatan."]
    assert quotes(small, {"polarity": ["-", "none"]}, "C1") == ["Apa kabar loket?", "Antre lama"]
    assert quotes(small, {"evidence": ["provision"]}) == ["Renstra kecamatan."]
    assert quotes(small, {"evidence": ["provision"]}, "C1") == []
    assert quotes(small, {"coder": ["C2"]}) == ["Renstra kecamatan."]


def test_stars_memos_and_words(small: StudyBuilder) -> None:
    first = small.coding("A1", "Loket sepi.", "R1")
    second = small.coding("M1", "Antre lama di Lokét", "S")
    small.coding("D1", "Loket dibuka", "S")
    codings.set_starred(small.project, [first], True)
    memos.add_about(small.project, "coding", second, "Periksa lagi.")
    assert quotes(small, {"starred": True}) == ["Loket sepi."]
    assert quotes(small, {"memo": True}) == ["Antre lama di Lokét"]
    assert quotes(small, {"all": [{"memo": False}, {"starred": False}]}) == ["Loket dibuka"]
    assert quotes(small, {"words": "loket"}) == ["Loket sepi.", "Antre lama di Lokét", "Loket dibuka"]
    assert quotes(small, {"words": "lok* sepi"}) == ["Loket sepi."]
    assert quotes(small, {"words": "loket"}, "C2") == []  # nothing is looked at, and nothing is unread after
    assert quotes(small, {"all": [{"words": "sepi"}, code(small, "S")]}) == []
    with pytest.raises(UserError):
        find(small.project, {"words": " * "})


def test_near_counts_turns_and_paragraphs(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1")
    small.coding("A1", "Rapat tiap Senin.", "S")
    small.coding("M1", "Antre lama", "R1")
    small.coding("D1", "Renstra kecamatan.", "R")
    small.coding("D1", "Loket dibuka", "S")

    def near(turns: int) -> list[str]:
        return quotes(small, {"all": [code(small, "R"), {"near": code(small, "S"), "turns": turns}]})

    assert near(0) == []
    assert near(1) == ["Renstra kecamatan."]  # the empty line is no paragraph
    assert near(2) == ["Loket sepi.", "Renstra kecamatan."]
    assert near(99) == ["Loket sepi.", "Renstra kecamatan."]


def test_touching_is_not_overlapping_and_nothing_stands_to_itself(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1")
    small.coding("A1", " Warga puas.", "S")
    assert quotes(small, {"overlapping": {"all": []}}) == []
    assert quotes(small, {"within": {"all": []}}) == []
    small.coding("A1", "sepi. Warga", "S")
    assert quotes(small, {"all": [code(small, "R"), {"overlapping": code(small, "S")}]}) == ["Loket sepi."]
    small.coding("A1", "Loket sepi. Warga puas.", "R")
    assert quotes(small, {"within": code(small, "R", below=False)}) == [
        "Loket sepi.",
        "sepi. Warga",
        " Warga puas.",
    ]


def test_passages_and_sources_are_counted_apart_from_codings(small: StudyBuilder) -> None:
    for quote, key in (("Loket sepi.", "R1"), ("sepi. Warga", "S"), ("Rapat", "S")):
        small.coding("A1", quote, key)
    small.coding("D1", "Renstra", "S")
    found = find(small.project)
    assert (len(found.numbers), found.passages, found.sources) == (4, 3, 2)
    assert find(small.project, {"any": []}).passages == 0


def test_a_kept_query_is_found_again_and_an_unknown_one_is_refused(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1", "+")
    asked = {"all": [code(small, "R"), {"polarity": ["+"]}]}
    row = kept_queries.save(small.project, "Cepat", asked)
    with small.project.read() as connection:
        again = connection.scalar(select(SavedQuery.definition).where(SavedQuery.id == row))
    assert again is not None
    assert quotes(small, again) == ["Loket sepi."]
    for wrong in ({"mood": ["glad"]}, {"starred": True, "memo": True}, {}):
        with pytest.raises(UserError):
            find(small.project, wrong)


def test_what_was_read_of_texts_follows_their_changes(small: StudyBuilder) -> None:
    small.coding("A1", "Loket sepi.", "R1")
    assert quotes(small, {"words": "sepi"}) == ["Loket sepi."]
    source, start = small.ids["source", "A1"], small.texts["A1"].index("sepi")
    sources.edit_text(small.project, source, [[start, 4, "ramai"]])
    assert len(find(small.project, {"words": "sepi"}).numbers) == 0
    assert len(find(small.project, {"words": "ramai"}).numbers) == 1


# Against a plain model ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plain:
    """A coding as the model knows it."""

    id: bytes
    source: str
    start: int
    end: int
    code: str
    coder: str
    sign: str


UNITS = {"A1": [(0, "P"), (1, "A1"), (2, "P"), (3, "A1")], "D1": [(0, ""), (1, "")]}
LEAVES = st.sampled_from(
    [
        {"code": ("R",)}, {"code": ("R",), "below": False}, {"code": ("S", "R1")}, {"polarity": ["+"]},
        {"polarity": ["-", "none"]}, {"words": "loket"}, {"technique": ["document"]}, {"informant": ("A1",)},
    ]
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
        inner.map(lambda part: {"overlapping": part}),
        inner.map(lambda part: {"within": part}),
        st.tuples(inner, st.integers(0, 3)).map(lambda pair: {"near": pair[0], "turns": pair[1]}),
    ),
    max_leaves=6,
)
SIGNS = st.sampled_from("+-n")
PLACES = st.tuples(st.sampled_from(["A1", "D1"]), st.integers(0, 40), st.integers(1, 30))
CODINGS = st.lists(
    st.tuples(
        PLACES, st.sampled_from(["R", "R1", "S"]), st.sampled_from(["C1", "C2"]), st.sampled_from("+-n")
    ),
    max_size=8,
)


def spans(study: StudyBuilder, source: str) -> list[tuple[int, int]]:
    """The turns or paragraphs of a source, each up to the next."""
    text = study.texts[source]
    if source == "A1":
        starts = [text.index(words) for words in ("Apa kabar", "Loket sepi", "Lalu?", "Rapat")]
    else:
        starts = [0, text.index("Loket dibuka")]
    return list(zip(starts, [*starts[1:], len(text) + 1], strict=True))


def unit(study: StudyBuilder, source: str, place: int) -> int:
    return max([i for i, (start, _end) in enumerate(spans(study, source)) if start <= place], default=0)


def holds(study: StudyBuilder, every: list[Plain], one: Plain, asked: dict[str, Any]) -> bool:
    """The rules said once more, slowly."""
    others = [other for other in every if other is not one and other.source == one.source]
    (kind, value), *_more = asked.items()
    if kind in ("all", "any"):
        return (all if kind == "all" else any)(holds(study, every, one, part) for part in value)
    if kind == "not":
        return not holds(study, every, one, value)
    if kind in ("overlapping", "within", "near"):
        near = [other for other in others if stands(study, one, other, kind, asked)]
        return any(holds(study, every, other, value) for other in near)

    if kind == "code":
        return one.code in value or (asked.get("below", True) and one.code == "R1" and "R" in value)
    if kind == "polarity":
        return one.sign in value
    if kind == "words":
        return any(
            study.texts[one.source][at : at + 5].lower() == "loket" for at in range(one.start, one.end - 4)
        )
    if kind == "technique":
        return one.source == "D1"
    turns = [(text.start(), text.end()) for text in spoken(study)]
    return one.source == "A1" and any(one.start < end and one.end > start for start, end in turns)


def spoken(study: StudyBuilder) -> list[Any]:
    import re

    return list(re.finditer(r"Loket sepi. Warga puas.|Rapat tiap Senin.", study.texts["A1"]))


def stands(study: StudyBuilder, one: Plain, other: Plain, kind: str, asked: dict[str, Any]) -> bool:
    if kind == "overlapping":
        return one.start < other.end and other.start < one.end
    if kind == "within":
        return other.start <= one.start and one.end <= other.end
    own = unit(study, one.source, one.start), unit(study, one.source, one.end - 1)
    theirs = unit(study, other.source, other.start), unit(study, other.source, other.end - 1)
    return max(own[0] - theirs[1], theirs[0] - own[1]) <= asked["turns"]


@given(rows=CODINGS, asked=CONDITIONS, coders=st.sampled_from([(), ("C1",), ("C1", "C2")]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_query_finds_what_the_rules_say(
    small: StudyBuilder, rows: list[Any], asked: dict[str, Any], coders: tuple[str, ...]
) -> None:
    every = put(small, rows)
    seen = [one for one in every if not coders or one.coder in coders]
    wanted = {one.id for one in seen if holds(small, seen, one, asked)}
    found = find(small.project, with_ids(small, asked), coders)
    assert set(found.ids) == wanted
    places = {one.id: (("A1", "D1").index(one.source), one.start) for one in every}
    assert [places[row] for row in found.ids] == sorted(places[row] for row in found.ids)


def put(study: StudyBuilder, rows: list[Any]) -> list[Plain]:
    """Replace the codings of the study."""
    from qualcoder_lite.store.ids import new_id
    from qualcoder_lite.store.journal import remove

    coder_ids = {name: study.coder(name) for name in ("C1", "C2")}
    made = []
    for (source, start, length), key, coder, sign in rows:
        text = study.texts[source]
        end = min(len(text), start + length)
        if text[start:end].strip():
            made.append(Plain(new_id(), source, start, end, key, coder, "none" if sign == "n" else sign))
    with study.project.change("Put codings") as session:
        remove(session, Coding, list(session.scalars(select(Coding.id))))
        session.add_all(
            Coding(
                id=one.id, source_id=study.ids["source", one.source], start=one.start, end=one.end,
                code_id=study.ids["code", one.code], coder_id=coder_ids[one.coder],
                polarity=None if one.sign == "none" else one.sign, evidence="account",
            )
            for one in made
        )  # fmt: skip
    return made


def with_ids(study: StudyBuilder, asked: dict[str, Any]) -> dict[str, Any]:
    """The condition with ids in hex for keys."""
    result: dict[str, Any] = {}
    for kind, value in asked.items():
        if kind in ("code", "informant"):
            result[kind] = [study.ids[kind, key].hex() for key in value]
        elif isinstance(value, dict):
            result[kind] = with_ids(study, value)
        elif kind in ("all", "any"):
            result[kind] = [with_ids(study, part) for part in value]
        else:
            result[kind] = value
    return result
