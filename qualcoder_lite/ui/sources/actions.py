"""What is done to sources and informants: describing, ordering, removing them, saying who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qualcoder_lite.analysis.panels.lists import InformantLine, informants_listed
from qualcoder_lite.analysis.panels.people import (
    AttributeLine,
    attributes_of,
    linked_informants,
    note_on,
    speakers_listed,
)
from qualcoder_lite.analysis.panels.reading import SourceRead
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding import sources
from qualcoder_lite.coding.people import attributes, informants
from qualcoder_lite.coding.people.key_file import key_path, rename_alias
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import Choice

CLASSES = ("key", "main", "additional")
TECHNIQUES = ("interview", "focus_group", "observation", "document")
KINDS = {"text": N_("text"), "number": N_("number"), "date": N_("date"), "choice": N_("choice")}
_SEVERAL = b"several"  # stands for the several informants to whom a source is linked


def opened(desk: Desk) -> SourceRead | None:
    """The source that is open; a hint where there is none."""
    if desk.source is None:
        desk.tell(_("Open a source first."))
    return desk.source


def set_status(desk: Desk, status: str) -> None:
    """Say how far the coding of the open source is."""
    source = opened(desk)
    if source is not None:
        sources.set_status(desk.study, source.id, status)


def edit(desk: Desk) -> None:
    """Write what is known of the open source."""
    source = opened(desk)
    if source is None:
        return
    fields = {
        name: QLineEdit(getattr(source, name) or "") for name in ("key", "title", "date", "time", "place")
    }
    fields["date"].setPlaceholderText("2026-03-13")
    technique = Choice(desk.tokens, [(name, word(name)) for name in TECHNIQUES], source.technique)
    fields["line_characters"] = QLineEdit(str(source.line_characters))
    summary = text_field(source.summary, 90)
    rows: list[tuple[str, QWidget]] = [
        (_("Citation code"), fields["key"]), (_("Title"), fields["title"]), (_("Technique"), technique),
        (_("Date"), fields["date"]), (_("Time"), fields["time"]), (_("Place"), fields["place"]),
        (_("Summary"), summary), (_("Characters in a numbered line"), fields["line_characters"]),
    ]  # fmt: skip
    linked = linked_informants(desk.study, source.id)
    whose = _whose(desk, linked)
    if not source.turns:
        rows.insert(3, (_("Informant"), whose))

    def keep() -> bool:
        written = {name: field.text().strip() for name, field in fields.items()}
        return desk.attempt(
            _change,
            desk,
            source,
            written | {"technique": technique.currentData(), "summary": summary.toPlainText().strip()},
        ) and desk.attempt(_link, desk, source, linked, whose.currentData())

    FormBox(desk.tokens, _("Source {source}").format(source=source.key), rows, keep, desk.window).open()


def _change(desk: Desk, source: SourceRead, written: dict[str, str]) -> None:
    changed = {name: words for name, words in written.items() if words != str(getattr(source, name) or "")}
    if changed:
        sources.set_details(desk.study, source.id, **changed)  # type: ignore[arg-type]


def _whose(desk: Desk, linked: Sequence[bytes]) -> Choice:
    """Whose words a text without turns is; several who are linked already can stay."""
    people = [(line.id, f"{line.alias} {line.work}".strip()) for line in desk.people]
    several = ", ".join(line.alias for line in desk.people if line.id in linked)
    rows = [(None, "—"), *([(_SEVERAL, several)] if len(linked) > 1 else []), *people]
    return Choice(desk.tokens, rows, _SEVERAL if len(linked) > 1 else next(iter(linked), None))


def _link(desk: Desk, source: SourceRead, linked: Sequence[bytes], chosen: bytes | None) -> None:
    if chosen == _SEVERAL:
        return
    for informant in linked:
        if informant != chosen:
            sources.unlink_informant(desk.study, source.id, informant)
    if chosen is not None and chosen not in linked:
        sources.link_informant(desk.study, source.id, chosen)


def edit_speakers(desk: Desk) -> None:
    """Say what each label of the open source stands for."""
    source = opened(desk)
    if source is None:
        return
    labels = speakers_listed(desk.study, source.id)
    people = [(line.id, f"{line.alias} {line.work}".strip()) for line in desk.people]
    if not labels:
        desk.tell(_("Nobody speaks in this source."))
        return
    roles = {
        one.label: Choice(desk.tokens, [(role, word(role)) for role in ROLES], one.role) for one in labels
    }
    who = {one.label: Choice(desk.tokens, [(None, "—"), *people], one.informant) for one in labels}
    rows: list[tuple[str, QWidget]] = []
    for one in labels:
        rows += [(_("{label}: role").format(label=one.label), roles[one.label])]
        rows += [(_("{label}: informant").format(label=one.label), who[one.label])]

    def change() -> None:
        for one in labels:
            role, informant = roles[one.label].currentData(), who[one.label].currentData()
            informant = informant if role == "informant" else None
            if (role, informant) != (one.role, one.informant):
                sources.set_speaker(desk.study, source.id, one.label, role, informant)

    def keep() -> bool:
        return desk.attempt(change)

    FormBox(
        desk.tokens, _("Who speaks in {source}").format(source=source.key), rows, keep, desk.window
    ).open()


def remove(desk: Desk) -> None:
    """Remove the open source with its codings."""
    source = opened(desk)
    if source is not None:
        sources.remove(desk.study, [source.id])
        words = _("Removed: {codes}.").format(codes=source.key)
        desk.tell_undoable(words)


# Informants ------------------------------------------------------------------------------------------------


def new_informant(desk: Desk) -> None:
    """Write a new informant."""
    blank = InformantLine(b"", "", "main", "given", "", "")
    _informant_form(desk, blank, _("New informant"))


def edit_informant(desk: Desk, informant: object) -> None:
    """Write what is known of an informant."""
    line = next((line for line in desk.people if line.id == informant), None)
    if line is not None:
        _informant_form(desk, line, _("Informant {alias}").format(alias=line.alias))


def _informant_form(desk: Desk, line: InformantLine, title: str) -> None:
    known = attributes_of(desk.study, line.id)
    alias = QLineEdit(line.alias)
    class_ = Choice(desk.tokens, [(name, word(name)) for name in CLASSES], line.class_)
    consent = Choice(desk.tokens, [(name, word(name)) for name in ("given", "withdrawn")], line.consent)
    values = {one.id: ValueField(desk.tokens, one) for one in known}
    before = note_on(desk.study, line.id) if line.id else ""
    note = text_field(before)
    rows: list[tuple[str, QWidget]] = [(_("Alias"), alias), (_("Class"), class_), (_("Consent"), consent)]
    rows += [(_("Note"), note), *((one.name, values[one.id]) for one in known)]

    row = [line.id] if line.id else []

    def write() -> None:
        told = (alias.text().strip(), class_.currentData(), consent.currentData())
        if not row:
            row.append(informants.add(desk.study, *told))
        _write_informant(desk, row[0], *told, note.toPlainText().strip())
        _write_attributes(desk, row[0], list(values.values()))

    FormBox(desk.tokens, title, rows, lambda: desk.attempt(write), desk.window).open()


class ValueField(QWidget):
    """An attribute of an informant: its value, and beside it the kind that it has for all informants."""

    def __init__(self, tokens: theme.Theme, attribute: AttributeLine) -> None:
        """The value that is there."""
        super().__init__()
        self.attribute = attribute
        self.line = QLineEdit(attribute.value)
        self.kind = Choice(tokens, [(kind, _(words)) for kind, words in KINDS.items()], attribute.kind)
        self.line.setAccessibleName(attribute.name)
        self.kind.setAccessibleName(_("Kind of {attribute}").format(attribute=attribute.name))
        self.kind.setToolTip(_("The kind holds for all informants."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.kind)


def _write_informant(desk: Desk, row: bytes, alias: str, class_: str, consent: str, note: str) -> None:
    """Keep what differs from what is in the study now; each part is a step of its own."""
    study = desk.study
    line = next(line for line in informants_listed(study) if line.id == row)
    if alias != line.alias:
        informants.rename(study, row, alias)
        rename_alias(key_path(study.path), line.alias, alias)
    if class_ != line.class_:
        informants.set_class(study, [row], class_)
    if consent != line.consent:
        informants.set_consent(study, [row], consent)
    if note != note_on(study, row):
        informants.set_note(study, row, note)


def _write_attributes(desk: Desk, row: bytes, fields: Sequence[ValueField]) -> None:
    """Keep values and kinds that differ: a wider kind before the value, a narrower one after it."""
    now = {one.id: one for one in attributes_of(desk.study, row)}
    for field in fields:
        known, kind, value = now[field.attribute.id], field.kind.currentData(), field.line.text().strip()
        wider = kind not in ("number", "date")
        if kind != known.kind and wider:
            attributes.set_kind(desk.study, known.id, kind)
        if value != known.value:
            attributes.set_value(desk.study, row, known.id, value)
        if kind != known.kind and not wider:
            attributes.set_kind(desk.study, known.id, kind)


def remove_informant(desk: Desk, informant: bytes) -> None:
    """Remove an informant; what they said stays in its source."""
    alias = next((line.alias for line in desk.people if line.id == informant), "")
    informants.remove(desk.study, [informant])
    words = _("Removed: {codes}.").format(codes=alias)
    desk.tell_undoable(words)
