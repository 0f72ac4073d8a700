"""Backups joined to the desk: making and showing them; putting one back, with the study left and opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite import settings
from qualcoder_lite.errors import Damaged, NotAStudy, UserError
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.copies.restoring import Restored, restore
from qualcoder_lite.store.protection.key import forget, remember
from qualcoder_lite.store.protection.opener import Locked, can_protect, key_of
from qualcoder_lite.ui.backups.box import BackupsBox
from qualcoder_lite.ui.backups.protecting import ask_to_open
from qualcoder_lite.ui.backups.reading import Backups, has_backups, read_backups
from qualcoder_lite.ui.desk.action import FILE, Action
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.opening import close_study, open_path


def connect(desk: Desk) -> None:
    """Offer the backups where a study is found damaged."""
    desk.add(Refusals(desk))


class Refusals:
    """Tells why a study was not opened, and offers its backups where it is damaged."""

    def __init__(self, desk: Desk) -> None:
        """Listen to the desk, in the place of an earlier one."""
        earlier = desk.find(Refusals)
        if earlier is not None:
            desk.refused.disconnect(earlier.tell)
        self.desk = desk
        desk.refused.connect(self.tell)

    def tell(self, path: Path, error: UserError) -> None:
        """Tell it."""
        desk = self.desk
        if isinstance(error, Locked) and can_protect():
            ask_to_open(desk, path, "")
        elif isinstance(error, Damaged | NotAStudy) and has_backups(path):
            desk.tell(str(error), _("Backups…"), partial(show_backups, desk, path))
        else:
            desk.tell(str(error))


def make(desk: Desk) -> None:
    """Make a verified copy of the study, beside it and in the folder that was chosen elsewhere."""
    study, also = desk.study.path, settings.read().backups_also

    def told(kept: Path) -> None:
        desk.tell(_("Written: {file}").format(file=kept), _("Backups…"), lambda: desk.do("backups"))

    desk.work(_("Making a backup"), lambda _progress: backup(study, Path(also) if also else None), told)


def ask_elsewhere(desk: Desk) -> None:
    """Ask for a folder that gets a copy of each backup, as on another disk."""
    before = settings.read().backups_also
    begin = before or str(desk.study.path.parent)
    chosen = QFileDialog.getExistingDirectory(desk.window, _("Copy backups also to…"), begin)
    if chosen:
        _set_elsewhere(desk, chosen)
    elif before:
        _tell_elsewhere(desk, before)


def _set_elsewhere(desk: Desk, folder: str) -> None:
    now = settings.read()
    now.backups_also = folder
    if not settings.write(now):
        desk.tell(_("This can't be kept: the folder of the settings can't be written to."))
    elif folder:
        _tell_elsewhere(desk, folder)
    else:
        desk.tell(_("Backups are kept only beside the study."))
    desk.enable()


def _tell_elsewhere(desk: Desk, folder: str) -> None:
    words = _("Each backup that you make is also copied to {folder}.").format(folder=folder)
    make_one = (_("Make a backup"), lambda: desk.do("backup"))
    desk.tell(words, _("No longer"), partial(_set_elsewhere, desk, ""), (make_one,))


def copies_elsewhere(_desk: Desk) -> bool:
    """Backups are copied to a folder elsewhere as well."""
    return bool(settings.read().backups_also)


def ask(desk: Desk) -> None:
    """Show the backups of the open study."""
    show_backups(desk, desk.study.path)


def show_backups(desk: Desk, study: Path) -> None:
    """Read the backups of a study beside the window and show them."""

    def show(found: Backups) -> None:
        if found.kept:
            BackupsBox(desk.tokens, found, partial(put_back, desk, study), desk.window).open()
        else:
            desk.tell(_("There is no backup yet."), _("Make a backup"), lambda: desk.do("backup"))

    desk.work(_("Reading the backups"), partial(read_backups, study), show)


def put_back(desk: Desk, study: Path, backup: Path) -> None:
    """Leave the study, put a backup in its place beside the window, and open it again in any case."""
    coder, key = desk.coder, key_of(study)
    remember(key)
    if desk.project is not None and not close_study(desk):
        forget(key)
        return

    def work(_progress: Progress) -> Restored:
        return restore(study, backup)

    def done(restored: Restored) -> None:
        open_path(desk, study, coder, partial(_tell_restored, desk, restored), partial(forget, key))

    def failed(error: UserError) -> None:
        open_path(desk, study, coder, partial(desk.tell, str(error)), partial(forget, key))
        desk.tell(str(error))

    desk.work(_("Putting the backup back"), work, done, failed)


def _tell_restored(desk: Desk, restored: Restored) -> None:
    """Say what was put back, and where that is kept which was there."""
    parts = [_("The backup {file} was put back.").format(file=restored.backup.name)]
    number = len(restored.later)
    if number:
        parts.append(n_("{n} step was taken back.", "{n} steps were taken back.", number).format(n=number))
    if restored.kept is not None:
        parts.append(_("What was there is kept: {file}.").format(file=restored.kept.name))
    if restored.names:
        parts.append(_("The key file of real names was put back as well."))
    desk.tell(" ".join(parts))


ROWS = (
    Action("backup", N_("Make a backup"), make, FILE, 2),
    Action("backups", N_("Backups…"), ask, FILE, 2),
    Action("backups_also", N_("Copy backups also to…"), ask_elsewhere, FILE, 2, ticked=copies_elsewhere),
)
