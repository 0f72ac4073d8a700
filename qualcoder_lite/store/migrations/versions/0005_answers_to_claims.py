"""The answers to codings that oppose a claim."""

import sqlalchemy as sa
from alembic import op

from qualcoder_lite.store.columns import RawId

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "claim_answer",
        sa.Column("id", RawId(), nullable=False),
        sa.Column("claim_id", RawId(), nullable=False),
        sa.Column("coding_id", RawId(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("created_by", RawId(), nullable=True),
        sa.Column("modified_at", sa.Integer(), nullable=False),
        sa.Column("modified_by", RawId(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_answer")),
        _owner("claim"),
        _owner("coding"),
    )
    for owner in ("claim_id", "coding_id"):
        op.create_index(op.f(f"ix_claim_answer_{owner}"), "claim_answer", [owner])


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{table}_id"],
        [f"{table}.id"],
        name=op.f(f"fk_claim_answer_{table}_id"),
        deferrable=True,
        initially="DEFERRED",
    )
