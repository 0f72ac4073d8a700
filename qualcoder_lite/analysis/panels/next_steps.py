"""The next step that undo or redo would take, for the words of the menus: one row, not the whole history."""

from __future__ import annotations

from sqlalchemy import func, select

from qualcoder_lite.i18n import say
from qualcoder_lite.store.journal_tables import Step, StepEvent
from qualcoder_lite.store.project import Project


def next_undo(project: Project) -> str:
    """What undo would undo, in the user's language; empty where nothing is left."""
    newest = select(Step.message, Step.parameters).where(~Step.undone, ~Step.compacted)
    with project.read() as connection:
        row = connection.execute(newest.order_by(Step.id.desc()).limit(1)).first()
    return say(row.message, row.parameters) if row else ""


def next_redo(project: Project) -> str:
    """What redo would do again, in the user's language; empty where nothing is left."""
    undone = select(
        func.max(StepEvent.id).label("event"), func.max(StepEvent.after).label("after"), StepEvent.step_id
    )
    last = undone.where(StepEvent.kind == "undo").group_by(StepEvent.step_id).subquery()
    newest = select(func.coalesce(func.max(Step.id), 0)).scalar_subquery()
    steps = select(Step.message, Step.parameters).join(last, last.c.step_id == Step.id)
    steps = steps.where(Step.undone, ~Step.compacted, last.c.after >= newest)
    with project.read() as connection:
        row = connection.execute(steps.order_by(last.c.event.desc()).limit(1)).first()
    return say(row.message, row.parameters) if row else ""
