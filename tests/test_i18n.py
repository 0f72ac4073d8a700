"""The two languages: chosen, told from the computer, stored messages said in either."""

from __future__ import annotations

import pytest

from qualcoder_lite.errors import Conflict, UserError
from qualcoder_lite.i18n import LANGUAGES, N_, _, language, n_, say, system_language, use_language


def test_words_are_said_in_the_language_chosen() -> None:
    assert language() == "en"
    assert _("The disk is full.") == "The disk is full."
    use_language("id")
    assert language() == "id"
    assert _("The disk is full.") != "The disk is full."
    use_language("en")
    assert _("The disk is full.") == "The disk is full."


def test_every_language_can_be_chosen() -> None:
    for chosen in LANGUAGES:
        use_language(chosen)
        assert language() == chosen


def test_a_word_without_translation_is_said_as_it_stands() -> None:
    use_language("id")
    assert _("Nobody ever translated this.") == "Nobody ever translated this."
    assert n_("{n} thing", "{n} things", 2).format(n=2) == "2 things"


def test_a_stored_message_is_said_in_the_language_of_the_moment() -> None:
    message = N_("Compact the study")
    assert message == "Compact the study"
    assert say(message, {}) == message
    assert say("Add {name}", {"name": "{R}"}) == "Add {R}"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "in_ID"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "id_ID"}, "id"),
        ({"LANG": "Indonesian_Indonesia.1252"}, "id"),
    ],
)
def test_the_language_of_the_computer(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == expected


def test_an_error_says_what_why_and_what_to_do() -> None:
    error = UserError("What.", "Why.", "Remedy.")
    assert str(error) == "What. Why. Remedy."
    assert str(UserError("What.", remedy="Remedy.")) == "What. Remedy."
    assert isinstance(Conflict("What."), UserError)
