"""The sample's tables, texts and golden passages, as the tests of this folder read them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
GOLDEN = Path(__file__).parents[1] / "analysis" / "sample.json"
SOURCES = ["A1", "A2", "A3", "A4", "M1", "M2", "M3", "O1", "D1", "D2"]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the sample."""
    with (SAMPLES / "tables" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def masters() -> dict[str, str]:
    """The plain texts by citation code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((SAMPLES / "masters").glob("*.txt"))]
    return {re.findall(r"^Kode : (\w+)$", text, re.MULTILINE)[0]: text for text in texts}


def passages() -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
    """The golden passages: number (`A1.1`) → source, words, codes with polarity."""
    content = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return {
        f"{source}.{number}": (source, words, [(code, sign) for code, sign in codes])
        for source, number, words, codes in content["passages"]
    }
