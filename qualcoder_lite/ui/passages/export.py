"""Writing found passages to a file, beside the window."""

from __future__ import annotations

from collections.abc import Sequence

from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import LISTS, ask_file, write_beside


def ask_export(desk: Desk, ids: Sequence[bytes], filters: Sequence[str]) -> None:
    """Ask for a file and write these codings with their quotes; `filters` say in words what was asked."""
    chosen = ask_file(desk, _("Export passages"), _("passages") + ".docx", LISTS)
    if chosen is None:
        return
    path, project = chosen[0], desk.study

    def write(progress: Progress) -> None:
        from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
        from qualcoder_lite.export.reports.excerpts import write_excerpts

        with project.read():
            frame = excerpts(project, Wanted(), progress)
            rows = frame[frame["id"].isin(set(ids))]
            rows.attrs = {"wanted": Wanted(), "filters": list(filters)}
            write_excerpts(project, rows, path)

    write_beside(desk, _("Writing passages"), path, write)
