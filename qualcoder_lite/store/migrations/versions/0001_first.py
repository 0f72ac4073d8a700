"""The first schema: every study begins with it or a later one, so there is nothing to do.

`tests/projects/0001.qcl` is such a study; the tests bring it up to date and compare it with a new one.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing to change."""
