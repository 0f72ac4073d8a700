"""The fixed words of a study, and what researchers write for them in tables, in English and Indonesian."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.readers.document import MARK_KINDS

SHORTEST_LINE, LONGEST_LINE = 30, 200  # characters of a numbered line
TRUE = frozenset(("yes", "y", "ya", "true", "1", "x", "v", "benar", "✓", "★", "*"))
FALSE = frozenset(("", "no", "n", "tidak", "false", "0", "-", "salah"))


@dataclass(frozen=True)
class Vocabulary:
    """A set of fixed words: `kind` names it in a message, `also` maps other spellings to the fixed word."""

    kind: str
    words: tuple[str, ...]
    also: Mapping[str, str] = field(default_factory=dict)
    open: bool = False  # other words may be added, as long as they don't look like a slip


TECHNIQUES = Vocabulary(
    N_("technique"),
    ("interview", "focus_group", "observation", "document"),
    {
        "wawancara": "interview",
        "fgd": "focus_group",
        "diskusi_kelompok": "focus_group",
        "diskusi_terfokus": "focus_group",
        "observasi": "observation",
        "pengamatan": "observation",
        "dokumen": "document",
        "dokumentasi": "document",
    },
    open=True,
)
SOURCE_STATUSES = Vocabulary(
    N_("status"),
    ("not_started", "in_progress", "done"),
    {"belum": "not_started", "belum_dimulai": "not_started", "sedang": "in_progress", "selesai": "done"},
)
ROLES = Vocabulary(
    N_("role"),
    ("interviewer", "informant", "descriptive", "reflective"),
    {
        "pewawancara": "interviewer",
        "informan": "informant",
        "deskriptif": "descriptive",
        "reflektif": "reflective",
    },
)
CLASSES = Vocabulary(
    N_("class of informants"),
    ("key", "main", "additional"),
    {
        "kunci": "key",
        "utama": "main",
        "tambahan": "additional",
        "pendukung": "additional",
        "informan_kunci": "key",
        "informan_utama": "main",
        "informan_tambahan": "additional",
        "informan_pendukung": "additional",
    },
)
CONSENTS = Vocabulary(
    N_("consent"),
    ("given", "withdrawn"),
    dict.fromkeys(("yes", "ya", "setuju", "diberikan", "ada"), "given")
    | dict.fromkeys(("no", "tidak", "ditarik", "dicabut"), "withdrawn"),
)
ATTRIBUTE_KINDS = Vocabulary(
    N_("kind of attribute"),
    ("text", "number", "date", "choice"),
    {"teks": "text", "angka": "number", "tanggal": "date", "pilihan": "choice"},
)
CODE_KINDS = Vocabulary(
    N_("kind of code"),
    ("dimension", "factor", "indicator", "category", "theme", "context"),
    {
        "dimensi": "dimension",
        "faktor": "factor",
        "indikator": "indicator",
        "kategori": "category",
        "tema": "theme",
        "konteks": "context",
    },
)
PERSPECTIVES = Vocabulary(N_("perspective"), ("etic", "emic"), {"etik": "etic", "emik": "emic"})
POLARITIES = Vocabulary(
    N_("polarity"),
    ("+", "-", "0", "±"),
    {
        "−": "-",
        "–": "-",
        "+/-": "±",
        "+-": "±",
        "+/−": "±",
        "supports": "+",
        "mendukung": "+",
        "hinders": "-",
        "menghambat": "-",
        "neutral": "0",
        "netral": "0",
        "ambivalent": "±",
        "ambivalen": "±",
    },
)
EVIDENCE = Vocabulary(
    N_("kind of evidence"),
    ("account", "event", "provision"),
    {"ucapan": "account", "peristiwa": "event", "kejadian": "event", "ketentuan": "provision"},
)
CODING_LINKS = Vocabulary(
    N_("link between passages"),
    ("because", "leads_to", "hinders", "supports", "contradicts"),
    {
        "karena": "because",
        "mengakibatkan": "leads_to",
        "menghambat": "hinders",
        "mendukung": "supports",
        "bertentangan": "contradicts",
    },
)
CELL_STATUSES = Vocabulary(
    N_("status"),
    ("unjudged", "aligned", "partial", "gap", "emic_only", "etic_only"),
    {
        "belum_dinilai": "unjudged",
        "selaras": "aligned",
        "sebagian": "partial",
        "kesenjangan": "gap",
        "selisih": "gap",
        "emik_saja": "emic_only",
        "etik_saja": "etic_only",
    },
)
CONVERGENCES = Vocabulary(  # of a note on what is compared: the words of the states that are proposed
    N_("status"),
    ("unjudged", "agree", "partial", "oppose", "silent"),
    {
        "belum_dinilai": "unjudged",
        "sesuai": "agree",
        "selaras": "agree",
        "aligned": "agree",
        "sebagian": "partial",
        "bertentangan": "oppose",
        "kesenjangan": "oppose",
        "selisih": "oppose",
        "gap": "oppose",
        "diam": "silent",
    },
)
CLAIM_STATUSES = Vocabulary(
    N_("status"),
    ("no_evidence", "supported", "partial", "unsupported"),
    {
        "tanpa_bukti": "no_evidence",
        "didukung": "supported",
        "sebagian": "partial",
        "tidak_didukung": "unsupported",
    },
)
SIDES = Vocabulary(
    N_("side"), ("for", "against"), {"mendukung": "for", "membantah": "against", "bertentangan": "against"}
)
ANSWERS = Vocabulary(  # to a coding that opposes a claim
    N_("answer to a passage"),
    ("changes", "explained", "elsewhere"),
    {"mengubah": "changes", "dijelaskan": "explained", "bukan_perkara_ini": "elsewhere"},
)
VERDICTS = Vocabulary(
    N_("answer of an informant"),
    ("agrees", "corrects", "rejects"),
    {"setuju": "agrees", "mengoreksi": "corrects", "menolak": "rejects"},
)

CHOICES: dict[str, tuple[str, ...]] = {
    "attribute.kind": ATTRIBUTE_KINDS.words,
    "cell.status": (*CELL_STATUSES.words, *CONVERGENCES.words),
    "claim.polarity": POLARITIES.words,
    "claim.status": CLAIM_STATUSES.words,
    "claim_answer.answer": ANSWERS.words,
    "claim_evidence.side": SIDES.words,
    "code.kind": CODE_KINDS.words,
    "code.perspective": PERSPECTIVES.words,
    "code.polarity_hint": POLARITIES.words,
    "coding.evidence": EVIDENCE.words,
    "coding.polarity": POLARITIES.words,
    "coding_link.kind": CODING_LINKS.words,
    "informant.class": CLASSES.words,
    "informant.consent": CONSENTS.words,
    "member_check.verdict": VERDICTS.words,
    "source.status": SOURCE_STATUSES.words,
    "source_text.marks": MARK_KINDS,
    "speaker.role": ROLES.words,
}
"""The columns of a study that hold one of a few words, and these words."""


def parse_choice(vocabulary: Vocabulary, word: str) -> str:
    """The fixed word that is meant; raises UserError for one that the vocabulary does not know."""
    plain = "_".join(word.split()).lower()
    found = vocabulary.also.get(plain, plain)
    if found in vocabulary.words or (vocabulary.open and _is_new(vocabulary, found)):
        return found
    raise UserError(
        _("“{word}” is not a {kind}.").format(word=word, kind=_(vocabulary.kind)),
        remedy=_("Use one of: {words}.").format(words=" ".join(vocabulary.words)),
    )


def _is_new(vocabulary: Vocabulary, word: str) -> bool:
    """Tell whether a word is a new one of its own, not a slip in writing a known one."""
    known = [*vocabulary.words, *vocabulary.also]
    return bool(re.fullmatch(r"\w+", word)) and not get_close_matches(word, known, 1, 0.75)


def parse_polarity(word: str | None) -> str | None:
    """A polarity: `+ - 0 ±`, or None where nothing (or `none`) is written. Raises UserError for others."""
    plain = (word or "").strip().lower()
    return None if plain in ("", "none", "tanpa") else parse_choice(POLARITIES, plain)


def parse_yes_or_no(word: str) -> bool:
    """Whether a cell of a table says yes; raises UserError where it says neither yes nor no."""
    plain = word.strip().lower()
    if plain not in TRUE and plain not in FALSE:
        raise UserError(
            _("“{word}” is neither yes nor no.").format(word=word), remedy=_("Write yes or leave it empty.")
        )
    return plain in TRUE


def default_evidence(technique: str) -> str:
    """The kind of evidence where none is given, so that a norm never counts as a fact by accident."""
    return {"observation": "event", "document": "provision"}.get(technique, "account")


def parse_date(word: str | None) -> str | None:
    """A date as ISO `YYYY-MM-DD`, None where empty; raises UserError for anything else."""
    plain = (word or "").strip()
    if not plain:
        return None
    try:
        return datetime.date.fromisoformat(plain).isoformat()
    except ValueError:
        raise UserError(
            _("“{word}” is not a date.").format(word=plain), remedy=_("Write it as 2026-03-12.")
        ) from None


def parse_time(word: str | None) -> str | None:
    """A time of day as `HH:MM`, None where empty; raises UserError for anything else."""
    plain = (word or "").strip().replace(".", ":")
    if not plain:
        return None
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", plain)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise UserError(_("“{word}” is not a time.").format(word=plain), remedy=_("Write it as 09:15."))
    return f"{int(match[1]):02}:{match[2]}"


def parse_line_length(word: str) -> int:
    """After how many characters a numbered line is broken; raises UserError where no line is so long."""
    plain = word.strip()
    if not plain.isdecimal() or not SHORTEST_LINE <= int(plain) <= LONGEST_LINE:
        raise UserError(
            _("Numbered lines can’t be “{word}” characters long.").format(word=plain),
            remedy=_("Write a number from {least} to {most}.").format(least=SHORTEST_LINE, most=LONGEST_LINE),
        )
    return int(plain)


def parse_number(word: str) -> float | None:
    """The number that a word writes, with decimal point or comma; None where it is not one."""
    plain = word.strip().replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None
