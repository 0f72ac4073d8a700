"""The sample study and every output that it gives, in one folder."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.comparison import members_named
from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND, matrix_of
from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.svg import write_svg
from qualcoder_lite.export.parts import PARTS
from qualcoder_lite.export.pictures.kinds import pictures_of
from qualcoder_lite.export.reports.excerpts import write_excerpts
from qualcoder_lite.export.reports.matrices import write_matrix
from qualcoder_lite.export.whole_study import write_study
from qualcoder_lite.files import reason, there_already
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project, read_study

STUDY = "sample.qcl"
MATRIX_FORMS = (".docx", ".xlsx", ".csv", ".html", ".json")
READ_BACK = (".xlsx", ".csv", ".json")  # of the codebook, besides Word
COMPARED = ("A1", "A3", "M1")  # informants of the sample
ORDERS = ("code", "informant", "source")
OUTPUTS = ("matrix-", "picture-", "excerpts", "study.", *(f"{name}." for name in PARTS))
"""How the names of what is written begin."""


def write_demo(folder: Path, progress: Progress = silent, overwrite: bool = False) -> list[Path]:
    """Build the sample study in a folder by the public actions, and write all that it gives beside it.

    Raises UserError where the folder can't be made, has such a study already, or, without `overwrite`, a file
    that is named like one of these outputs; nothing is written then.
    """
    if not overwrite:
        for path in sorted(folder.glob("*")):
            if path.name.startswith(OUTPUTS):
                raise there_already(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {folder} can't be made.").format(folder=folder),
            reason(error),
            _("Make the folder above it first, or choose another."),
        ) from error
    study = folder / STUDY
    build_sample(study, progress)
    with read_study(study) as project:
        return [study, *_outputs(project, folder, progress)]


def _choice(project: Project, kind: str) -> Choice:
    """The choice for a kind: agreement is of all coders, a comparison of some informants."""
    if kind == "agreement":
        return Choice()
    members = members_named(project, COMPARED) if kind == "comparison" else ()
    return Choice(coder=RESEARCHER, members=members)


def _outputs(project: Project, folder: Path, progress: Progress) -> list[Path]:
    written: list[Path] = []
    for number, kind in enumerate(EVERY_KIND):
        progress(number, len(EVERY_KIND), kind)
        matrix = matrix_of(project, kind, _choice(project, kind))
        for suffix in MATRIX_FORMS:
            written.append(folder / f"matrix-{kind}{suffix}")
            write_matrix(project, matrix, written[-1])
        for name, picture in pictures_of(matrix).items():
            written.append(folder / f"picture-{kind}-{name}.svg")
            write_svg(picture, written[-1])
    passages = excerpts(project, Wanted(coder=RESEARCHER))
    for by in ORDERS:
        written.append(folder / f"excerpts-by-{by}.docx")
        write_excerpts(project, passages, written[-1], by=by)
    written.append(folder / "excerpts.csv")
    write_excerpts(project, passages, written[-1])
    files = [*(f"{name}.docx" for name in PARTS), *(f"codebook{suffix}" for suffix in READ_BACK)]
    for name in files:
        written.append(folder / name)
        PARTS[name.partition(".")[0]](project, written[-1], RESEARCHER, silent)
    for suffix in (".docx", ".xlsx", ".csv", ".json"):
        written.append(folder / f"study{suffix}")
        write_study(project, written[-1], progress, RESEARCHER)
    progress(1, 1, "")
    return written
