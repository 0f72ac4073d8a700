"""The block at the head of a transcript: who, when, where; one Indonesian key for each thing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from qualcoder_lite.readers.label_words import base_form, is_titled_name, label_key, role_of_base, word_set

_SPELLINGS = {
    "kode": "kode|kode wawancara|kode file|kode berkas|kode dokumen|kode observasi|"
    "kode transkrip|code|interview code|file code|no kode|nomor kode",
    "kode_informan": "kode informan|kode narasumber|kode responden|informant code|participant code|"
    "participant id",
    "nama": "nama|nama informan|nama narasumber|nama responden|nama lengkap|nama subjek|"
    "identitas informan|name|informant name|name of informant",
    "inisial": "inisial|inisial informan|nama inisial|initials",
    "jabatan": "jabatan|pekerjaan|jabatan/pekerjaan|pekerjaan/jabatan|position|occupation|job|job title",
    "instansi": "instansi|unit kerja|lembaga|kantor|asal instansi|institution|organisation|"
    "organization|office",
    "usia": "usia|umur|usia/umur|umur/usia|age",
    "jenis_kelamin": "jenis kelamin|l/p|jk|kelamin|gender|sex",
    "pendidikan": "pendidikan|pendidikan terakhir|education",
    "masa_kerja": "masa kerja|lama bekerja|lama kerja|years of service|length of service",
    "alamat": "alamat|address",
    "status": "status",
    "tanggal": "tanggal|tgl|hari/tanggal|hari/tgl|hari, tanggal|hari, tgl|hari dan tanggal|"
    "hari tanggal|tanggal wawancara|tanggal observasi|tanggal pelaksanaan|tgl wawancara|"
    "hari/tanggal wawancara|date|date of interview|interview date",
    "waktu": "waktu|pukul|jam|waktu wawancara|waktu observasi|waktu pelaksanaan|jam wawancara|time",
    "tempat": "tempat|tempat wawancara|tempat pelaksanaan|tempat observasi|place|venue",
    "lokasi": "lokasi|lokasi wawancara|lokasi observasi|lokasi pengamatan|location",
    "durasi": "durasi|durasi wawancara|lama wawancara|duration|length",
    "pewawancara": "pewawancara|nama pewawancara|peneliti|nama peneliti|pengamat|observer|nama pengamat|"
    "interviewer|interviewer name|moderator|fasilitator|researcher|penanya",
    "pencatat": "pencatat|notulis|transkriptor|penyalin|transcriber|note taker",
    "informan": "informan|narasumber|responden|subjek|partisipan|peserta|informant|participant|"
    "interviewee|respondent",
    "topik": "topik|judul|judul/topik|topik/judul|tema|tema wawancara|topik wawancara|"
    "judul penelitian|title|topic",
    "media": "media|media wawancara|cara|medium|mode",
    "wawancara_ke": "wawancara ke|wawancara ke-|wawancara-ke|interview no|interview number|pertemuan ke|"
    "pertemuan ke-",
    "kegiatan": "kegiatan|objek|objek observasi|objek pengamatan|kegiatan yang diamati|activity",
    "jumlah_peserta": "jumlah peserta|number of participants",
}
HEADER_KEYS = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}
"""Every spelling of a header key, in lower case and without dots, and the one key that it becomes."""

_ROLE_KEYS = frozenset({"pewawancara", "informan"})  # words that may also be labels of turns
_MOST_LINES = 60
_MOST_TITLES = 12
_MOST_UNKNOWN = 3
_LONGEST_TITLE = 110  # code points
_LONGEST_LINE = 600
_LINE = re.compile(
    r"[^\S\n]*(?:(?:\d{1,2}|[A-Za-z])[.)][^\S\n]+)?[*_]{0,3}"
    r"(?P<key>[^\W\d_][^:：=\t\n]{0,40}?)[*_]{0,3}"
    r"(?:[^\S\n]*[:：=][*_]{0,3}|[^\S\n]*\t)[\s:=]*(?P<value>[^\n]*)"
)
_GREETINGS = word_set(
    """
    selamat assalamualaikum assalamu'alaikum terima boleh ya iya baik silakan silahkan maaf pagi siang
    sore malam halo hai apa siapa kapan bagaimana mengapa kenapa di ada saya kami good hello hi thank
    what how why when who yes
    """
)


class _Line(NamedTuple):
    start: int
    end: int  # without the line end
    kind: str  # blank, key, role, unknown, more, title, speech
    key: str = ""
    value: str = ""


def is_header_key(label: str) -> bool:
    """Tell whether words before a colon are a key of a header rather than somebody who speaks."""
    return _key(label) is not None


def header_of(text: str, names: Container[str] = ()) -> tuple[dict[str, str], int]:
    """The header of a text by its keys, and the offset at which what follows it begins.

    The block ends at the first key that comes twice, or the first line that is neither key nor title.
    A word like *Pewawancara* is a key there only if its value looks like a name and it does not begin the
    talk. `names`: keys of labels that the user has named; such a line is no title.
    """
    header: dict[str, str] = {}
    end = 0
    waiting: list[_Line] = []
    lines = list(_lines(text, names))
    for index, line in enumerate(lines):
        if line.kind == "speech" or _is_over(line, waiting, header):
            break
        if line.kind == "key":
            _take(header, [*waiting, line])
            waiting, end = [], line.end
        elif line.kind == "more" and not waiting:
            last = next(reversed(header))
            header[last] = f"{header[last]} {line.value}".strip()
            end = line.end
        else:
            waiting.append(line)
            if line.kind == "role" and _closes_block(lines, index):
                _take(header, waiting)
                waiting, end = [], line.end
    return {key: value for key, value in header.items() if value}, end


def _is_over(line: _Line, waiting: list[_Line], header: dict[str, str]) -> bool:
    """Tell whether the header has ended before this line."""
    kinds = [other.kind for other in waiting]
    strange = [other.key for other in waiting if other.kind == "unknown"]
    apart = bool(strange) and "blank" in kinds[kinds.index("unknown") :]
    if line.kind in ("key", "role"):
        return apart or line.key in header or any(line.key == other.key for other in waiting)
    if line.kind != "unknown":
        return len(kinds) - kinds.count("blank") > _MOST_TITLES
    apart = apart or (bool(header) and "blank" in kinds)
    return apart or line.key in strange or len(strange) >= _MOST_UNKNOWN


def _take(header: dict[str, str], lines: list[_Line]) -> None:
    for line in lines:
        if line.kind in ("key", "role"):
            header.setdefault(line.key, line.value)


def _closes_block(lines: list[_Line], index: int) -> bool:
    """Tell whether a line like `Pewawancara : Peneliti` is the last of the header rather than the first turn.

    It is, where a certain key stands in the same block, and the block ends there or the same word comes next.
    """
    first = index
    while first and lines[first - 1].kind != "blank":
        first -= 1
    following = lines[index + 1] if index + 1 < len(lines) else None
    ends = following is None or following.kind == "blank" or following.key == lines[index].key
    return ends and any(line.kind == "key" for line in lines[first:index])


def _is_name_like(value: str) -> bool:
    words = value.split()
    if not 1 <= len(words) <= 8 or "?" in value or "!" in value:
        return False
    if words[0].strip(".,").casefold() in _GREETINGS:
        return False
    last = words[-1]
    return not last.endswith(".") or "." in last[:-1] or len(last) <= 4 or last[0].isupper()


def _lines(text: str, names: Container[str]) -> Iterator[_Line]:
    """The first lines of a text, each by what it could be in a header."""
    start = 0
    begun = False
    for _number in range(_MOST_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = _line(text, start, end, names, begun)
        begun = begun or line.kind == "key"
        yield line
        if end == len(text) or line.kind == "speech":
            return
        start = end + 1


def _line(text: str, start: int, end: int, names: Container[str], begun: bool) -> _Line:
    words = text[start : min(end, start + _LONGEST_LINE)]
    if not words.strip():
        return _Line(start, end, "blank")
    if end - start > _LONGEST_LINE:
        return _Line(start, end, "speech")
    match = _LINE.match(text, start, end)
    if match is None:
        return _Line(start, end, _kind_of_title(words, begun), value=words.strip())
    label, value = match["key"].strip(), match["value"].strip()
    key = _key(label)
    if key in _ROLE_KEYS:
        return _Line(start, end, "role" if _is_name_like(value) else "speech", key or "", value)
    if label_key(label) in names or key is None:
        return _Line(start, end, _kind_of_unknown(label, words, names, begun), label_key(label), value)
    return _Line(start, end, "key", key, value)


def _kind_of_title(words: str, begun: bool) -> str:
    """A line without a key: a title, the rest of a long value, or already the text."""
    if begun and words[0] in " \t" and len(words.strip()) <= _LONGEST_TITLE:
        return "more"
    title = words.strip()
    sentence = title.endswith(".") and len(title.split()) > 6
    if sentence or len(title) > _LONGEST_TITLE or title.endswith(("?", ";", ",")):
        return "speech"
    if begun and not (
        title.isupper() or title.startswith(("(", "[")) or re.match(r"(?:[A-Z]|[IVX]+)\. ", title)
    ):
        return "speech"
    return "title"


def _kind_of_unknown(label: str, words: str, names: Container[str], begun: bool) -> str:
    """A line with a separator but no known key: a title (`DATA FIKTIF – contoh`), another key, a turn."""
    if label_key(label) in names or role_of_base(base_form(label)) or is_titled_name(label):
        return "speech"
    if len(words.strip()) > _LONGEST_TITLE or words.strip().endswith("?"):
        return "speech"
    return "unknown" if begun or ":" in words or "=" in words else "title"


def _key(label: str) -> str | None:
    bare = re.sub(r"\([^)]*\)", "", label).casefold().replace(".", "")
    return HEADER_KEYS.get(" ".join(re.sub(r"\s*/\s*", "/", bare).split()))
