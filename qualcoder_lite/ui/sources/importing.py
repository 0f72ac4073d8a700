"""Bringing files into the study: choose, read beside the window, confirm on a page, write as one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.analysis.panels.lists import informants_listed
from qualcoder_lite.coding.importing.confirming import Confirmed, import_confirmed
from qualcoder_lite.coding.importing.files import expand_folders, read_files
from qualcoder_lite.coding.importing.report import ImportReport
from qualcoder_lite.coding.people.key_file import add_names, key_path
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.readers.reading import SUFFIXES
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Source, Workspace
from qualcoder_lite.ui.sources.import_draft import Draft, drafted, failed
from qualcoder_lite.ui.sources.import_page import ImportPage


def ask_files(desk: Desk) -> None:
    """Ask which files to bring in."""
    kinds = _("Texts ({suffixes})").format(suffixes=" ".join(f"*{suffix}" for suffix in SUFFIXES))
    names, _kind = QFileDialog.getOpenFileNames(
        desk.window, _("Import sources"), str(desk.study.path.parent), kinds
    )
    if names:
        bring_in(desk, [Path(name) for name in names])


def bring_in(desk: Desk, paths: Sequence[Path]) -> None:
    """Read files beside the window, then show what they were read as."""

    def work(progress: Progress) -> list[Draft]:
        files, unreadable = expand_folders(paths)
        read, unread = read_files(files, {}, None, progress)
        return [*map(drafted, read), *(failed(path, error) for path, error in (*unreadable, *unread))]

    desk.work(_("Reading files"), work, lambda drafts: show_page(desk, drafts))


def show_page(desk: Desk, drafts: list[Draft]) -> None:
    """Show what files were read as; those of a page that is open already stay."""
    if not drafts:
        return
    page = desk.find(ImportPage)
    if page is None:
        page = ImportPage(
            desk.tokens,
            lambda confirmed: write(desk, confirmed),
            lambda: leave(desk),
            lambda: desk.attempt(ask_files, desk),
            lambda draft, encoding: read_again(desk, draft, encoding),
        )
        desk.add(page)
        desk.stack.addWidget(page)
    known = {draft.path.absolute() for draft in drafts}
    before = [draft for draft in page.drafts if draft.path.absolute() not in known]
    page.show_drafts(before + drafts, [line.alias for line in informants_listed(desk.study)])
    desk.stack.setCurrentWidget(page)
    page.files.setFocus()


def read_again(desk: Desk, draft: Draft, encoding: str) -> Draft:
    """A plain text read by another encoding; what was settled of it is kept where the labels are the same."""
    read, unread = read_files([draft.path], {}, encoding, silent)
    if unread:
        desk.tell(str(unread[0][1]))
        return draft
    new = drafted(read[0])
    if [one.label for one in new.speakers] == [one.label for one in draft.speakers]:
        new.speakers = draft.speakers
    new.key, new.technique, new.date, new.place = draft.key, draft.technique, draft.date, draft.place
    return new


def write(desk: Desk, drafts: Sequence[Draft]) -> None:
    """Bring the confirmed files in as one step, and open the first."""
    files = [one for draft in drafts if (one := draft.confirmed()) is not None]

    def work(_progress: Progress) -> ImportReport:
        return import_confirmed(desk.study, files)

    desk.work(_("Importing sources"), work, lambda report: _done(desk, files, report))


def _done(desk: Desk, files: Sequence[Confirmed], report: ImportReport) -> None:
    leave(desk)
    desk.refresh()
    if report.imported:
        desk.go(Source(report.imported[0].id))
    number = len(files)
    words = n_("{number} source is in the study.", "{number} sources are in the study.", number)
    said = words.format(number=number)
    if report.names:
        said += " " + _keep_names(desk, report)
    desk.tell_undoable(said)


def _keep_names(desk: Desk, report: ImportReport) -> str:
    """Write real names that stood in headers into the key file beside the study, never into it."""
    path = key_path(desk.study.path)
    try:
        add_names(path, report.names)
    except UserError as error:
        return str(error)
    return _("Real names went into the key file {file}, outside the study.").format(file=path.name)


def leave(desk: Desk) -> None:
    """Close the page; nothing was written."""
    page = desk.find(ImportPage)
    desk.stack.setCurrentWidget(desk.workspaces[Workspace.REDUCTION])
    if page is not None:
        desk.remove(ImportPage)
        desk.stack.removeWidget(page)
        page.deleteLater()
    desk.text.setFocus()
