"""A window on a study made for it, to click and type into."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select

from qualcoder_lite import settings
from qualcoder_lite.analysis.panels.reading import CodingLine, codings_on
from qualcoder_lite.coding import codes, sources
from qualcoder_lite.coding.people import informants
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import Code, Source
from qualcoder_lite.ui.desk.opening import close_unkept
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.window.app import new_window
from qualcoder_lite.ui.window.main_window import MainWindow

SAID = (
    "P: Bagaimana pelayanan di sini, Pak?",
    "A1: Lancar. Warga sering dioper-oper antar loket, lalu menunggu lama.",
    "P: Lalu pimpinan?",
    "A1: Pak Camat mendukung ide baru. Rapat tiap Senin.",
    "P: Ada lagi?",
    "A1: Tidak ada.",
)


CODES = (
    ("R", "", "dimension", 3),
    ("R1", "R", "indicator", None),
    ("S", "", "factor", 2),
    ("S1", "S", "indicator", None),
)


@dataclass
class Made:
    """The ids of what was made, by table and name."""

    ids: dict[tuple[str, str], bytes]


def resident() -> int:
    """The bytes that this process holds, with all that Qt holds, where the system tells."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if told.exists() else 0


def make_study(path: Path) -> Made:
    """Two sources, an informant, four codes, made by the actions; nothing is coded, no settings are kept."""
    settings.write(settings.Settings())
    new_study(path, "Studi rekaan")
    texts = path.parent / "texts"
    texts.mkdir()
    (texts / "A1.txt").write_text("\n".join(SAID) + "\n", encoding="utf-8")
    (texts / "D1.txt").write_text("Renstra kecamatan.\n", encoding="utf-8")
    ids: dict[tuple[str, str], bytes] = {}
    with open_study(path, coder="C1") as project:
        who = {"P": "interviewer", "A1": "A1"}
        sources.import_files(project, [texts / "A1.txt"], technique="interview", speakers=who)
        sources.import_files(project, [texts / "D1.txt"], technique="document")
        rows = [{"alias": "A1", "class": "main", "jabatan": "Camat", "kelompok": "ASN"}]
        informants.import_table(project, rows)
        for key, parent, kind, colour in CODES:
            above = ids["code", parent] if parent else None
            ids["code", key] = codes.add(project, key, above, kind=kind, colour=colour)
        with project.read() as connection:
            ids.update(
                {("source", key): row for row, key in connection.execute(select(Source.id, Source.key))}
            )
        sources.set_status(project, ids["source", "A1"], "in_progress")
    shutil.rmtree(texts)
    return Made(ids)


@contextmanager
def window_on(
    path: Path, qtbot: QtBot, qapp: QApplication, size: tuple[int, int] = (1280, 720), coder: str = "C1"
) -> Iterator[MainWindow]:
    """A shown window on a study; it is closed afterwards."""
    shapes.dress(qapp, theme.theme())
    window = new_window(theme.theme(), coder)
    window.resize(*size)
    window.show()
    window.open_path(path)
    settle(window, qapp)
    try:
        yield window
    finally:
        close(window, qapp)


def close(window: MainWindow, qapp: QApplication) -> None:
    """Close a window; it is gone afterwards, also where something in it was not kept, which fails."""
    stays = isValid(window) and not window.close()  # a test may have closed it
    if stays:
        close_unkept(window.desk)
        window.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    assert not stays, "the window could not be closed: something in it is not kept"


T = TypeVar("T", bound=QWidget)


def shown(qapp: QApplication, kind: type[T]) -> T:
    """The one widget of this kind that is to be seen."""
    (found,) = [one for one in qapp.allWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def settle(window: MainWindow, qapp: QApplication) -> None:
    """Let the window do what it put off."""
    qapp.processEvents()
    if window.desk.later.isActive():
        window.desk.later.stop()
        window.desk.refresh()
    qapp.processEvents()


def codings_of(window: MainWindow, source: str = "A1") -> list[CodingLine]:
    """The codings of a source by all coders, as they are in the study."""
    with window.desk.study.read() as connection:
        row = connection.scalar(select(Source.id).where(Source.key == source))
        return sorted(codings_on(connection, row, None), key=lambda one: (one.start, one.end, one.id))  # type: ignore[arg-type]


def keys_of(window: MainWindow) -> dict[bytes, str]:
    """The keys of all codes by id."""
    with window.desk.study.read() as connection:
        return {row: key for row, key in connection.execute(select(Code.id, Code.key))}  # noqa: C416


def quotes(window: MainWindow, source: str = "A1") -> list[tuple[str, str, str | None]]:
    """The codings of a source as (quote, key, polarity), in order."""
    keys, text = keys_of(window), window.desk.text.page.text
    return [(text[one.start : one.end], keys[one.code], one.polarity) for one in codings_of(window, source)]


def click_row(qtbot: QtBot, tree: object, key: object, double: bool = False) -> None:
    """Click a row of a tree."""
    index = tree.rows.index_of(key)  # type: ignore[attr-defined]
    tree.scrollTo(index)  # type: ignore[attr-defined]
    box: QRect = tree.visualRect(index)  # type: ignore[attr-defined]
    place = QPoint(box.left() + 80, box.center().y())
    (qtbot.mouseDClick if double else qtbot.mouseClick)(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)  # type: ignore[attr-defined]


def select_words(window: MainWindow, words: str) -> tuple[int, int]:
    """Select words of the text."""
    text = window.desk.text
    start = text.page.text.index(words)
    text.select(start, start + len(words))
    text.setFocus()
    return start, start + len(words)
