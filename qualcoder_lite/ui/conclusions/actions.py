"""What commands do with claims: a new one, its codes and polarity, its place, writing all to a file."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from qualcoder_lite.coding import claims
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.conclusions.connect import Conclusions
from qualcoder_lite.ui.desk.action import ANALYSIS, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import REPORTS, ask_file, write_beside
from qualcoder_lite.ui.desk.place import Workspace
from qualcoder_lite.ui.kit.asking_box import AskingBox


def with_claim(desk: Desk) -> bool:
    """A claim is in sight."""
    return with_study(desk) and desk.part(Conclusions).shown and desk.part(Conclusions).claim() is not None


def new(desk: Desk) -> None:
    """Ask for the sentence of a new claim."""
    desk.show_workspace(Workspace.CONCLUSIONS)
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
    numbers = [claim.number for claim in desk.part(Conclusions).page.claims.rows.rows]
    free = next(n for n in range(1, len(numbers) + 2) if f"C{n:02}" not in numbers)
    added = claims.add(desk.study, f"C{free:02}", {language(): words})
    desk.part(Conclusions).current = added
    desk.part(Conclusions).read()


def choose_codes(desk: Desk) -> None:
    """Choose the codes of which the claim speaks."""
    menu = QMenu(desk.window)
    desk.part(Conclusions).fill_codes(menu)
    menu.aboutToHide.connect(menu.deleteLater)
    button = desk.part(Conclusions).page.view.edit_codes
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def set_polarity(sign: str | None, desk: Desk) -> None:
    """Say whether what the claim speaks of supports or hinders."""
    claim = desk.part(Conclusions).claim()
    if claim is not None:
        claims.edit(desk.study, claim.id, polarity=sign)


def remove(desk: Desk) -> None:
    """Remove the claim; its passages stay."""
    claim = desk.part(Conclusions).claim()
    if claim is not None:
        claims.remove(desk.study, [claim.id])


def move(by: int, desk: Desk) -> None:
    """Put the claim one place up or down."""
    listed = [claim.id for claim in desk.part(Conclusions).page.claims.rows.rows]
    claim = desk.part(Conclusions).claim()
    if claim is None or not 0 <= (to := listed.index(claim.id) + by) < len(listed):
        return
    listed.insert(to, listed.pop(listed.index(claim.id)))
    claims.reorder(desk.study, listed)


def export(desk: Desk) -> None:
    """Ask for a file and write the claims with their evidence."""
    if not desk.part(Conclusions).save():
        return
    chosen = ask_file(desk, _("Export the claims"), _("claims") + ".docx", REPORTS)
    if chosen is not None:
        path, project = chosen[0], desk.study

        def write(_progress: Progress) -> None:
            from qualcoder_lite.export.reports.tables import write_claims

            write_claims(project, path)

        write_beside(desk, _("Writing the claims"), path, write)


def answer(desk: Desk) -> None:
    """Answer the passage that opposes the claim."""
    desk.part(Conclusions).answer()


def _sign(name: str, text: str, sign: str | None) -> Action:
    run = partial(set_polarity, sign)
    return Action(name, text, run, ANALYSIS, 3, (), with_claim, under=N_("Polarity of the claim"))


ACTIONS = (
    Action("new_claim", N_("New claim…"), new, ANALYSIS, 3, ("Ctrl+Alt+N",)),
    Action("claim_codes", N_("Codes of the claim…"), choose_codes, ANALYSIS, 3, (), with_claim),
    Action("answer_opposing", N_("Answer the opposing passage…"), answer, ANALYSIS, 3, (), with_claim),
    _sign("claim_plus", N_("The claim says: supports (+)"), "+"),
    _sign("claim_minus", N_("The claim says: hinders (−)"), "-"),
    _sign("claim_both", N_("The claim says: ambivalent (±)"), "±"),
    _sign("claim_none", N_("The claim gives no sign"), None),
    Action("claim_up", N_("Move the claim up"), partial(move, -1), ANALYSIS, 3, (), with_claim),
    Action("claim_down", N_("Move the claim down"), partial(move, 1), ANALYSIS, 3, (), with_claim),
    Action("remove_claim", N_("Remove the claim"), remove, ANALYSIS, 3, (), with_claim),
    Action("export_claims", N_("Export the claims…"), export, ANALYSIS, 4),
)
