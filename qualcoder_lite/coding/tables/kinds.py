"""Bringing in a table of any kind from its file: for the command line and the window alike."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite.coding import cells, claims, codings, questions
from qualcoder_lite.coding.people import informants, key_file
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables.sheet import read_table
from qualcoder_lite.store.project import Project


def import_table(project: Project, table: str, file: Path) -> None:
    """Bring a table in as one step: informants, guide, claims, cells, codings or codebook.

    Real names of informants go to the key file beside the study. Raises UserError for any unusable row.
    """
    if table == "codebook":
        codebooks.load(project, str(file))
    elif table == "informants":
        names = key_file.key_path(project.path)
        people = informants.read_people(file)
        informants.import_table(project, people, lambda told: key_file.add_names(names, told))
    else:
        rooms = {"guide": questions, "claims": claims, "cells": cells, "codings": codings}
        rooms[table].import_table(project, read_table(file))
