"""The sample study, built from the files that a researcher would have, by the actions that one would use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from qualcoder_lite.coding import cells, claims, codings, questions, sources
from qualcoder_lite.coding.people import informants
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables.finding import claim_id, source_id
from qualcoder_lite.coding.tables.sheet import read_table, split_list
from qualcoder_lite.files import samples_folder
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coding, Source, SourceText

TITLE = "Contoh: Profesionalisme ASN Kecamatan Sungai Embun, Kota Bandar Seroja (fiktif)"
RESEARCHER, SECOND = "Peneliti", "Pengode 2"


def build_sample(path: Path, progress: Progress = silent) -> None:
    """Make the sample study at `path`. Raises UserError where a file is there already."""
    new_study(path, TITLE, RESEARCHER, lambda project: _fill(project, progress))


def _fill(project: Project, progress: Progress) -> None:
    tables = samples_folder() / "tables"
    codebooks.load(project, str(tables / "bukukode.json"))
    sources.import_files(project, [samples_folder() / "sources"], progress=progress)
    informants.import_table(project, informants.read_people(tables / "informan.csv"))
    questions.import_table(project, read_table(tables / "pedoman.csv"))
    for name in ("pengodean.csv", "pengodean_emik.csv"):
        codings.import_table(project, read_table(tables / name))
    project.coder = SECOND
    codings.import_table(project, read_table(tables / "pengode2.csv"))
    project.coder = RESEARCHER
    cells.import_table(project, read_table(tables / "sel.csv"))
    _bring_in_claims(project, tables)
    for row in read_table(tables / "status.csv"):
        with project.read() as connection:
            source = source_id(connection, row["source"])
        sources.set_status(project, source, row["status"])


def _bring_in_claims(project: Project, tables: Path) -> None:
    """The claims, each with the codings of its numbered passages as evidence."""
    rows = read_table(tables / "pernyataan.csv")
    claims.import_table(project, rows)
    passages = {row["number"]: row for row in read_table(tables / "kutipan.csv")}
    for row in rows:
        for side in ("for", "against"):
            numbers = split_list(row[f"evidence_{side}"])
            if numbers:
                with project.read() as connection:
                    claim = claim_id(connection, row["number"])
                found = [coding for number in numbers for coding in _codings_on(project, passages[number])]
                claims.set_evidence(project, claim, side, found)


def _codings_on(project: Project, passage: Mapping[str, str]) -> list[bytes]:
    """The researcher's codings on exactly this passage."""
    with project.read() as connection:
        text = select(SourceText.text).join(Source, Source.id == SourceText.source_id)
        whole = connection.scalars(text.where(Source.key == passage["source"])).one()
        start = whole.index(passage["quote"])
        place = (Coding.start == start) & (Coding.end == start + len(passage["quote"]))
        found = select(Coding.id).join(Source, Source.id == Coding.source_id).order_by(Coding.id)
        return list(connection.scalars(found.where(Source.key == passage["source"], place)))
