"""Encodings of plain texts, and that nothing else of them is changed."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read
from qualcoder_lite.readers.text import preview_encodings

SPOKEN = "P: “Apa itu ‘boneka’ – Pak?”\nI: Café… 10.000,-"


def of(folder: Path, data: bytes, encoding: str | None = None, name: str = "a.txt") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path, encoding=encoding)


def messages(document: Document) -> list[str]:
    return [remark.message.format_map(dict(remark.parameters)) for remark in document.remarks]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SPOKEN.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + SPOKEN.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + SPOKEN.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SPOKEN.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + SPOKEN.encode("utf-32-le"), "utf-32-le"),
        (SPOKEN.encode("utf-16-le"), "utf-16-le"),
        (SPOKEN.encode("utf-16-be"), "utf-16-be"),
        (SPOKEN.encode("cp1252"), "cp1252"),
    ],
)
def test_the_ladder_of_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    document = of(tmp_path, data)
    assert document.text == SPOKEN
    assert document.encoding == encoding
    assert len(document.turns) == 2


def test_bytes_that_windows_does_not_know_are_latin(tmp_path: Path) -> None:
    document = of(tmp_path, b"P: caf\xe9 \x81")
    assert (document.text, document.encoding) == ("P: café \x81", "latin-1")


def test_a_guess_is_reported_and_a_sure_reading_is_not(tmp_path: Path) -> None:
    assert messages(of(tmp_path, SPOKEN.encode())) == []
    assert "cp1252" in messages(of(tmp_path, SPOKEN.encode("cp1252")))[0]
    assert messages(of(tmp_path, "kata â€œkutipâ€".encode())) != []
    assert messages(of(tmp_path, SPOKEN.encode("cp1252"), "cp1252")) == []


def test_the_user_may_name_the_encoding(tmp_path: Path) -> None:
    assert of(tmp_path, "Café".encode("mac-roman"), "mac-roman").text == "Café"
    assert of(tmp_path, codecs.BOM_UTF8 + b"a", "utf-8").text == "a"
    assert of(tmp_path, "ab".encode("utf-16"), "UTF-16").text == "ab"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "unicode_escape", "", "utf-8\0"])
def test_an_unknown_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UserError, match="encoding"):
        of(tmp_path, b"abc", encoding)


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not written in utf-8"):
        of(tmp_path, "é".encode("cp1252"), "utf-8")


def test_line_ends_become_one_and_nothing_else_is_changed(tmp_path: Path) -> None:
    raw = "  a \r\nb\rc\n\n\u00a0d\u2028e\vf\x85g\u00adh\u200bi\ufb01 e\u0301 \n"
    expected = "  a \nb\nc\n\n\u00a0d\u2028e\vf\x85g\u00adh\u200bi\ufb01 e\u0301 \n"
    assert of(tmp_path, raw.encode()).text == expected


def test_zeros_and_lone_surrogates_are_replaced_and_reported(tmp_path: Path) -> None:
    document = of(tmp_path, b"P: a\0b\0\nI: panjang lebar sekali")
    assert document.text == "P: a\ufffdb\ufffd\nI: panjang lebar sekali"
    assert messages(document) == ["Zero characters were replaced by � (2)."]
    utf16 = codecs.BOM_UTF16_LE + "a".encode("utf-16-le") + b"\x00\xd8" + "😀b".encode("utf-16-le")
    document = of(tmp_path, utf16)
    assert document.text == "a\ufffd😀b"
    assert messages(document)[0] == "Broken characters were replaced by � (1)."
    assert of(tmp_path, b"\xed\xa0\x80x").text == "\ufffdx"
    assert of(tmp_path, codecs.BOM_UTF16_LE + b"a\0b").text == "a\ufffd"


def test_marks_of_headings_in_markdown(tmp_path: Path) -> None:
    document = of(tmp_path, b"# Judul\n\n## Bagian\n#bukan\nisi", name="a.md")
    found = [(document.text[one.start : one.end], one.value) for one in document.marks]
    assert found == [("# Judul", 1), ("## Bagian", 2)]
    assert of(tmp_path, b"# Judul\n").marks == ()


def test_previews_begin_with_the_proposed_encoding() -> None:
    previews = preview_encodings(SPOKEN.encode("cp1252"))
    assert previews[0] == ("cp1252", SPOKEN)
    assert dict(previews)["mac-roman"] != SPOKEN
    assert "utf-8" not in dict(previews)
    long = "\n".join(str(number) for number in range(100))
    assert preview_encodings(long.encode())[0][1].count("\n") == 11


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), min_size=1))
def test_no_character_is_lost(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("text")
    raw = codecs.BOM_UTF8 + text.encode()
    if text.isspace() or sum(one < " " or one == "\x7f" for one in text) > 0.2 * len(text):
        with pytest.raises(UserError) if text.isspace() else _either():
            assert of(folder, raw).text == text
    else:
        document = of(folder, raw)
        assert document.text == text
        assert document.remarks == () or "utf-8" in messages(document)[0]


class _either:  # noqa: N801 - reads as a word
    """A text of control characters may be taken as a text or refused."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> bool:
        return kind is UserError
