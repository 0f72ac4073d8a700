"""The words by which a transcript says who speaks, and those that only look like it. All in lower case."""

from __future__ import annotations

import re
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a list, as a set."""
    return frozenset(text.split())


INTERVIEWER_WORDS = word_set("""
    p pewawancara peneliti penanya t tanya pertanyaan q question saya iter interviewer researcher
    moderator mod fasilitator facilitator
""")
INFORMANT_WORDS = word_set("""
    i informan informant n narasumber r responden respondent j jawab jawaban answer a s subjek subject
    itee interviewee partisipan participant peserta
""")
OPEN_WORDS = frozenset({"speaker", "pembicara", "penutur"})  # a label, but it doesn't say whose
AMBIGUOUS = frozenset("piabsn")  # P = Pewawancara or Peserta, I = Informan, Interviewer or Ibu, …
QUALIFIERS = word_set("""
    kunci key utama main pendukung tambahan additional ahli laki-laki perempuan pria wanita pertama
    kedua ketiga keempat kelima 1 2
""")  # what may stand beside such a word: Informan Kunci, Key Informan
TITLES = word_set("""
    bpk bapak pak ibu bu sdr sdri saudara saudari mas mbak mba kak kakak bang abang adik dik uda uni
    pakde bude h hj haji hajah ust ustaz ustad ustadz kh kyai kiai tgk datuk drs dra dr ir prof mr mrs
    ms dr.
""")
STOP_WORDS = word_set("""
    pertama kedua ketiga keempat kelima catatan contoh misal misalnya misalkan inti arti artinya yaitu
    yakni ialah adalah syarat jam pukul kesimpulan simpulan sumber keterangan ket note notes nb ps jadi
    terus lalu kemudian begini begitu seperti antara alasan cara tujuan sasaran hasil akibat dampak
    solusi masalah manfaat visi misi moto motto dasar pasal ayat bab tabel gambar lampiran nomor no
    bagian huruf angka butir poin pokok program kegiatan indikator target output outcome strategi
    kebijakan persyaratan prosedur tahap tahapan langkah biaya tarif produk tema kategori sub kode
    koding definisi pengertian menimbang mengingat memutuskan menetapkan perihal hal lihat baca first
    second third example conclusion source https http www
""")
PARTICLES = frozenset({"bin", "binti", "al", "dan", "van"})
FUNCTION_WORDS = word_set("""
    yang begini begitu itu ini adalah bahwa kata bilang berkata mengatakan jawab berikut saya kami kita
    aku ada untuk dari di ke dengan tidak nggak ndak bukan seperti jadi lalu terus karena kalau kalo ya
    juga sudah akan the is of and that to
""")  # no name holds one, a clause nearly always does

_SECTIONS = {
    "descriptive": "catatan deskriptif|catatan deskripsi|bagian deskriptif|catatan suasana|"
    "catatan hasil wawancara|descriptive notes|descriptive",
    "reflective": "catatan reflektif|catatan refleksi|bagian reflektif|kesimpulan dan refleksi|"
    "refleksi peneliti|reflective notes|reflective",
}
SECTIONS = {name: role for role, names in _SECTIONS.items() for name in names.split("|")}
_WEAK_SECTIONS = {
    "descriptive": "deskriptif|deskripsi|hasil observasi|hasil pengamatan|catatan observasi|"
    "catatan pengamatan",
    "reflective": "reflektif|refleksi|kesimpulan|tanggapan peneliti|interpretasi",
}
WEAK_SECTIONS = {name: role for role, names in _WEAK_SECTIONS.items() for name in names.split("|")}
"""Headings that mean a section only where the text has said that it is a field note."""

FIELD_NOTE = re.compile(
    r"(?:catatan (?:lapangan|observasi|pengamatan)|lembar (?:observasi|pengamatan)|field ?notes?)", re.I
)

_ROLES = (
    dict.fromkeys(INTERVIEWER_WORDS, "interviewer")
    | dict.fromkeys(INFORMANT_WORDS, "informant")
    | dict.fromkeys(OPEN_WORDS, "open")
)
_BRACKETS = re.compile(r"[\[(][^\])]*[\])]?")
_NUMBER = re.compile(r"[\s.#/-]*(?:\d+[a-z]?|(?<=[\s.])[ivx]+)\s*\.?$")


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """The form by which labels are compared: trimmed, single spaces, no difference of case."""
    return " ".join(label.split()).casefold()


def without_brackets(label: str) -> str:
    """A label without what stands in brackets: `Peserta 1 (L, 45 th)` is `Peserta 1`."""
    return " ".join(_BRACKETS.sub(" ", label).split())


def base_form(label: str) -> str:
    """The word of a label: no brackets, then no trailing number; `Informan 2 (L)` is `informan`."""
    bare = without_brackets(label).casefold()
    return (_NUMBER.sub("", bare) or bare).strip(" .")


@lru_cache(maxsize=4096)
def number_of(label: str) -> int | None:
    """The trailing number of a label (`J12` has 12), or None."""
    match = re.search(r"\d{1,6}$", without_brackets(label))
    return int(match[0]) if match else None


def role_of_base(base: str) -> str | None:
    """The role that a base form says: interviewer, informant, `open` for a speaker without one; else None."""
    if role := _ROLES.get(base):
        return role
    words = base.split()
    for word in (words[0], words[-1]) if len(words) > 1 else ():
        qualified = all(other in QUALIFIERS or len(other) == 1 for other in words if other != word)
        if len(word) > 4 and qualified and word in _ROLES:
            return _ROLES[word]
    return None


def is_titled_name(label: str) -> bool:
    """Tell whether a label is a title with a name: `Bpk. Hasan (Camat)`, `Bu Sari`, `Abang Responden`."""
    words = without_brackets(label).split()
    if len(words) < 2 or words[0].strip(".").casefold() not in TITLES:
        return False
    return all(word[0].isupper() or word[0].isdigit() or word in PARTICLES for word in words[1:])


def is_figure_of_speech(base: str) -> bool:
    """Tell whether a start of a line that looks like a label belongs to an answer or a document."""
    first = base.split(" ", 1)[0].strip(".,")
    return first in STOP_WORDS or (len(first) > 5 and first.endswith("nya"))
