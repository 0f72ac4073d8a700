"""Studies to count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcoder_lite.store.project import Project
from tests.analysis.building import StudyBuilder

HERE = Path(__file__).parent
TECHNIQUES = {"wawancara": "interview", "observasi": "observation", "dokumen": "document"}
EVIDENCE = {"interview": "account", "observation": "event", "document": "provision"}


@pytest.fixture
def study(project: Project) -> StudyBuilder:
    """A study without anything but what the test puts in."""
    return StudyBuilder(project)


@pytest.fixture
def golden(study: StudyBuilder) -> StudyBuilder:
    """The coded passages of the sample study, one turn each, with its guide and statuses."""
    facts = json.loads((HERE / "sample.json").read_text(encoding="utf-8"))
    for key, parent, kind in json.loads((HERE / "codes.json").read_text(encoding="utf-8")):
        study.code(key, parent, kind)
    for alias, _name, group, *_rest in facts["informants"]:
        study.informant(alias, kelompok=group)
    for number, (key, word) in enumerate(facts["sources"]):
        technique = TECHNIQUES[word]
        mark = {"interview": f"{key}: ", "observation": "D: ", "document": ""}[technique]
        turns = [mark + text for source, _n, text, _codes in facts["passages"] if source == key]
        status = "in_progress" if key == "D1" else "done"
        study.source(key, *turns, technique=technique, status=status, date=f"2026-03-{number + 10}")
        for source, _n, text, codes in facts["passages"]:
            for code, sign in codes if source == key else []:
                study.coding(key, text, code, sign, evidence=EVIDENCE[technique])
    for code in "GKIRVSPHT":
        study.question(code, code, not_asked=("M1", "M2") if code == "H" else ())
    study.cell("source:D2", "code:K", not_applicable=True)
    return study
