"""The verb that saves what can be read of a damaged study."""

from __future__ import annotations

from argparse import Namespace

from qualcoder_lite.cli.answer import Answer
from qualcoder_lite.i18n import _


def repair(chosen: Namespace) -> Answer:
    """What can be read of a damaged study, in a new one."""
    from qualcoder_lite.coding.importing.repairing import repair as save
    from qualcoder_lite.store.integrity.damage_words import damage_lines, things

    done = save(chosen.study, chosen.target)
    saved = [f"{things(table)}: {number}" for table, number in done.saved.items() if number]
    lines = [
        _("Made: {file}").format(file=chosen.target),
        _("Saved: {things}").format(things="; ".join(saved)),
    ]
    damage = damage_lines(done.found)
    heading = _("Lost or mended:") if damage else _("Nothing was lost.")
    lines += [heading, *(f"  {line}" for line in damage)]
    lines.append(_("The steps so far can no longer be undone; the old file is as it was."))
    return Answer(lines, {"study": str(chosen.target), "saved": done.saved, "damage": damage})
