"""An index that holds all of turns that counting needs."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Widen the index on the speaker of a turn."""
    op.drop_index(op.f("ix_turn_speaker_id"), "turn")
    op.create_index(op.f("ix_turn_speaker_id_start_end"), "turn", ["speaker_id", "start", "end"])
