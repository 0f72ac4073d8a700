"""What an import says for itself: for people in lines, for programs as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qualcoder_lite.coding.importing.report import ImportedFile, ImportedSpeaker, ImportReport
from qualcoder_lite.i18n import _, say


def file_lines(file: ImportedFile) -> list[str]:
    """A file in lines: what it became, who speaks in it, what is uncertain."""
    numbers = _("{characters} characters, {turns} turns").format(characters=file.characters, turns=file.turns)
    lines = [f"{file.path.name} → {file.key} ({file.technique}): {numbers}"]
    lines += [f"  {_speaker(speaker)}" for speaker in file.speakers]
    lines += [f"  {say(remark.message, remark.parameters)}" for remark in file.remarks]
    if file.suggestions:
        left = _("Codes written in the file, not applied: {number}")
        lines.append("  " + left.format(number=len(file.suggestions)))
    return lines


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
    told["remarks"] = [say(remark.message, remark.parameters) for remark in file.remarks]
    return told
