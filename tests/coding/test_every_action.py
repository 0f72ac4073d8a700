"""Every action of the core: one step, one notice, one line of history, undone and redone to the byte.

An action is a public function in `qualcoder_lite.coding` whose first parameter is `project`. A new one needs
an example here, or, where it only reads, a place in READING.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import qualcoder_lite.coding
from qualcoder_lite.coding import (
    cells,
    claims,
    codes,
    codings,
    member_checks,
    memos,
    milestones,
    queries,
    questions,
    sources,
    studies,
)
from qualcoder_lite.coding.codings import Range
from qualcoder_lite.coding.importing import confirming
from qualcoder_lite.coding.importing.confirming import Confirmed
from qualcoder_lite.coding.importing.files import read_files
from qualcoder_lite.coding.people import attributes, coders, informants
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables import kinds as table_kinds
from qualcoder_lite.i18n import say, use_language
from qualcoder_lite.progress import silent
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Changes, Project, open_study
from qualcoder_lite.store.undo import history, redo, undo
from tests.coding.building import SECRET, Built, build, place_of
from tests.store.states import State, state_of

READING = {
    "tables.finding.name_of",
    "tables.finding.names_of",
    "counting.counted.counted",
    "counting.counted.is_kept",
}
Example = Callable[[Project, Built], object]


def _quote(project: Project, built: Built, quote: str) -> tuple[bytes, int, int]:
    source = built.sources["A1"]
    return (source, *place_of(project, source, quote))


def _confirm(project: Project, built: Built) -> object:
    (read,), _failed = read_files([_new_file(built)], {}, None, silent)
    speakers = {"P": ("interviewer", ""), "I": ("informant", "B7")}
    confirmed = Confirmed(read, "B7", "interview", "2026-03-13", "Kantin", speakers)
    return confirming.import_confirmed(project, [confirmed])


def _guide_file(built: Built) -> Path:
    path = built.folder / "pedoman.csv"
    path.write_text("number,question,codes\n7,Apa lagi?,\n", encoding="utf-8")
    return path


def _new_file(built: Built) -> Path:
    path = built.folder / "A2.txt"
    path.write_text("Nama: Tuan Rekaan\n\nP: Apa kabar?\nI: Baik sekali.\n", encoding="utf-8")
    return path


def _codebook(built: Built) -> Path:
    path = built.folder / "buku.json"
    rows = [{"id": "K", "name_id": "Baru"}, {"id": "Z", "parent": "K"}]
    path.write_text(json.dumps({"codes": rows}), encoding="utf-8")
    return path


EXAMPLES: dict[str, Example] = {
    # sources
    "importing.confirming.import_confirmed": lambda p, b: _confirm(p, b),
    "sources.import_files": lambda p, b: sources.import_files(p, [_new_file(b)]),
    "sources.set_status": lambda p, b: sources.set_status(p, b.sources["A1"], "done"),
    "sources.set_details": lambda p, b: sources.set_details(p, b.sources["A1"], key="A9", date="2026-03-12"),
    "sources.reorder": lambda p, b: sources.reorder(p, [b.sources["D1"]]),
    "sources.remove": lambda p, b: sources.remove(p, [b.sources["A1"], b.sources["D1"]]),
    "sources.set_speaker": lambda p, b: sources.set_speaker(
        p, b.sources["A1"], "P", "informant", b.informants["A2"]
    ),
    "sources.edit_text": lambda p, b: sources.edit_text(
        p, b.sources["A1"], [[0, 0, "Salinan. "], [_quote(p, b, "Usul kami")[1], 12, "Saran kami "]]
    ),
    "sources.link_informant": lambda p, b: sources.link_informant(p, b.sources["O1"], b.informants["A1"]),
    "sources.unlink_informant": lambda p, b: sources.unlink_informant(p, b.sources["D1"], b.informants["A2"]),
    # informants and attributes
    "people.informants.add": lambda p, b: informants.add(p, "M1"),
    "people.informants.rename": lambda p, b: informants.rename(p, b.informants["A1"], "N1"),
    "people.informants.set_class": lambda p, b: informants.set_class(p, [b.informants["A1"]], "kunci"),
    "people.informants.set_consent": lambda p, b: informants.set_consent(
        p, [b.informants["A1"]], "withdrawn"
    ),
    "people.informants.set_note": lambda p, b: informants.set_note(p, b.informants["A1"], "Baru."),
    "people.informants.reorder": lambda p, b: informants.reorder(p, [b.informants["A2"]]),
    "people.informants.remove": lambda p, b: informants.remove(p, [b.informants["A1"]]),
    "people.informants.import_table": lambda p, b: informants.import_table(
        p, [{"alias": "A1", "class": "kunci", "nama": "Tuan Rekaan", "kelompok": "ASN", "usia": "tua"}]
    ),
    "people.attributes.add": lambda p, b: attributes.add(p, "kelompok", "choice"),
    "people.attributes.rename": lambda p, b: attributes.rename(p, b.rest["usia"], "umur"),
    "people.attributes.set_kind": lambda p, b: attributes.set_kind(p, b.rest["usia"], "choice"),
    "people.attributes.set_value": lambda p, b: attributes.set_value(
        p, b.informants["A1"], b.rest["usia"], "42"
    ),
    "people.attributes.reorder": lambda p, b: attributes.reorder(p, [b.rest["usia"]]),
    "people.attributes.remove": lambda p, b: attributes.remove(p, [b.rest["usia"]]),
    # codes
    "codes.add": lambda p, b: codes.add(p, "K3", b.codes["K"], {"id": {"name": "Baru"}}, position=0),
    "codes.set_wording": lambda p, b: codes.set_wording(p, b.codes["K"], "id", "lebih jelas", name="Baru"),
    "codes.set_details": lambda p, b: codes.set_details(p, b.codes["K"], colour=5, shortcut="1"),
    "codes.rename": lambda p, b: codes.rename(p, b.codes["K"], "X"),
    "codes.move": lambda p, b: codes.move(p, b.codes["K2"], b.codes["S"], 0),
    "codes.merge": lambda p, b: codes.merge(p, [b.codes["K2"], b.codes["S"]], b.codes["K1"], "satu makna"),
    "codes.split": lambda p, b: codes.split(p, b.codes["K1"], [b.codings["cepat"]], "K9"),
    "codes.remove": lambda p, b: codes.remove(p, [b.codes["K"]]),
    "codes.link_emic": lambda p, b: codes.link_emic(p, b.codes["E1"], b.codes["K2"]),
    "codes.unlink_emic": lambda p, b: codes.unlink_emic(p, b.codes["E1"], b.codes["S1"]),
    "tables.codebooks.load": lambda p, b: codebooks.load(p, _codebook(b)),
    # codings
    "codings.apply": lambda p, b: codings.apply(p, *_quote(p, b, "berhenti"), b.codes["K1"], "±"),
    "codings.apply_many": lambda p, b: codings.apply_many(
        p, [Range(*_quote(p, b, "Kami")), Range(*_quote(p, b, "berhenti"))], b.codes["S"]
    ),
    "codings.apply_in_vivo": lambda p, b: codings.apply_in_vivo(p, *_quote(p, b, SECRET)),
    "codings.set_polarity": lambda p, b: codings.set_polarity(p, list(b.codings.values()), "0"),
    "codings.set_starred": lambda p, b: codings.set_starred(p, [b.codings["cepat"]], starred=True),
    "codings.set_evidence": lambda p, b: codings.set_evidence(p, [b.codings["cepat"]], "event"),
    "codings.set_condensation": lambda p, b: codings.set_condensation(p, [b.codings["cepat"]], SECRET),
    "codings.set_code": lambda p, b: codings.set_code(p, [b.codings["second"]], b.codes["K1"], "salah"),
    "codings.set_range": lambda p, b: codings.set_range(
        p, b.codings["cepat"], *_quote(p, b, "kami cepat")[1:]
    ),
    "codings.remove": lambda p, b: codings.remove(p, [b.codings["cepat"], b.codings["atas"]]),
    "codings.link": lambda p, b: codings.link(p, b.codings["cepat"], b.codings["atas"], "contradicts"),
    "codings.unlink": lambda p, b: codings.unlink(p, [b.rest["link"]]),
    "codings.import_table": lambda p, b: codings.import_table(
        p, [{"source": "A1", "quote": SECRET, "code": "K", "polarity": "−", "memo": f"Ya, {SECRET}."}]
    ),
    # memos, cells, member checks
    "memos.add": lambda p, b: memos.add(p, SECRET),
    "memos.add_about": lambda p, b: memos.add_about(p, "code", b.codes["K"], SECRET),
    "memos.add_about_many": lambda p, b: memos.add_about_many(p, "code", list(b.codes.values())[:2], SECRET),
    "memos.add_on_range": lambda p, b: memos.add_on_range(p, b.sources["A1"], 3, 9, SECRET),
    "memos.edit": lambda p, b: memos.edit(p, b.rest["memo"], SECRET),
    "memos.remove": lambda p, b: memos.remove(p, [b.rest["memo"], b.rest["free"]]),
    "cells.write": lambda p, b: cells.write(p, *b.cell("S", "A1"), emic_summary=SECRET),
    "cells.set_status": lambda p, b: cells.set_status(p, *b.cell("K", "A1"), "gap", SECRET),
    "cells.set_not_applicable": lambda p, b: cells.set_not_applicable(p, *b.cell("S")),
    "cells.choose_evidence": lambda p, b: cells.choose_evidence(
        p, *b.cell("K", "A1"), [b.codings["usul"], b.codings["cepat"]]
    ),
    "cells.mark_reviewed": lambda p, b: cells.mark_reviewed(p, *b.cell("K", "A1")),
    "cells.clear": lambda p, b: cells.clear(p, *b.cell("K", "A1")),
    "cells.import_table": lambda p, b: cells.import_table(
        p,
        [{"row": "K", "column": "informant:A1", "conclusion": SECRET}, {"row": "S", "not_applicable": "ya"}],
    ),
    "member_checks.add": lambda p, b: member_checks.add(p, b.informants["A1"], SECRET, "rejects"),
    "member_checks.edit": lambda p, b: member_checks.edit(p, b.rest["check"], verdict="corrects"),
    "member_checks.remove": lambda p, b: member_checks.remove(p, [b.rest["check"]]),
    # claims and questions
    "claims.add": lambda p, b: claims.add(p, "C02", {"id": SECRET}),
    "claims.edit": lambda p, b: claims.edit(p, b.rest["claim"], "C09", text={"en": "Proposals stop."}),
    "claims.set_status": lambda p, b: claims.set_status(p, b.rest["claim"], "didukung"),
    "claims.set_codes": lambda p, b: claims.set_codes(p, b.rest["claim"], [b.codes["S"], b.codes["E1"]]),
    "claims.set_evidence": lambda p, b: claims.set_evidence(
        p, b.rest["claim"], "against", [b.codings["cepat"]]
    ),
    "claims.answer": lambda p, b: claims.answer(
        p, b.rest["claim"], [b.codings["cepat"], b.codings["usul"]], "dijelaskan", SECRET
    ),
    "claims.withdraw_answers": lambda p, b: claims.withdraw_answers(
        p, b.rest["claim"], [b.codings["usul"], b.codings["atas"]]
    ),
    "claims.reorder": lambda p, b: _reordered_claims(p, b),
    "claims.remove": lambda p, b: claims.remove(p, [b.rest["claim"]]),
    "claims.import_table": lambda p, b: claims.import_table(
        p, [{"number": "C01", "status": "partial"}, {"number": "C02", "text": SECRET, "codes": "K;S"}]
    ),
    "questions.add": lambda p, b: questions.add(p, "2", "Apa?", [b.codes["S"]]),
    "questions.edit": lambda p, b: questions.edit(p, b.rest["question"], "9", "Mengapa?"),
    "questions.set_codes": lambda p, b: questions.set_codes(p, b.rest["question"], [b.codes["S"]]),
    "questions.set_asked": lambda p, b: questions.set_asked(
        p, b.rest["question"], b.sources["A1"], asked=True
    ),
    "questions.set_not_asked": lambda p, b: questions.set_not_asked(
        p, b.sources["A1"], [b.rest["second question"]]
    ),
    "questions.reorder": lambda p, b: questions.reorder(p, [b.rest["second question"]]),
    "questions.remove": lambda p, b: questions.remove(p, [b.rest["question"]]),
    "tables.kinds.import_table": lambda p, b: table_kinds.import_table(p, "guide", _guide_file(b)),
    "questions.import_table": lambda p, b: questions.import_table(
        p,
        [{"number": "1", "codes": "S", "not_asked": "O1"}, {"number": "2", "question": "Apa?", "codes": ""}],
    ),
    # queries and milestones
    "queries.save": lambda p, b: queries.save(p, "baru", {"words": SECRET}),
    "queries.rename": lambda p, b: queries.rename(p, b.rest["query"], "lain"),
    "queries.reorder": lambda p, b: queries.reorder(p, [b.rest["second query"]]),
    "queries.remove": lambda p, b: queries.remove(p, [b.rest["query"]]),
    "milestones.add": lambda p, b: milestones.add(p, "Bimbingan 2"),
    "milestones.edit": lambda p, b: milestones.edit(p, b.rest["milestone"], note=SECRET),
    "milestones.remove": lambda p, b: milestones.remove(p, [b.rest["milestone"]]),
    # coders and the study
    "people.coders.add": lambda p, b: coders.add(p, "C3"),
    "people.coders.rename": lambda p, b: coders.rename(p, b.coders["C1"], "Peneliti utama"),
    "people.coders.set_colour": lambda p, b: coders.set_colour(p, b.coders["C2"], 7),
    "people.coders.remove": lambda p, b: coders.remove(p, b.coders["C2"]),
    "studies.set_title": lambda p, b: studies.set_title(p, "Lain"),
    "studies.set_note": lambda p, b: studies.set_note(p, "Emik menurut Pike."),
}


def _reordered_claims(project: Project, built: Built) -> None:
    claims.reorder(project, [built.rest["second claim"]])


def every_action() -> list[str]:
    """The names of all actions: public functions of the room `coding` that are given the project first."""
    found = []
    room = "qualcoder_lite.coding."
    for module in pkgutil.walk_packages(qualcoder_lite.coding.__path__, room):
        whole = importlib.import_module(module.name)
        for name, function in inspect.getmembers(whole, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            own = function.__module__ == whole.__name__
            if own and not name.startswith("_") and first == "project":
                found.append(f"{module.name.removeprefix(room)}.{name}")
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A closed study that has something of everything."""
    folder = tmp_path_factory.mktemp("built")
    path = folder / "study.qcl"
    new_study(path, "Studi rekaan")
    with open_study(path, coder="C1") as project:
        made = build(project, folder / "files")
        made.rest["second claim"] = claims.add(project, "C05", {"id": "Kedua."})
        made.rest["second question"] = questions.add(project, "5", "Kedua?")
        codings.set_polarity(project, [made.codings["usul"]], "+")  # so that the written cell is stale
        made.rest["query"] = queries.save(project, "satu", {"code": "K"})
        made.rest["second query"] = queries.save(project, "dua", {"code": "S"})
        made.rest["milestone"] = milestones.add(project, "Bimbingan 1")
    return path, made


@pytest.fixture
def study(built: tuple[Path, Built], tmp_path: Path) -> Iterator[tuple[Path, Built]]:
    """A copy of the built study for one test alone."""
    path = tmp_path / "study.qcl"
    shutil.copy(built[0], path)
    return path, built[1]


def test_every_action_has_an_example() -> None:
    assert set(every_action()) - READING == set(EXAMPLES)


def _moved(before: State, after: State) -> set[tuple[str, bytes]]:
    """The rows that differ between two states."""
    sides = [
        {(table, row[0]): row for table, rows in state.items() for row in rows} for state in (before, after)
    ]
    return {
        place for place in sides[0].keys() | sides[1].keys() if sides[0].get(place) != sides[1].get(place)
    }


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_action_is_one_step_that_can_be_undone_and_redone(name: str, study: tuple[Path, Built]) -> None:
    path, made = study
    with open_study(path, coder="C1") as project:
        before, lines = state_of(path), len(history(project))
        notices: list[Changes] = []
        project.listeners.append(notices.append)
        EXAMPLES[name](project, made)
        after = state_of(path)
        assert len(history(project)) == lines + 1
        assert [notice.kind for notice in notices] == ["do"]
        assert notices[0].rows == _moved(before, after)
        assert undo(project) is not None
        assert state_of(path) == before
        assert redo(project) is not None
        assert state_of(path) == after
        assert [notice.kind for notice in notices] == ["do", "undo", "redo"]
    with open_study(path, coder="C1") as project:
        assert undo(project) is not None
        assert state_of(path) == before
    with open_study(path, coder="C1") as project:
        assert redo(project) is not None
        assert state_of(path) == after


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_action_is_told_in_words_without_what_informants_said(
    name: str, study: tuple[Path, Built]
) -> None:
    path, made = study
    with open_study(path, coder="C1") as project:
        EXAMPLES[name](project, made)
        line = history(project)[-1]
    parameters = json.dumps(line.parameters)
    assert SECRET not in parameters
    assert "Tuan Rekaan" not in parameters
    assert line.coder in ("C1", "Peneliti utama")
    for spoken in ("en", "id"):
        use_language(spoken)
        assert "{" not in say(line.message, line.parameters)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_failing_action_changes_nothing(
    name: str, study: tuple[Path, Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made = study

    def fail(_session: Session) -> None:
        raise ZeroDivisionError

    with open_study(path, coder="C1") as project:
        before, lines = state_of(path), len(history(project))
        notices: list[Changes] = []
        project.listeners.append(notices.append)
        monkeypatch.setattr(Session, "commit", fail)
        with pytest.raises(ZeroDivisionError):
            EXAMPLES[name](project, made)
        assert state_of(path) == before
        assert len(history(project)) == lines
        assert not notices
        assert project.coder == "C1"


REPEATABLE = [
    name
    for name in sorted(EXAMPLES)
    if name.split(".")[1].startswith(("set_", "reorder", "import_table", "choose", "link", "load", "rename"))
    or name in ("codings.apply", "codings.apply_many", "cells.write", "codes.move", "memos.edit")
]


@pytest.mark.parametrize("name", REPEATABLE)
def test_doing_the_same_again_leaves_no_step(name: str, study: tuple[Path, Built]) -> None:
    path, made = study
    with open_study(path, coder="C1") as project:
        EXAMPLES[name](project, made)
        after, lines = state_of(path), len(history(project))
        EXAMPLES[name](project, made)
        assert state_of(path) == after
        assert len(history(project)) == lines
