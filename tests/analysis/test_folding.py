"""Texts without accents, as they are searched: of the same length, whatever the script, and soon."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest

from qualcoder_lite.analysis.search.words import fold_accents

SCRIPTS = {
    "latin": "caf\u00e9 \u201ckata\u201d \u2018petik\u2019 `",
    "cyrillic": "\u0451\u0439 \u043f\u0440\u0438\u0432\u0435\u0442 ",
    "arabic": "\u0623\u0625\u0622 \u0645\u0631\u062d\u0628\u0627 ",
    "javanese": "\ua9b2\ua9a4\ua997 ",
    "chinese": "\u4f60\u597d ",
    "astral": "a\u0301 \U0001f600 \U0001d15e e\u0300 ",
    "halves": "x\ud800y \u00e9 ",
    "plain": "hanya huruf biasa ` ",
}
QUOTES = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "`": "'"}


def letter_by_letter(text: str) -> str:
    return "".join(QUOTES.get(letter) or _bare(letter) for letter in text)


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    return base[0] if len(base) > 1 and unicodedata.combining(base[1]) else letter


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("times", [1, 5000])
def test_each_letter_loses_its_accent_and_keeps_its_place(script: str, times: int) -> None:
    text = SCRIPTS[script] * times
    assert fold_accents(text) == letter_by_letter(text)


def test_long_texts_of_other_scripts_are_folded_in_a_fraction_of_the_time() -> None:
    text = SCRIPTS["cyrillic"] * 200_000
    mapping = {ord(letter): _bare(letter) for letter in set(text)}
    assert _soonest(lambda: fold_accents(text)) < 0.6 * _soonest(lambda: text.translate(mapping))


def _soonest(work: Callable[[], object]) -> float:
    took = []
    for _time in range(3):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)
