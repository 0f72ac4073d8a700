"""The parts of a study that go out one by one, by name: for the command line, the menus and the sample."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from qualcoder_lite.export.report import Report
from qualcoder_lite.export.reports.defence_list import defence_report
from qualcoder_lite.export.reports.emic_concepts import emic_concepts_report
from qualcoder_lite.export.reports.member_checks import checking_report
from qualcoder_lite.export.reports.outline import outline_report
from qualcoder_lite.export.reports.tables import write_claims, write_codebook, write_guide, write_table
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.project import Project


class Write(Protocol):
    """Writes a part of a study to a file; over another file only with `overwrite`."""

    def __call__(
        self, project: Project, path: Path, coder: str, progress: Progress, overwrite: bool = True, /
    ) -> None:
        """Write it, with the codings of one coder where it has any."""


def _whole(write: Callable[[Project, Path, bool], None]) -> Write:
    """What is the same whoever coded."""
    return lambda project, path, _coder, _progress, overwrite=True: write(project, path, overwrite)


def _of_coder(report: Callable[[Project, str], Report]) -> Write:
    """What is told of one coder's codings."""
    return lambda project, path, coder, _progress, overwrite=True: write_table(
        project, partial(report, project, coder), path, overwrite
    )


PARTS: dict[str, Write] = {
    "codebook": _whole(write_codebook),
    "guide": _whole(write_guide),
    "claims": _whole(write_claims),
    "outline": _of_coder(outline_report),
    "emic-concepts": _of_coder(emic_concepts_report),
    "member-checks": _of_coder(checking_report),
    "defence": _of_coder(defence_report),
}
