"""WebVTT and SRT: what is said stays, numbers and times go beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read


def of(folder: Path, text: str, name: str = "a.vtt") -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return read(path)


def said(document: Document) -> list[tuple[str, str, int | None]]:
    return [(turn.label, document.text[turn.start : turn.end], turn.time) for turn in document.turns]


WEB = """\
WEBVTT - Wawancara
Kind: captions

NOTE
DATA FIKTIF – hanya contoh
Kode: W/06

STYLE
::cue { color: red }

guid-1/2-0
00:05.000 --> 00:08.000 align:start position:0%
<v.loud Rina Sari>Apa <i>kendalanya</i>,
Bu?</v>

2
00:00:08.500 --> 00:00:12.000
<v Bu Tati>Aturan &amp; <00:00:09.000>juklak</v> <v Rina Sari>Oh.</v>

3
00:00:12.000 --> 00:00:14.000
lalu?

NOTE telepon berdering

4
00:00:15.000 --> 00:00:16.000
a < b <3
"""


def test_web_subtitles(tmp_path: Path) -> None:
    document = of(tmp_path, WEB)
    assert document.text == (
        "Wawancara\nKind: captions\nDATA FIKTIF – hanya contoh\nKode: W/06\nRina Sari: Apa kendalanya,\nBu?\n"
        "Bu Tati: Aturan & juklak \nRina Sari: Oh.\nlalu?\ntelepon berdering\na < b <3"
    )
    assert said(document) == [
        ("Rina Sari", "Apa kendalanya,\nBu?", 5000),
        ("Bu Tati", "Aturan & juklak", 8500),
        ("Rina Sari", "Oh.\nlalu?", 8500),
    ]
    assert document.header == {"kode": "W/06"}
    assert len(document.remarks) == 1


def test_labels_of_voices_count_whatever_they_look_like(tmp_path: Path) -> None:
    document = of(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v rina_123@kantor (tamu)>Halo\n")
    assert said(document) == [("rina_123@kantor (tamu)", "Halo", 1000)]


SRT = """\
1
00:00:05,000 --> 00:00:08,000
{\\an8}<b>P:</b> Apa?

2
00:00:09,000 --> 00:00:10,000
I: Ya &amp; begitu.

2019
itu tahunnya

3
00:00:11,000 --> 00:00:12,000
- P: Oh.
"""


def test_plain_subtitles_keep_whatever_is_no_number_or_time(tmp_path: Path) -> None:
    document = of(tmp_path, SRT, "a.srt")
    assert document.text == "P: Apa?\nI: Ya &amp; begitu.\n2019\nitu tahunnya\n- P: Oh."
    assert said(document) == [
        ("P", "Apa?", 5000),
        ("I", "Ya &amp; begitu.\n2019\nitu tahunnya", 9000),
        ("P", "Oh.", 11000),
    ]


def test_subtitles_without_speakers_are_still_speech(tmp_path: Path) -> None:
    document = of(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nhalo\n\n00:02.000 --> 00:03.000\nya\n")
    assert (document.text, document.turns, document.technique) == ("halo\nya", (), "interview")


def test_subtitles_in_a_plain_text_keep_the_text(tmp_path: Path) -> None:
    document = of(tmp_path, WEB, "a.txt")
    assert document.text == WEB
    assert [(label, time) for label, _words, time in said(document)] == [
        ("Rina Sari", 5000),
        ("Bu Tati", 8500),
    ]
    document = of(tmp_path, SRT.replace("{\\an8}<b>P:</b>", "P:"), "a.txt")
    assert said(document) == [
        ("P", "Apa?", 5000),
        ("I", "Ya &amp; begitu.", 9000),
        ("P", "Oh.", 11000),
    ]


@pytest.mark.parametrize("text", ["WEBVTT\n\n", "halo\n", "1\n2\n", " \n"])
def test_what_holds_no_subtitles_is_refused(tmp_path: Path, text: str) -> None:
    for name in ("a.vtt", "a.srt"):
        with pytest.raises(UserError, match=name):
            of(tmp_path, text, name)


def test_subtitles_without_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no text"):
        of(tmp_path, "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n\n")
