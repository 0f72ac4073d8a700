"""${message}."""

import sqlalchemy as sa
from alembic import op
from qualcoder_lite.store.columns import RawId

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Change the tables."""
    ${upgrades if upgrades else "pass"}
