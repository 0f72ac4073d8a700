"""Qt's own words in the person's language: file dialogs, questions, menus of fields.

Qt ships no Indonesian catalogue, and its dialogs must not speak another language than the window.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator
from PySide6.QtWidgets import QApplication

from qualcoder_lite.i18n import N_, _, language

_CONTEXTS = (
    "QDialogButtonBox", "QDialog", "QFileDialog", "QFileSystemModel", "QLineEdit", "QMessageBox",
    "QPlatformTheme", "QWidgetTextControl",
)  # fmt: skip
_WORDS = {  # as they stand in Qt's source: our message
    "&Look in:": N_("Folder:"), "File &name:": N_("File name:"),
    "Files of &type:": N_("Kind of file:"), "&File name:": N_("File name:"),
    "Directory:": N_("Folder:"), "&Directory:": N_("Folder:"), "Back": N_("Back"), "Go back": N_("Back"),
    "Forward": N_("Forward"), "Go forward": N_("Forward"), "Parent Directory": N_("The folder above"),
    "Go to the parent directory": N_("The folder above"), "Create New Folder": N_("New folder"),
    "Create a New Folder": N_("New folder"), "&New Folder": N_("New folder"), "New Folder": N_("New folder"),
    "List View": N_("As a list"), "Change to list view mode": N_("As a list"),
    "Detail View": N_("With size and date"), "Change to detail view mode": N_("With size and date"),
    "Sidebar": N_("Places"), "List of places and bookmarks": N_("Places"), "Files": N_("Files"),
    "Name": N_("Name"), "Size": N_("Size"), "Type": N_("Kind"), "Kind": N_("Kind"),
    "Date Modified": N_("Changed"), "Computer": N_("This computer"), "My Computer": N_("This computer"),
    "File": N_("File"), "%1 File": N_("{kind} file"), "Folder": N_("Folder"), "File Folder": N_("Folder"),
    "Drive": N_("Disk"), "All Files (*)": N_("All files (*)"), "&Rename": N_("Rename"),
    "&Delete": N_("Delete"), "Delete": N_("Delete"), "Show &hidden files": N_("Show hidden files"),
    "&Open": N_("Open"), "Open": N_("Open"), "&Save": N_("Save"), "Save": N_("Save"),
    "Save As": N_("Save as"), "&Choose": N_("Choose"), "Choose": N_("Choose"), "Cancel": N_("Cancel"),
    "&Cancel": N_("Cancel"), "OK": N_("OK"), "&OK": N_("OK"), "Yes": N_("Yes"), "&Yes": N_("Yes"),
    "No": N_("No"), "&No": N_("No"), "Close": N_("Close"), "&Close": N_("Close"),
    "%1 already exists.\nDo you want to replace it?": N_("{file} is there already. Replace it?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_("{file} is not there."),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        N_("The folder {file} is not there."),
    "Are you sure you want to delete '%1'?": N_("Delete {file}?"),
    "&Undo": N_("Undo"), "&Redo": N_("Redo"), "Cu&t": N_("Cut"), "&Copy": N_("Copy"),
    "Copy": N_("Copy"), "&Paste": N_("Paste"), "Select All": N_("Select all"),
    "Copy &Link Location": N_("Copy the address"),
}  # fmt: skip


class QtWords(QTranslator):
    """Gives Qt the words of our catalogue in the language now spoken."""

    def isEmpty(self) -> bool:
        """There are words, though no file of them."""
        return False

    def translate(
        self, context: str, words: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Qt's words in our language; None, for Qt's own, where English is spoken or we know none."""
        del disambiguation, n
        if language() == "en" or context not in _CONTEXTS or words not in _WORDS:
            return None
        return _(_WORDS[words]).replace("{file}", "%1").replace("{kind}", "%1")


def speak(application: QApplication) -> None:
    """Let Qt ask us for its words, once; it asks anew for each dialog."""
    if application.findChild(QObject, "qt_words") is None:
        words = QtWords(application)
        words.setObjectName("qt_words")
        application.installTranslator(words)
