"""The words of the command line: verbs, their arguments and options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from qualcoder_lite import __version__, i18n
from qualcoder_lite.cli.terminal import one_line
from qualcoder_lite.i18n import LANGUAGES, N_, _

KINDS = (
    "informants",
    "linkage",
    "groups",
    "triangulation",
    "emic-etic",
    "saturation",
    "agreement",
    "comparison",
)
UNITS = ("turns", "sentences", "passages")
PICTURES = (
    *("heat", "network", "frequencies", "frequencies-passages", "frequencies-informants"),
    *("profiles", "curve"),
)
TABLES = ("informants", "guide", "claims", "cells", "codebook")
PARTS = ("study", "codebook", "guide", "claims", "outline", "emic-concepts", "member-checks", "defence")
TECHNIQUES = ("interview", "focus_group", "observation", "document")
VERBS = (
    *("demo", "new", "import", *TABLES, "code", "status", "matrix", "excerpts", "search", "export"),
    *("show", "history", "undo", "redo", "check", "repair", "backup", "restore", "compact"),
    *("encrypt", "decrypt"),
)
STANDARD_WORDS = (  # argparse's own sentences, so that they are translated with ours
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("argument %(argument_name)s: %(message)s"),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language and never takes a shortened option."""

    def __init__(self, **options: object) -> None:
        """Make a parser; options as argparse takes them."""
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what was used wrongly and leave with 2."""
        self.exit(
            2,
            f"{self.prog}: {one_line(message)}\n"
            + _("See: {program} --help").format(program=self.prog)
            + "\n",
        )


def parser() -> Parser:
    """The whole command line."""
    vars(argparse)["_"] = i18n._  # argparse looks its words up here
    whole = Parser(prog="qualcoder-lite", description=_("Code interviews and lay out what they say."))
    _everywhere(whole)
    verbs = whole.add_subparsers(dest="verb", metavar=_("VERB"), required=True, parser_class=Parser)
    demo = _verb(verbs, "demo", _("Make the sample study and everything it gives in a folder."))
    demo.add_argument("folder", type=Path, metavar=_("FOLDER"))
    _force(demo)
    new = _study(verbs, "new", _("Make a study."))
    new.add_argument("--codebook", default="none", metavar="siagian|replication|none|FILE")
    new.add_argument("--title", default="", metavar=_("TITLE"))
    new.add_argument("--protect", action="store_true", help=_("protect the study with a password"))
    _import(_study(verbs, "import", _("Bring in transcripts, notes and documents.")))
    for table in TABLES:
        _file(_study(verbs, table, _("Bring in the table: {table}.").format(table=table)))
    _file(_study(verbs, "code", _("Bring in codings from a table, all or none.")))
    status = _study(verbs, "status", _("Say how far the coding of a source is."))
    status.add_argument("source", metavar=_("SOURCE"))
    status.add_argument("status", choices=("not_started", "in_progress", "done"))
    _matrix(_study(verbs, "matrix", _("Count and lay out a matrix.")))
    _excerpts(_study(verbs, "excerpts", _("Write coded passages to a file.")))
    search = _study(verbs, "search", _("Find words in the texts; respon* finds what begins so."))
    search.add_argument("words", nargs="+", metavar=_("WORDS"))
    search.add_argument("--family", action="store_true", help=_("also related forms of the word"))
    out = _study(verbs, "export", _("Write the whole study, or a part of it, to a file, by its suffix."))
    _file(out)
    out.add_argument("--part", choices=PARTS, default="study", help=_("what to write"))
    _force(out)
    _rest(verbs)
    return whole


def _everywhere(one: argparse.ArgumentParser, default: object = None) -> None:
    one.add_argument("--json", action="store_true", default=default or False, help=_("answer as JSON"))
    one.add_argument(
        "--coder", metavar=_("NAME"), default=default or "", help=_("whose codings, or who works")
    )
    one.add_argument("--language", choices=LANGUAGES, default=default, help=_("the language of the answer"))
    one.add_argument("--version", action="version", version=f"QualCoder Lite {__version__}")


def _verb(verbs: argparse._SubParsersAction[Parser], name: str, what: str) -> Parser:
    one = verbs.add_parser(name, help=what, description=what)
    _everywhere(one, argparse.SUPPRESS)
    return one


def _study(verbs: argparse._SubParsersAction[Parser], name: str, what: str) -> Parser:
    one = _verb(verbs, name, what)
    one.add_argument("study", type=Path, metavar=_("STUDY.qcl"))
    one.add_argument(
        "--password-file",
        type=Path,
        metavar=_("FILE"),
        help=_("a file whose first line is the password; else it is asked for"),
    )
    return one


def _file(one: Parser) -> None:
    one.add_argument("file", type=Path, metavar=_("FILE"))


def _force(one: Parser) -> None:
    one.add_argument(
        "--force",
        action="store_true",
        help=_("replace a file that is there; never a study, a key file or a backup"),
    )


def _import(one: Parser) -> None:
    one.add_argument("paths", type=Path, nargs="+", metavar=_("PATH"))
    one.add_argument(
        "--technique", choices=TECHNIQUES, help=_("how the data were gathered; else by the form")
    )
    one.add_argument("--informant", metavar=_("ALIAS"), help=_("who speaks in these files"))
    one.add_argument(
        "--speakers", default="", metavar='"P=interviewer,I=A1"', help=_("what labels stand for")
    )
    one.add_argument(
        "--mask-names",
        action="store_true",
        help=_("put the alias in place of real names in headers, which go to the key file"),
    )


def _matrix(one: Parser) -> None:
    one.add_argument("kind", choices=KINDS)
    one.add_argument(
        "--by",
        default="",
        metavar=_("ATTRIBUTE"),
        help=_("groups, triangulation, emic-etic: the groups to compare"),
    )
    one.add_argument("--level", choices=("top", "indicator"), default="")
    one.add_argument("--perspective", choices=("etic", "emic"), default="etic")
    one.add_argument("--interviewer", action="store_true", help=_("count interviewer turns and notes too"))
    one.add_argument(
        "--members",
        default="",
        metavar="A1,A2|class:key,class:main|attribute:group=ASN,…",
        help=_("comparison: two to six informants or groups"),
    )
    one.add_argument("--coders", default="", metavar=_("NAME,NAME"), help=_("agreement: whom to compare"))
    one.add_argument("--units", choices=UNITS, default="", help=_("agreement: what is compared"))
    one.add_argument(
        "--basis",
        choices=("sources", "used"),
        default="",
        help=_("agreement: all units, or those anyone used"),
    )
    one.add_argument(
        "--domain",
        default="",
        help=_("agreement: where to list disagreements: all, or a kind of codes"),
    )
    one.add_argument(
        "--picture",
        choices=PICTURES,
        default="",
        help=_("which picture a .svg or .png shows, or a .docx or .html has besides"),
    )
    one.add_argument("--out", type=Path, metavar=_("FILE"), help=".docx .xlsx .csv .html .json .svg .png")
    _force(one)


def _excerpts(one: Parser) -> None:
    for name in ("code", "informant", "source"):
        one.add_argument(
            f"--{name}", action="append", default=[], metavar=name[0].upper(), help=_("only these")
        )
    one.add_argument("--by", choices=("code", "informant", "source"), default="code", help=_("the order"))
    one.add_argument(
        "--out", type=Path, required=True, metavar=_("FILE"), help=".docx .xlsx .csv .html .json"
    )
    _force(one)


def _rest(verbs: argparse._SubParsersAction[Parser]) -> None:
    _study(verbs, "show", _("Say what is in a study."))
    _study(verbs, "history", _("List every step, undo and redo."))
    for name, what in (("undo", _("Undo the last steps.")), ("redo", _("Redo what was undone last."))):
        one = _study(verbs, name, what)
        one.add_argument("number", type=int, nargs="?", default=1, metavar="N")
    _study(verbs, "check", _("Check that a study is whole."))
    repair = _study(verbs, "repair", _("Save what can be read of a damaged study into a new one."))
    repair.add_argument("target", type=Path, metavar=_("NEW.qcl"))
    kept = _study(verbs, "backup", _("Make a verified copy beside the study."))
    kept.add_argument(
        "--also", type=Path, metavar=_("FOLDER"), help=_("a folder elsewhere that gets a copy of it")
    )
    back = _study(verbs, "restore", _("Put a backup back; what is there now is kept beside."))
    back.add_argument(
        "backup", type=Path, nargs="?", metavar=_("BACKUP"), help=_("else the newest that is whole")
    )
    _study(verbs, "compact", _("Make the file small; steps so far can then no longer be undone."))
    locked = _study(verbs, "encrypt", _("Protect a study with a password, or change the password."))
    locked.add_argument(
        "--new-password-file",
        type=Path,
        metavar=_("FILE"),
        help=_("where the password is changed: a file whose first line is the new one"),
    )
    _study(verbs, "decrypt", _("Take the password of a study away."))
