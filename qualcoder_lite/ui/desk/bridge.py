"""From the core's change notices to the one signal of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qualcoder_lite.store.project import Changes, Project


class Bridge(QObject):
    """Passes on what changed; a change made in another thread arrives in the window's own."""

    changed = Signal(object)  # Changes

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        """Listen to a study."""
        super().__init__(parent)
        self._project = project
        project.listeners.append(self._tell)

    def _tell(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def leave(self) -> None:
        """Listen no longer."""
        if self._tell in self._project.listeners:
            self._project.listeners.remove(self._tell)
