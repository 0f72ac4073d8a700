"""Bringing files in as the person confirmed them, each with its own settings, as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.importing.files import FileRead, Wishes, add_files
from qualcoder_lite.coding.importing.report import ImportReport, Names
from qualcoder_lite.coding.tables.finding import validate_key
from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import Document, Speaker
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Informant, Source


@dataclass(frozen=True)
class Confirmed:
    """A file as it was read, and what the person confirmed of it.

    `date` is ISO or empty; `speakers` gives for each label its role and, for an informant, the alias, where
    an empty one leaves it to the header or the citation code. `masks`: what takes the place of real names in
    the text, by whole names (`NameFound.person` of `importing.names_in`); an empty one leaves the name. Where
    a name is masked, the original bytes stay out of the study.
    """

    file: FileRead
    key: str
    technique: str
    date: str
    place: str
    speakers: Mapping[str, tuple[str, str]]
    masks: Mapping[str, str] = field(default_factory=dict)


def import_confirmed(
    project: Project, files: Sequence[Confirmed], keep: Callable[[Names], object] | None = None
) -> ImportReport:
    """Bring the files in as sources; informants who are not there are added.

    `keep` is given the real names (for `key_file.add_masked`) within the step, so that nothing changes where
    they can't be kept.

    Raises UserError where a citation code, alias, role, technique or date is unusable: then nothing changed.
    """
    ready = [replace(each.file, document=_as_confirmed(each), masks=_masks(each)) for each in files]
    with project.change(N_("Import sources: {count}"), count=len(ready)) as session:
        imported, names = add_files(session, ready, Wishes())
        if names and keep is not None:
            keep(tuple(names))
    return ImportReport(tuple(imported), (), tuple(names))


def _masks(each: Confirmed) -> dict[str, str]:
    return {person: validate_key(Informant, mask) for person, mask in each.masks.items() if mask.strip()}


def _as_confirmed(each: Confirmed) -> Document:
    """The document with what was confirmed in place of what was inferred."""
    document = each.file.document
    header = dict(document.header) | {"kode": validate_key(Source, each.key)}
    header.pop("lokasi", None)
    for name, value in (("tanggal", vocabulary.parse_date(each.date) or ""), ("tempat", each.place.strip())):
        header.pop(name, None)
        if value:
            header[name] = value
    technique = vocabulary.parse_choice(vocabulary.TECHNIQUES, each.technique)
    speakers = tuple(_speaker(each, known) for known in document.speakers)
    return replace(document, header=header, technique=technique, speakers=speakers)


def _speaker(each: Confirmed, known: Speaker) -> Speaker:
    if known.label not in each.speakers:
        return known
    role, alias = each.speakers[known.label]
    role = vocabulary.parse_choice(vocabulary.ROLES, role)
    named = validate_key(Informant, alias) if alias.strip() and role == "informant" else None
    return Speaker(known.label, role, named, True, known.reason)
