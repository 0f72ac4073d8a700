"""The one door for packages and XML: nothing grows, leads outside, or reaches out."""

from __future__ import annotations

import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite import archives
from qualcoder_lite.archives import open_package, parse_xml, walk_xml
from qualcoder_lite.errors import UserError

HERE = Path("karya.docx")


def package(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def refused(path: Path) -> str:
    begun = time.process_time()
    with pytest.raises(UserError) as refusal:
        open_package(path)
    assert time.process_time() - begun < 5
    assert path.name in refusal.value.what
    return str(refusal.value)


def test_reads_what_is_in_a_package(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"word/document.xml": b"<a/>", "x.bin": bytes(200_000)})
    with open_package(path) as opened:
        assert opened.names == ("word/document.xml", "x.bin")
        assert opened.has("x.bin")
        assert not opened.has("y.bin")
        assert opened.read("word/document.xml") == b"<a/>"
        assert sum(map(len, opened.chunks("x.bin"))) == 200_000


def test_a_missing_member_is_damage(tmp_path: Path) -> None:
    with open_package(package(tmp_path / "a.docx", {"a": b""})) as opened, pytest.raises(UserError):
        opened.read("b")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"plain text, no package", bytes(5000)])
def test_what_is_no_package_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "opened" in refused(tmp_path)
    assert "opened" in refused(tmp_path / "none.docx")


def test_a_cut_off_package_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = package(tmp_path / "a.docx", {"word/document.xml": b"<a>text</a>" * 50, "b": b"b"}).read_bytes()
    for length in range(0, len(whole), 7):
        path = tmp_path / "cut.docx"
        path.write_bytes(whole[:length])
        refused(path)


def test_a_damaged_member_is_refused_when_read(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a": bytes(range(256)) * 40})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    with open_package(path) as opened, pytest.raises(UserError) as refusal:
        opened.read("a")
    assert "a.docx" in str(refusal.value)


def test_an_encrypted_office_file_is_called_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in refused(path)


def test_an_encrypted_member_is_called_locked(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a": b"secret"})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in refused(path)


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/a", "\\\\host\\a", "..\\a", "C:/a", "C:a", "a/" * 40 + "b"]
)
def test_a_member_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        information = zipfile.ZipInfo("x")
        information.filename = name
        archive.writestr(information, b"")
    assert "outside" in refused(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        information = zipfile.ZipInfo("link")
        information.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(information, b"/etc/passwd")
    assert "outside" in refused(path)


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    zeros = bytes(1 << 20)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as out,
    ):
        for _piece in range(40):
            out.write(zeros)
    assert "unpack" in refused(path)


def test_a_member_of_ten_gigabytes_is_refused(tmp_path: Path) -> None:
    """The size in the directory is what the member claims; nothing needs to be inflated to know it."""
    path = package(tmp_path / "a.docx", {"word/document.xml": b"<a/>" * 100})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFFE)
    path.write_bytes(bytes(data))
    assert "unpack" in refused(path)


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_declared(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a": bytes(100_000)})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    with open_package(path) as opened, pytest.raises(UserError):
        opened.read("a")


def test_a_member_over_the_limit_of_its_reader_is_refused(tmp_path: Path) -> None:
    with open_package(package(tmp_path / "a.docx", {"a": bytes(5000)})) as opened, pytest.raises(UserError):
        opened.read("a", limit=4999)


def test_too_many_members_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(archives.MEMBERS + 1):
            archive.writestr(str(number), b"")
    assert "unpack" in refused(path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 1, 1)  # a false count does not help
    path.write_bytes(bytes(data))
    refused(path)


def test_a_large_directory_is_refused_unread(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a": b""})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", archives.DIRECTORY_SIZE + 1)
    path.write_bytes(bytes(data))
    assert "unpack" in refused(path)


def test_a_package_with_large_records_is_weighed_by_them(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a": b""})
    data = path.read_bytes()
    at = data.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1 << 40, 1 << 40, 0)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    path.write_bytes(data[:at] + record + locator + data[at:])
    assert "unpack" in refused(path)


@given(st.binary(max_size=400), st.integers(0, 300))
def test_any_bytes_at_the_end_of_a_package_give_a_package_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, cut: int
) -> None:
    path = package(tmp_path_factory.mktemp("zip") / "a.docx", {"word/document.xml": b"<a/>", "b": b"text"})
    path.write_bytes(path.read_bytes()[:cut] + tail)
    said = ""
    try:
        with open_package(path) as opened:
            for name in opened.names:
                opened.read(name)
    except UserError as refusal:
        said = str(refusal)
    assert not said or "a.docx" in said


# XML


def test_parses_plain_xml() -> None:
    root = parse_xml("<a><b c='é'>isi</b><!-- x --></a>".encode(), HERE)
    assert [(one.tag, one.text, one.get("c")) for one in root] == [("b", "isi", "é")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    name = encoding.removesuffix("-le")
    text = f'<?xml version="1.0" encoding="{name}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    data = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding)
    with pytest.raises(UserError, match="document type"):
        parse_xml(data, HERE)
    with pytest.raises(UserError, match="document type"):
        list(walk_xml([data], HERE, ["a"]))


def test_a_document_type_alone_is_refused_even_when_nothing_is_asked_for() -> None:
    with pytest.raises(UserError, match="document type"):
        list(walk_xml([b"<!DOCTYPE a><a/>"], HERE, ["none"]))


def test_laughs_by_the_billion_are_refused_at_once() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e11;</a>'.encode()
    begun = time.process_time()
    with pytest.raises(UserError):
        parse_xml(data, HERE)
    with pytest.raises(UserError):
        list(walk_xml([data], HERE, ["a"]))
    assert time.process_time() - begun < 1


def test_an_entity_from_a_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("rahasia")
    data = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    with pytest.raises(UserError) as refusal:
        parse_xml(data, HERE)
    assert "rahasia" not in str(refusal.value)


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    data = b"<a>" * depth + b"</a>" * depth
    with pytest.raises(UserError):
        parse_xml(data, HERE)
    with pytest.raises(UserError):
        list(walk_xml([data], HERE, ["a"]))


def test_xml_that_would_make_a_huge_tree_is_refused() -> None:
    with pytest.raises(UserError, match="far more"):
        parse_xml(b"<a>" + b"x" * archives.TREE_SIZE + b"</a>", HERE)


@given(st.binary(max_size=200))
def test_any_bytes_give_xml_or_a_refusal(data: bytes) -> None:
    for text in (data, b"<a>" + data + b"</a>"):
        try:
            parse_xml(text, HERE)
        except UserError:
            with pytest.raises(UserError):
                list(walk_xml([text], HERE, ["a"]))
        else:
            assert list(walk_xml([text[:3], text[3:]], HERE, ["a"])) is not None


def test_walks_what_is_asked_for_and_can_let_go() -> None:
    data = b"<r>" + b"<p><t>x</t></p>" * 1000 + b"</r>"
    pieces = [data[at : at + 100] for at in range(0, len(data), 100)]
    seen = 0
    for event, element in walk_xml(pieces, HERE, ["p"]):
        if event == "end":
            seen += 1
            assert element[0].text == "x"
            element.clear()
    assert seen == 1000
