"""What a screen reader reads of the text view: the text, the caret, the selection, and the codings as words.

Qt counts UTF-16 units here too; the map for the whole text is made only when a reader asks. The codings at
the caret are the description, and are announced when the caret comes to others.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.offsets import Utf16Map
from qualcoder_lite.ui.text.coded import CodedText
from qualcoder_lite.ui.text.page import PERSPECTIVE_WORDS, POLARITY_WORDS, Coding


def words_of(coding: Coding) -> str:
    """A coding as words: key, name, polarity, kind of code, star, memo, and whose it is."""
    polarity, perspective = POLARITY_WORDS[coding.polarity], PERSPECTIVE_WORDS[coding.perspective]
    parts = [f"{coding.key} {coding.name}", _(polarity), _(perspective)]
    if coding.starred:
        parts.append(_("starred"))
    if coding.memo:
        parts.append(_("with memo"))
    if coding.coder:
        parts.append(_("Coder: {name}").format(name=coding.coder))
    return ", ".join(parts)


def codings_as_words(view: CodedText) -> str:
    """The codings at the caret, as a screen reader says them."""
    return "; ".join(words_of(one) for one in view.codings_at_caret())


class AccessibleText(QAccessibleTextInterface):
    """The text of a view as Qt asks for it, in UTF-16 units."""

    def __init__(self, view: CodedText) -> None:
        """Map nothing yet."""
        super().__init__()
        self.view = view
        self._mapped: tuple[str, Utf16Map] | None = None

    @property
    def map(self) -> Utf16Map:
        """The map of the text that is shown."""
        text = self.view.page.text
        if self._mapped is None or self._mapped[0] is not text:
            self._mapped = text, Utf16Map(text)
        return self._mapped[1]

    def characterCount(self) -> int:
        """The length of the text."""
        return self.map.units(len(self.view.page.text))

    def text(self, start: int, end: int) -> str:
        """A part of the text."""
        return self.view.page.text[self.map.point(start) : self.map.point(end)]

    def cursorPosition(self) -> int:
        """Where the caret stands."""
        return self.map.units(self.view.caret)

    def setCursorPosition(self, position: int) -> None:
        """Move the caret."""
        self.view.select(self.map.point(position), self.map.point(position))

    def selectionCount(self) -> int:
        """One selection, or none."""
        start, end = self.view.selection()
        return int(start < end)

    def selection(self, _index: int) -> tuple[int, int]:
        """The selection."""
        start, end = self.view.selection()
        return self.map.units(start), self.map.units(end)

    def addSelection(self, start: int, end: int) -> None:
        """Select; there is only one selection."""
        self.view.select(self.map.point(start), self.map.point(end))

    def setSelection(self, _index: int, start: int, end: int) -> None:
        """Select."""
        self.addSelection(start, end)

    def removeSelection(self, _index: int) -> None:
        """Select nothing."""
        self.view.select(self.view.caret, self.view.caret)

    def characterRect(self, offset: int) -> QRect:
        """Where a character is seen, on the screen."""
        box = self.view.caret_box(self.map.point(offset)).toRect()
        return QRect(self.view.viewport().mapToGlobal(box.topLeft()), box.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """The character at a place of the screen."""
        return self.map.units(self.view.position_at(QPointF(self.view.viewport().mapFromGlobal(point))))

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a part into sight."""
        self.view.reveal(self.map.point(start), self.map.point(end), jump=True)

    def attributes(self, offset: int) -> tuple[str, int, int]:
        """The codings on a character as words, and the stretch on which they are the same."""
        point = self.map.point(offset)
        codings = self.view.body.codings.at(point)
        start = max((one.start for one in codings), default=point)
        end = min((one.end for one in codings), default=point + 1)
        said = "; ".join(words_of(one) for one in codings).replace(":", " ")
        return f"codings:{said}" if said else "", self.map.units(start), self.map.units(end)


class AccessibleView(QAccessibleWidget):
    """A text view as screen readers meet it."""

    def __init__(self, view: CodedText) -> None:
        """Speak for this view."""
        super().__init__(view, QAccessible.Role.Document, "")
        self.view = view
        self.words = AccessibleText(view)

    def text(self, kind: QAccessible.Text) -> str:
        """Its name, or the codings at the caret as words."""
        if kind == QAccessible.Text.Name:
            return self.view.accessibleName() or _("Text with codings")
        if kind == QAccessible.Text.Description:
            return codings_as_words(self.view)
        return ""

    def state(self) -> QAccessible.State:
        """A text of many lines that can be selected but not changed."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The text interface."""
        return self.words if kind == QAccessible.InterfaceType.TextInterface else super().interface_cast(kind)


class Interfaces(QObject):
    """The interfaces of the text views of an application, which keeps this as one of its children."""

    def __init__(self, application: QCoreApplication) -> None:
        """No view yet."""
        super().__init__(application)
        self.alive: dict[int, AccessibleView] = {}

    def of(self, _key: str, thing: QObject) -> QAccessibleInterface | None:
        """Speak for text views; Python must keep what Qt points to as long as the view lives."""
        if not isinstance(thing, CodedText):
            return None
        identity = id(thing)
        if identity not in self.alive:
            self.alive[identity] = AccessibleView(thing)
            thing.destroyed.connect(lambda: self.alive.pop(identity, None))
        return self.alive[identity]


def installed() -> Interfaces:
    """Let Qt find the interfaces of text views, once per application; a `QApplication` must stand."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("a text view needs an application")
    for child in application.children():
        if isinstance(child, Interfaces):
            return child
    made = Interfaces(application)
    QAccessible.installFactory(made.of)
    return made


def heard() -> bool:
    """Tell whether there is a screen reader."""
    return bool(QAccessible.isActive())


def tell(view: CodedText, announce: str) -> None:
    """Tell a screen reader that caret or selection moved, and say what is new there."""
    interface = QAccessible.queryAccessibleInterface(view)
    words = getattr(interface, "words", None)
    table = words.map if isinstance(words, AccessibleText) else Utf16Map(view.page.text)
    start, end = view.selection()
    QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, table.units(view.caret)))
    if start < end:
        event = QAccessibleTextSelectionEvent(view, table.units(start), table.units(end))
        QAccessible.updateAccessibility(event)
    if announce:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, announce))
