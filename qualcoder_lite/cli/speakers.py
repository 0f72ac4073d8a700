"""Who speaks, as it is written at the command line."""

from __future__ import annotations

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _


def speakers_of(words: str) -> dict[str, str]:
    """`P=interviewer,I=A1` as label to role or alias. Raises UserError for what is not of that form."""
    pairs = [part.partition("=") for part in words.split(",") if part.strip()]
    for label, equals, meaning in pairs:
        if not (label.strip() and equals and meaning.strip()):
            raise UserError(
                _("Speakers are given as label=role or label=alias: {words}").format(words=words),
                remedy=_("For example: --speakers “P=interviewer,I=A1”."),
            )
    return {label.strip(): meaning.strip() for label, _equals, meaning in pairs}
