"""What can be chosen once and for all. Every choice holds at once; there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.line import Line
from briefing_app.gui.theme import Choice, set_look
from briefing_app.services.recognising import installed

if TYPE_CHECKING:
    from briefing_app.gui.appearance import Appearance
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.settings import Settings


_NAME = Qt.ItemDataRole.UserRole
_HEIGHT = 110  # px
# the place of a Tesseract, and its languages by its names and the system's; None where there is none
_Found = tuple[str, tuple[tuple[str, str], ...] | None]


class PreferencesDialog(QDialog):
    """The settings that have no better place in the window."""

    def __init__(
        self,
        settings: Settings,
        appearance: Appearance,
        runner: JobRunner,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
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
        self._add_reading(form)
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
        self._look()

    def _add_reading(self, form: QFormLayout) -> None:
        """Add what is wished for when files are read."""
        settings = self._settings
        self.tesseract = Line()
        self.tesseract.setText(settings.now.tesseract)
        self.tesseract.setPlaceholderText(self.tr("Found by itself"))
        self.languages = _ticks(self.tr("Languages of scanned pages"))
        self.found = QLabel(self.tr("Looking for Tesseract…"))
        self.found.setWordWrap(True)
        set_look(self.found, words="meta")
        self.senders = _ticks(self.tr("Newsletters that are split as they come"))
        for sender in settings.now.split_senders:
            _tick(self.senders, sender, sender, on=True)
        form.addRow(self.tr("Tesseract, which reads scanned pages"), self.tesseract)
        form.addRow(self.tr("Languages of scanned pages"), self.languages)
        form.addRow(self.found)
        if settings.now.split_senders:
            form.addRow(self.tr("Newsletters that are split as they come"), self.senders)
        self.tesseract.editingFinished.connect(self._place_chosen)
        self.languages.itemChanged.connect(self._changed)
        self.senders.itemChanged.connect(self._changed)

    def _theme_chosen(self) -> None:
        self._appearance.choose(Choice(self.theme.currentData()))

    def _place_chosen(self) -> None:
        if self.tesseract.text().strip() != self._settings.now.tesseract:
            self._settings.change(tesseract=self.tesseract.text().strip())
            self._settings.save()
            self._look()

    def _look(self) -> None:
        """Ask the Tesseract that is there for its languages, which takes a moment."""
        job = self._runner.job(read_languages, self._settings.now.tesseract)
        job.finished.connect(self._show_languages)
        job.start()

    @Slot(object)
    def _show_languages(self, answer: _Found) -> None:
        program, found = answer
        if program != self._settings.now.tesseract:
            return  # another place was chosen meanwhile
        before = self.languages.blockSignals(True)  # nobody chooses here
        self.languages.clear()
        for name, code in found or ():
            words = f"{QLocale(code).nativeLanguageName()} ({name})" if code else name
            _tick(self.languages, words, name, on=name in self._settings.now.recognition)
        self.languages.blockSignals(before)
        self.languages.setEnabled(bool(found))
        if found is None:
            words = self.tr(
                "Tesseract was not found. With it installed, the text on pictures and scanned pages "
                "is read."
            )
        else:
            words = self.tr("With none ticked, those of the system and English are read.")
        self.found.setText(words)

    def _changed(self) -> None:
        there = {self.languages.item(at).data(_NAME) for at in range(self.languages.count())}
        away = (name for name in self._settings.now.recognition if name not in there)
        self._settings.change(
            open_next=self.open_next.isChecked(),
            reading_after=self.reading_after.value(),
            private_addresses=self.private.isChecked(),
            recognition=(*away, *_ticked(self.languages)),
            split_senders=_ticked(self.senders),
        )
        self._settings.save()


def read_languages(progress: Progress, program: str) -> _Found:
    """Ask the Tesseract of a place for its languages; a job."""
    progress.check()
    return program, installed(program)


def _ticks(name: str) -> QListWidget:
    ticks = QListWidget()
    ticks.setAccessibleName(name)
    ticks.setMaximumHeight(_HEIGHT)
    return ticks


def _tick(ticks: QListWidget, words: str, name: str, *, on: bool) -> None:
    row = QListWidgetItem(words)
    row.setData(_NAME, name)
    row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    row.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    ticks.addItem(row)


def _ticked(ticks: QListWidget) -> tuple[str, ...]:
    rows = (ticks.item(at) for at in range(ticks.count()))
    return tuple(row.data(_NAME) for row in rows if row.checkState() is Qt.CheckState.Checked)
