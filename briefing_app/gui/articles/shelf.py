"""The shelves by name, and how they look before the list of them (`shelves`) is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, give_look

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

INBOX, READING, HIGHLIGHTS, BRIEFS, ARCHIVE = (
    "inbox",
    "reading",
    "annotated",
    "briefs",
    "archived",
)
COLLECTION = "collection:"  # and its id; a section of another kind has a beginning of its own
ARTICLES_DRAGGED = "application/x-briefing-articles"  # what is chosen in the list
HEIGHT = 28
_NAMES = (
    (INBOX, QT_TRANSLATE_NOOP("Shelves", "Inbox"), "inbox"),
    (READING, QT_TRANSLATE_NOOP("Shelves", "Reading"), "book-open"),
    (HIGHLIGHTS, QT_TRANSLATE_NOOP("Shelves", "Highlights"), "highlighter"),
    (BRIEFS, QT_TRANSLATE_NOOP("Shelves", "Briefs"), "layers"),
    (ARCHIVE, QT_TRANSLATE_NOOP("Shelves", "Archive"), "archive"),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf as it is painted; `fresh` is how many of its articles are New."""

    name: str
    title: str
    icon: str
    count: int | None = None
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Shelves of the user's own under a heading; `adds` says what its plus sign makes."""

    name: str
    title: str
    shelves: tuple[Shelf, ...]
    adds: str = ""


def collection_of(shelf: str) -> str:
    """Return the id of the collection that a shelf is, or an empty string."""
    return shelf.removeprefix(COLLECTION) if shelf.startswith(COLLECTION) else ""


def uncounted() -> tuple[Shelf, ...]:
    """Return the shelves in their order, in the language of the window."""
    return tuple(
        Shelf(name, QCoreApplication.translate("Shelves", title), icon)
        for name, title, icon in _NAMES
    )


class ShelfNames(QWidget):
    """What is painted first: the names, the Inbox chosen. To the pixel as the list that follows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 1, 8, 1)
        layout.setSpacing(2)
        for shelf in uncounted():
            layout.addWidget(_Name(shelf, chosen=shelf.name == INBOX))
        self.setFixedHeight(len(_NAMES) * HEIGHT)


class _Name(QLabel):
    """A label: a delegate would load the item views, and a pen or brush all of `Qt`."""

    def __init__(self, shelf: Shelf, *, chosen: bool) -> None:
        super().__init__(shelf.title)
        self._icon = shelf.icon
        self._colour = "accent" if chosen else "text2"
        give_look(self, words="shelf-chosen" if chosen else "shelf")
        if (
            self.isRightToLeft()
        ):  # a label goes by the direction of its words, a list by the window's
            flag = QtCore.Qt.AlignmentFlag
            self.setAlignment(flag.AlignAbsolute | flag.AlignRight | flag.AlignVCenter)
            self.setContentsMargins(53, 0, 37, 0)
        else:
            self.setContentsMargins(37, 0, 53, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon before the name."""
        super().paintEvent(event)
        left = self.width() - 27 if self.isRightToLeft() else 10
        mark = QRect(left, self.rect().center().y() - 8, 17, 17)
        draw_icon(QPainter(self), mark, self._icon, QColor(current().colour(self._colour)))
