"""PDFs with a text layer: paragraphs made whole, pages marked, nasty ones refused."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
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
