"""Studies made to do harm: each entry takes a whole study and a folder, and gives the words of a command."""

from __future__ import annotations

import os
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Words = list[str | Path]
Malice = Callable[[Path], Words]
MALICE: dict[str, Malice] = {}
ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT {columns} FROM r"
HUGE = 400 << 20
HUGE_TEXT = f"UPDATE source_text SET text = CAST(zeroblob({HUGE}) AS TEXT) WHERE rowid = 1"
SLOW = ("huge text, shown", "huge memo", "huge key of a coder", "huge definition")  # to make


def sql(path: Path, *statements: str, unchecked: bool = False) -> None:
    """Run statements on the study as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if unchecked:
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            connection.execute(statement)


def by_sql(name: str, *statements: str, verb: str = "export", unchecked: bool = False) -> None:
    """Add a study that statements make malicious, and the verb that meets it."""

    def make(path: Path) -> Words:
        sql(path, *statements, unchecked=unchecked)
        return [verb, path, path.with_name("out.json")] if verb == "export" else [verb, path]

    MALICE[name] = make


def by_hand(make: Malice) -> Malice:
    """Add one that a function makes."""
    MALICE[make.__name__] = make
    return make


# Parts that no study has ---------------------------------------------------------------------------------

for verb in ("show", "export", "check", "history", "undo", "backup", "compact"):
    columns = "n, n, n, n, n"
    by_sql(
        f"endless view for a table, {verb}",
        "DROP TABLE memo",
        f"CREATE VIEW memo(id, title, text, about_table, about_id) AS {ENDLESS.format(columns=columns)}",
        verb=verb,
    )
by_sql(
    "endless view for study", "DROP TABLE study", f"CREATE VIEW study(id) AS {ENDLESS.format(columns='n')}"
)
by_sql("endless view for steps", "DROP TABLE step", f"CREATE VIEW step(id) AS {ENDLESS.format(columns='n')}")
by_sql("view besides", "CREATE VIEW innocent AS SELECT * FROM code")
by_sql(
    "trigger that deletes", "CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM coding; END", verb="undo"
)
by_sql(
    "trigger that never ends",
    f"CREATE TRIGGER t AFTER UPDATE ON step BEGIN INSERT INTO memo(id) {ENDLESS.format(columns='n')}; END",
    verb="undo",
)
by_sql(
    "trigger instead",
    "CREATE VIEW v AS SELECT 1 AS a",
    "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
)
by_sql("virtual table", "CREATE VIRTUAL TABLE hits USING fts5(text)")
by_sql("virtual table for memos", "DROP TABLE memo", "CREATE VIRTUAL TABLE memo USING fts5(id, title, text)")
by_sql("table besides", "CREATE TABLE more (id BLOB)")
by_sql("index on an expression", "CREATE INDEX more ON code (upper(key))")
by_sql("index of a part", "CREATE INDEX more ON code (key) WHERE key <> 'x'")
by_sql("unique index", "CREATE UNIQUE INDEX more ON code (key)", verb="check")
by_sql("generated column", "ALTER TABLE memo ADD COLUMN more AS (hex(zeroblob(400000000)))")
by_sql("column besides", "ALTER TABLE code ADD COLUMN more TEXT", verb="check")
by_sql("column with a default", "ALTER TABLE code ADD COLUMN more TEXT DEFAULT 'x'")
by_sql("missing column", "ALTER TABLE memo DROP COLUMN title")
by_sql("missing table", "DROP TABLE cell_evidence")
by_sql("no tables", "DELETE FROM sqlite_master", unchecked=True)
by_sql(
    "condition on a table",
    "DROP TABLE milestone",
    "CREATE TABLE milestone (id BLOB CHECK (length(hex(zeroblob(500000000))) > 1))",
)
by_sql(
    "definition that is none",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE x' WHERE name = 'memo'",
    unchecked=True,
)
by_sql("root page of another", "UPDATE sqlite_master SET rootpage = 2 WHERE name = 'memo'", unchecked=True)
by_sql("root page beyond", "UPDATE sqlite_master SET rootpage = 99999999 WHERE name = 'memo'", unchecked=True)
by_sql(
    "name in no encoding",
    "UPDATE sqlite_master SET name = CAST(x'ff80fe' AS TEXT) WHERE name = 'memo'",
    unchecked=True,
)
by_sql("name with control signs", 'CREATE TABLE "a\x1b[2J\n\x07" (id BLOB)')

# Values that no column has -------------------------------------------------------------------------------

by_sql("no study row", "DELETE FROM study")
by_sql("two study rows", "INSERT INTO study SELECT randomblob(16), 'x', '', '', 0, NULL, 0, NULL FROM study")
by_sql("code above itself", "UPDATE code SET parent_id = id WHERE rowid = (SELECT max(rowid) FROM code)")
by_sql(
    "codes in a circle",
    "UPDATE code SET parent_id = (SELECT id FROM code AS c WHERE c.rowid = code.rowid % 3 + 1)",
)
by_sql("text that is not UTF-8", "UPDATE source_text SET text = CAST(x'ff80c0' AS TEXT) WHERE rowid = 1")
by_sql("key that is not UTF-8", "UPDATE code SET key = CAST(x'ff80c0' AS TEXT) WHERE rowid = 1", verb="show")
by_sql("JSON that is none", "UPDATE source SET header = '{'")
by_sql("JSON without end", "UPDATE source SET header = printf('%.*c', 1000000, '[')")
by_sql("marks that are none", "UPDATE source_text SET marks = '[1,2,3]'", verb="check")
by_sql("marks of no kind", "UPDATE source_text SET marks = '[99,0,1,1]'", verb="check")
by_sql("text as a number", "UPDATE source_text SET text = 7", verb="check")
by_sql("places as words", "UPDATE coding SET start = 'x'")
by_sql("places without end", 'UPDATE coding SET "end" = 9223372036854775807')
by_sql("places before the text", "UPDATE turn SET start = -5")
by_sql("length without end", "UPDATE source SET characters = 9000000000000000000", verb="show")
by_sql("ids as words", "UPDATE coding SET id = 'x' || rowid")
by_sql("ids too short", "UPDATE code SET id = x'00' WHERE rowid = 1")
by_sql("codings of nobody", "UPDATE coding SET coder_id = randomblob(16)", verb="check")
by_sql("codings of no code", "UPDATE coding SET code_id = randomblob(16)", verb="check")
by_sql("polarity unheard of", "UPDATE coding SET polarity = '?'", verb="check")
by_sql("role unheard of", "UPDATE speaker SET role = 'boss'", verb="check")
by_sql(
    "cell of no reference",
    "INSERT INTO cell SELECT randomblob(16), 'x', 'y', '', '', '', '', '', '', '', 0, '[]', 0, NULL, 0, NULL",
)
by_sql("huge text", f"UPDATE source_text SET text = CAST(zeroblob({HUGE}) AS TEXT) WHERE rowid = 1")
by_sql(
    "huge text, shown",
    f"UPDATE source_text SET text = CAST(zeroblob({HUGE}) AS TEXT) WHERE rowid = 1",
    verb="show",
)
by_sql(
    "huge memo",
    f"INSERT INTO memo SELECT randomblob(16), '', CAST(zeroblob({HUGE}) AS TEXT),"
    " NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, NULL",
)
by_sql(
    "huge definition",
    "UPDATE sqlite_master SET sql = sql || printf('/*%.*c*/', 50000000, 'x') WHERE name = 'memo'",
    unchecked=True,
)
by_sql(
    "huge key of a coder",
    f"UPDATE coder SET name = CAST(zeroblob({HUGE}) AS TEXT) WHERE rowid = 1",
    verb="show",
)

# Files that are none -------------------------------------------------------------------------------------


@by_hand
def pipe_as_study(path: Path) -> Words:
    path.unlink()
    os.mkfifo(path)
    return ["show", path]


@by_hand
def endless_device_as_study(path: Path) -> Words:
    path.unlink()
    path.symlink_to("/dev/zero")
    return ["show", path]


@by_hand
def terminal_as_study(path: Path) -> Words:
    path.unlink()
    path.symlink_to("/dev/null")
    return ["check", path]


@by_hand
def pipe_to_repair(path: Path) -> Words:
    path.unlink()
    os.mkfifo(path)
    return ["repair", path, path.with_name("new.qcl")]


@by_hand
def pipe_as_codebook(path: Path) -> Words:
    os.mkfifo(path.with_name("book.json"))
    return ["codebook", path, path.with_name("book.json")]


@by_hand
def pipe_as_table(path: Path) -> Words:
    os.mkfifo(path.with_name("t.csv"))
    return ["code", path, path.with_name("t.csv")]


@by_hand
def pipe_as_workbook(path: Path) -> Words:
    os.mkfifo(path.with_name("t.xlsx"))
    return ["code", path, path.with_name("t.xlsx")]


@by_hand
def pipe_as_key_file(path: Path) -> Words:
    os.mkfifo(path.with_name(f"{path.stem}.kunci.json"))
    table = path.with_name("t.csv")
    table.write_text("alias,nama\nZ9,Rekaan\n", encoding="utf-8")
    return ["informants", path, table]


@by_hand
def device_as_source(path: Path) -> Words:
    path.with_name("z.txt").symlink_to("/dev/zero")
    return ["import", path, path.with_name("z.txt")]


@by_hand
def deep_codebook(path: Path) -> Words:
    book = path.with_name("book.json")
    book.write_text('{"codes":[' + '{"key":"A","children":[' * 400 + "]}" * 400 + "]}", encoding="utf-8")
    return ["codebook", path, book]


@by_hand
def endless_brackets_as_codebook(path: Path) -> Words:
    path.with_name("book.json").write_text("[" * 5_000_000, encoding="utf-8")
    return ["codebook", path, path.with_name("book.json")]


def workbook(path: Path, sheet: bytes, strings: bytes = b"") -> Words:
    """A workbook with this sheet, packed as small as can be."""
    table = path.with_name("t.xlsx")
    from xlsxwriter import Workbook

    with Workbook(str(table)) as book:
        book.add_worksheet()
    with zipfile.ZipFile(table) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    members["xl/worksheets/sheet1.xml"] = sheet
    if strings:
        members["xl/sharedStrings.xml"] = strings
    with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return ["code", path, table]


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@by_hand
def very_wide_rows(path: Path) -> Words:
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 40_000))
    return workbook(path, SHEET % rows)


@by_hand
def bomb_of_a_sheet(path: Path) -> Words:
    return workbook(path, SHEET % (b" " * (300 << 20)))


@by_hand
def row_beyond_all_rows(path: Path) -> Words:
    return workbook(path, SHEET % b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')


@by_hand
def entities_that_grow(path: Path) -> Words:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
    return workbook(path, b'<!DOCTYPE w [<!ENTITY e0 "x">' + entities + b"]>" + SHEET % b"&e9;")


@by_hand
def workbook_cut_off(path: Path) -> Words:
    words = workbook(path, SHEET % b"")
    table = path.with_name("t.xlsx")
    table.write_bytes(table.read_bytes()[:-200])
    return words


@by_hand
def table_of_quotation_marks(path: Path) -> Words:
    path.with_name("t.csv").write_text('source,code\n"' + 'x"",' * 5_000_000, encoding="utf-8")
    return ["code", path, path.with_name("t.csv")]


# Bytes ---------------------------------------------------------------------------------------------------


def poked(name: str, at: int, data: bytes, verb: str = "show") -> None:
    """Add a study with other bytes at one place."""

    def make(path: Path) -> Words:
        whole = bytearray(path.read_bytes())
        whole[at : at + len(data)] = data
        path.write_bytes(whole)
        return [verb, path]

    MALICE[name] = make


poked("page size of nothing", 16, b"\0\0")
poked("page size of one", 16, b"\0\1")
poked("pages without end", 28, struct.pack(">I", 0xFFFFFFFF))
poked("free pages in a circle", 32, struct.pack(">II", 2, 0xFFFFFFFF), "check")
poked("reserved bytes", 20, b"\xff")
poked("no text encoding", 56, struct.pack(">I", 9))
poked("another text encoding", 56, struct.pack(">I", 2))
poked("schema format beyond", 44, struct.pack(">I", 99))
poked("later schema", 60, struct.pack(">I", 4_000_000_000))
poked("cells beyond the page", 100, b"\x0d\0\0\xff\xff\0\0\0", "check")
poked("tree in a circle", 100, b"\x05\0\0\0\1\0\0\0\0\0\0\1", "check")


@by_hand
def log_of_rubbish(path: Path) -> Words:
    path.with_name(f"{path.name}-wal").write_bytes(os.urandom(100_000))
    sql_header = bytearray(path.read_bytes())
    sql_header[18:20] = b"\2\2"
    sql_header[100] = 0
    path.write_bytes(sql_header)
    return ["show", path]


@by_hand
def journal_of_rubbish(path: Path) -> Words:
    path.write_bytes(path.read_bytes()[:5000])
    path.with_name(f"{path.name}-journal").write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\xff" * 5000)
    return ["check", path]
