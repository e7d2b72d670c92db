"""What can be chosen once and for all. Every choice holds at once; there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.theme import Choice, set_look

if TYPE_CHECKING:
    from briefing_app.gui.appearance import Appearance
    from briefing_app.settings import Settings


class PreferencesDialog(QDialog):
    """The settings that have no better place in the window."""

    def __init__(self, settings: Settings, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._appearance = appearance
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(460)
        head = QLabel(self.tr("Settings"))
        set_look(head, words="title")
        self.theme = QComboBox()
        for choice, words in (
            (Choice.SYSTEM, self.tr("Follow the system")),
            (Choice.LIGHT, self.tr("Light")),
            (Choice.DARK, self.tr("Dark")),
        ):
            self.theme.addItem(words, choice.value)
        self.theme.setCurrentIndex(self.theme.findData(appearance.choice.value))
        self.open_next = QCheckBox(self.tr("Open the next article after triage"))
        self.open_next.setChecked(settings.now.open_next)
        self.reading_after = QSpinBox()
        self.reading_after.setRange(1, 60)
        self.reading_after.setSuffix(self.tr(" s"))
        self.reading_after.setValue(settings.now.reading_after)
        self.private = QCheckBox(self.tr("Fetch also from this computer and from its own network"))
        self.private.setToolTip(
            self.tr("Pages are fetched only when you ask for one; from here even then not.")
        )
        self.private.setChecked(settings.now.private_addresses)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("An opened article counts as Reading after"), self.reading_after)
        form.addRow(self.open_next)
        form.addRow(self.private)
        where = QLabel(self.tr("Kept in {file}").replace("{file}", str(settings.path)))
        set_look(where, words="meta")
        where.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(head)
        layout.addLayout(form)
        layout.addWidget(where)
        layout.addWidget(buttons)
        self.theme.activated.connect(self._theme_chosen)
        self.open_next.toggled.connect(self._changed)
        self.private.toggled.connect(self._changed)
        self.reading_after.valueChanged.connect(self._changed)

    def _theme_chosen(self) -> None:
        self._appearance.choose(Choice(self.theme.currentData()))

    def _changed(self) -> None:
        self._settings.change(
            open_next=self.open_next.isChecked(),
            reading_after=self.reading_after.value(),
            private_addresses=self.private.isChecked(),
        )
        self._settings.save()
