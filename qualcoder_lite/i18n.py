"""The words that a user sees, in English and Indonesian, through gettext.

The message id is the English sentence with named places, `_("Rename code {name}").format(name=…)`.
`N_` marks a message that is stored and translated later (a step of the history), with `say`.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("id", "en")
_FOLDER = Path(__file__).parent / "locale"
_chosen: list[tuple[str, gettext.NullTranslations]] = [("en", gettext.NullTranslations())]


def use_language(language: str) -> None:
    """Speak `id` or `en` from now on."""
    catalogue = gettext.NullTranslations()
    if language != "en":
        catalogue = gettext.translation("qualcoder_lite", _FOLDER, [language])
    _chosen[0] = (language, catalogue)


def language() -> str:
    """The language now spoken: `id` or `en`."""
    return _chosen[0][0]


def system_language() -> str:
    """The language of this computer's user where we speak it, else English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    code = named or locale.getlocale()[0] or ""
    return "id" if code.lower().startswith(("id", "in_", "indonesia")) else "en"


def _(message: str) -> str:
    """The message in the language now spoken."""
    return _chosen[0][1].gettext(message)


def n_(singular: str, plural: str, number: int) -> str:
    """The message for this number in the language now spoken."""
    return _chosen[0][1].ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - the customary name of this mark
    """Mark a message for translation and return it unchanged."""
    return message


def say(message: str, parameters: Mapping[str, object]) -> str:
    """A stored message with its parameters in the language now spoken."""
    return _(message).format_map(dict(parameters))
