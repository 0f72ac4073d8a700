"""Where the person is among the matrices: kept while a study is open, also when all parts are made anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcoder_lite.analysis.matrices.choice import Choice


@dataclass
class KindPlace:
    """How one kind of matrix is looked at: its choice, closed bands, widths, current cell and picture."""

    choice: Choice = field(default_factory=Choice)
    content: str = "emic_summary"
    closed: frozenset[str] = frozenset()
    widths: dict[str, bool] = field(default_factory=dict)
    chosen: tuple[str, str] = ("", "")
    scrolled: tuple[int, int] = (0, 0)
    picture: str = ""  # which one; empty: the usual one of the kind


@dataclass
class DisplayPlace:
    """The kind that is shown, and the place in each; whether the panel is open."""

    kind: str = "informants"
    kinds: dict[str, KindPlace] = field(default_factory=dict)
    panel: bool = True
    pictured: bool = False  # pictures are shown instead of the cells
    study: str = ""  # the path of the study to which all this belongs

    @property
    def now(self) -> KindPlace:
        """The place in the kind that is shown."""
        return self.kinds.setdefault(self.kind, KindPlace())
