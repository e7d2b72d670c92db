"""In which encoding a text is to be read again: each is shown with what the text says in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.fitting import fit
from briefing_app.gui.theme import set_look
from briefing_app.services.rereading import ENCODINGS, text_in

_ROW = 28  # px
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


class EncodingDialog(QDialog):
    """It owns no data: it says which encoding was chosen."""

    chosen = Signal(str)

    def __init__(self, sample: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = sample
        self.setWindowTitle(self.tr("Read again as"))
        fit(self, 640, 440)
        note = QLabel(
            self.tr(
                "Choose the encoding in which the text makes sense. The original stays as it is; "
                "what is read becomes a new version."
            )
        )
        note.setWordWrap(True)
        set_look(note, words="meta")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Encodings"))
        self.list.setMaximumWidth(180)
        for encoding in ENCODINGS:
            QListWidgetItem(encoding, self.list).setSizeHint(QSize(0, _ROW))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.document().setDocumentMargin(10)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("How the text reads then"))
        self.read = QPushButton(self.tr("Read again"))
        set_look(self.read, kind="primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list)
        both.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(note)
        layout.addLayout(both, 1)
        layout.addLayout(buttons)
        self.list.currentItemChanged.connect(self._show)
        self.list.itemActivated.connect(self._choose)
        self.read.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        text = text_in(self._sample, self.list.currentItem().text())
        self.text.setPlainText(" ".join(_MARKUP.sub(" ", text).split()))

    def _choose(self) -> None:
        self.chosen.emit(self.list.currentItem().text())
        self.accept()
