"""Long work beside the window: one at a time, with progress and Cancel, its result back in the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from qualcoder_lite.progress import Cancelled, Progress, throttled

Work = Callable[[Progress], Any]
Ending = Callable[[Any], object]


class Tasks(QObject):
    """Runs work in a thread of its own; everything else here happens in the window's thread."""

    began = Signal(str)  # what is being done
    progressed = Signal(int, int, str)  # done, total (0 where unknown), label
    ended = Signal()
    _finished = Signal(object, object)  # result, error

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing runs."""
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()
        self._done: Ending = lambda _result: None
        self._failed: Callable[[BaseException], object] = lambda _error: None
        self._unwanted: Ending = lambda _result: None
        self._abandoned = False  # the window is gone: nobody takes what comes yet
        self._finished.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._thread is not None

    def start(
        self,
        label: str,
        work: Work,
        done: Ending,
        failed: Callable[[BaseException], object],
        unwanted: Ending = lambda _result: None,
    ) -> bool:
        """Begin work; `done` gets its result, `failed` its error, both in the window's thread.

        `unwanted` gets, in the thread of the work, a result that comes when the window is gone.

        Returns False, and does nothing, while other work is under way.
        """
        if self.busy:
            return False
        self._done, self._failed, self._unwanted = done, failed, unwanted
        self._cancelled.clear()
        self._thread = threading.Thread(target=self._run, args=(work,), name=label, daemon=True)
        self.began.emit(label)
        self._thread.start()
        return True

    def cancel(self) -> None:
        """Ask the work to stop; it then ends with Cancelled and has changed nothing."""
        self._cancelled.set()

    def wait(self, seconds: float = 10) -> None:
        """Stop what runs and wait for it, and take its result: the window is closing."""
        if self._thread is not None:
            self.cancel()
            self._thread.join(seconds)
            self._abandoned = self._thread.is_alive()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _run(self, work: Work) -> None:
        reported = throttled(self.progressed.emit)

        def progress(done: int, total: int, label: str = "") -> None:
            if self._cancelled.is_set():
                raise Cancelled
            reported(done, total, label)

        try:
            result = work(progress)
        except BaseException as error:  # noqa: BLE001 - it is told in the window's thread, whatever it is
            self._finish(None, error)
            return
        if self._abandoned:
            self._unwanted(result)
            self._finish(None, Cancelled())
        else:
            self._finish(result, None)

    def _finish(self, result: Any, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the window is gone, and with it whoever would be told
            self._finished.emit(result, error)

    def _end(self, result: Any, error: BaseException | None) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self.ended.emit()
        if error is None:
            self._done(result)
        else:
            self._failed(error)
