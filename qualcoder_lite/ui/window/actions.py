"""Every command of the window: menus, shortcuts, palette and the list of keys are built from these rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from qualcoder_lite.i18n import N_
from qualcoder_lite.ui.backups import connect as backups
from qualcoder_lite.ui.backups import protecting
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding import rewriting, walking
from qualcoder_lite.ui.conclusions import actions as conclusions_actions
from qualcoder_lite.ui.desk.action import (
    CODING,
    EDIT,
    FILE,
    HELP,
    VIEW,
    Action,
    Run,
    Test,
    always,
    with_study,
    with_text,
)
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.display import actions as display_actions
from qualcoder_lite.ui.guide import connect as guide
from qualcoder_lite.ui.history import connect as history
from qualcoder_lite.ui.hits import connect as hits
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.memos import connect as memos
from qualcoder_lite.ui.passages import connect as passages
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.window import (
    coder_menu,
    exporting,
    keys_list,
    manual,
    opening,
    palette,
    viewing,
)


def _switch(name: str, text: str, run: Run, ticked: Test, under: str) -> Action:
    """A choice of the view that holds until another is made."""
    return Action(name, text, run, VIEW, 3, (), always, ticked=ticked, under=under)


def _files() -> tuple[Action, ...]:
    return (
        Action("new", N_("New study…"), opening.ask_new, FILE, 0, ("Ctrl+N",), always),
        Action("open", N_("Open study…"), opening.ask_open, FILE, 0, ("Ctrl+O",), always),
        Action("sample", N_("Open the sample study"), opening.open_sample, FILE, 0, (), always),
        Action("import", N_("Import sources…"), importing.ask_files, FILE, 1, ("Ctrl+Shift+I",)),
    )


def _leaving() -> tuple[Action, ...]:
    return (
        Action("close", N_("Close the study"), opening.close_study, FILE, 3, ("Ctrl+W",)),
        Action("quit", N_("Quit"), opening.quit_program, FILE, 3, ("Ctrl+Q",), always),
    )


def _edits() -> tuple[Action, ...]:
    text = with_text
    return (
        Action("undo", N_("Undo"), coding_actions.undo, EDIT, 0, ("Ctrl+Z",), viewing.can_undo),
        Action(
            "redo", N_("Redo"), coding_actions.redo, EDIT, 0, ("Ctrl+Shift+Z", "Ctrl+Y"), viewing.can_redo
        ),
        Action("copy", N_("Copy with citation"), viewing.copy, EDIT, 1, (), text),
        Action("correct", N_("Correct the selected words…"), rewriting.correct, EDIT, 1, ("F4",), text),
        Action("find", N_("Find in the text…"), viewing.find, EDIT, 2, ("Ctrl+F",), text),
        Action("find_next", N_("Next hit"), viewing.find_next, EDIT, 2, ("F3",), text),
        Action("find_previous", N_("Previous hit"), viewing.find_previous, EDIT, 2, ("Shift+F3",), text),
    )


def _code(name: str, text: str, run: Run, *keys: str, where: str = "window", under: str = "") -> Action:
    """A way to code the selected words."""
    return Action(name, text, run, CODING, 0, keys, with_text, where, under=under)


def _mark(name: str, text: str, run: Run, *keys: str, where: str = "window", under: str = "") -> Action:
    """Something to be done to the coding at the caret."""
    return Action(name, text, run, CODING, 1, keys, with_text, where, under=under)


def _favourites() -> list[Action]:
    """The codes with a key of their own."""
    text, under = N_("Code with the code of key {number}"), N_("Favourites")
    return [
        replace(
            _code(f"key_{number}", text, partial(_favourite, number), number, where="text", under=under),
            number=number,
        )
        for number in "123456789"
    ]


def _codings() -> tuple[Action, ...]:
    both, signs = "text passages", N_("Polarity")
    return (
        _code("pick", N_("Code with…"), coding_actions.pick, "Return", "Enter", where="text"),
        _code("in_vivo", N_("New code from the words themselves"), coding_actions.in_vivo, "Ctrl+I"),
        _code("repeat", N_("Code with the last code again"), coding_actions.repeat, ".", where="text"),
        _code(
            "code_again",
            N_("Code the same words again with…"),
            coding_actions.code_again,
            "Ctrl+Return",
            "Ctrl+Enter",
            where="text",
        ),
        *_favourites(),
        _mark("plus", N_("Supports (+)"), partial(_polarity, "+"), "+", where=both, under=signs),
        _mark("minus", N_("Hinders (−)"), partial(_polarity, "-"), "-", where=both, under=signs),
        _mark("zero", N_("Neutral (0)"), partial(_polarity, "0"), "0", where=both, under=signs),
        _mark("both", N_("Ambivalent (±)"), partial(_polarity, "±"), "/", where=both, under=signs),
        _mark("star", N_("Choose as a quote to show"), coding_actions.star, "*", where=both),
        _mark("memo", N_("Memo on the coding…"), coding_actions.memo, "Ctrl+M"),
        _mark("condense", N_("Condensed wording…"), coding_actions.condense, "Ctrl+D"),
        _mark("evidence", N_("Next kind of evidence"), coding_actions.next_evidence, "Ctrl+J"),
        _mark("memo_range", N_("Memo on the selected words…"), coding_actions.memo_on_range, "Ctrl+Shift+M"),
        _mark("recode", N_("Recode…"), rewriting.recode, "Ctrl+Shift+R"),
        _mark("split_off", N_("Split off into a new code…"), rewriting.split, "Ctrl+Shift+B"),
        _mark(
            "remove_coding", N_("Remove the coding"), coding_actions.remove, "Del", "Backspace", where=both
        ),
    )


def _favourite(number: str, desk: Desk) -> None:
    coding_actions.favourite(desk, number)


def _polarity(sign: str, desk: Desk) -> None:
    coding_actions.set_polarity(desk, sign)


def _walk(name: str, text: str, run: Run, *keys: str) -> Action:
    """A way through the text."""
    return Action(name, text, run, CODING, 2, keys, with_text)


def _select(name: str, text: str, run: Run, *keys: str) -> Action:
    """Something to select."""
    return Action(name, text, run, EDIT, 1, keys, with_text, under=N_("Select"))


def _resize(name: str, text: str, run: Run, *keys: str) -> Action:
    """A way to make a coding longer or shorter."""
    return Action(name, text, run, CODING, 3, keys, with_text, under=N_("Longer and shorter"))


def _walks() -> tuple[Action, ...]:
    return (
        _walk("next_coding", N_("Next coding"), walking.next_coding, "Alt+Down"),
        _walk("previous_coding", N_("Previous coding"), walking.previous_coding, "Alt+Up"),
        _walk("next_uncoded", N_("Next turn without a coding"), walking.next_uncoded, "Alt+Right"),
        _walk("previous_uncoded", N_("Turn without a coding before"), walking.previous_uncoded, "Alt+Left"),
        _walk("show_labels", N_("Show all codes of the line"), walking.show_labels, "Ctrl+L"),
        _select("select_word", N_("Word"), walking.select_word, "Ctrl+Shift+D"),
        _select("select_sentence", N_("Sentence"), walking.select_sentence, "Ctrl+Shift+S"),
        _select("select_paragraph", N_("Paragraph"), walking.select_paragraph, "Ctrl+Shift+P"),
        _select("select_turn", N_("Turn"), walking.select_turn, "Ctrl+Shift+T"),
        _select("grow", N_("The next larger part"), walking.grow, "Ctrl+E"),
        _select("shrink", N_("The next smaller part"), walking.shrink, "Ctrl+Shift+E"),
        _resize("end_on", N_("End one word later"), walking.end_on, "Alt+Shift+Right"),
        _resize("end_back", N_("End one word earlier"), walking.end_back, "Alt+Shift+Left"),
        _resize("start_back", N_("Start one word earlier"), walking.start_back, "Ctrl+Alt+Left"),
        _resize("start_on", N_("Start one word later"), walking.start_on, "Ctrl+Alt+Right"),
        _resize(
            "resize_to_selection", N_("Resize to the selected words"), walking.resize_to_selection, "Ctrl+R"
        ),
    )


def _book(name: str, text: str, run: Run, *keys: str, where: str = "codes", group: int = 5) -> Action:
    """Something to be done to the codes chosen in the codebook."""
    return Action(name, text, run, CODING, group, keys, with_study, where, under=N_("Codebook"))


def _codes() -> tuple[Action, ...]:
    of = codebook_actions
    return (
        _book("new_code", N_("New code…"), of.new, "Ctrl+Shift+N", where="window"),
        _book("edit_code", N_("What the code means…"), of.edit, "Ctrl+Return", "Ctrl+Enter"),
        _book("rename_code", N_("Rename"), of.rename, "F2"),
        _book("code_with_chosen", N_("Code the selected words with it"), coding_actions.code_with_chosen),
        _book("memo_code", N_("Memo on the code…"), of.memo),
        _book("move_up", N_("Move up"), of.move_up, "Alt+Shift+Up"),
        _book("move_down", N_("Move down"), of.move_down, "Alt+Shift+Down"),
        _book("move_under", N_("Put below another code…"), of.move_under),
        _book("move_to_top", N_("Make it a top code"), of.move_to_top),
        _book("merge_codes", N_("Merge into another code…"), of.merge),
        _book("link_code", N_("Link to a code from theory…"), of.link),
        _book("show_only_codes", N_("Show only the chosen codes in the text"), of.show_only),
        _book("show_all_codes", N_("Show all codes in the text"), of.show_all),
        _book("remove_codes", N_("Remove the code"), of.remove, "Del"),
    )


def _source(name: str, text: str, run: Run, *keys: str) -> Action:
    """Something to be done to the source that is open."""
    return Action(name, text, run, FILE, 1, keys, with_text, under=N_("Source"))


def _sources() -> tuple[Action, ...]:
    of = source_actions
    return (
        _source("edit_source", N_("What is known of it…"), of.edit),
        _source("edit_speakers", N_("Who speaks…"), of.edit_speakers),
        _source("memo_source", N_("Memo on the source…"), coding_actions.memo_on_source),
        _source("not_started", N_("Not started"), partial(_status, "not_started")),
        _source("in_progress", N_("In progress"), partial(_status, "in_progress")),
        _source("done", N_("Done"), partial(_status, "done"), "Ctrl+Shift+X"),
        _source("remove_source", N_("Remove the source"), of.remove),
        Action("new_informant", N_("New informant…"), of.new_informant, FILE, 1),
    )


def _status(status: str, desk: Desk) -> None:
    source_actions.set_status(desk, status)


def _views() -> tuple[Action, ...]:
    colours, tongue, of = N_("Theme"), N_("Language"), viewing
    return (
        Action("zoom_in", N_("Larger text"), of.zoom_in, VIEW, 0, ("Ctrl++", "Ctrl+=")),
        Action("zoom_out", N_("Smaller text"), of.zoom_out, VIEW, 0, ("Ctrl+-",)),
        Action("zoom_normal", N_("Usual text size"), of.zoom_normal, VIEW, 0, ("Ctrl+0",)),
        *_settings(),
        _place("to_sources", N_("Go to the sources"), of.to_sources, "Ctrl+Alt+D"),
        _place("to_text", N_("Go to the text"), of.to_text, "Ctrl+Alt+X"),
        _place("to_codes", N_("Go to the codebook"), of.to_codes, "Ctrl+Alt+K"),
        _place("to_filter", N_("Filter the codebook"), of.to_filter, "Ctrl+Shift+F"),
        _panel("toggle_left", N_("Sources and informants"), of.toggle_left, of.shows_left, "Ctrl+Alt+L"),
        _panel("toggle_codes", N_("Codebook"), of.toggle_codes, of.shows_codes, "Ctrl+Alt+B"),
        Action("usual_sizes", N_("Usual sizes of panels"), of.usual_sizes, VIEW, 2),
        Action("reduction", N_("Data Reduction"), partial(_workspace, 0), VIEW, 1, ("Ctrl+1",)),
        Action("display", N_("Data Display"), partial(_workspace, 1), VIEW, 1, ("Ctrl+2",)),
        Action("conclusions", N_("Drawing Conclusions"), partial(_workspace, 2), VIEW, 1, ("Ctrl+3",)),
        _switch("light", N_("Light"), of.light, of.is_light, colours),
        _switch("dark", N_("Dark"), of.dark, of.is_dark, colours),
        _switch("contrast", N_("High contrast"), of.contrast, of.is_contrast, colours),
        _switch("indonesian", N_("Indonesian"), of.indonesian, of.is_indonesian, tongue),
        _switch("english", N_("English"), of.english, of.is_english, tongue),
    )


def _place(name: str, text: str, run: Run, *keys: str) -> Action:
    """A part of the window to which the keys can go."""
    return Action(name, text, run, VIEW, 1, keys, under=N_("Go to"))


def _panel(name: str, text: str, run: Run, ticked: Test, *keys: str) -> Action:
    """A panel that can be shown or not."""
    return Action(name, text, run, VIEW, 2, keys, ticked=ticked)


def _workspace(number: int, desk: Desk) -> None:
    viewing.to_workspace(desk, number)


def _settings() -> list[Action]:
    """How the text is set: spacing of lines and width."""
    rows = []
    for name, text, factor in (
        ("close_lines", N_("Close lines"), 1.6), ("usual_lines", N_("Usual lines"), theme.LINE_FACTOR),
        ("wide_lines", N_("Wide lines"), 2.2),
    ):  # fmt: skip
        run, ticked = partial(_spacing, factor), partial(_has_spacing, factor)
        rows.append(Action(name, text, run, VIEW, 0, ticked=ticked, under=N_("Spacing")))
    for name, text, width in (
        ("narrow_text", N_("Narrow text"), 480), ("usual_text", N_("Usual width"), None),
        ("wide_text", N_("Wide text"), 860),
    ):  # fmt: skip
        run, ticked = partial(_width, width), partial(_has_width, width)
        rows.append(Action(name, text, run, VIEW, 0, ticked=ticked, under=N_("Width")))
    return rows


def _spacing(factor: float, desk: Desk) -> None:
    viewing.set_spacing(desk, factor)


def _has_spacing(factor: float, desk: Desk) -> bool:
    return viewing.has_spacing(desk, factor)


def _width(width: int | None, desk: Desk) -> None:
    viewing.set_width(desk, width)


def _has_width(width: int | None, desk: Desk) -> bool:
    return viewing.has_width(desk, width)


def _helps() -> tuple[Action, ...]:
    return (
        Action("palette", N_("Search commands…"), palette.show, HELP, 0, ("Ctrl+K",), always),
        Action("manual", N_("Manual…"), manual.show, HELP, 0, ("F1",), always),
        Action("keys", N_("Keys…"), keys_list.show, HELP, 0, ("Ctrl+F1",), always),
        Action("new_coder", N_("Another coder…"), coder_menu.new_coder, CODING, 6),
        Action(
            "all_coders", N_("Show the codings of all coders"), coder_menu.all_coders, CODING, 6,
            ticked=coder_menu.shows_all,
        ),
    )  # fmt: skip


ACTIONS = (
    *_files(),
    *_sources(),
    *exporting.ROWS,
    *backups.ROWS,
    *protecting.ROWS,
    *_leaving(),
    *_edits(),
    *_codings(),
    *_walks(),
    *_codes(),
    *_views(),
    *_helps(),
    *passages.ROWS,
    *memos.ROWS,
    *hits.ROWS,
    *guide.ROWS,
    *history.ROWS,
    *display_actions.ACTIONS,
    *conclusions_actions.ACTIONS,
)
