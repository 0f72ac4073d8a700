"""Every colour: of codes by their number, of all else by its role; light, dark, high contrast; `#RRGGBB`.

Window and pictures read the same table, so that a picture looks alike on the screen and in a file. No two
roles that are told apart in a picture are told apart by colour alone.
"""

from __future__ import annotations

from functools import lru_cache

THEMES = ("light", "dark", "contrast")
_TONES = """
    window          #F3F3F0 #1E2124 #000000
    panel           #FAFAF8 #202327 #000000
    page            #FFFFFF #17191C #000000
    ink             #1D2125 #E4E2DD #FFFFFF
    ink2            #50565D #B2B6BB #E6E6E6
    ink3            #62686F #9BA1A8 #E6E6E6
    accent          #1F5AA6 #8CB6F2 #FFD60A
    accent_tint     #E3ECF8 #26354A #000000
    on_accent       #FFFFFF #17191C #000000
    selection       #C3D9F7 #2F4F7C #FFD60A
    selection_ink   #1D2125 #E4E2DD #000000
    border          #868B90 #7C838B #FFFFFF
    separator       #E1E0DB #30343A #8C8C8C
    hover           #ECECE7 #2A2E33 #000000
    blank           #F6F6F3 #1B1D20 #000000
    look_again      #7A4F00 #F0C36B #FFB347
    look_again_tint #FCEFD3 #3D3118 #000000
    opposed         #A1262B #F29B94 #FF9A90
    opposed_tint    #FBE5E4 #452524 #000000
    settled         #1B6647 #86CFA8 #7CFC9A
    settled_tint    #DFF1E7 #1E3A2C #000000
    supports        #0B665E #6CCBBE #FFFFFF
    hinders         #A33B12 #F0A27C #FFFFFF
    neutral         #5B6269 #A9AFB5 #FFFFFF
    ambivalent      #65489A #BFA3EE #FFFFFF
"""

_LIGHT_CODES = (
    "#557BB0 #741805 #0E399A #AF8F01 #610770 #995155 #6B7602 #CE5280 "
    "#8F155A #A270DF #624FB9 #01A1AC #184735 #734C04 #005C7E #C87D67"
)
_DARK_CODES = (
    "#BED1FF #C98362 #6975D8 #F5D971 #C6A1BE #C95463 #7B910D #FB8093 "
    "#9B758E #B582E0 #9CADFF #9EF0EA #2DE3B9 #D1A214 #1F93B6 #FAAC81"
)


def code_colours(theme: str = "light") -> tuple[str, ...]:
    """The sixteen colours of codes, of their swatches, stripes and highlights, number 1 first."""
    return tuple((_LIGHT_CODES if theme == "light" else _DARK_CODES).split())


@lru_cache
def tones(theme: str = "light") -> dict[str, str]:
    """The colours of a theme by their role; ink is what is written on a page."""
    column = 1 + THEMES.index(theme)
    rows = [line.split() for line in _TONES.split("\n") if line.strip()]
    return {row[0]: row[column] for row in rows}


def mixed(top: str, under: str, share: float) -> str:
    """One colour laid over another, in sRGB; `share` is from 0 (nothing of it is seen) to 1."""
    pairs = zip(parts(top), parts(under), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in pairs)


def parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=4096)
def ink_on(ground: str, theme: str) -> str:
    """The ink or the page of a theme, whichever stands out more from a ground."""
    table = tones(theme)
    return max((table["ink"], table["page"]), key=lambda one: abs(_light(one) - _light(ground)))


def _light(colour: str) -> float:
    """How light a colour looks, from 0 to 255 (Rec. 709 luma)."""
    red, green, blue = parts(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
