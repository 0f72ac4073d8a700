"""The steps of a study as the history lists them, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from qualcoder_lite.i18n import say
from qualcoder_lite.store.journal_tables import Step, StepEvent
from qualcoder_lite.store.project import Project


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step; `at` in milliseconds since 1970, UTC. `redoable` where redo would come to it."""

    step: int
    message: str
    parameters: dict[str, Any]
    coder: str
    at: int
    undone: bool
    compacted: bool
    redoable: bool

    @property
    def words(self) -> str:
        """The step in the language now spoken."""
        return say(self.message, self.parameters)


def steps_listed(project: Project) -> list[StepLine]:
    """Every step, the newest first."""
    columns = (Step.id, Step.message, Step.parameters, Step.coder, Step.at, Step.undone, Step.compacted)
    last = select(StepEvent.step_id, func.max(StepEvent.after).label("after"))
    last_undo = last.where(StepEvent.kind == "undo").group_by(StepEvent.step_id)
    with project.read() as connection:
        rows = connection.execute(select(*columns).order_by(Step.id.desc())).all()
        after = {step: newest for step, newest in connection.execute(last_undo)}  # noqa: C416 - rows, not pairs
    newest = rows[0].id if rows else 0
    return [_line(row, after.get(row.id, -1) >= newest) for row in rows]


def _line(row: Any, newly: bool) -> StepLine:
    """`newly`: no step was made since it was undone."""
    said = (row.id, row.message, row.parameters, row.coder, row.at, row.undone, row.compacted)
    return StepLine(*said, redoable=row.undone and not row.compacted and newly)


def undone_by(lines: list[StepLine], step: int) -> int:
    """How many steps have to be undone so that a step is the newest that holds."""
    return sum(line.step > step and not line.undone and not line.compacted for line in lines)
