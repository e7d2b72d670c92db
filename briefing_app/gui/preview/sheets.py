"""The pages of a PDF as sheets below each other. Only what is in sight is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from briefing_app.gui.pages import Pages, PageSize, Picture

MARGIN, GAP = 16, 16  # px around the sheets and between them
AT_ONCE = 2  # renderings under way: a scroll through a book must not queue all its pages
KEEP = 3  # pages before and behind those in sight whose pictures are kept
SCREEN = 96 / 72  # px a point at 100 %
SMALLEST, LARGEST = 0.25, 4.0


class SheetView(QAbstractScrollArea):
    """Shows a document; a new one takes the old one's place without a flash or a jump."""

    page_changed = Signal(int, int)  # the page in sight from 1, and how many there are
    zoom_changed = Signal(float, bool)  # factor of the natural size, and whether it fits the width

    def __init__(self, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._document = 0  # the one that is shown
        self._coming = 0  # the one that is being opened
        self._sizes: tuple[PageSize, ...] = ()
        self._pictures: dict[int, Picture] = {}
        self._asked: set[tuple[int, int, float]] = set()
        self._fit = True
        self._factor = 1.0
        set_look(self, plane="app")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        pages.opened.connect(self._on_opened)
        pages.rendered.connect(self._on_rendered)

    def show_pdf(self, data: bytes) -> int:
        """Show a PDF, at the place where the last one stood; return its number."""
        if self._coming != self._document:
            self._pages.forget(self._coming)
        self._coming = self._pages.open(data)
        return self._coming

    def clear(self) -> None:
        """Show nothing."""
        for number in {self._document, self._coming} - {0}:
            self._pages.forget(number)
        self._document = self._coming = 0
        self._sizes = ()
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()

    def fit_width(self) -> None:
        """Make the widest sheet as wide as the view, now and whenever it is resized."""
        self._fit = True
        self._lay_out()

    def zoom(self, factor: float) -> None:
        """Show the sheets at a factor of their natural size."""
        self._fit = False
        self._factor = max(SMALLEST, min(LARGEST, factor))
        self._lay_out()

    @property
    def factor(self) -> float:
        """The factor in force."""
        return self._factor

    @property
    def page(self) -> int:
        """The page in sight, from 1; 0 without a document."""
        return self._page_at(self._top() + self.viewport().height() // 3) + 1 if self._sizes else 0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def is_drawn(self) -> bool:
        """Tell whether all pages in sight are rendered as they are shown."""
        return self._coming == self._document and all(map(self._is_fresh, self._in_sight()))

    # what pdfium answers

    def _on_opened(self, number: int, sizes: tuple[PageSize, ...]) -> None:
        if number != self._coming:
            return
        if self._document:
            self._pages.forget(self._document)
        self._document = number
        self._asked.clear()
        self._sizes = sizes
        self._pictures = {at: old for at, old in self._pictures.items() if at < len(sizes)}
        self._lay_out()

    def _on_rendered(self, picture: Picture) -> None:
        self._asked.discard((picture.document, picture.page, picture.scale))
        if picture.document == self._document and picture.page < len(self._sizes):
            self._pictures[picture.page] = picture
            self.viewport().update()
        self._ask()

    def _ask(self) -> None:
        """Ask for the next page that is in sight and not drawn yet."""
        if not self.isVisible():
            return
        scale = self._scale()
        for page in self._in_sight():
            wanted = (self._document, page, scale)
            if len(self._asked) >= AT_ONCE:
                return
            if wanted not in self._asked and not self._is_fresh(page):
                self._asked.add(wanted)
                self._pages.render(*wanted)

    def _is_fresh(self, page: int) -> bool:
        picture = self._pictures.get(page)
        return picture is not None and (picture.document, picture.scale) == (
            self._document,
            self._scale(),
        )

    # places

    def _scale(self) -> float:
        """Return how many device pixels a point has."""
        return self._factor * SCREEN * self.devicePixelRatioF()

    def _size(self, page: int) -> QSize:
        size = self._sizes[page]
        factor = self._factor * SCREEN
        return QSize(round(size.width * factor), round(size.height * factor))

    def _top(self) -> int:
        return self.verticalScrollBar().value()

    def _places(self) -> list[QRect]:
        """Return where the sheets are, from the top of the whole."""
        y, places = MARGIN, []
        wide = max(self.viewport().width(), self._whole().width())
        for page in range(len(self._sizes)):
            size = self._size(page)
            places.append(QRect((wide - size.width()) // 2, y, size.width(), size.height()))
            y += size.height() + GAP
        return places

    def _whole(self) -> QSize:
        sizes = [self._size(page) for page in range(len(self._sizes))]
        width = max((size.width() for size in sizes), default=0) + 2 * MARGIN
        height = sum(size.height() + GAP for size in sizes) - GAP + 2 * MARGIN if sizes else 0
        return QSize(width, height)

    def _page_at(self, y: int) -> int:
        places = self._places()
        return next(
            (at for at, place in enumerate(places) if place.bottom() + GAP >= y), len(places) - 1
        )

    def _in_sight(self) -> list[int]:
        top, bottom = self._top(), self._top() + self.viewport().height()
        return [
            at
            for at, place in enumerate(self._places())
            if place.bottom() >= top and place.top() <= bottom
        ]

    def _lay_out(self) -> None:
        if not self._sizes:
            return
        bar, side = self.verticalScrollBar(), self.horizontalScrollBar()
        place = bar.value() / bar.maximum() if bar.maximum() else 0.0
        factor = self._factor
        if self._fit:
            widest = max(size.width for size in self._sizes) * SCREEN
            room = self.viewport().width() - 2 * MARGIN
            self._factor = max(SMALLEST, min(LARGEST, room / widest))
        whole, view = self._whole(), self.viewport().size()
        same = factor == self._factor and bar.maximum() > 0
        at = bar.value()
        bar.setPageStep(view.height())
        bar.setRange(0, max(0, whole.height() - view.height()))
        side.setPageStep(view.width())
        side.setRange(0, max(0, whole.width() - view.width()))
        bar.setValue(at if same else round(place * bar.maximum()))
        self.zoom_changed.emit(self._factor, self._fit)
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        sight = self._in_sight()
        if sight:
            keep = range(sight[0] - KEEP, sight[-1] + KEEP + 1)
            self._pictures = {at: each for at, each in self._pictures.items() if at in keep}
        self.page_changed.emit(self.page, len(self._sizes))
        self._ask()
        self.viewport().update()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheets in sight; one that is not rendered yet is white, or as it was before."""
        del event
        colours = current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.app))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        places = self._places()
        for page in self._in_sight():
            place = places[page].translated(-self.horizontalScrollBar().value(), -self._top())
            picture = self._pictures.get(page)
            if picture is None:
                painter.fillRect(place, QColor("#FFFFFF"))
            elif self._is_fresh(page):
                picture.image.setDevicePixelRatio(self.devicePixelRatioF())
                painter.drawImage(place.topLeft(), picture.image)
            else:
                painter.drawImage(place, picture.image)
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Render what was not rendered while nobody looked."""
        super().showEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last page; plus and minus zoom."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.text() in ("+", "-"):
            self.zoom(self._factor * (1.25 if event.text() == "+" else 0.8))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self._factor * 1.1 ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        """Be wide enough for a page to be read."""
        return QSize(520, 700)
