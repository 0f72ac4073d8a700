"""A small fictional study that has something of everything, built by the actions that a user would use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from qualcoder_lite.coding import cells, claims, codes, codings, member_checks, memos, questions, sources
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.people import attributes, coders, informants
from qualcoder_lite.coding.tables.finding import (
    attribute_id,
    coder_id,
    informant_id,
    source_id,
)
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import SourceText

SECRET = "kuda lumping"  # words of an informant: they must never reach a message of the history
INTERVIEW = f"""Kode: A1
Jabatan: Staf
Usia: 41

P: Bagaimana pelayanan di sini?
I: Pelayanan kami cepat, {SECRET} saja kalah. Usul kami sering mentok di kota.
P: Lalu apa yang terjadi?
I: Kami berhenti mengusul, semua menunggu perintah dari atas.
"""
OBSERVATION = """Kode: O1
Catatan lapangan

Catatan Deskriptif
Loket buka pukul delapan dan antrean panjang.
Catatan Reflektif
Tampaknya semua menunggu kepala kantor.
"""
DOCUMENT = "Kode: D1\n\nPetugas wajib melayani paling lama dua hari kerja.\nKepala kantor memutuskan.\n"
TEXTS = {"A1.txt": INTERVIEW, "O1.txt": OBSERVATION, "D1.txt": DOCUMENT}


@dataclass(frozen=True)
class Built:
    """The ids of what is in the built study, by the names that people use."""

    folder: Path
    sources: dict[str, bytes]
    codes: dict[str, bytes]
    informants: dict[str, bytes]
    coders: dict[str, bytes]
    codings: dict[str, bytes]
    rest: dict[str, bytes]

    def cell(self, code: str = "K", other: str = "") -> tuple[str, str]:
        """The references of a code and an informant, or the whole study."""
        side = reference("informant", self.informants[other]) if other else STUDY
        return reference("code", self.codes[code]), side


def write_files(folder: Path) -> list[Path]:
    """The source files as a researcher has them."""
    folder.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in TEXTS]


def build(project: Project, folder: Path) -> Built:
    """Fill an empty study."""
    sources.import_files(project, write_files(folder))
    with project.read() as connection:
        found = {key: source_id(connection, key) for key in ("A1", "O1", "D1")}
        people = {"A1": informant_id(connection, "A1")}
        rest = {name: attribute_id(connection, name) for name in ("jabatan", "usia")}
    people["A2"] = informants.add(project, "A2", "additional")
    sources.link_informant(project, found["D1"], people["A2"])
    attributes.set_value(project, people["A2"], rest["jabatan"], "Warga")
    book = _codes(project)
    tagged = _codings(project, found, book)
    rest |= _written(project, found, book, people, tagged)
    with project.read() as connection:
        who = {name: coder_id(connection, name) for name in ("C1", "C2")}
    return Built(folder, found, book, people, who, tagged, rest)


def _codes(project: Project) -> dict[str, bytes]:
    book = {}
    for key, parent, kind in (
        ("K", None, "dimension"),
        ("K1", "K", "indicator"),
        ("K2", "K", "indicator"),
        ("S", None, "factor"),
        ("S1", "S", "indicator"),
    ):
        under = book[parent] if parent else None
        name = {"id": {"name": f"Kode {key}", "definition": "Ada."}, "en": {"name": f"Code {key}"}}
        book[key] = codes.add(project, key, under, name, kind=kind, colour=3 if parent is None else None)
    book["E1"] = codes.add(project, "E1", None, {"id": {"name": "mentok"}}, kind="theme", perspective="emic")
    codes.link_emic(project, book["E1"], book["S1"])
    return book


def place_of(project: Project, source: bytes, quote: str) -> tuple[int, int]:
    """Where a quote stands in a source."""
    with project.read() as connection:
        text = connection.scalar(select(SourceText.text).where(SourceText.source_id == source))
    start = str(text).index(quote)
    return start, start + len(quote)


def _codings(project: Project, found: dict[str, bytes], book: dict[str, bytes]) -> dict[str, bytes]:
    tagged = {}
    for name, source, quote, code, polarity in (
        ("cepat", "A1", "Pelayanan kami cepat", "K1", "+"),
        ("usul", "A1", "Usul kami sering mentok di kota", "K2", "-"),
        ("mentok", "A1", "mentok di kota", "E1", "-"),
        ("atas", "A1", "semua menunggu perintah dari atas", "S1", "-"),
        ("antre", "O1", "antrean panjang", "K1", "-"),
        ("wajib", "D1", "wajib melayani", "K1", None),
    ):
        start, end = place_of(project, found[source], quote)
        tagged[name] = codings.apply(project, found[source], start, end, book[code], polarity)
    project.coder = "C2"
    start, end = place_of(project, found["A1"], "Pelayanan kami cepat")
    tagged["second"] = codings.apply(project, found["A1"], start, end, book["K2"], "+")
    project.coder = "C1"
    return tagged


def _written(
    project: Project,
    found: dict[str, bytes],
    book: dict[str, bytes],
    people: dict[str, bytes],
    tagged: dict[str, bytes],
) -> dict[str, bytes]:
    place = (reference("code", book["K"]), reference("informant", people["A1"]))
    rest = {
        "link": codings.link(project, tagged["atas"], tagged["usul"], "leads_to"),
        "memo": memos.add_about(project, "coding", tagged["cepat"], "Periksa lagi."),
        "free": memos.add(project, "Catatan bebas.", "Judul"),
        "range": memos.add_on_range(project, found["A1"], 10, 20, "Tempat ini."),
        "cell": cells.write(project, *place, emic_summary="Cepat, kata mereka.", etic_reading="Campuran."),
        "claim": claims.add(project, "C01", {"id": "Usul berhenti."}, [book["K"], book["S"]], polarity="-"),
        "question": questions.add(project, "1", "Bagaimana pelayanan?", [book["K"]]),
    }
    cells.choose_evidence(project, *place, [tagged["cepat"], tagged["usul"]])
    rest["check"] = member_checks.add(
        project, people["A1"], "Cepat, kata mereka.", "agrees", cell=rest["cell"], method="telepon"
    )
    claims.set_evidence(project, rest["claim"], "for", [tagged["usul"], tagged["atas"]])
    claims.answer(project, rest["claim"], [tagged["usul"]], "elsewhere", "Lain perkara.")
    questions.set_asked(project, rest["question"], found["A1"], asked=False)
    coders.set_colour(project, _coder(project), 4)
    return rest


def _coder(project: Project) -> bytes:
    with project.read() as connection:
        return coder_id(connection, "C1")
