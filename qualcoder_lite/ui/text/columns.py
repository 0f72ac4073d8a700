"""How the transcript shares a width among line numbers, speakers, text, stripes and labels."""

from __future__ import annotations

from dataclasses import dataclass

from qualcoder_lite.ui.kit import theme


@dataclass(frozen=True)
class Columns:
    """Left edges and widths in pixels; `labels` says how labels show: names, keys or none."""

    number_right: int
    speaker: int
    speaker_width: int
    text: int
    text_width: int
    stripes: int
    label: int
    label_width: int
    labels: str


def share(
    width: int, tokens: theme.Theme, character: float, wished: int | None = None, speakers: bool = True
) -> Columns:
    """The columns for a view of this width and these letters; `wished` is a text width the person chose.

    When it gets narrow first the labels elide, then they show keys only, then they go; the text goes last.
    Where nobody speaks (`speakers`) the text has that column too.
    """
    px = tokens.px
    speaker_column = theme.SPEAKER_COLUMN if speakers else 0
    before = px(theme.NUMBER_COLUMN + theme.SPEAKER_GAP + speaker_column + theme.TEXT_GAP)
    between = px(theme.BEFORE_STRIPES + theme.STRIPE_COLUMN + theme.BEFORE_LABELS)
    room = width - before - between - px(theme.EDGE)
    if wished is None:
        wished = round(min(px(theme.TEXT_WIDE), theme.TEXT_CHARACTERS * character))
    wished = max(px(theme.TEXT_NARROW), wished)
    text, labels, how = _text_and_labels(room, wished, tokens)
    spare = max(0, room - text - labels) // 2 if how == "names" else 0
    start = spare + before
    stripes = start + text + px(theme.BEFORE_STRIPES)
    return Columns(
        number_right=spare + px(theme.NUMBER_COLUMN),
        speaker=spare + px(theme.NUMBER_COLUMN + theme.SPEAKER_GAP),
        speaker_width=px(theme.SPEAKER_COLUMN - theme.SPACE_4) if speakers else 0,
        text=start,
        text_width=text,
        stripes=stripes,
        label=stripes + px(theme.STRIPE_COLUMN + theme.BEFORE_LABELS),
        label_width=labels,
        labels=how,
    )


def _text_and_labels(room: int, wished: int, tokens: theme.Theme) -> tuple[int, int, str]:
    """The widths of text and labels, and how labels show: wide ones only where the text has its wish."""
    narrow, least = tokens.px(theme.TEXT_NARROW), tokens.px(theme.TEXT_LEAST)
    names, keys, most = (tokens.px(one) for one in (theme.LABEL_COLUMN, theme.LABEL_KEYS, theme.LABEL_MOST))
    if room - narrow >= names:
        text = min(wished, room - names)
        return text, min(most, room - text), "names"
    if room - keys >= narrow:
        return min(wished, room - keys), keys, "keys"
    if room - keys >= (narrow + least) // 2:
        return room - keys, keys, "keys"
    return max(least, room), 0, "none"
