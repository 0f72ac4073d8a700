"""What goes out of a study and what tables come in, by files that the person chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.analysis.panels.lists import study_title
from qualcoder_lite.coding.people import key_file
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.desk.action import FILE, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import REPORTS, STUDIES, ask_file, coder_with_codings, write_beside
from qualcoder_lite.ui.kit.asking_box import AskingBox

Write = Callable[[Project, Path, str, Progress], object]


def export(desk: Desk, name: str, kinds: str, write: Write) -> None:
    """Ask for a file and write it beside the window."""
    project, coder = desk.study, coder_with_codings(desk)
    chosen = ask_file(desk, _(name), f"{_(name)}.docx", kinds)
    if chosen is not None:
        path, label = chosen[0], _("Writing {file}").format(file=chosen[0].name)
        write_beside(desk, label, path, lambda progress: write(project, path, coder, progress))


def _excerpts(by: str) -> Write:
    def write(project: Project, path: Path, coder: str, progress: Progress) -> None:
        from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
        from qualcoder_lite.export.reports.excerpts import write_excerpts

        with project.read():
            write_excerpts(project, excerpts(project, Wanted(coder), progress), path, by)

    return write


def _study(project: Project, path: Path, coder: str, progress: Progress) -> None:
    from qualcoder_lite.export.whole_study import write_study

    write_study(project, path, progress, coder)


def _part(name: str) -> Write:
    def write(project: Project, path: Path, coder: str, progress: Progress) -> None:
        from qualcoder_lite.export.parts import PARTS

        PARTS[name](project, path, coder, progress)

    return write


OUT: tuple[tuple[str, str, str, Write], ...] = (
    ("excerpts_by_code", N_("Excerpts by code"), REPORTS, _excerpts("code")),
    ("excerpts_by_informant", N_("Excerpts by informant"), REPORTS, _excerpts("informant")),
    ("excerpts_by_source", N_("Excerpts by source"), REPORTS, _excerpts("source")),
    ("whole_study", N_("Coded transcripts or the whole study"), STUDIES, _study),
    ("codebook_out", N_("Codebook"), REPORTS, _part("codebook")),
    ("guide_out", N_("Interview guide"), REPORTS, _part("guide")),
    ("claims_out", N_("Claims"), REPORTS, _part("claims")),
    ("outline_out", N_("Outline of the chapter of findings"), REPORTS, _part("outline")),
    ("emic_concepts_out", N_("Emic categories and etic concepts"), REPORTS, _part("emic-concepts")),
    ("member_checks_out", N_("Member checks to be signed"), REPORTS, _part("member-checks")),
    ("defence_out", N_("Check before the defence"), REPORTS, _part("defence")),
)


# Tables in -------------------------------------------------------------------------------------------------


def bring_in(desk: Desk, name: str) -> None:
    """Ask for a table and bring it in as one step."""
    title, kinds = _("Bring in: {name}").format(name=_(TABLES[name])), _("Tables (*.csv *.xlsx *.json)")
    chosen, _kind = QFileDialog.getOpenFileName(desk.window, title, str(desk.study.path.parent), kinds)
    if chosen:
        desk.attempt(_take, desk, name, Path(chosen))


def _take(desk: Desk, name: str, path: Path) -> None:
    from qualcoder_lite.coding.tables import kinds as table_kinds

    table_kinds.import_table(desk.study, name, path)
    told = _("Brought in: {file}").format(file=path.name)
    desk.tell_undoable(told if name != "informants" else f"{told} {_of_key_file(desk)}".strip())


def _of_key_file(desk: Desk) -> str:
    """What is to be said of the file of real names: a disk may let others read it."""
    names = key_file.key_path(desk.study.path)
    if key_file.is_private(names):
        return ""
    sentence = _(
        "Others may be able to read the key file {file}: its disk keeps no rights. Keep it elsewhere."
    )
    return sentence.format(file=names.name)


TABLES = {
    "codebook": N_("Codebook"), "informants": N_("Informants"), "guide": N_("Interview guide"),
    "codings": N_("Codings"), "cells": N_("Cells of matrices"), "claims": N_("Claims"),
}  # fmt: skip


# The study -------------------------------------------------------------------------------------------------


def set_title(desk: Desk) -> None:
    """Write the title of the study."""
    from qualcoder_lite.coding import studies

    def then(title: str) -> bool:
        return desk.attempt(studies.set_title, desk.study, title)

    sentence, before = _("What is the study called?"), study_title(desk.study)
    AskingBox(desk.tokens, sentence, _("Title"), _("Keep"), then, desk.window, before, needed=True).open()


def _export(index: int, desk: Desk) -> None:
    _id, name, kinds, write = OUT[index]
    export(desk, name, kinds, write)


def _bring(name: str, desk: Desk) -> None:
    bring_in(desk, name)


def _row(name: str, text: str, run: Callable[[Desk], object], under: str) -> Action:
    return Action(name, text, run, FILE, 2, (), with_study, under=under)


ROWS: tuple[Action, ...] = (
    *(_row(one[0], one[1], partial(_export, index), N_("Export")) for index, one in enumerate(OUT)),
    *(
        _row(f"take_{name}", text, partial(_bring, name), N_("Bring in a table"))
        for name, text in TABLES.items()
    ),
    Action("title", N_("Title of the study…"), set_title, FILE, 2),
)
