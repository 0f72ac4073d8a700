"""A small fictional study in which every part of an export has something to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcoder_lite.store import schema
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from tests.export.filling import Filling

A1 = """Kode : A1
Nama : Hasan Basri Samaran

P: Bagaimana forum daring itu?
I: Forumnya bagus. Sekarang sepi, tidak ada yang menjawab.
P: Lalu usulan staf?
I: Usulan sering mentok di kota. =SUM(1,2) <b>&amp; selesai</b>
"""
STUCK = "Usulan sering mentok di kota. =SUM(1,2) <b>&amp; selesai</b>"
M1 = """P: Bagaimana layanannya?
J: Katanya tidak ada di aturan, jadi tidak bisa.
P: Petugasnya?
J: Cepat dan ramah. 😀
"""
O1 = "Petugas membuka buku juknis. Warga berdiri sepuluh menit.\n\nForum mati sejak pagi."
D1 = "Setiap permohonan wajib dijawab dalam dua hari. Setiap aspirasi dicatat."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """The study, open for coder Ani; Budi has coded once too."""
    path = tmp_path / "s" / "contoh.qcl"
    path.parent.mkdir()
    new_study(path, "Studi rekaan & contoh")
    with open_study(path, coder="Ani") as project:
        with project.change("fill") as session:
            fill(Filling(session))
        yield project


def fill(f: Filling) -> None:
    """Codes, people, texts, codings, cells, claims, guide."""
    _codes(f)
    f.informant("A1", "key", kelompok="ASN", jabatan="Camat")
    f.informant("M1", "main", kelompok="Masyarakat", jabatan="Pedagang")
    f.source("A1", A1, date="2026-03-12")
    f.turns("A1", {"P": ("interviewer", ""), "I": ("informant", "A1")})
    f.source("M1", M1, date="2026-03-16")
    f.turns("M1", {"P": ("interviewer", ""), "J": ("informant", "M1")})
    f.source("O1", O1, "observation", date="2026-03-17")
    f.source("D1", D1, "document", status="in_progress")
    _codings(f)
    _written(f)


def _codes(f: Filling) -> None:
    for key, kind in (("K", "dimension"), ("R", "dimension"), ("S", "factor"), ("V", "factor")):
        f.code(key, kind=kind)
    for key in ("K1", "R1", "R2", "S1", "V1"):
        f.code(key, key[0], polarity_hint="+" if key == "R2" else None)
    f.code("E1", kind="theme", name="mentok di kota", perspective="emic")
    f.add(schema.CodeLink, emic_id=f.ids["code", "E1"], etic_id=f.ids["code", "S1"])


def _codings(f: Filling) -> None:
    f.coding("A1", "Forumnya bagus", "R1", "+", starred=True)
    f.coding("A1", "Sekarang sepi, tidak ada yang menjawab", "R2", "-", condensation="Forum sepi")
    f.coding("A1", STUCK, "S1", "-", starred=True)
    f.coding("A1", "Usulan sering mentok", "K1", "±")
    ends = [f.ids["coding", f"A1 {quote}"] for quote in (f"{STUCK} S1", "Usulan sering mentok K1")]
    f.add(schema.CodingLink, from_id=ends[0], to_id=ends[1], kind="hinders", note="Staf berhenti mengusul.")
    memo = f.coding("A1", "mentok di kota", "E1")
    f.add(schema.Memo, text="Kata informan sendiri.", about_table="coding", about_id=memo)
    f.coding("M1", "Katanya tidak ada di aturan", "R2", "-", starred=True)
    f.coding("M1", "tidak ada di aturan, jadi tidak bisa", "S1", "0")
    f.coding("O1", "Forum mati sejak pagi", "R1", "-", evidence="event", starred=True)
    f.coding("D1", "wajib dijawab dalam dua hari", "R1", "+", evidence="provision")
    budi = f.add(schema.Coder, "Budi", name="Budi")
    f.coding("M1", "Cepat dan ramah", "R2", "+", coder=budi)


def _written(f: Filling) -> None:
    f.cell("informant:A1", "code:R", emic_summary="Forum bagus tetapi sepi.", etic_reading="Tanpa petugas.")
    f.cell("source:O1", "code:K", not_applicable=True)
    f.cell("code:K", "code:S", etic_reading="Usul tertahan di kota.", theory="Siagian", status="partial")
    gap = {"status": "gap", "gap_note": "Diucapkan ada, terlihat mati.", "conclusion": "Belum jalan."}
    f.cell("code:R1", "study:", emic_summary="Forum ada.", etic_reading="Forum mati.", **gap)
    question = f.add(schema.Question, "1", number="1", text="Bagaimana layanan?")
    for key in ("R", "S", "K"):
        f.add(schema.QuestionCode, question_id=question, code_id=f.ids["code", key])
    other = f.add(schema.Question, "2", number="2", text="Bagaimana visi?")
    f.add(schema.QuestionCode, question_id=other, code_id=f.ids["code", "V"])
    f.add(schema.Asked, question_id=other, source_id=f.ids["source", "M1"], asked=False)
    claim = f.add(schema.Claim, "C1", number="C1", text={"id": "Usul mentok.", "en": "Proposals get stuck."})
    for key in ("K", "S"):
        f.add(schema.ClaimCode, claim_id=claim, code_id=f.ids["code", key])
    coding = f.ids["coding", "M1 tidak ada di aturan, jadi tidak bisa S1"]
    f.add(schema.ClaimEvidence, claim_id=claim, coding_id=coding, side="against")
