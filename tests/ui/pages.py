"""Fictional pages for the tests of the text view."""

from qualcoder_lite.readers.document import Mark
from qualcoder_lite.ui.text.page import Coding, Page, Turn, speaker_labels

SPOKEN = (
    ("P", "interviewer", "Bagaimana antrean di loket, Bu?"),
    (
        "A3",
        "informant",
        "Kalau saya, dicoba saja dulu. Staf saya punya ide antrean lewat pesan. Sebulan jalan.",
    ),
    ("P", "interviewer", "Lalu penghargaan untuk yang punya ide?"),
    (
        "A3",
        "informant",
        "Itu yang susah saya jawab. Loket ramai dan arsip tunjangannya sama. Tidak ada bedanya.",
    ),
)
MANY_SCRIPTS = (
    "Latin: undang-undang, Jum'at, café.\n"
    "Emoji: 👩🏽‍🚒 memadamkan 🔥 bersama 👨‍👩‍👧‍👦 di 🇮🇩.\n"
    "عربي: السلام عليكم 12 ورحمة الله abc وبركاته.\n"
    "עברית: שלום עולם.\n"
    "中文：公务员的专业精神是什么。日本語のテキスト。\n"
    "Gabung: e\u0301 a\u0308\u0323 ꦲꦏ꧀ꦱꦫꦗꦮ.\n"
    "𝒳𝒴 di luar bidang dasar."
)


def coding(number: int, start: int, end: int, **more: object) -> Coding:
    """A coding with an id made of its number."""
    fields = {"key": f"S{number}", "name": f"Kode nomor {number}", "colour": 1 + number % 16} | more
    return Coding(number.to_bytes(16, "big"), start, end, **fields)  # type: ignore[arg-type]


def transcript(rounds: int = 1, codings: tuple[Coding, ...] = (), hide: bool = True) -> Page:
    """A transcript of so many rounds of two questions and two answers, with labels in front."""
    text, turns = "", []
    for number in range(rounds * len(SPOKEN)):
        label, role, words = SPOKEN[number % len(SPOKEN)]
        text += f"{label}: "
        alias = "A3" if role == "informant" else ""
        turns.append(Turn(len(text), len(text) + len(words), label, role, alias, number * 61_000))
        text += words + "\n"
    hidden = speaker_labels(text, tuple(turns)) if hide else ()
    return Page(text, tuple(turns), codings, (), hidden)


def at(page: Page, words: str, number: int = 1, **more: object) -> Coding:
    """A coding on the first occurrence of some words."""
    start = page.text.index(words)
    return coding(number, start, start + len(words), **more)


def with_codings(page: Page, *codings: Coding) -> Page:
    """The same page with codings."""
    return Page(page.text, page.turns, codings, page.marks, page.hidden, page.line_rule)


def marked() -> Page:
    """A document with a heading, bold and italic words, a list and a table."""
    text = "Rencana Strategis\nTujuan utama dan sampingan.\nsatu hal\ndua hal\n"
    text += "No\tIndikator\tTarget\n1\tWaktu\t5 menit"
    places = {words: (text.index(words), text.index(words) + len(words)) for words in text.split("\n")}
    bold, italic = text.index("utama"), text.index("sampingan")
    marks = (
        Mark("heading", *places["Rencana Strategis"], 1),
        Mark("bold", bold, bold + 5),
        Mark("italic", bold, italic + 9),
        Mark("list", places["satu hal"][0], places["dua hal"][1]),
        Mark("table", places["No\tIndikator\tTarget"][0], len(text)),
    )
    return Page(text, marks=marks)


def three() -> Page:
    """A transcript with three codings, two of them overlapping."""
    page = transcript(6)
    return with_codings(
        page,
        at(page, "dicoba saja dulu", 1),
        at(page, "saja", 2, perspective="emic"),
        at(page, "Loket ramai", 3),
    )
