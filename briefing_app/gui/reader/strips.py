"""The lines above an article that concern its text: whether it is doubtful, and its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing_app.domain.article import Doubt, doubts_of
from briefing_app.gui.reader.strip import Strip

if TYPE_CHECKING:
    from briefing_app.domain.article import Article
    from briefing_app.gui.reader.view import ArticleView


class Strips(QWidget):
    """At most one line is seen at a time: in blocks mode nobody need be told of a doubt."""

    doubt_dismissed = Signal()

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._doubts: tuple[Doubt, ...] = ()
        self._first_shows = False
        self.doubt = Strip("triangle-alert", "warn")
        self.blocks = Strip("layers", "accent")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.doubt)
        column.addWidget(self.blocks)
        self.doubt.first_pressed.connect(self._show_blocks)
        self.doubt.second_pressed.connect(self.doubt_dismissed)
        self.blocks.first_pressed.connect(self._end)
        view.blocks_shown.connect(self._follow)
        view.block_reached.connect(self._say_block)
        self._say_doubt()
        self._follow(on=True)
        self._follow(on=False)

    def show_article(self, article: Article | None) -> None:
        """Say what is doubtful about the text of an article; nothing of none."""
        self._doubts = doubts_of(article) if article is not None else ()
        self._follow(on=self._view.shows_blocks)

    def _follow(self, on: bool) -> None:
        self.doubt.hide()
        self.blocks.hide()
        if on:
            self._say_block(included=True)
        elif self._doubts:
            self._say_doubt()

    def _say_doubt(self) -> None:
        reasons = {
            Doubt.LITTLE: self.tr("Little text was found in this page."),
            Doubt.APART: self.tr("It is not certain which parts of this page are the article."),
        }
        words = [reasons[doubt] for doubt in self._doubts]
        show = self.tr("Show what was left out") if self._view.hidden_blocks else ""
        right = self.tr("The text is right")
        self.doubt.say(" ".join(words), show or right, right if show else "")
        self._first_shows = bool(show)

    def _say_block(self, included: bool) -> None:
        how = (
            self.tr("What is left out is dimmed. A click on a mark, or X, leaves a block out.")
            if included
            else self.tr("This block is left out. A click on it, or X, puts it in.")
        )
        self.blocks.say(how, self.tr("Done"))

    def _show_blocks(self) -> None:
        if self._first_shows:
            self._view.show_blocks(on=True)
            self._view.setFocus()
        else:
            self.doubt_dismissed.emit()

    def _end(self) -> None:
        self._view.show_blocks(on=False)
        self._view.setFocus()
