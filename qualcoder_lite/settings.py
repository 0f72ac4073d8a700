"""The settings of a person on this computer: a small JSON file, read tolerantly, written whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_log_path

from qualcoder_lite.files import write_whole

NAME = "qualcoder-lite"


@dataclass
class Settings:
    """What a person chose; empty words mean: as the computer has it."""

    language: str = ""
    coder: str = ""
    theme: str = ""  # light, dark or contrast
    recent: list[str] = field(default_factory=list)  # paths of studies, newest first
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
    except (OSError, ValueError):
        return Settings()
    default = asdict(Settings())
    known = found if isinstance(found, dict) else {}
    kept: dict[str, Any] = {n: value for n, value in known.items() if type(value) is type(default.get(n))}
    return Settings(**kept)


def write(chosen: Settings) -> None:
    """Keep the settings. Raises UserError where the folder can't be written."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    words = json.dumps(
        {f.name: getattr(chosen, f.name) for f in fields(chosen)}, ensure_ascii=False, indent=1
    )
    write_whole(settings_file(), lambda temporary: temporary.write_text(words, encoding="utf-8"))
