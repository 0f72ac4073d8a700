"""Queries kept by name, and named moments of the history."""

import sqlalchemy as sa
from alembic import op

from qualcoder_lite.store.columns import RawId

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add two tables."""
    _add_table(
        "saved_query",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    _add_table(
        "milestone",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
    )


def _add_table(name: str, *columns: "sa.Column[object]") -> None:
    op.create_table(
        name,
        sa.Column("id", RawId(), nullable=False),
        *columns,
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("created_by", RawId(), nullable=True),
        sa.Column("modified_at", sa.Integer(), nullable=False),
        sa.Column("modified_by", RawId(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
