"""PDFs with a text layer: paragraphs made whole, pages marked, nasty ones refused."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import say
from qualcoder_lite.readers.pdf.margins import Line, without_margins
from qualcoder_lite.readers.pdf.pages import PAGES
from qualcoder_lite.readers.reading import read
from tests.readers.made import pdf_file

FULL = "Petugas memeriksa kelengkapan berkas pemohon menurut syarat yang berlaku di sini"


def lines(top: float, *words: str, left: float = 72, leading: float = 14) -> list[tuple[float, float, str]]:
    return [(left, top - leading * number, line) for number, line in enumerate(words)]


def text_of(path: Path) -> str:
    return read(path).text


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept(tmp_path: Path) -> None:
    path = pdf_file(
        tmp_path / "a.pdf",
        [
            *lines(780, "STANDAR OPERASIONAL PROSEDUR"),
            *lines(750, FULL, FULL, "lalu mencatat."),
            *lines(700, FULL, "dan selesai."),
            *lines(660, FULL, FULL),
            *lines(615, FULL, "terakhir."),
        ],
    )
    assert text_of(path) == (
        f"STANDAR OPERASIONAL PROSEDUR\n{FULL} {FULL} lalu mencatat.\n{FULL} dan selesai.\n"
        f"{FULL} {FULL}\n{FULL} terakhir."
    )


def test_lists_and_labels_begin_lines(tmp_path: Path) -> None:
    path = pdf_file(
        tmp_path / "a.pdf",
        lines(780, FULL, "1. " + FULL, "2. " + FULL, "Bu Sari (Kasi): " + FULL[:60], "Peneliti: apa?"),
    )
    document = read(path)
    assert document.text.split("\n")[1:3] == ["1. " + FULL, "2. " + FULL]
    assert [turn.label for turn in document.turns] == ["Bu Sari (Kasi)", "Peneliti"]


def test_hyphens_at_ends_of_lines(tmp_path: Path) -> None:
    path = pdf_file(
        tmp_path / "a.pdf",
        lines(
            780,
            FULL + " per-",
            "syaratan yang berbelit-",
            "belit dalam juklak-",
            "juknis dan undang-",
            "undangan",
        )
        + lines(650, "Lihat juklak-juknis."),
    )
    assert "persyaratan yang berbelit-belit dalam juklak-juknis dan undang-undangan" in text_of(path)


def test_pages_are_marked_and_a_sentence_may_run_over_them(tmp_path: Path) -> None:
    path = pdf_file(
        tmp_path / "a.pdf", lines(780, FULL, FULL), lines(780, "dan seterusnya."), lines(780, "Tiga")
    )
    document = read(path)
    assert document.text == f"{FULL} {FULL} dan seterusnya.\nTiga"
    found = [(document.text[one.start : one.end], one.value) for one in document.marks]
    assert found == [(f"{FULL} {FULL}", 1), ("dan seterusnya.", 2), ("Tiga", 3)]
    assert document.technique == "document"


def test_no_word_is_lost(tmp_path: Path) -> None:
    words = [f"kata{number}" for number in range(400)]
    rows = [" ".join(words[at : at + 8]) for at in range(0, 400, 8)]
    path = pdf_file(tmp_path / "a.pdf", lines(780, *rows[:25]), lines(780, *rows[25:], left=300))
    assert text_of(path).split() == words


def test_pages_without_text_are_called_pictures(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="OCR"):
        read(pdf_file(tmp_path / "a.pdf", [], []))


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.95])
def test_a_cut_off_file_is_refused(tmp_path: Path, share: float) -> None:
    path = pdf_file(tmp_path / "a.pdf", lines(780, FULL))
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(UserError, match=r"a\.pdf"):
        read(path)


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "a.pdf", lines(780, FULL))
    locked = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >> "
        b"/ID [<00> <00>] >>\nstartxref"
    )
    path.write_bytes(path.read_bytes().replace(b">>\nstartxref", locked))
    with pytest.raises(UserError, match="password"):
        read(path)


def test_a_stream_that_unpacks_without_end_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _piece in range(100)) + packer.flush()
    twice = zlib.compress(packed)
    for head, body in ((b"/FlateDecode", packed), (b"[/FlateDecode /FlateDecode]", twice)):
        path.write_bytes(
            b"%%PDF-1.4\n1 0 obj\n<< /Filter %s /Length %d >>\nstream\n%s\nendstream\n%%%%EOF"
            % (head, len(body), body)
        )
        begun = time.process_time()
        with pytest.raises(UserError, match="far more"):
            read(path)
        assert time.process_time() - begun < 2


# What stands around the text -----------------------------------------------------------------------------

TALK = (
    "Dewi: Kalau berkasnya kurang, apa yang Ibu lakukan, supaya warga tidak harus",
    "bolak-balik ke kantor kelurahan?",
    "Informan: Ada beberapa cara yang biasa kami pakai di sini setiap hari kerja,",
    "misalnya dicatat dulu di buku.",
)


def numbered(
    first: int, *, step: int = 1, left: float = 40, behind: bool = False, lines_of_page: int = 20
) -> list[tuple[float, float, str]]:
    """A page of talk whose lines have numbers beside them, drawn line by line or all behind the text."""
    page: list[tuple[float, float, str]] = []
    beside: list[tuple[float, float, str]] = []
    for number in range(first, first + lines_of_page):
        y = 740 - 28 * (number - first)
        page.append((72, y, TALK[(number - 1) % 4]))
        if number % step == 0:
            (beside if behind else page).append((left, y, str(number)))
    return page + beside


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize(("step", "left"), [(1, 40), (5, 40), (1, 560)])
def test_numbers_in_the_margin_are_marks_and_no_speech(
    tmp_path: Path, behind: bool, step: int, left: float
) -> None:
    pages = [
        [
            *numbered(first, step=step, left=left, behind=behind),
            (72, 800, "Transkrip W-07"),
            (290, 40, f"{at}/3"),
        ]
        for at, first in enumerate((1, 21, 41), 1)
    ]
    document = read(pdf_file(tmp_path / "a.pdf", *pages))
    question, answer = " ".join(TALK[:2]), " ".join(TALK[2:])
    assert document.text == "\n".join([question, answer] * 15)
    assert [turn.label for turn in document.turns] == ["Dewi", "Informan"] * 15
    marks = [mark for mark in document.marks if mark.kind == "line"]
    assert [mark.value for mark in marks] == list(range(step, 61, step))
    texts = [document.text[mark.start : mark.end] for mark in marks]
    assert texts == [TALK[(mark.value - 1) % 4] for mark in marks]
    found = [(aside.kind, aside.page, aside.words) for aside in document.asides]
    assert found.count(("running_head", 2, "Transkrip W-07")) == 1
    assert [words for kind, _page, words in found if kind == "page_number"] == ["1/3", "2/3", "3/3"]
    assert [words for kind, _page, words in found if kind == "line_number"] == [str(m.value) for m in marks]
    assert [say(remark.message, remark.parameters) for remark in document.remarks] == [
        f"Taken for numbers of lines, not for text: {step} to 60 ({60 // step}).",
        "Taken for numbers of pages, not for text: 1/3 to 3/3 (3).",
        "Taken for heads and feet of pages, not for text: “Transkrip W-…”.",
    ]


def test_a_line_stands_where_its_words_stand_and_not_its_small_number() -> None:
    left = [
        Line(f"{n} kata", 60, 200, 700 - 20 * n + 2, 700 - 20 * n, 9, lead=(66, 90, 700 - 20 * n, 13))
        for n in range(1, 5)
    ]
    right = [
        Line(f"kata {n}", 90, 510, 700 - 20 * n, 700 - 20 * n + 2, 13, trail=(200, 700 - 20 * n, 500))
        for n in range(1, 5)
    ]
    bare, _asides = without_margins([left, right])
    words = [Line("kata", 90, 200, 700 - 20 * n, 700 - 20 * n, 13, number=n) for n in range(1, 5)]
    assert bare == [words, words]


def test_the_last_lines_of_a_talk_are_numbered_on(tmp_path: Path) -> None:
    for name, last, numbers in (("a.pdf", 21, [*range(1, 23)]), ("b.pdf", 1, [*range(1, 21), 1, 2])):
        document = read(pdf_file(tmp_path / name, numbered(1), numbered(last, lines_of_page=2)))
        assert not any(letter.isdecimal() for letter in document.text)
        assert [mark.value for mark in document.marks if mark.kind == "line"] == numbers


def test_numbers_that_belong_to_the_text_stay(tmp_path: Path) -> None:
    rows = lines(700, "1 Berkas masuk", "2 Berkas diperiksa", "3 Berkas kembali", "18 kilometer dari sini")
    alone = [(60.0, 560.0, "41"), (60.0, 540.0, "40"), (60.0, 520.0, "7")]
    path = pdf_file(tmp_path / "a.pdf", [*lines(740, "No Uraian"), *rows, *alone, *lines(480, *TALK)])
    document = read(path)
    for words in ("1 Berkas masuk", "18 kilometer", "41", "40", "7"):
        assert words in document.text
    assert document.asides == ()


def test_lines_that_begin_pages_by_chance_stay(tmp_path: Path) -> None:
    pages = [
        [*lines(780, "PEWAWANCARA"), *lines(740, f"Bagaimana cara {word}?"), *lines(700, FULL, FULL)]
        for word in ("kerjanya", "datangnya", "bayarnya")
    ]
    assert read(pdf_file(tmp_path / "a.pdf", *pages)).text.count("PEWAWANCARA") == 3
    pages = [[*lines(780, first), *lines(740, FULL, FULL)] for first in ("Satu.", "Dua.", "Tiga.", "Dua.")]
    assert "Dua." in read(pdf_file(tmp_path / "b.pdf", *pages)).text
    pages = [lines(780, "Ya, begitu.", FULL, FULL) for _page in range(3)]
    assert read(pdf_file(tmp_path / "c.pdf", *pages)).text.count("Ya, begitu.") == 3


def test_heads_of_several_lines_and_roman_marks_of_one_page(tmp_path: Path) -> None:
    head = [(200.0, 810.0, "UNIVERSITAS REKAAN"), (210.0, 797.0, "Lampiran 3")]
    pages = [
        [*head, *lines(740, f"{word} {FULL}", FULL), (290.0, 30.0, f"- {n} -")]
        for n, word in ((7, "Satu"), (8, "Dua"))
    ]
    document = read(pdf_file(tmp_path / "a.pdf", *pages))
    assert document.text == f"Satu {FULL} {FULL}\nDua {FULL} {FULL}"
    assert [aside.words for aside in document.asides if aside.page == 2] == [
        *[words for _x, _y, words in head],
        "- 8 -",
    ]
    document = read(
        pdf_file(tmp_path / "b.pdf", [*lines(740, FULL, FULL), (290.0, 30.0, "Halaman 1 dari 1")])
    )
    assert document.text == f"{FULL} {FULL}"


def test_many_pages_are_looked_at_quickly() -> None:
    page = [Line(f"Kepala {n}", 72, 200, 800 - 30 * n, 800 - 30 * n, 12) for n in range(20)]
    begun = time.process_time()
    pages, asides = without_margins([page] * PAGES)
    assert time.process_time() - begun < 3
    assert (len(pages), len(asides)) == (PAGES, 0)
