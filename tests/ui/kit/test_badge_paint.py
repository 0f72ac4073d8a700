"""How many words of its badges a narrow place keeps."""

from PySide6.QtWidgets import QApplication

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.badge_paint import Badge, fitting

GAP: Badge = ("opposed", "arrow-left-right", "kesenjangan")
REVIEW: Badge = ("look_again", "triangle-alert", "tinjau")
BARE: Badge = ("look_again", "", "tanpa bukti")


def test_badges_keep_their_words_where_there_is_room(qapp: QApplication) -> None:
    tokens = theme.theme()
    assert fitting((REVIEW, GAP), 400, tokens) == [REVIEW, GAP]
    alone = [("look_again", "triangle-alert", ""), ("look_again", "info", "")]
    assert fitting((REVIEW, BARE), 60, tokens) == alone
    partly = fitting((GAP, BARE, REVIEW), 130, tokens)
    assert [words for _tone, _icon, words in partly] == ["", "tanpa bukti", ""]
