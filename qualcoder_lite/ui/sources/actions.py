"""What is done to sources and informants: describing, ordering, removing them, saying who speaks."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qualcoder_lite.analysis.panels.lists import InformantLine
from qualcoder_lite.analysis.panels.people import attributes_of, speakers_listed
from qualcoder_lite.analysis.panels.reading import SourceRead
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding import sources
from qualcoder_lite.coding.people import attributes, informants
from qualcoder_lite.coding.people.key_file import key_path, rename_alias
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import Choice

CLASSES = ("key", "main", "additional")
TECHNIQUES = ("interview", "focus_group", "observation", "document")


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

    def keep() -> bool:
        written = {name: field.text().strip() for name, field in fields.items()}
        return desk.attempt(
            _change,
            desk,
            source,
            written | {"technique": technique.currentData(), "summary": summary.toPlainText().strip()},
        )

    FormBox(desk.tokens, _("Source {source}").format(source=source.key), rows, keep, desk.window).open()


def _change(desk: Desk, source: SourceRead, written: dict[str, str]) -> None:
    changed = {name: words for name, words in written.items() if words != str(getattr(source, name) or "")}
    if changed:
        sources.set_details(desk.study, source.id, **changed)  # type: ignore[arg-type]


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
    values = {one.id: QLineEdit(one.value) for one in known}
    rows: list[tuple[str, QWidget]] = [(_("Alias"), alias), (_("Class"), class_), (_("Consent"), consent)]
    rows += [(one.name, values[one.id]) for one in known]

    def write() -> None:
        nonlocal line  # once it is added, what is left of a refused writing is not added again
        now = {one.id: values[one.id].text().strip() for one in known}
        changed = {one.id: now[one.id] for one in known if now[one.id] != one.value}
        said = (alias.text().strip(), class_.currentData(), consent.currentData())
        if not line.id:
            line = InformantLine(informants.add(desk.study, *said), *said, line.work, line.group)
        _write_informant(desk, line, *said, changed)

    def keep() -> bool:
        return desk.attempt(write)

    FormBox(desk.tokens, title, rows, keep, desk.window).open()


def _write_informant(
    desk: Desk, line: InformantLine, alias: str, class_: str, consent: str, values: dict[bytes, str]
) -> None:
    """Keep what differs; each part is a step of its own."""
    study, row = desk.study, line.id
    if alias != line.alias:
        informants.rename(study, row, alias)
        rename_alias(key_path(study.path), line.alias, alias)
    if class_ != line.class_:
        informants.set_class(study, [row], class_)
    if consent != line.consent:
        informants.set_consent(study, [row], consent)
    for attribute, value in values.items():
        attributes.set_value(study, row, attribute, value)


def remove_informant(desk: Desk, informant: bytes) -> None:
    """Remove an informant; what they said stays in its source."""
    alias = next((line.alias for line in desk.people if line.id == informant), "")
    informants.remove(desk.study, [informant])
    words = _("Removed: {codes}.").format(codes=alias)
    desk.tell_undoable(words)
