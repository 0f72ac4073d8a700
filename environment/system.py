"""The libraries of the system that Qt loads, and Debian's packages of them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from qualcoder_lite.i18n import _

LIBRARIES = {  # shared library -> Debian package
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {  # for a real window on a virtual screen
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def install_system_libraries(testing: bool) -> None:
    """On Linux, see that the libraries that Qt loads are there; install or name the missing ones."""
    if not sys.platform.startswith("linux"):
        return
    wanted = LIBRARIES | (SCREEN_LIBRARIES if testing or os.environ.get("DISPLAY") else {})
    missing = sorted(package for library, package in wanted.items() if not loads(library))
    if testing and not shutil.which("Xvfb"):
        missing.append("xvfb")
    if missing:
        install_packages(missing)


def loads(library: str) -> bool:
    """Tell whether the dynamic loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root, said before; otherwise print the exact line and go on."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        tell(_("System packages are missing. Please run:"), f"sudo {line}")
        return
    tell(_("System packages are missing. This is run now:"), f"apt-get update && {line}")
    run_quietly("apt-get update")
    if run_quietly(line):
        tell(_("That did not work. Please run:"), line)


def run_quietly(line: str) -> int:
    """Run a command that asks nothing and shows only its errors; give its exit status."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(line.split(), stdout=subprocess.DEVNULL, env=environment, check=False).returncode


def tell(words: str, line: str) -> None:
    """Print a line of the command line under what is to be said of it."""
    print(f"{words}\n    {line}", file=sys.stderr, flush=True)
