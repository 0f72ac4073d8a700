"""Sources (bahan data): bringing files in, describing and ordering them, who speaks, editing a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.importing.files import Wishes, add_files, expand_folders, read_files
from qualcoder_lite.coding.importing.report import ImportReport, Names
from qualcoder_lite.coding.rows import get_or_raise, remove_all_or_raise, set_order, set_values
from qualcoder_lite.coding.tables.finding import name_of, names_of, validate_key, validate_new_key
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Informant, Source, SourceInformant, Speaker

STATUS_MESSAGES = {
    "not_started": N_("Mark {source} as not started"),
    "in_progress": N_("Mark {source} as in progress"),
    "done": N_("Mark {source} as done"),
}


class Details(TypedDict, total=False):
    """What is known of a source. `date` is ISO, `time` HH:MM; empty ones are taken away.

    `line_characters` is the rule by which its numbered lines are broken: after so many characters.
    """

    key: str
    title: str
    technique: str
    date: str | None
    time: str | None
    place: str
    summary: str
    position: int
    line_characters: str


def import_files(
    project: Project,
    paths: Sequence[Path],
    technique: str | None = None,
    informant: str | None = None,
    speakers: Mapping[str, str] | None = None,
    progress: Progress = silent,
    encoding: str | None = None,
    mask_names: bool = False,
    keep: Callable[[Names], object] | None = None,
) -> ImportReport:
    """Bring files, and all readable files of folders, in as sources: one step for all of them.

    `technique` and `informant` hold for all files where given, else the files say it; `speakers` maps labels
    to roles or to aliases of informants; informants who are not there are added. `encoding` is that of plain
    texts where the proposed one is wrong. `mask_names` puts the alias in place of each real name that a
    header gives, and leaves the original bytes of such files out; `keep` is given these names within the
    step, so that nothing changes where they can't be kept. Files that can't be read are listed in the report.
    Raises UserError where none can be, or a word is unusable, and Cancelled: then nothing has changed.
    """
    technique = None if technique is None else vocabulary.parse_choice(vocabulary.TECHNIQUES, technique)
    alias = None if informant is None else validate_key(Informant, informant)
    wishes = Wishes(technique, alias, mask_names)
    named = {label: _meaning(meaning) for label, meaning in (speakers or {}).items()}
    files, failed = expand_folders(paths)
    documents, unread = read_files(files, named, encoding, progress)
    failed += unread
    if not documents:
        raise _nothing_read(failed)
    with project.change(N_("Import sources: {count}"), count=len(documents)) as session:
        imported, names = add_files(session, documents, wishes)
        if names and keep is not None:
            keep(tuple(names))
    return ImportReport(tuple(imported), tuple(failed), tuple(names))


def set_status(project: Project, source: bytes, status: str) -> None:
    """Say how far the coding of a source is: not_started, in_progress, done."""
    found = vocabulary.parse_choice(vocabulary.SOURCE_STATUSES, status)
    key = name_of(project, Source, source)
    with project.change(STATUS_MESSAGES[found], source=key) as session:
        get_or_raise(session, Source, source).status = found


def set_details(project: Project, source: bytes, **details: Unpack[Details]) -> None:
    """Set key, title, technique, date, time, place, summary, position or line length of a source.

    Raises UserError where the key is taken or not usable, or a word, date, time or length is not understood.
    """
    key = name_of(project, Source, source)
    values: dict[str, Any] = {**details}
    if "technique" in details:
        values["technique"] = vocabulary.parse_choice(vocabulary.TECHNIQUES, details["technique"])
    if "date" in details:
        values["date"] = vocabulary.parse_date(details["date"])
    if "time" in details:
        values["time"] = vocabulary.parse_time(details["time"])
    if "line_characters" in details:
        values["line_rule"] = {"characters": vocabulary.parse_line_length(values.pop("line_characters"))}
    with project.change(N_("Change what is known of {source}"), source=key) as session:
        if "key" in details:
            values["key"] = validate_new_key(session.connection(), Source, details["key"], source)
        set_values(session, Source, [{"id": source, **values}])


def reorder(project: Project, sources: Sequence[bytes]) -> None:
    """Put sources first in this order; the others follow as they were."""
    with project.change(N_("Reorder the sources")) as session:
        set_order(session, Source, sources)


def remove(project: Project, sources: Sequence[bytes]) -> None:
    """Remove sources with their texts, turns and codings; informants stay, and so do the original files."""
    keys = names_of(project, Source, sources)
    with project.change(N_("Remove source {sources}"), sources=keys) as session:
        remove_all_or_raise(session, Source, sources)


def set_speaker(
    project: Project, source: bytes, label: str, role: str, informant: bytes | None = None
) -> None:
    """Say what a label of a source stands for: its role and, for an informant, who it is.

    Raises UserError where the source has no such label, or the role is unknown.
    """
    role = vocabulary.parse_choice(vocabulary.ROLES, role)
    key = name_of(project, Source, source)
    message = N_("Say who {label} is in {source}")
    with project.change(message, label=label, source=key, role=role) as session:
        found = select(Speaker).where(Speaker.source_id == source, Speaker.label == label)
        speaker = session.scalar(found)
        if speaker is None:
            raise UserError(_("{source} has no speaker “{label}”.").format(source=key, label=label))
        if informant is not None:
            get_or_raise(session, Informant, informant)
        speaker.role, speaker.sure = role, True
        speaker.informant_id = informant if role == "informant" else None


def edit_text(project: Project, source: bytes, splices: Sequence[Sequence[Any]]) -> None:
    """Change the text of a source by splices [start, removed, inserted], in code points of the present text.

    An insertion at the boundary of a coding stays outside, one inside stays inside; turns, memos and marks
    move by the same rule. Codings left without a character that can be seen are removed. Raises UserError
    where the splices do not fit the text or would leave nothing of it.
    """
    key = name_of(project, Source, source)
    with project.change(N_("Edit the text of {source}"), source=key) as session:
        from qualcoder_lite.coding.editing import edit

        edit(session, source, splices)


def link_informant(project: Project, source: bytes, informant: bytes) -> None:
    """Link an informant to a source as a whole, for sources without turns."""
    parameters = {
        "source": name_of(project, Source, source),
        "informant": name_of(project, Informant, informant),
    }
    with project.change(N_("Link {informant} to {source}"), **parameters) as session:
        get_or_raise(session, Source, source)
        get_or_raise(session, Informant, informant)
        if session.scalar(_links(source, informant)) is None:
            session.add(SourceInformant(source_id=source, informant_id=informant))


def unlink_informant(project: Project, source: bytes, informant: bytes) -> None:
    """Take the link of an informant to a source as a whole away."""
    parameters = {
        "source": name_of(project, Source, source),
        "informant": name_of(project, Informant, informant),
    }
    with project.change(N_("Unlink {informant} from {source}"), **parameters) as session:
        remove_rows(session, SourceInformant, list(session.scalars(_links(source, informant))))


def _links(source: bytes, informant: bytes) -> Any:
    mine = (SourceInformant.source_id == source, SourceInformant.informant_id == informant)
    return select(SourceInformant.id).where(*mine)


def _meaning(meaning: str) -> str:
    """What a label was said to stand for: a role by its fixed word, else the alias of an informant."""
    try:
        return vocabulary.parse_choice(vocabulary.ROLES, meaning)
    except UserError:
        return validate_key(Informant, meaning)


def _nothing_read(failed: Sequence[tuple[Path, UserError]]) -> UserError:
    if len(failed) == 1:
        return failed[0][1]
    if not failed:
        return UserError(_("No files were named."))
    reasons = " ".join(str(error) for _path, error in failed[:5])
    what = _("None of the {count} files could be read.").format(count=len(failed))
    return UserError(what, f"{reasons} …" if len(failed) > 5 else reasons)
