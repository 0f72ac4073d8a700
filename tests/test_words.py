"""Every word for the user is in the catalogue, translated, with the same places, and compiled."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "qualcoder_lite" / "locale" / "id" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
FORBIDDEN = re.compile(r"\betika\b|\bkode etik\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(BytesIO((FOLDER / "qualcoder_lite.po").read_bytes()), locale="id")


@pytest.fixture(scope="module")
def spoken() -> set[str]:
    """The message ids in the code."""
    found = [
        message
        for room in ("qualcoder_lite", "environment")
        for message in extract_from_dir(ROOT / room, keywords=KEYWORDS)
    ]
    ids = [message for _file, _line, message, _comments, _context in found]
    return {message if isinstance(message, str) else message[0] for message in ids} - {""}


def words_of(message: Message) -> tuple[list[str], list[str]]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, strings[:1]  # Indonesian has one form for every number


def test_every_word_of_the_code_is_translated(catalogue: Catalog, spoken: set[str]) -> None:
    untranslated = [word for word in spoken if word not in catalogue or not all(words_of(catalogue[word])[1])]
    assert untranslated == []


def test_the_catalogue_holds_no_word_that_nobody_says(catalogue: Catalog, spoken: set[str]) -> None:
    assert {words_of(message)[0][0] for message in catalogue if message.id} - spoken == set()


def test_places_are_the_same_in_both_languages(catalogue: Catalog) -> None:
    place = re.compile(r"\{[a-z_]*\}|%\([a-z_]+\)[rs]|%s")
    for message in catalogue:
        ids, strings = words_of(message)
        for string in strings if message.id else []:
            assert set(place.findall(string)) == set(place.findall(ids[-1])), message.id


def test_emic_and_etic_are_never_translated_as_ethics(catalogue: Catalog) -> None:
    assert [
        string for message in catalogue for string in words_of(message)[1] if FORBIDDEN.search(string)
    ] == []


def test_the_compiled_catalogue_is_that_of_the_words(catalogue: Catalog) -> None:
    with (FOLDER / "qualcoder_lite.mo").open("rb") as file:
        compiled = read_mo(file)
    assert [words_of(m) for m in compiled if m.id] == [words_of(m) for m in catalogue if m.id]
