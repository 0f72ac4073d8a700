"""Figures kept in a file, with what they were measured on, and compared with those of an earlier day."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qualcoder_lite.files import write_whole

TOLERANCE = 1.5  # a promised figure may be so many times its earlier value: that much differs from run to run
SLACK = {"ms": 5.0, "s": 0.1, "MB": 20.0}  # and by so much more, since small figures differ most


@dataclass(frozen=True)
class Figure:
    """One row of a table: what was measured, how much it is, and what is promised of it."""

    table: str
    name: str
    value: float
    unit: str
    limit: float | None

    @property
    def held(self) -> bool:
        """Whether the promise is held, where there is one."""
        return self.limit is None or self.value <= self.limit


def surroundings() -> dict[str, Any]:
    """The machine, the versions and the commit that figures belong to."""
    from PySide6.QtCore import qVersion

    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "system": platform.platform(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "sqlite": sqlite3.sqlite_version,
    }


def commit() -> str:
    """The commit of this checkout, with a + where files differ from it; empty where it is none."""
    folder = Path(__file__).parent
    try:
        name = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=folder, stderr=subprocess.DEVNULL)
        changed = subprocess.check_output(["git", "status", "--porcelain", "-uno"], cwd=folder)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return name.decode().strip() + ("+" if changed else "")


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def keep(figures: Iterable[Figure], path: Path) -> None:
    """Write figures and what they were measured on as JSON. Raises UserError where that can't be written."""
    data = {**surroundings(), "figures": [asdict(figure) for figure in figures]}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


@dataclass(frozen=True)
class Earlier:
    """The figures of an earlier run by table and name, and what they were measured on."""

    figures: Mapping[tuple[str, str], float]
    about: Mapping[str, Any]

    def ratio(self, figure: Figure) -> float | None:
        """How many times its earlier value a figure is; nothing where it is new."""
        before = self.figures.get((figure.table, figure.name))
        return None if before is None else figure.value / before if before else float("inf")

    def worse(self, figure: Figure) -> bool:
        """Whether a promised figure got worse by more than runs on one machine differ."""
        before = self.figures.get((figure.table, figure.name))
        if before is None or figure.limit is None:
            return False
        return figure.value > before * TOLERANCE + SLACK.get(figure.unit, 0.0)

    def differing(self) -> list[str]:
        """What the figures of now are measured on otherwise, in lines."""
        now = surroundings()
        names = ("system", "processor", "cores", "python", "qt", "sqlite")
        return [
            f"{name}: {self.about.get(name)} → {now[name]}"
            for name in names
            if self.about.get(name) != now[name]
        ]


def read_earlier(path: Path) -> Earlier:
    """The figures that `keep` wrote. Raises SystemExit where the file holds none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        figures = {(each["table"], each["name"]): float(each["value"]) for each in data.pop("figures")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(f"{path} holds no figures of an earlier run: {error}") from error
    return Earlier(figures, data)
