"""Take the pictures of matrices in docs/gallery: `python docs/take_matrix_pictures.py [NAME…]`.

Each kind of picture as it is printed, and the window with one, of the sample study, without a screen. A name
is picture, theme and language, as in `heat-light-id`; one that begins with `window` is taken of the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts
ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
KINDS = {"heat": "informants", "frequencies": "informants", "network": "linkage", "profiles": "groups",
         "curve": "saturation"}  # fmt: skip
DRAWN = (*(f"{name}-light-id" for name in KINDS), "heat-dark-en", "network-dark-en", "curve-light-en")
SHOWN = (
    "window-network-light-id",
    "window-heat-dark-en",
    "window-curve-dark-id",
    "window-frequencies-light-en",
)
DOTS = 144  # to an inch


def main(names: list[str]) -> int:
    """Take these pictures, or all."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        from qualcoder_lite.coding.sample_study import build_sample

        study = Path(folder) / "contoh.qcl"
        build_sample(study)
        for name in names or (*DRAWN, *SHOWN):
            (show if name in SHOWN else draw)(name, study)
    return 0


def draw(name: str, study: Path) -> None:
    """A picture as a file would have it."""
    picture, theme_name, language = name.rsplit("-", 2)
    from qualcoder_lite import i18n
    from qualcoder_lite.analysis.matrices.choice import Choice
    from qualcoder_lite.analysis.matrices.kinds import matrix_of
    from qualcoder_lite.coding.sample_study import RESEARCHER
    from qualcoder_lite.export.pictures.kinds import picture_of
    from qualcoder_lite.store.project import read_study
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.picture.paint import image_of
    from qualcoder_lite.ui.window.app import the_application

    i18n.use_language(language)
    shapes.dress(the_application(), theme.theme())
    with read_study(study) as project:
        matrix = matrix_of(project, KINDS[picture], Choice(coder=RESEARCHER))
        image_of(picture_of(matrix, picture), theme_name, DOTS).save(str(GALLERY / f"picture-{name}.png"))


def show(name: str, study: Path) -> None:
    """The window with a picture."""
    _window, picture, theme_name, language = name.split("-")
    from qualcoder_lite import i18n
    from qualcoder_lite.coding.sample_study import RESEARCHER
    from qualcoder_lite.ui.display.actions import show_kind
    from qualcoder_lite.ui.display.connect import Display
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.window.app import new_window, the_application

    i18n.use_language(language)
    application, tokens = the_application(), theme.theme(theme_name)
    shapes.dress(application, tokens)
    window = new_window(tokens, RESEARCHER)
    window.resize(1280, 720)
    window.show()
    window.open_path(study)
    application.processEvents()
    show_kind(KINDS[picture], window.desk)
    wiring = window.desk.part(Display).picture
    wiring.switch(True)
    wiring.choose(picture)
    view = wiring.page.view
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        application.processEvents()
    view.point_at(next((mark for mark in view.saying() if mark.said), None))
    application.processEvents()
    window.grab().save(str(GALLERY / f"picture-{name}.png"))
    window.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
