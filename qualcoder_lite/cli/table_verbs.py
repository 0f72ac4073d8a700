"""The verbs that bring in tables: each the one action for its table."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite.coding import cells, claims, codebooks, informants, key_file, questions
from qualcoder_lite.coding.tables import read_table
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project


def bring_in(project: Project, table: str, file: Path) -> str:
    """Bring a table in; say what came of it. Raises UserError where any row can't be used."""
    if table == "codebook":
        codebooks.load(project, str(file))
    elif table == "informants":
        names = key_file.key_path(project.path)
        informants.import_table(
            project, informants.read_people(file), lambda told: key_file.add_names(names, told)
        )
    else:
        rooms = {"guide": questions, "claims": claims, "cells": cells}
        rooms[table].import_table(project, read_table(file))
    return _("Taken over: {file}").format(file=file.name)
