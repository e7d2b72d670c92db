"""What went wrong, told to the person at the keyboard; and bugs, with what a report needs."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QCoreApplication, QSysInfo, Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from briefing_app import __version__
from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, NotFound, fill
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from briefing_app.errors import Remark


def sentence(error: BriefingError) -> str:
    """Return what happened, in the language of the window."""
    return fill(QCoreApplication.translate("errors", error.message), error.values)


def in_sentences(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return remarks in the language of the window."""
    return tuple(
        fill(QCoreApplication.translate("errors", each.message), dict(each.values))
        for each in remarks
    )


def next_step(error: BriefingError) -> str:
    """Return what the user can do about it, in the language of the window; it may be empty."""
    return (
        fill(QCoreApplication.translate("errors", error.hint), error.values) if error.hint else ""
    )


def gone_article() -> NotFound:
    """Return what to say of a source that was deleted."""
    return NotFound(
        QT_TRANSLATE_NOOP(
            "errors", "The article of this passage has been deleted from the library."
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "The brief still names it as a source. To read it again, undo the deletion or "
            "import the article anew.",
        ),
    )


def in_words(error: BaseException) -> str:
    """Return one sentence for any error: its own, or that of a fault of the program."""
    if isinstance(error, BriefingError):
        return " ".join(part for part in (sentence(error), next_step(error)) if part)
    return QCoreApplication.translate("problems", "A fault in the program: {error}").replace(
        "{error}", repr(error)
    )


def tell(parent: QWidget | None, error: BaseException) -> None:
    """Show an error: expected ones as a sentence, others as the fault that they are."""
    if not isinstance(error, BriefingError):
        CrashDialog(report(error), parent).exec()
        return
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QCoreApplication.applicationName())
    box.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may hold anything
    box.setText(sentence(error))
    box.setInformativeText(next_step(error))
    box.exec()


def environment() -> str:
    """Return what a report of a fault needs to say of this computer; no names, no paths."""
    return "\n".join(
        (
            f"Briefing Desk {__version__}",
            f"Python {sys.version.split()[0]}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
            f"{QSysInfo.prettyProductName()}, {QGuiApplication.platformName()}",
        )
    )


def report(error: BaseException) -> str:
    """Return the environment and the traceback of a fault."""
    return environment() + "\n\n" + "".join(traceback.format_exception(error))


class CrashDialog(QDialog):
    """Says that the program made a mistake, and lets the report be copied."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault in Briefing Desk"))
        self.resize(640, 420)
        head = QLabel(self.tr("Something went wrong that should not have."))
        set_look(head, words="title")
        words = QLabel(
            self.tr(
                "What you had written is kept. You can go on; if it happens again, start the program "
                "anew. The report below stays on this computer unless you send it."
            )
        )
        words.setWordWrap(True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(self.tr("Copy the report"))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (head, words, self.text, buttons):
            layout.addWidget(widget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
