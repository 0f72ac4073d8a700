"""Start QualCoder Lite, its tests or its benchmarks on a machine that has only Python and git.

    python3 run.py [arguments]      make the environment, then run the program with these arguments
    python3 run.py wheels FOLDER    fetch what it installs into a folder, for computers without a network
    python3 run.py --wheels FOLDER [arguments]      install from such a folder, without a network
    python3 run.py test [--long]    ruff, mypy, import-linter and pytest (--long adds kills and fuzz)
    python3 run.py bench            print every figure that we promise; --json FILE keeps them,
                                    --compare FILE prints them beside those kept earlier
    python3 run.py words            collect the words for translators and compile the translation
    python3 run.py lock             write the lock files anew from pyproject.toml

Only the standard library is used. This file is read by any Python, so that an old one is told what it is.
"""

import os
import sys

if __name__ == "__main__":
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.stderr.write(
            "QualCoder Lite needs Python 3.11, 3.12 or 3.13; this is %s.\n" % sys.version.split()[0]  # noqa: UP031
        )
        sys.exit(2)
    root = os.path.dirname(os.path.realpath(__file__))
    others = [folder for folder in sys.path if os.path.realpath(folder) != root]
    installed = [at for at, folder in enumerate(others) if folder.endswith("-packages")] or [len(others)]
    # After Python's own: no file beside this one is a module of Python. Before what is installed: that may be
    # another copy of this program.
    sys.path[:] = others[: installed[0]] + [root] + others[installed[0] :]  # noqa: RUF005

    from environment.start import main

    sys.exit(main(sys.argv[1:]))
