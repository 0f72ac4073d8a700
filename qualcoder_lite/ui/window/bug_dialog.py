"""The one dialog for bugs: what happened, that nothing is lost, a report to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.panel import push_button


class BugDialog(QDialog):
    """Tells a bug of ours; further bugs while it is open are added to its report."""

    shown: BugDialog | None = None

    def __init__(self, report: str) -> None:
        """Tell a report."""
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("A bug of the program"))
        self.setModal(False)
        self.resize(620, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        words = _("Something went wrong that should not. Your work up to the last action is saved.")
        more = _("Please send this report to those who make the program. It holds no word of your study.")
        for sentence in (words, more):
            said = QLabel(sentence)
            said.setWordWrap(True)
            column.addWidget(said)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        column.addWidget(self.report, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(push_button(_("Copy the report"), self.copy))
        row.addWidget(push_button(_("Go on working"), self.accept, default=True))
        column.addLayout(row)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    @classmethod
    def show_report(cls, report: str) -> BugDialog:
        """Show a report, or add it to the one that is shown."""
        if cls.shown is not None and cls.shown.isVisible():
            cls.shown.report.appendPlainText("\n" + report)
            return cls.shown
        cls.shown = BugDialog(report)
        cls.shown.show()
        return cls.shown
