"""The settings of a person on this computer: a small JSON file, read tolerantly, written whole."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_log_path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import LANGUAGES

NAME = "qualcoder-lite"


@dataclass
class Settings:
    """What a person chose; empty words mean: as the computer has it."""

    language: str = ""
    coder: str = ""
    theme: str = ""  # light, dark or contrast
    recent: list[str] = field(default_factory=list)  # paths of studies, newest first
    backups_also: str = ""  # a folder that gets a copy of each backup made by wish
    window: dict[str, Any] = field(default_factory=dict)  # sizes of panels, by workspace


def settings_file() -> Path:
    """Where the settings lie."""
    return user_config_path(NAME, appauthor=False) / "settings.json"


def data_folder() -> Path:
    """Where the program keeps files of its own for this person."""
    return user_data_path(NAME, appauthor=False)


def log_folder() -> Path:
    """Where the program notes its bugs."""
    return user_log_path(NAME, appauthor=False)


def read() -> Settings:
    """The settings; a damaged or missing file, or a field of another type, gives the defaults."""
    try:
        found = json.loads(settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    result = Settings()
    for name, default in vars(Settings()).items():
        value = found.get(name) if isinstance(found, dict) else None
        if type(value) is type(default):
            setattr(result, name, value)
    recent: list[Any] = result.recent
    result.recent = [path for path in recent if isinstance(path, str)]
    if result.language not in LANGUAGES:
        result.language = ""
    return result


def write(chosen: Settings) -> bool:
    """Keep the settings; tell whether they are kept. A folder that can't be written hinders no work."""
    path = settings_file()
    words = json.dumps(asdict(chosen), indent=1)  # in ASCII: a path may hold bytes that are no text
    with suppress(OSError, UserError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lambda temporary: temporary.write_text(words, encoding="utf-8"))
        return True
    return False
