"""The errors of the world, told to the user; every other exception is a bug of ours."""

from __future__ import annotations


class UserError(Exception):
    """Something expected went wrong: what, why and what to do, in the user's language.

    Whoever raises it has changed nothing and lost nothing.
    """

    def __init__(self, what: str, why: str = "", remedy: str = "", missing: str = "") -> None:
        """Take the three sentences; the second and third may be empty.

        `missing` names a choice that was not made, for which the command line knows its own words.
        """
        super().__init__(what, why, remedy)
        self.what, self.why, self.remedy, self.missing = what, why, remedy, missing

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.remedy) if part)


class Conflict(UserError):
    """A step can't be undone or redone because a later step has built on its rows."""


class Damaged(UserError):
    """A study file that is not whole."""


class NotAStudy(UserError):
    """What is at the place of a study is none: it is missing, empty or another file."""
