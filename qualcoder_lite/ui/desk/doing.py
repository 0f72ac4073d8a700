"""Doing what a person asks: errors told in words, long work beside the window, news with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Cancelled
from qualcoder_lite.store.access.same_file import NotTheSame
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.desk.tasks import Tasks, Work

Links = Sequence[tuple[str, Callable[[], object]]]


def unkept_words() -> str:
    """What is said where a text could not be kept."""
    return _("What you have written is still here, but not in the study.")


class Doing(QObject):
    """What a desk does; `told` are news for the bottom of the window."""

    told = Signal(str, object)  # news: the words, and what can be done about them

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        """Nothing was done yet."""
        super().__init__(window)
        self.window, self.tasks = window, tasks
        self.project: Project | None = None
        self.actions_by_id: dict[str, QAction] = {}
        self.why_refused = ""  # the last attempt
        # what was refused when one wanted to leave, and the way to leave nevertheless
        self._offer: tuple[str, str, Callable[[], object] | None] = ("", "", None)

    @property
    def busy(self) -> bool:
        """Something long is being done."""
        return self.tasks.busy

    def attempt(self, run: Callable[..., object], *arguments: Any) -> bool:
        """Call a function; tell an error of the world at the bottom of the window.

        Returns whether it was done, so that what was typed leaves its editor only when it is kept.
        """
        try:
            run(*arguments)
        except UserError as error:
            self._refused(error)
            return False
        return True

    def work(
        self,
        label: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[UserError], object] | None = None,
        unwanted: Callable[[Any], object] = lambda _result: None,
    ) -> None:
        """Do long work beside the window, with progress and Cancel in the status line.

        `failed` is told of an error of the world, which is otherwise told at the bottom of the window;
        `unwanted` gets a result that comes when the window is gone.
        """

        def ended(error: BaseException) -> None:
            if failed is not None and isinstance(error, UserError):
                failed(error)
            else:
                self._failed(error)

        if not self.tasks.start(label, work, done, ended, unwanted):
            self.tell_busy()

    def tell_busy(self) -> None:
        """Say that only one long thing is done at a time."""
        self.tell(_("Something is still being done."))

    def _refused(self, error: UserError) -> None:
        """Tell an error of the world; work on a file that was taken away can be put beside it."""
        if isinstance(error, NotTheSame) and self.project is not None and not self._offer[0]:
            self.why_refused = str(error)
            self.tell(str(error), _("Close it and save a copy of my work"), lambda: self.do("close"))
        else:
            self.tell_refused(str(error))

    def tell_refused(self, why: str) -> None:
        """Tell why something was refused, with the way to leave that was offered for the same reason."""
        self.why_refused = why
        offered, link, run = self._offer
        if offered and why == offered:
            self.tell(f"{why} {unkept_words()}", link, run)
        else:
            self.tell(why)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._refused(error)
        elif isinstance(error, Cancelled):
            self.tell(_("Stopped; nothing was changed."))
        else:
            raise error

    def tell(
        self, words: str, link: str = "", run: Callable[[], object] | None = None, also: Links = ()
    ) -> None:
        """Say something at the bottom of the window for a while, or nothing any more.

        `link` does `run`; `also` are further links, each with what it does.
        """
        first = ((link, run),) if run is not None else ()
        self.told.emit(words, (*first, *also))

    def tell_undoable(self, words: str) -> None:
        """Say what was done, with a way to take it back."""
        self.tell(words, _("Undo"), lambda: self.do("undo"))

    def do(self, name: str) -> None:
        """Carry out a command by its id."""
        self.actions_by_id[name].trigger()
