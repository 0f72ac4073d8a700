"""Opening a study on a desk, and closing it: one at a time, and none is left open by the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.access.leaving import LeftElsewhere
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.ui.desk.desk import Desk

LARGE = 24 << 20  # bytes: a study so large is opened beside the window


def open_path(
    desk: Desk,
    path: Path,
    coder: str = "",
    then: Callable[[], object] = lambda: None,
    at_end: Callable[[], object] = lambda: None,
) -> None:
    """Open a study on the empty desk, one at a time; a large one beside the window.

    Who listens to `refused` is told why it can't be, and knows what can be done about it. `then` follows
    where it is open, `at_end` before that in any case.
    """

    def show(project: Project) -> None:
        at_end()
        desk.show_study(project)
        then()

    def work(_progress: Progress) -> Project:
        return open_study(path, coder)

    def refuse(error: UserError) -> None:
        at_end()
        desk.refused.emit(path, error)

    if desk.busy:
        at_end()
        desk.tell_busy()
    elif path.is_file() and path.stat().st_size > LARGE:
        desk.work(_("Opening {file}").format(file=path.name), work, show, refuse, Project.close)
    else:
        try:
            project = open_study(path, coder)
        except UserError as error:
            refuse(error)
        else:
            show(project)


def close_study(desk: Desk, otherwise: Callable[[], object] | None = None) -> bool:
    """Leave the study and show what to begin with; returns False, and stays, where something is not kept.

    `otherwise` is then offered as the way to leave without keeping it. It stays, too, where the person, asked
    by a part, wants to.
    """
    kept = desk.end(_("Close without keeping it") if otherwise else "", otherwise)
    return kept and all(may() for may in desk.leavings) and _close(desk)


def close_unkept(desk: Desk) -> bool:
    """Leave the study without what is typed and not kept."""
    for box in desk.boxes():
        box.end()
    return _close(desk)


def _close(desk: Desk) -> bool:
    try:
        desk.let_go()
    except UserError as error:
        desk.show()
        kept = error.kept if isinstance(error, LeftElsewhere) else None
        desk.tell(str(error), _("Open the copy"), partial(open_path, desk, kept) if kept else None)
        return False
    desk.show()
    return True
