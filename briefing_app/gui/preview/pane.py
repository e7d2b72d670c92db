"""The preview: the very bytes that are exported and printed, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from briefing_app.gui.icons import icon
from briefing_app.gui.preview.sheets import SheetView
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from briefing_app.gui.pages import Pages

STEP = 1.25


class PreviewPane(QFrame):
    """Shows a PDF, that one is being made, or why there is none."""

    export_requested = Signal()
    print_requested = Signal()
    window_requested = Signal()
    close_requested = Signal()
    shown = Signal(bool)  # whether anybody looks; a hidden preview makes no pages

    def __init__(self, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        set_look(self, plane="app")
        self.setAccessibleName(self.tr("Preview"))
        self.sheets = SheetView(pages)
        self.setFocusProxy(self.sheets)
        self.words = QLabel(self.tr("PREVIEW"))
        set_look(self.words, words="caps")
        self.busy = QLabel(self.tr("setting pages…"))
        set_look(self.busy, words="meta")
        self.busy.hide()
        self.fault = QLabel()
        set_look(self.fault, words="danger")
        self.warning = QLabel()
        set_look(self.warning, words="warn")
        for label in (self.fault, self.warning):
            label.setWordWrap(True)
            label.setContentsMargins(16, 6, 16, 8)
            label.hide()
        self.fit = self._button("move-horizontal", self.tr("Fit width"), self.sheets.fit_width)
        self.natural = self._button("", self.tr("Natural size (100 %)"), self._on_natural)
        self.natural.setText("100 %")
        self.window_button = self._button(
            "external-link", self.tr("Preview in a window of its own"), self.window_requested.emit
        )
        self.close_button = self._button(
            "x", self.tr("Close the preview"), self.close_requested.emit
        )
        self.sheets.page_changed.connect(self._on_page)
        self.sheets.zoom_changed.connect(self._on_zoom)
        pages.opened.connect(self._on_opened)
        pages.failed.connect(self._on_failed)
        self._lay_out()
        self._on_page(0, 0)

    def show_pdf(self, data: bytes, warnings: tuple[str, ...] = ()) -> None:
        """Show a PDF in the place of the last one, and what its maker warns of."""
        self._number = self.sheets.show_pdf(data)
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))

    def show_nothing(self) -> None:
        """Show no pages: the brief that they were of is let go."""
        self._number = 0
        self.sheets.clear()
        self._on_page(0, 0)
        for label in (self.busy, self.fault, self.warning):
            label.hide()

    def show_busy(self) -> None:
        """Say that pages are being made; the last ones stay."""
        self.busy.show()

    def show_error(self, text: str) -> None:
        """Say in words why there are no new pages; the last ones stay."""
        self.busy.hide()
        self.fault.setText(text)
        self.fault.show()

    def is_drawn(self) -> bool:
        """Tell whether the pages in sight are those of the last PDF."""
        return not self.busy.isVisible() and self.sheets.is_drawn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the preview."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that nobody looks any more."""
        super().hideEvent(event)
        self.shown.emit(False)

    def _on_opened(self, number: int) -> None:
        if number == self._number:
            self.busy.hide()
            self.fault.hide()

    def _on_failed(self, number: int, reason: str) -> None:
        if number == self._number:
            self.show_error(
                self.tr("The pages cannot be shown: {reason}").replace("{reason}", reason)
            )

    def _on_page(self, page: int, count: int) -> None:
        words = self.tr("PREVIEW")
        if count:
            where = self.tr("Page {page} of {count}")
            where = where.replace("{page}", str(page)).replace("{count}", str(count))
            words = f"{words}  ·  {where.upper()}"
            self.sheets.setAccessibleDescription(where)
        self.words.setText(words)

    def _on_zoom(self, factor: float, fits: bool) -> None:
        self.fit.setChecked(fits)
        self.natural.setText(f"{round(100 * factor)} %")

    def _on_natural(self) -> None:
        self.sheets.zoom(1.0)

    def _on_in(self) -> None:
        self.sheets.zoom(self.sheets.factor * STEP)

    def _on_out(self) -> None:
        self.sheets.zoom(self.sheets.factor / STEP)

    def _button(self, picture: str, words: str, do: object) -> QToolButton:
        button = QToolButton()
        set_look(button, kind="quiet")
        if picture:
            button.setIcon(icon(picture))
            button.setIconSize(QSize(16, 16))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        self.fit.setCheckable(True)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 8, 6)
        top.setSpacing(2)
        top.addWidget(self.words)
        top.addSpacing(10)
        top.addWidget(self.busy)
        top.addStretch(1)
        for button in (
            self._button("zoom-out", self.tr("Smaller"), self._on_out),
            self.natural,
            self._button("zoom-in", self.tr("Larger"), self._on_in),
            self.fit,
            self._button("printer", self.tr("Print…"), self.print_requested.emit),
            self._button("file-down", self.tr("Export PDF…"), self.export_requested.emit),
            self.window_button,
            self.close_button,
        ):
            top.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.fault)
        box.addWidget(self.sheets, 1)
        box.addWidget(self.warning)


class PreviewWindow(QWidget):
    """The preview as a window of its own: for a second screen."""

    closed = Signal()

    def __init__(self, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Preview"))
        self.pane = PreviewPane(pages)
        self.pane.window_button.hide()
        self.pane.close_requested.connect(self.close)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pane)
        self.resize(760, 900)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is gone."""
        super().closeEvent(event)
        self.closed.emit()
