"""What an import and a restored backup say for themselves: for people in lines, for programs as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qualcoder_lite.coding.importing.report import ImportedFile, ImportedSpeaker, ImportReport
from qualcoder_lite.i18n import _, n_, say
from qualcoder_lite.store.copies.restoring import Restored

_LINES = 8  # lines with real names that a warning lists
LATER = 5  # so many of the steps that a backup lacks are told in lines


def file_lines(file: ImportedFile) -> list[str]:
    """A file in lines: what it became, who speaks in it, what is uncertain."""
    numbers = _("{characters} characters, {turns} turns").format(characters=file.characters, turns=file.turns)
    lines = [f"{file.path.name} → {file.key} ({file.technique}): {numbers}"]
    lines += [f"  {_speaker(speaker)}" for speaker in file.speakers]
    lines += [f"  {say(remark.message, remark.parameters)}" for remark in file.remarks]
    if file.masked:
        lines.append("  " + _("Real names were masked; the original file is not kept in the study."))
    if file.suggestions:
        left = _("Codes written in the file, not applied: {number}")
        lines.append("  " + left.format(number=len(file.suggestions)))
    return lines


def name_warnings(file: ImportedFile) -> list[str]:
    """A warning where real names of a file are in the study now; the names themselves are not repeated."""
    if file.masked:
        return []
    name = file.path.name
    masks = _(
        "To keep it out: undo, import with --mask-names (the name then goes to the key file), compact, and "
        "remove older backups."
    )
    lines = sorted({found.line for found in file.names if found.line})
    warnings: list[str] = []
    if lines:
        words = n_(
            "{file}: a real name stands in line {lines}.",
            "{file}: a real name stands in lines {lines}.",
            len(lines),
        )
        shown = ", ".join(map(str, lines[:_LINES])) + (", …" if len(lines) > _LINES else "")
        warnings.append(words.format(file=name, lines=shown) + " " + masks)
    if any(found.where == "file_name" for found in file.names):
        warnings.append(_("{file}: its own name holds a real name.").format(file=name) + " " + masks)
    if any(found.where == "properties" for found in file.names):
        words = _("{file}: its properties name a person.").format(file=name)
        warnings.append(words + " " + _("With --mask-names the original file is not kept in the study."))
    return warnings


def _speaker(speaker: ImportedSpeaker) -> str:
    who = f"{speaker.role}, {speaker.informant}" if speaker.informant else speaker.role
    words = _("{label}: {who}, {turns} turns").format(label=speaker.label, who=who, turns=speaker.turns)
    if speaker.sure:
        return words
    reason = say(speaker.reason, {}) if speaker.reason else ""
    return words + " – " + _("uncertain: {reason}").format(reason=reason or _("please check"))


def report_data(report: ImportReport) -> dict[str, Any]:
    """The report as JSON data; real names are not in it."""
    return {
        "imported": [_file_data(file) for file in report.imported],
        "failed": [{"file": str(path), "error": str(error)} for path, error in report.failed],
    }


def _file_data(file: ImportedFile) -> dict[str, Any]:
    told = asdict(file)
    del told["id"]
    told["path"] = str(file.path)
    told["names"] = [{"where": name.where, "line": name.line, "mask": name.mask} for name in file.names]
    told["remarks"] = [say(remark.message, remark.parameters) for remark in file.remarks]
    return told


def restored_lines(done: Restored) -> list[str]:
    """What was put back, where the other is, and what only that one has."""
    lines = [_("Put back: {file}").format(file=done.backup)]
    if done.kept is not None:
        lines.append(_("What was there is kept in: {file}").format(file=done.kept))
    if done.names:
        lines.append(_("The key file of real names was put back as well."))
    number = len(done.later)
    if number:
        words = n_("{number} step is only there:", "{number} steps are only there:", number)
        lines += [words.format(number=number), *(f"  {step.text}" for step in done.later[:LATER])]
    if number > LATER:
        lines.append("  …")
    return lines


def restored_data(done: Restored) -> dict[str, Any]:
    """The same as JSON data; `later` has the newest step first."""
    return {
        "backup": str(done.backup),
        "kept": None if done.kept is None else str(done.kept),
        "names": done.names,
        "later": [asdict(step) | {"text": step.text} for step in done.later],
    }
