"""Bringing files into the study: choose, read beside the window, confirm on a page, write as one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from qualcoder_lite.analysis.panels.lists import informants_listed
from qualcoder_lite.coding.importing.confirming import Confirmed, import_confirmed
from qualcoder_lite.coding.importing.files import expand_folders, read_files
from qualcoder_lite.coding.importing.report import ImportReport
from qualcoder_lite.coding.people.key_file import add_masked, key_path
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.readers.reading import SUFFIXES
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Source, Workspace
from qualcoder_lite.ui.sources.import_draft import Draft, drafted, failed
from qualcoder_lite.ui.sources.import_page import ImportPage


def ask_files(desk: Desk) -> None:
    """Ask which files to bring in; where some wait on their page out of sight, show that first."""
    page = desk.find(ImportPage)
    if page is not None and desk.stack.currentWidget() is not page:
        desk.stack.setCurrentWidget(page)
        page.files.setFocus()
    else:
        _ask_more(desk)


def _ask_more(desk: Desk) -> None:
    kinds = _("Texts ({suffixes})").format(suffixes=" ".join(f"*{suffix}" for suffix in SUFFIXES))
    names, _kind = QFileDialog.getOpenFileNames(
        desk.window, _("Import sources"), str(desk.study.path.parent), kinds
    )
    if names:
        bring_in(desk, [Path(name) for name in names])


def bring_in(desk: Desk, paths: Sequence[Path]) -> None:
    """Read files beside the window, then show what they were read as."""
    page = desk.find(ImportPage)
    waiting = {draft.key for draft in page.drafts} if page is not None else set()
    taken = waiting | {line.key for line in desk.sources} | {line.alias for line in desk.people}

    def work(progress: Progress) -> list[Draft]:
        files, unreadable = expand_folders(paths)
        read, unread = read_files(files, {}, None, progress)
        drafts: list[Draft] = []
        for file in read:
            drafts.append(drafted(file, taken))
            taken.add(drafts[-1].key)
        return [*drafts, *(failed(path, error) for path, error in (*unreadable, *unread))]

    desk.work(_("Reading files"), work, lambda drafts: show_page(desk, drafts))


def show_page(desk: Desk, drafts: list[Draft]) -> None:
    """Show what files were read as; those of a page that is open already stay."""
    if not drafts:
        return
    page = desk.find(ImportPage) or _new_page(desk)
    known = {draft.path.absolute() for draft in drafts}
    before = [draft for draft in page.drafts if draft.path.absolute() not in known]
    _fill(desk, page, before + drafts)


def _new_page(desk: Desk) -> ImportPage:
    page = ImportPage(
        desk.tokens,
        lambda confirmed: write(desk, confirmed),
        lambda: cancel(desk),
        lambda: desk.attempt(_ask_more, desk),
        lambda draft, encoding: read_again(desk, draft, encoding),
        key_path(desk.study.path).name,
    )
    desk.stack.addWidget(page)
    return desk.add(page)


def _fill(desk: Desk, page: ImportPage, drafts: list[Draft], number: int | None = None) -> None:
    page.show_drafts(drafts, [line.alias for line in informants_listed(desk.study)], number)
    desk.stack.setCurrentWidget(page)
    page.files.setFocus()


def carry_over(desk: Desk) -> None:
    """Show the files that wait, with all that was settled of them, on a page of the window made anew."""
    before = desk.find(ImportPage)
    desk.remove(ImportPage)
    if before is None or desk.project is None:
        return
    drafts, number = before.drafts, before.number

    def show() -> None:  # after the window has gone back to where it was
        if desk.project is not None and desk.find(ImportPage) is None:
            _fill(desk, _new_page(desk), drafts, number)

    QTimer.singleShot(0, desk, show)


def may_leave(desk: Desk) -> bool:
    """Ask before files that wait on their page are given up with the study; tell whether they may be."""
    page = desk.find(ImportPage)
    if page is None:
        return True
    number = sum(draft.file is not None for draft in page.drafts)
    if number and not _asked(desk, number):
        desk.stack.setCurrentWidget(page)
        return False
    _drop(desk, page)
    return True


def _asked(desk: Desk, number: int) -> bool:
    words = n_(
        "{number} file waits to be imported. It is not in the study yet.",
        "{number} files wait to be imported. They are not in the study yet.",
        number,
    )
    box = QMessageBox(QMessageBox.Icon.Question, _("Import sources"), words.format(number=number))
    box.setParent(desk.window, box.windowFlags())
    stay = box.addButton(_("Back to the files"), QMessageBox.ButtonRole.RejectRole)
    go = box.addButton(_("Close without importing"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is go


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
    new.masks |= {person: mask for person, mask in draft.masks.items() if person in new.masks}
    new.masking, new.original, new.by_hand = draft.masking, draft.original, draft.by_hand
    new.proposed = draft.proposed
    return new


def write(desk: Desk, drafts: Sequence[Draft]) -> None:
    """Bring the confirmed files in as one step, and open the first."""
    files = [one for draft in drafts if (one := draft.confirmed()) is not None]

    def work(_progress: Progress) -> ImportReport:
        path = key_path(desk.study.path)
        return import_confirmed(desk.study, files, keep=lambda names: add_masked(path, names))

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
        words = _("Real names went into the key file {file}, outside the study.")
        said += " " + words.format(file=key_path(desk.study.path).name)
    desk.tell_undoable(said)


def cancel(desk: Desk) -> None:
    """Close the page; where the person has settled anything of the files, ask first."""
    settled = sum(draft.is_settled for draft in desk.part(ImportPage).drafts)
    if not settled or _asked(desk, settled):
        leave(desk)


def leave(desk: Desk) -> None:
    """Close the page; nothing was written."""
    page = desk.find(ImportPage)
    desk.stack.setCurrentWidget(desk.workspaces[Workspace.REDUCTION])
    if page is not None:
        _drop(desk, page)
    desk.text.setFocus()


def _drop(desk: Desk, page: ImportPage) -> None:
    desk.remove(ImportPage)
    desk.stack.removeWidget(page)
    page.deleteLater()
