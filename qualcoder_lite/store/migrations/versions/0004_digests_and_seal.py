"""A digest beside each text and a table for the seal, so that damage shows."""

import hashlib
from typing import cast

import sqlalchemy as sa
from alembic import op

from qualcoder_lite.store.columns import RawId

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of texts anew with one column more, and the table of the seal."""
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sums", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
    )
    op.drop_index(op.f("ix_source_text_source_id"), "source_text")
    op.rename_table("source_text", "texts_before")
    source = sa.ForeignKeyConstraint(
        ["source_id"],
        ["source.id"],
        name=op.f("fk_source_text_source_id"),
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_table(
        "source_text",
        sa.Column("id", RawId(), nullable=False),
        sa.Column("source_id", RawId(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("created_by", RawId(), nullable=True),
        sa.Column("modified_at", sa.Integer(), nullable=False),
        sa.Column("modified_by", RawId(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_text")),
        source,
    )
    _copy(op.get_bind())
    op.drop_table("texts_before")
    op.create_index(op.f("ix_source_text_source_id"), "source_text", ["source_id"])


def _copy(connection: sa.Connection) -> None:
    """Copy one text after the other, since all at once may be more than there is memory."""
    columns = "id, source_id, text, marks, created_at, created_by, modified_at, modified_by"
    names = [name.strip() for name in columns.split(",")]
    before = sa.table("texts_before", *(sa.column(name) for name in names))
    after = sa.table("source_text", *(sa.column(name) for name in [*names, "digest"]))
    for row in connection.scalars(sa.select(before.c.id)).all():
        text = cast(str, connection.scalar(sa.select(before.c.text).where(before.c.id == row)))
        values = [*before.columns, sa.literal(hashlib.sha256(text.encode()).hexdigest())]
        copied = sa.select(*values).where(before.c.id == row)
        connection.execute(sa.insert(after).from_select([*names, "digest"], copied))
