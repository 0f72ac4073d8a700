"""Bringing an older study up to date: a verified backup, a migrated copy, then one replacing of the file.

A kill at any moment leaves the old study or the new one, never something between.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.backup import backup, copy
from qualcoder_lite.store.schema import SCHEMA


def migrate(study: Path) -> Path:
    """Migrate a study to the newest schema; give the path of the backup made before.

    The caller holds the study's lock. Raises UserError where that fails; the study is then as it was.
    """
    kept = backup(study)
    try:
        write_whole(study, lambda temporary: _migrated_copy(study, temporary))
    except UserError:
        raise
    except Exception as error:
        raise UserError(
            _("{file} can't be brought up to date.").format(file=study.name),
            _("It is as it was; a backup of it is {backup}.").format(backup=kept.name),
            _("Work on with the earlier version of the program, and report this."),
        ) from error
    return kept


def _migrated_copy(study: Path, temporary: Path) -> None:
    with connecting.told(study):
        copy(study, temporary)
        upgrade(temporary)
        connecting.check_whole(temporary)


def upgrade(path: Path, schema: int = SCHEMA) -> None:
    """Run the migrations on a file that nobody else uses, up to a schema."""
    with connecting.alone(path) as engine, engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        command.upgrade(configuration(connection), f"{schema:04}")
        connection.exec_driver_sql(f"PRAGMA user_version={schema}")


def configuration(connection: object) -> Config:
    """Alembic's configuration for a connection of ours."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
