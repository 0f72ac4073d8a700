"""Take the pictures of the window in docs/gallery: `python docs/take_pictures.py [NAME…]`.

Each picture is taken in a process of its own, of the sample study, without a screen. A name is scene, theme,
language, size and scale, as in `workbench-light-id-1280x720`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
BIG = "2560x1440@1.5"
PICTURES = (
    *(f"workbench-{theme}-{language}-{size}" for theme in ("light", "dark") for language in ("id", "en")
      for size in ("1280x720", BIG)),
    "workbench-contrast-id-1280x720",
    *(f"picker-{theme}-id-1280x720" for theme in ("light", "dark")),
    *(f"overlaps-{theme}-id-{size}" for theme in ("light", "dark") for size in ("1280x720", BIG)),
    "import-light-id-1280x720", "import-dark-en-1280x720", "welcome-light-id-1280x720",
    "new-light-en-1280x720", "palette-dark-id-1280x720", "code-light-id-1280x720", "keys-light-en-1280x720",
    "narrow-light-en-1024x640",
    *(f"{scene}-{look}-1280x720" for scene in ("matrix", "comparison", "claims", "defence")
      for look in ("light-id", "dark-id", "light-en")),
    "agreement-light-id-1280x720", "agreement-dark-en-1280x720", "linkage-light-id-1280x720",
    *(f"matrix-{look}-{BIG}" for look in ("light-id", "dark-id", "light-en")),
)  # fmt: skip
QUOTE = "rasanya seperti boneka"
EMIC = "Antrean WhatsApp jalan; forum sepi karena “tidak ada yang ditugasi menjawab” {0}."
ETIC = "Inovasi bertahan bila ada yang ditugasi {1}, dan surut bila imbalannya sama {2}."
THEORY = "Siagian (2014)"
GAP_NOTE = "Kantor menghitung peluncuran; petugas menghitung apa yang dipakai terus."
CONVERGENCE = "Camat menyebut peluncuran, Kasi dan mahasiswi menyebut apa yang berlanjut."

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk
    from qualcoder_lite.ui.window.main_window import MainWindow

Spin = Callable[[float], None]


def main(names: list[str]) -> int:
    """Take these pictures, or all."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "contoh.qcl"
        sys.path.insert(0, str(ROOT))
        from qualcoder_lite.coding.sample_study import build_sample

        build_sample(study)
        for name in names or PICTURES:
            scale = name.partition("@")[2] or "1"
            copied = Path(folder) / "studi.qcl"
            shutil.copy(study, copied)
            home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
            screen = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
            command = [sys.executable, __file__, "--one", name, str(copied)]
            subprocess.run(command, check=True, env=os.environ | home | screen)
            (Path(folder) / "qualcoder-lite" / "settings.json").unlink(missing_ok=True)
    return 0


def take(name: str, study: Path) -> None:
    """Take one picture."""
    scene, theme_name, language, size = name.split("-", 3)
    plain, _at, scale = size.partition("@")
    width, height = (round(int(one) / float(scale or 1)) for one in plain.split("x"))
    from qualcoder_lite import i18n
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.window.app import new_window, the_application

    i18n.use_language(language)
    application, tokens = the_application(), theme.theme(theme_name)
    shapes.dress(application, tokens)
    window = new_window(tokens)
    window.resize(width, height)
    window.show()

    def spin(seconds: float = 0.3) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            application.processEvents()
            time.sleep(0.005)

    window.complete()
    if scene not in ("welcome", "new"):
        window.open_path(study)
    spin(0.3)
    SCENES[scene](window, spin)
    spin(0.6)
    GALLERY.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(GALLERY / f"window-{name}.png"))
    from qualcoder_lite.ui.sources.import_page import ImportPage

    if (waiting := window.desk.find(ImportPage)) is not None:
        waiting.cancel.click()  # else closing asks
    window.close()


def _at_quote(desk: Desk, spin: Spin) -> tuple[int, int]:
    """Open A3 where an informant feels like a puppet."""
    from qualcoder_lite.ui.codebook.panel import Codebook
    from qualcoder_lite.ui.sources.panel import SourcesPanel

    source = next(line for line in desk.sources if line.key == "A3")
    desk.part(SourcesPanel).tree.choose(source.id)
    code = next(line for line in desk.codes if line.key == "S2")
    desk.part(Codebook).tree.choose(code.id)
    spin(0.2)
    start = desk.text.page.text.index(QUOTE)
    desk.text.go_to(start, start + len(QUOTE))
    spin(0.2)
    return start, start + len(QUOTE)


def workbench(window: MainWindow, spin: Spin) -> None:
    """A source with its codings, a code in view, passages below."""
    desk = window.desk
    start, _end = _at_quote(desk, spin)
    coding = desk.text.body.codings.at(start)[0]
    desk.text.activate(coding.id)
    desk.text.setFocus()


def picker(window: MainWindow, spin: Spin) -> None:
    """Choosing a code for selected words."""
    from qualcoder_lite.ui.coding import actions as coding_actions

    desk = window.desk
    start, end = _at_quote(desk, spin)
    for key in ("R5", "S2"):
        coding_actions.used(desk, next(line.id for line in desk.codes if line.key == key))
    desk.text.select(start, end)
    desk.text.setFocus()
    coding_actions.pick(desk, "bon")


def overlaps(window: MainWindow, spin: Spin) -> None:
    """Many codes on the same words."""
    from qualcoder_lite.coding import codings

    desk = window.desk
    start, _end = _at_quote(desk, spin)
    source = desk.source
    assert source is not None
    chosen = [line for line in desk.codes if line.parent is not None][::3]
    for number, line in enumerate(chosen):
        begin = start - 160 + 23 * number
        sign = ("+", "-", "0", "±", None)[number % 5]
        codings.apply(desk.study, source.id, begin, begin + 90 + 31 * (number % 4), line.id, sign)
    desk.text.go_to(start, start + 10)
    desk.text.setFocus()


def importing(window: MainWindow, spin: Spin) -> None:
    """Transcripts about to come in."""
    from qualcoder_lite.files import samples_folder
    from qualcoder_lite.ui.sources import importing
    from qualcoder_lite.ui.sources.import_page import ImportPage

    importing.bring_in(window.desk, [samples_folder() / "sources"])
    while window.desk.find(ImportPage) is None:
        spin(0.05)
    page = window.desk.find(ImportPage)
    page.files.setCurrentIndex(page.files_model.index(3, 0))


def code(window: MainWindow, spin: Spin) -> None:
    """Writing what a code means."""
    _at_quote(window.desk, spin)
    window.do("edit_code")


def palette(window: MainWindow, spin: Spin) -> None:
    """Searching commands."""
    _at_quote(window.desk, spin)
    window.do("palette")


def matrix(window: MainWindow, spin: Spin) -> None:
    """Informants by dimensions and factors, with a cell in which everything is written."""
    from qualcoder_lite.coding import cells, codings, member_checks
    from qualcoder_lite.coding.counting.references import reference
    from qualcoder_lite.ui.desk.place import Cell
    from qualcoder_lite.ui.display.connect import Display

    desk, chosen = window.desk, _a3_on_innovation(window.desk)
    desk.show_workspace(1)
    who = next(line.id for line in desk.people if line.alias == "A3")
    code = next(line.id for line in desk.codes if line.key == "I")
    pair = reference("informant", who), reference("code", code)
    cells.choose_evidence(desk.study, *pair, chosen)
    cited = _tokens(desk, chosen[2::-1])
    emic, etic = EMIC.format(*cited), ETIC.format(*cited)
    cells.write(desk.study, *pair, gap_note=GAP_NOTE, emic_summary=emic, etic_reading=etic, theory=THEORY)
    cells.set_status(desk.study, *pair, "gap", "")
    codings.set_polarity(desk.study, chosen[1:2], "±")
    desk.leave_for(Cell(*pair))
    written = desk.part(Display).cell.written
    assert written is not None
    member_checks.add(desk.study, who, emic, "agrees", method="tatap muka", cell=written.id)
    desk.part(Display).cell.panel.modes.buttons["chosen"].click()
    desk.part(Display).view.setFocus()
    spin(0.3)


def _tokens(desk: Desk, chosen: list[bytes]) -> list[str]:
    """What these codings are cited by."""
    from qualcoder_lite.coding.counting.citations import citations_in
    from qualcoder_lite.coding.counting.counted import counted
    from qualcoder_lite.coding.tokens import token_of

    with desk.study.read() as connection:
        found = citations_in(connection, counted(desk.study).frames)
        return [token_of(found, found.number_of(row)) for row in chosen]


def _a3_on_innovation(desk: Desk) -> list[bytes]:
    """Codings of A3 on innovation, the last passage first."""
    source = next(line for line in desk.sources if line.key == "A3")
    keys = {line.id: line.key for line in desk.codes}
    from qualcoder_lite.analysis.panels.reading import codings_on

    with desk.study.read() as connection:
        found = codings_on(connection, source.id, desk.coder)
    return [line.id for line in found if keys[line.code] in ("I1", "I4")][::-1]


def comparison(window: MainWindow, spin: Spin) -> None:
    """Three informants side by side, with what the researcher says of one code."""
    from dataclasses import replace

    from qualcoder_lite.analysis.matrices.comparison import convergence_reference
    from qualcoder_lite.coding import cells
    from qualcoder_lite.coding.counting.references import reference
    from qualcoder_lite.ui.desk.place import Cell
    from qualcoder_lite.ui.display import actions as display_actions
    from qualcoder_lite.ui.display.connect import Display

    desk = window.desk
    display_actions.show_kind("comparison", desk)
    people = {line.alias: reference("informant", line.id) for line in desk.people}
    members = tuple(people[alias] for alias in ("A1", "A3", "M2"))
    code = reference("code", next(line.id for line in desk.codes if line.key == "I"))
    cells.write(desk.study, code, convergence_reference(members), conclusion=CONVERGENCE)
    cells.set_status(desk.study, code, convergence_reference(members), "partial", "")
    display = desk.part(Display)
    display.choose(replace(display.place.now.choice, members=members))
    spin(0.4)  # the convergence is told in the matrix
    desk.leave_for(Cell(code, convergence_reference(members)))
    spin(0.3)


def agreement(window: MainWindow, spin: Spin) -> None:
    """How far two coders agree, and where they differ about a code."""
    from qualcoder_lite.ui.display import actions as display_actions
    from qualcoder_lite.ui.display.connect import Display

    display_actions.show_kind("agreement", window.desk)
    view = window.desk.part(Display).view
    row = next(number for number, line in enumerate(view.lines) if line.head.key == "R")
    view.setCurrentIndex(view.table.index(row, 0))
    spin(0.3)


def linkage(window: MainWindow, spin: Spin) -> None:
    """Dimensions by factors, with a cell in which passages share characters and claims speak of both."""
    from qualcoder_lite.coding.counting.references import reference
    from qualcoder_lite.ui.desk.place import Cell
    from qualcoder_lite.ui.display import actions as display_actions

    codes = {line.key: reference("code", line.id) for line in window.desk.codes}
    display_actions.show_kind("linkage", window.desk)
    window.desk.leave_for(Cell(codes["R"], codes["P"]))
    spin(0.3)


def claims(window: MainWindow, spin: Spin) -> None:
    """A claim with what speaks for it and against it."""
    from qualcoder_lite.ui.conclusions.connect import Conclusions
    from qualcoder_lite.ui.desk.place import Claim

    window.desk.show_workspace(2)
    spin(0.3)
    rows = window.desk.part(Conclusions).page.claims.rows.rows
    window.desk.go(Claim(next(row.id for row in rows if row.number == "C11")))
    spin(0.3)


def defence(window: MainWindow, spin: Spin) -> None:
    """The check before the defence, with cells that became stale and a claim to be read again."""
    from qualcoder_lite.coding import codings
    from qualcoder_lite.ui.conclusions.connect import Conclusions

    desk = window.desk
    codings.set_polarity(desk.study, _a3_on_innovation(desk)[:1], "±")
    desk.show_workspace(2)
    spin(0.4)
    page = desk.part(Conclusions).page
    for kind in ("stale_cells", "claims_unanswered"):
        page.checks.tree.setExpanded(page.checks.tree.rows.index_of(kind), True)
    page.checks.jumped.emit(page.checks.hints["claims_unanswered:1"])
    page.checks.tree.choose("claims_unanswered:1")
    spin(0.3)


SCENES: dict[str, Callable[[MainWindow, Spin], object]] = {
    "workbench": workbench,
    "picker": picker,
    "overlaps": overlaps,
    "import": importing,
    "code": code,
    "palette": palette,
    "narrow": workbench,
    "matrix": matrix,
    "comparison": comparison,
    "agreement": agreement,
    "linkage": linkage,
    "claims": claims,
    "defence": defence,
    "keys": lambda window, _spin: window.do("keys"),
    "welcome": lambda _window, _spin: None,
    "new": lambda window, _spin: window.do("new"),
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        take(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
