"""Making a new study file: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.logs import mark_apart
from qualcoder_lite.store.columns import Base
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.journal import now
from qualcoder_lite.store.journal_tables import Fact
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.protection.key import Key, holding, sign
from qualcoder_lite.store.protection.opener import made_key
from qualcoder_lite.store.schema import APPLICATION_ID, SCHEMA, Study


def new_study(
    path: Path,
    title: str = "",
    coder: str = "",
    fill: Callable[[Project], object] | None = None,
    password: str = "",
) -> None:
    """Make a study file at `path`; `fill` may work on it before it appears there. With
    a password it is protected.

    Raises UserError where a file is there already, or whatever `fill` raises: then there is no file.
    """
    if path.exists():
        raise UserError(
            _("{file} is there already.").format(file=path.name),
            remedy=_("Choose another name; a study is never overwritten."),
        )
    if path.suffix.lower() != ".qcl":
        raise UserError(
            _("A study's name ends in .qcl."), remedy=_("For example: {file}.qcl").format(file=path.stem)
        )

    key = made_key(password) if password else None

    def build(temporary: Path) -> None:
        with connecting.told(path), holding(key):
            create_tables(temporary, title or path.stem, key)
            if fill is not None:
                with open_study(temporary, coder, write_ahead=False) as project:
                    fill(project)
            seal(temporary)

    write_whole(path, build, private=True)


def create_tables(path: Path, title: str, key: Key | None = None) -> None:
    """Make an empty study of the newest schema in an empty file, protected where a key is given."""
    os.truncate(path, 0)
    with connecting.alone(path, key) as engine:
        with closing(engine.raw_connection()) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={SCHEMA}")
        with engine.begin() as transaction:
            Base.metadata.create_all(transaction)
            transaction.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
            )
            transaction.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{SCHEMA:04}",))
            facts = [{"name": name, "value": str(uuid4())} for name in ("study_id", "copy_id")]
            transaction.execute(insert(Fact), facts)
            row = {"id": new_id(), "title": title, "created_at": now(), "modified_at": now()}
            transaction.execute(insert(Study), [row])
    if key is not None:
        sign(path, key)
    mark_apart(path)
