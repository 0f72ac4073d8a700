"""What commands do with claims: a new one, its codes and polarity, its place, writing all to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from qualcoder_lite.coding import claims
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.action import ANALYSIS, Action, with_study
from qualcoder_lite.ui.display.actions import FILES, REDUCTION
from qualcoder_lite.ui.kit.asking_box import AskingBox

if TYPE_CHECKING:
    from qualcoder_lite.ui.conclusions.connect import ConclusionsWiring
    from qualcoder_lite.ui.desk.desk import Desk

CONCLUSIONS = 2  # the tab


def wiring(desk: Desk) -> ConclusionsWiring:
    """The workspace of claims of a desk."""
    from qualcoder_lite.ui.conclusions.connect import WIRINGS

    return WIRINGS[desk]


def with_claim(desk: Desk) -> bool:
    """A claim is in sight."""
    return with_study(desk) and wiring(desk).shown and wiring(desk).claim() is not None


def new(desk: Desk) -> None:
    """Ask for the sentence of a new claim."""
    desk.show_workspace(CONCLUSIONS)
    sentence = _("What does your study claim? Evidence, theory and status come after.")
    box = AskingBox(
        desk.tokens,
        sentence,
        _("Sentence of the claim"),
        _("Add the claim"),
        partial(desk.attempt, _add, desk),
        desk.window,
        needed=True,
    )
    box.open()


def _add(desk: Desk, words: str) -> None:
    numbers = [claim.number for claim in wiring(desk).page.claims.rows.rows]
    free = next(n for n in range(1, len(numbers) + 2) if f"C{n:02}" not in numbers)
    added = claims.add(desk.study, f"C{free:02}", {language(): words})
    wiring(desk).current = added
    wiring(desk).read()


def choose_codes(desk: Desk) -> None:
    """Choose the codes of which the claim speaks."""
    menu = QMenu(desk.window)
    wiring(desk).fill_codes(menu)
    menu.aboutToHide.connect(menu.deleteLater)
    button = wiring(desk).page.view.edit_codes
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def set_polarity(sign: str | None, desk: Desk) -> None:
    """Say whether what the claim speaks of supports or hinders."""
    claim = wiring(desk).claim()
    if claim is not None:
        claims.edit(desk.study, claim.id, polarity=sign)


def remove(desk: Desk) -> None:
    """Remove the claim; its passages stay."""
    claim = wiring(desk).claim()
    if claim is not None:
        claims.remove(desk.study, [claim.id])


def move(by: int, desk: Desk) -> None:
    """Put the claim one place up or down."""
    listed = [claim.id for claim in wiring(desk).page.claims.rows.rows]
    claim = wiring(desk).claim()
    if claim is None or not 0 <= (to := listed.index(claim.id) + by) < len(listed):
        return
    listed.insert(to, listed.pop(listed.index(claim.id)))
    claims.reorder(desk.study, listed)


def to_row(desk: Desk, place: str, row: bytes) -> None:
    """Show a code or an informant where it is listed."""
    desk.show_workspace(REDUCTION)
    if place == "code":
        desk.codebook.tree.choose(row)
        desk.codebook.tree.setFocus()
    elif place == "informant":
        desk.reduction.informants.tree.choose(row)
        desk.reduction.informants.tree.setFocus()


def export(desk: Desk) -> None:
    """Ask for a file and write the claims with their evidence."""
    wiring(desk).save()
    name = str(desk.study.path.parent / (_("claims") + ".docx"))
    chosen, kind = QFileDialog.getSaveFileName(desk.window, _("Export the claims"), name, FILES)
    if not chosen:
        return
    path, project = Path(chosen), desk.study
    path = path if path.suffix else path.with_suffix("." + kind.rpartition("*.")[2].rstrip(")"))

    def work(_progress: Progress) -> Path:
        from qualcoder_lite.export.writing import write_claims

        write_claims(project, path)
        return path

    def done(written: Path) -> None:
        desk.window.tell(_("Written: {file}").format(file=written))

    desk.window.work(_("Writing the claims"), work, done)


def _sign(name: str, text: str, sign: str | None) -> Action:
    run = partial(set_polarity, sign)
    return Action(name, text, run, ANALYSIS, 3, (), with_claim, under=N_("Polarity of the claim"))


ACTIONS = (
    Action("new_claim", N_("New claim…"), new, ANALYSIS, 3, ("Ctrl+Alt+N",)),
    Action("claim_codes", N_("Codes of the claim…"), choose_codes, ANALYSIS, 3, (), with_claim),
    _sign("claim_plus", N_("The claim says: supports (+)"), "+"),
    _sign("claim_minus", N_("The claim says: hinders (−)"), "-"),
    _sign("claim_both", N_("The claim says: ambivalent (±)"), "±"),
    _sign("claim_none", N_("The claim gives no sign"), None),
    Action("claim_up", N_("Move the claim up"), partial(move, -1), ANALYSIS, 3, (), with_claim),
    Action("claim_down", N_("Move the claim down"), partial(move, 1), ANALYSIS, 3, (), with_claim),
    Action("remove_claim", N_("Remove the claim"), remove, ANALYSIS, 3, (), with_claim),
    Action("export_claims", N_("Export the claims…"), export, ANALYSIS, 4),
)
