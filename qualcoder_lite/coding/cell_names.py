"""What people call the sides of a cell: keys, aliases, citation codes, techniques, values of attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from sqlalchemy import Connection, select

from qualcoder_lite.coding.counting.references import STUDY, reference, rows_named
from qualcoder_lite.coding.tables.finding import NAMES, gone_error, ids_by_name, normalize_attribute
from qualcoder_lite.coding.vocabulary import CLASSES, TECHNIQUES, parse_choice
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.schema import Attribute, AttributeValue, Code, Informant, Source

KINDS: dict[str, type[Row]] = {"code": Code, "informant": Informant, "source": Source}
_TABLES = KINDS | {"informants": Informant, "attribute": Attribute}
WHOLE_STUDY = ("", "study", "study:", "studi")


def references_by_word(connection: Connection) -> dict[str, list[str]]:
    """The references that each word can mean: bare, and with its kind before it (`code:R`).

    `class:main` only with its kind, and `technique:`, `class:` and `attribute:name` mean all of them.
    """
    names: dict[str, list[str]] = {}
    for kind, table in KINDS.items():
        for name, row in ids_by_name(connection, table).items():
            for written in (name, f"{kind}:{name}"):
                names.setdefault(written, []).append(reference(kind, row))
    for technique in {*TECHNIQUES.words, *connection.scalars(select(Source.technique))}:
        for written in (technique, f"technique:{technique}"):
            names.setdefault(written, []).append(reference("technique", technique))
    names.update({"technique:": [reference("technique")], "class:": [reference("class")]})
    names.update({f"class:{name}": [reference("class", name)] for name in CLASSES.words})
    for name, row in ids_by_name(connection, Attribute).items():
        names.setdefault(f"attribute:{normalize_attribute(name)}", []).append(reference("attribute", row))
    columns = select(Attribute.name, Attribute.id, AttributeValue.value).join(
        AttributeValue, AttributeValue.attribute_id == Attribute.id
    )
    for name, row, value in connection.execute(columns.distinct()):
        written = f"attribute:{normalize_attribute(name)}={value}"
        names.setdefault(written, []).append(reference("attribute", f"{row.hex()}={value}"))
    return names


def resolve_reference(word: str, names: Mapping[str, Sequence[str]]) -> str:
    """The reference that a word means; raises UserError where it means nothing, or more than one thing."""
    plain = word.strip()
    if plain.lower() in WHOLE_STUDY:
        return STUDY
    found = names.get(plain) or names.get(_canonical(plain)) or ()
    if len(found) == 1:
        return found[0]
    if found:
        kinds = " ".join(f"{ref.split(':', 1)[0]}:{plain}" for ref in found)
        raise UserError(
            _("“{word}” can mean more than one thing.").format(word=plain),
            remedy=_("Write one of: {words}.").format(words=kinds),
        )
    near = get_close_matches(plain, list(names), 5, 0.5)
    raise UserError(
        _("The study has no code, informant, source or technique “{word}”.").format(word=plain),
        remedy=_("Did you mean {words}?").format(words=", ".join(near)) if near else "",
    )


def _canonical(word: str) -> str:
    """A word as it is listed: kinds in lower case, names of attributes as they are compared."""
    kind, colon, value = word.partition(":")
    kind, value = kind.strip().lower(), value.strip()
    if kind == "attribute":
        name, equals, wanted = value.partition("=")
        return f"{kind}:{normalize_attribute(name)}{equals}{wanted.strip()}"
    return f"{kind}:{value}" if colon else parse_technique(word)


def parse_technique(word: str) -> str:
    """The technique that a word means in either language; the word itself where it means none."""
    try:
        return parse_choice(TECHNIQUES, word)
    except UserError:
        return word


def check_reference(connection: Connection, ref: str) -> None:
    """Raise UserError where a reference names a row that is gone, ValueError where it is not one."""
    kind = ref.split(":", 1)[0]
    if kind not in _TABLES and kind not in ("technique", "class", "study"):
        raise ValueError(f"no reference: {ref}")
    for row in rows_named(ref):
        table = _TABLES[kind]
        if connection.scalar(select(table.id).where(table.id == row)) is None:
            raise gone_error(table)


def describe_reference(connection: Connection, ref: str) -> str:
    """A reference as people say it: the key, alias, citation code, technique, `attribute=value`."""
    kind, value = ref.split(":", 1)
    if kind in _TABLES:
        table, (_rows, equals, wanted) = _TABLES[kind], value.partition("=")
        names = [
            str(connection.scalar(select(NAMES[table]).where(table.id == row))) for row in rows_named(ref)
        ]
        return f"{', '.join(names)}{equals}{wanted}"
    return value or ("*" if kind == "study" else kind)
