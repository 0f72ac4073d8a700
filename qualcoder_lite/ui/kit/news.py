"""News that float over the foot of the window's content, with what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import flat_button, label, link_button, paper

Links = Sequence[tuple[str, Callable[[], object]]]
WIDTH, GAP = 760, 12  # at most so wide; from the edges of the content
STAYS, READING = 8_000, 60  # milliseconds that news stay, and more for each letter
MOST = 2  # so many links


class News(QFrame):
    """The news; they go when they were there long enough, are closed, or outdated.

    They float over the content and move nothing in it, so that no click meets what was not aimed at. Where
    the mouse is at the foot of the content they stand at its head. They stay as long as the mouse is on them.
    """

    def __init__(self, tokens: theme.Theme, over: QWidget) -> None:
        """Nothing to tell; `over` is the content."""
        super().__init__(over.parentWidget())
        self.tokens, self._over = tokens, over
        self.setObjectName("news")
        paper(self, "news")
        self.leaving = QTimer(self, singleShot=True)
        self.leaving.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        wide, narrow = tokens.px(theme.SPACE_12), tokens.px(theme.SPACE_8)
        row.setContentsMargins(wide, narrow, narrow, narrow)
        row.setSpacing(wide)
        self.sentence = label(tokens, "", "interface", "look_again")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._runs: list[Callable[[], object]] = []
        self.links = [self._link(number) for number in range(MOST)]
        self.action = self.links[0]
        row.addWidget(self.sentence, 1)
        for link in self.links:
            row.addWidget(link)
        row.addWidget(flat_button(tokens, "x", _("Close this message"), self.clear))
        over.installEventFilter(self)
        self.hide()

    def _link(self, number: int) -> QPushButton:
        link = link_button(self.tokens, "", lambda: self._act(number))
        link.installEventFilter(self)
        return link

    def tell(self, words: str, links: Links = ()) -> None:
        """Show news for a while; each link has its words and what it does."""
        self.sentence.setText(words)
        self._runs = [run for _words, run in links]
        for number, link in enumerate(self.links):
            link.setText(links[number][0] if number < len(links) else "")
            link.setVisible(number < len(links))
        self._stand()
        self.show()
        self.raise_()
        self.leaving.start(STAYS + READING * len(words))

    def _stand(self) -> None:
        """Stand at the foot of the content, or at its head where the mouse is at its foot."""
        content, gap = self._over.geometry(), self.tokens.px(GAP)
        width = min(self.tokens.px(WIDTH), content.width() - 2 * gap)
        self.ensurePolished()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        place = QRect(0, 0, width, min(height, content.height() - 2 * gap))
        place.moveCenter(QPoint(content.center().x(), 0))
        place.moveBottom(content.bottom() - gap)
        mouse = self.mapToParent(self.mapFromGlobal(QCursor.pos()))
        if place.contains(mouse):
            place.moveTop(content.top() + gap)
        self.setGeometry(place)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay as long as the mouse is here."""
        self.leaving.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go a while later."""
        self.leaving.start(STAYS)
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the content's size.

        The second click on a link that stood here before is not meant for what is offered now.
        """
        if watched is self._over:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._stand()
            return False
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def _act(self, number: int) -> None:
        run = self._runs[number]
        self.clear()
        run()

    def clear(self) -> None:
        """Nothing more to tell."""
        self.leaving.stop()
        self.hide()
