"""The verbs: each opens the study, makes one call into the core, and says what came of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_lite.cli import messages
from qualcoder_lite.cli.answer import PARTLY, Answer
from qualcoder_lite.cli.protecting import decrypt, encrypt, new_password
from qualcoder_lite.cli.repairing import repair
from qualcoder_lite.cli.speakers import speakers_of
from qualcoder_lite.cli.terminal import bar
from qualcoder_lite.coding import codings, sources
from qualcoder_lite.coding.people.key_file import add_masked, is_private, key_path
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables.finding import find, source_id
from qualcoder_lite.coding.tables.sheet import read_table
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Coder

if TYPE_CHECKING:
    from qualcoder_lite.analysis.matrices.matrix import Matrix


def _working(chosen: Namespace) -> Project:
    return open_study(chosen.study, chosen.coder, write_ahead=False)


@contextmanager
def _reading(chosen: Namespace) -> Iterator[Project]:
    """The study for reading. Raises UserError also where none of the name that was given codes in it."""
    with read_study(chosen.study, chosen.coder) as project:
        if chosen.coder:
            with project.read() as connection:
                find(connection, Coder, chosen.coder)
        yield project


def demo(chosen: Namespace) -> Answer:
    """The sample study and everything it gives."""
    from qualcoder_lite.export.demo import write_demo

    files = write_demo(chosen.folder, bar(), chosen.force)
    lines = [_("Written to {folder}:").format(folder=chosen.folder), *(f"  {file.name}" for file in files)]
    return Answer(lines, [str(file) for file in files])


def new(chosen: Namespace) -> Answer:
    """A new study, with a codebook where one is named."""
    from qualcoder_lite.store.creating import new_study

    def fill(project: Project) -> None:
        codebooks.load(project, chosen.codebook)

    password = new_password(chosen.password_file) if chosen.protect or chosen.password_file else ""
    book = None if chosen.codebook == "none" else fill
    new_study(chosen.study, chosen.title, chosen.coder, book, password)
    return Answer([_("Made: {file}").format(file=chosen.study)], {"study": str(chosen.study)})


def import_(chosen: Namespace) -> Answer:
    """Files into the study; those that can't be read are listed and the others are in."""
    with _working(chosen) as project:
        report = sources.import_files(
            project,
            chosen.paths,
            technique=chosen.technique,
            informant=chosen.informant,
            speakers=speakers_of(chosen.speakers),
            progress=bar(),
            mask_names=chosen.mask_names,
            keep=partial(add_masked, key_path(chosen.study)) if chosen.mask_names else None,
        )
    failed = [f"{path.name}: {error}" for path, error in report.failed]
    lines = [line for file in report.imported for line in messages.file_lines(file)]
    warned = [line for file in report.imported for line in messages.name_warnings(file)]
    return Answer(lines, messages.report_data(report), [*failed, *warned], PARTLY if failed else 0)


def code(chosen: Namespace) -> Answer:
    """Codings from a table."""
    rows = read_table(chosen.file, "source", "code")
    with _working(chosen) as project:
        told = codings.import_table(project, rows)
    said = [n_("{number} coding added.", "{number} codings added.", told.added).format(number=told.added)]
    if told.changed:
        changed = n_("{number} coding changed.", "{number} codings changed.", told.changed)
        said.append(changed.format(number=told.changed))
    return Answer(said, vars(told))


def status(chosen: Namespace) -> Answer:
    """How far the coding of a source is."""
    with _working(chosen) as project:
        with project.read() as connection:
            source = source_id(connection, chosen.source)
        sources.set_status(project, source, chosen.status)
    return Answer([f"{chosen.source}: {chosen.status}"], {"source": chosen.source, "status": chosen.status})


FITS = {
    "by": ("groups", "triangulation", "emic-etic"),
    "members": ("comparison",),
    **dict.fromkeys(("coders", "units", "basis", "domain"), ("agreement",)),
}
"""The kinds of matrix that an option says something about; the others are for all kinds."""
ALIKE = ("informants", "linkage", "saturation")
"""Kinds of which `--by` changes nothing: scripts ask for the six kinds with one line, so it is only told."""


def _unfit(chosen: Namespace) -> list[str]:
    """What to tell of an option that changes nothing. Raises UserError for one that belongs elsewhere."""
    told: list[str] = []
    for option, kinds in FITS.items():
        if not getattr(chosen, option) or chosen.kind in kinds:
            continue
        words = {"option": f"--{option}", "kind": chosen.kind, "kinds": ", ".join(kinds)}
        if option == "by" and chosen.kind in ALIKE:
            told.append(_("{option} changes nothing in {kind}; it is for: {kinds}.").format(**words))
            continue
        raise UserError(_("{option} does not fit {kind}; it is for: {kinds}.").format(**words))
    return told


def matrix(chosen: Namespace) -> Answer:
    """A matrix, printed or written to a file."""
    from qualcoder_lite.analysis.matrices.choice import Choice
    from qualcoder_lite.analysis.matrices.comparison import members_named
    from qualcoder_lite.analysis.matrices.kinds import matrix_of
    from qualcoder_lite.cli.grid import matrix_lines
    from qualcoder_lite.export.formats.json_file import matrix_json

    told = _unfit(chosen)
    if chosen.picture and chosen.out is None:
        raise UserError(
            _("A picture is written to a file."), remedy=_("Add --out with a name.svg or name.png.")
        )
    choice = Choice(
        chosen.coder,
        chosen.level,
        chosen.perspective,
        chosen.by,
        chosen.interviewer,
        coders=_names(chosen.coders),
        units=chosen.units or "turns",
        basis=chosen.basis or "sources",
        domain=chosen.domain or "all",
    )
    with _reading(chosen) as project, project.read():
        choice = replace(choice, members=members_named(project, _names(chosen.members)))
        counted = matrix_of(project, chosen.kind, choice)
        data = matrix_json(project, counted) if chosen.json else None
        if chosen.out is None:
            return Answer(() if chosen.json else matrix_lines(project, counted), data, told)
        _write_matrix(chosen, project, counted)
    return Answer([_("Written: {file}").format(file=chosen.out)], data, told)


def _write_matrix(chosen: Namespace, project: Project, counted: Matrix) -> None:
    """A matrix into a file, as a picture alone, or with one where that is asked for."""
    from qualcoder_lite.export.pictures.kinds import PICTURE_SUFFIXES, names_for, picture_of, write_picture
    from qualcoder_lite.export.reports.matrices import PICTURED, SUFFIXES, write_matrix
    from qualcoder_lite.export.writing import known_suffix

    known_suffix(chosen.out, (*(PICTURED if chosen.picture else SUFFIXES), *PICTURE_SUFFIXES))
    if chosen.out.suffix.lower() in PICTURE_SUFFIXES:
        usual = next(iter(names_for(counted.kind)), "")
        drawn = picture_of(counted, chosen.picture or usual)
        write_picture(drawn, chosen.out, chosen.paint, overwrite=chosen.force)
        return
    figure = (picture_of(counted, chosen.picture), chosen.paint) if chosen.picture else None
    write_matrix(project, counted, chosen.out, figure=figure, overwrite=chosen.force)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in words.split(",") if name.strip())


def excerpts(chosen: Namespace) -> Answer:
    """Coded passages into a file."""
    from qualcoder_lite.analysis.search.excerpts import Wanted
    from qualcoder_lite.analysis.search.excerpts import excerpts as passages
    from qualcoder_lite.export.reports.excerpts import write_excerpts

    wanted = Wanted(chosen.coder, tuple(chosen.code), tuple(chosen.informant), tuple(chosen.source))
    with _reading(chosen) as project, project.read():
        found = passages(project, wanted)
        write_excerpts(project, found, chosen.out, chosen.by, chosen.force)
    number = len(found)
    said = n_("{number} passage: {file}", "{number} passages: {file}", number)
    return Answer(
        [said.format(number=number, file=chosen.out)], {"passages": number, "file": str(chosen.out)}
    )


def search(chosen: Namespace) -> Answer:
    """Words in the texts."""
    from qualcoder_lite.analysis.search.words import search as find

    if chosen.family:
        raise UserError(_("Search by word family is not yet there."), remedy=_("Use * for endings: respon*."))
    with _reading(chosen) as project:
        hits = find(project, " ".join(chosen.words), bar())
    lines = [
        f"{hit.source} {hit.start}–{hit.end}: …{_one_line(hit.before + hit.quote + hit.after)}…"
        for hit in hits
    ]
    found = n_("{number} place", "{number} places", len(hits)).format(number=len(hits))
    return Answer([*lines, found], {"hits": [vars(hit) for hit in hits]})


def _one_line(words: str) -> str:
    return " ".join(words.split())


def export(chosen: Namespace) -> Answer:
    """The whole study, or a part of it, to a file."""
    from qualcoder_lite.export.parts import PARTS
    from qualcoder_lite.export.whole_study import write_study

    with _reading(chosen) as project:
        if chosen.part == "study":
            write_study(project, chosen.file, bar(), chosen.coder, chosen.force)
        else:
            PARTS[chosen.part](project, chosen.file, chosen.coder, bar(), chosen.force)
    return Answer([_("Written: {file}").format(file=chosen.file)], {"file": str(chosen.file)})


def show(chosen: Namespace) -> Answer:
    """What is in a study."""
    from qualcoder_lite.export.formats.json_file import show_json

    with _reading(chosen) as project:
        data = show_json(project)
    lines = [data["study"]["title"], ""]
    for source in data["sources"]:
        people = ", ".join(source["informants"])
        numbers = _("{characters} characters, {turns} turns").format(**source)
        lines.append(
            f"{source['key']:<12} {source['technique']:<12} {source['status']:<12} {numbers}  {people}"
        )
    lines += [
        "",
        _("Informants: {names}").format(names=", ".join(i["alias"] for i in data["informants"]) or "—"),
    ]
    lines.append(_("Codes: {number}").format(number=len(data["codes"])))
    lines.append(_("Codings: {number}").format(number=data["codings"]))
    lines.append(_("Coders: {names}").format(names=", ".join(data["coders"]) or "—"))
    return Answer(lines, data)


def history(chosen: Namespace) -> Answer:
    """Every step, undo and redo."""
    from qualcoder_lite.store.undo import history as steps

    with _reading(chosen) as project:
        lines = steps(project)
    kinds = {"do": "", "undo": _("undone: "), "redo": _("redone: ")}
    shown = [
        f"{line.step:>5}  {_moment(line.at)}  {line.coder}  {kinds[line.kind]}{line.text}" for line in lines
    ]
    fields = ("step", "kind", "text", "message", "parameters", "coder", "undone")
    data = [{name: getattr(line, name) for name in fields} | {"at": _moment(line.at)} for line in lines]
    return Answer(shown, data)


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone().isoformat(" ", "seconds")


def undo(chosen: Namespace) -> Answer:
    """The last steps undone."""
    return _swapped(chosen, _("Undone: {step}"), _("There is nothing left to undo."))


def redo(chosen: Namespace) -> Answer:
    """What was undone last, redone."""
    return _swapped(chosen, _("Redone: {step}"), _("There is nothing left to redo."))


def _swapped(chosen: Namespace, said: str, nothing: str) -> Answer:
    from qualcoder_lite.i18n import say
    from qualcoder_lite.store import undo as undoing

    swap = {"undo": undoing.undo_several, "redo": undoing.redo_several}[chosen.verb]
    coder = chosen.coder or None
    if chosen.number < 1:
        raise UserError(_("The number of steps is at least 1."))
    with _working(chosen) as project:
        left = undoing.steps_left(project, chosen.verb, coder)
        if not left:
            raise UserError(nothing)
        if left < chosen.number:
            raise UserError(_("Only {number} steps are left; nothing was changed.").format(number=left))
        steps = [say(each.message, each.parameters) for each in swap(project, chosen.number, coder)]
    return Answer([said.format(step=step) for step in steps], {"steps": steps})


def check(chosen: Namespace) -> Answer:
    """Whether a study is whole."""
    from qualcoder_lite.coding.vocabulary import CHOICES
    from qualcoder_lite.store.integrity.checking import problems as problems_of

    problems = problems_of(chosen.study, CHOICES)
    if not problems:
        with _reading(chosen):  # refuses a coder whom a whole study does not know
            pass
    said = [] if problems else [_("The study is whole.")]
    return Answer(said, {"problems": problems}, problems, 1 if problems else 0)


def backup(chosen: Namespace) -> Answer:
    """A verified copy."""
    from qualcoder_lite.store.backup import backup as copy

    kept = copy(chosen.study, chosen.also)
    return Answer([_("Backup: {file}").format(file=kept)], {"backup": str(kept)})


def restore(chosen: Namespace) -> Answer:
    """A backup in the place of the study."""
    from qualcoder_lite.store.copies.restoring import restore as put_back

    done = put_back(chosen.study, chosen.backup)
    return Answer(messages.restored_lines(done), messages.restored_data(done))


def compact(chosen: Namespace) -> Answer:
    """A smaller file, without the images that undo needs."""
    from qualcoder_lite.store.compacting import compact as shrink

    done = shrink(chosen.study)
    said = _("From {before} to {after} bytes. A backup was made: {file}")
    data = {"before": done.before, "after": done.after, "backup": str(done.backup)}
    return Answer([said.format(before=done.before, after=done.after, file=done.backup)], data)


def _key_file_open_to_all(study: Path) -> str:
    """The warning where the disk keeps no rights: what the program could not do for the real names."""
    told = _("Others may be able to read the key file {file}: its disk keeps no rights. Keep it elsewhere.")
    return told.format(file=key_path(study).name)


def _table(name: str) -> Callable[[Namespace], Answer]:
    """The verb that brings in one kind of table."""

    def bring_in(chosen: Namespace) -> Answer:
        from qualcoder_lite.coding.tables import kinds as table_kinds

        with _working(chosen) as project:
            table_kinds.import_table(project, name, chosen.file)
        said = _("Taken over: {file}").format(file=chosen.file.name)
        open_to_all = name == "informants" and not is_private(key_path(chosen.study))
        warned = [_key_file_open_to_all(chosen.study)] if open_to_all else []
        return Answer([said], {"table": name, "file": str(chosen.file)}, warned)

    return bring_in


VERBS: dict[str, Callable[[Namespace], Answer]] = {
    "demo": demo,
    "new": new,
    "import": import_,
    **{name: _table(name) for name in ("informants", "guide", "claims", "cells", "codebook")},
    "code": code,
    "status": status,
    "matrix": matrix,
    "excerpts": excerpts,
    "search": search,
    "export": export,
    "show": show,
    "history": history,
    "undo": undo,
    "redo": redo,
    "check": check,
    "repair": repair,
    "backup": backup,
    "restore": restore,
    "compact": compact,
    "encrypt": encrypt,
    "decrypt": decrypt,
}
