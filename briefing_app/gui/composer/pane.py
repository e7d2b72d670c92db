"""The composer: the right pane of the window, with one story of a brief to write in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui import fonts, tokens
from briefing_app.gui.composer.asof import AsOfField
from briefing_app.gui.composer.chip import cites_of
from briefing_app.gui.composer.column import PartsColumn
from briefing_app.gui.composer.header import ComposerHeader
from briefing_app.gui.composer.requests import Requests
from briefing_app.gui.composer.textfield import TextField
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.content import CitedPassage
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.story import Story

WIDTH = 440
LEFT = 21  # px: where headline and as-of begin


class ComposerPane(QFrame):
    """Shows a story and asks for changes (`requests`); it owns no data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story = ""
        self._stops: tuple[QWidget, ...] = ()
        self._last: object = None  # the row that had the caret last
        self.requests = Requests(self)
        self.requests.caret_moved.connect(self._on_caret)
        self.setMinimumWidth(320)
        set_look(self, plane="app")
        self.setAccessibleName(self.tr("Composer"))
        self.header = ComposerHeader(self.requests)
        self.headline = TextField(
            self.tr("Headline"), fonts.chrome(tokens.BRIEF_TITLE, QFont.Weight.DemiBold)
        )
        set_look(self.headline, plane="app")
        self.headline.setPlaceholderText(self.tr("Headline"))
        self.headline.text_edited.connect(self._on_headline)
        self.headline.finished.connect(self._on_headline_finished)
        self.as_of = AsOfField()
        self.as_of.edited.connect(self._on_as_of)
        self.also = QLabel()
        set_look(self.also, words="meta")
        self.also.setWordWrap(True)
        self.column = PartsColumn(self.requests)
        self._empty = _Empty(self.requests)
        self._lay_out()
        self.show_nothing()

    # what is shown

    def show_briefs(self, briefs: Mapping[str, str]) -> None:
        """Tell which briefs there are: titles by id."""
        self.header.show_briefs(briefs)

    def show_brief(self, brief: Brief, headlines: Mapping[str, str], story: str) -> None:
        """Show which brief is open and which of its stories; headlines are by id."""
        self.header.show_brief(brief, headlines, story)
        if not story:
            self._story = ""
            self._empty.show_reason(brief)
            self._stack.setCurrentIndex(1)

    def show_story(
        self,
        story: Story,
        passages: Mapping[str, CitedPassage],
        sources: Mapping[str, str],
        also_in: tuple[str, ...] = (),
    ) -> None:
        """Show a story as it is now; `sources` are outlets by article, `also_in` other briefs."""
        other = story.id != self._story
        if other:
            self.flush()
            self._story = story.id
        cites = {
            each.id: cites_of(tuple(link.annotation for link in each.evidence), passages, sources)
            for each in story.statements
        }
        if other:
            self.headline.refuse(story.headline)
        self.headline.show_text(story.headline)
        self.as_of.show_moment(story.as_of)
        self.also.setVisible(bool(also_in))
        self.also.setText(
            self.tr("Also in {briefs}: an edit shows in each").replace(
                "{briefs}", ", ".join(also_in)
            )
        )
        self.column.show_story(story, cites)
        self._chain_stops()
        self._stack.setCurrentIndex(0)

    def show_nothing(self) -> None:
        """Show what to do while there is no brief."""
        self._story = ""
        self.header.show_brief(None, {}, "")
        self._empty.show_reason(None)
        self._stack.setCurrentIndex(1)

    def show_read_only(self, *, on: bool) -> None:
        """Let all be read and copied only, or be written in again."""
        self.requests.read_only = on
        self.headline.setReadOnly(on)
        self.as_of.line.setReadOnly(on)
        self._empty.setEnabled(not on)

    # what the owner asks of it

    @property
    def story(self) -> str:
        """The id of the story that is shown, or an empty text."""
        return self._story

    def flush(self) -> None:
        """Tell all unsent text."""
        if self._story:
            self.headline.flush()
            self.column.flush()

    def refuse(self, story: Story) -> None:
        """Forget what was typed and could not be taken."""
        self.headline.refuse(story.headline)
        for statement in story.statements:
            if view := self.column.view(statement.id):
                view.row.refuse(statement.text)

    def focus_statement(self, statement: str, at: int | None = None) -> None:
        """Put the caret into a statement, at its end by default. Units: code points."""
        if view := self.column.view(statement):
            view.row.place_caret(len(view.row.text()) if at is None else at)
            view.row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.column.show_caret(view.row)

    def bring_into_sight(self, statement: str) -> None:
        """Scroll to a statement and mark it for a moment; the focus stays where it is."""
        if view := self.column.view(statement):
            self.column.settle()
            self.column.ensureWidgetVisible(view, 0, 24)
            view.show_fresh()

    def focused_statement(self) -> str:
        """Return the statement that has the caret, or an empty text."""
        return next((view.id for view in self.column.views() if view.row.hasFocus()), "")

    def caret(self) -> int:
        """Return where the caret stands in the focused statement. Units: code points."""
        return next((view.row.caret() for view in self.column.views() if view.row.hasFocus()), 0)

    def enter(self) -> None:
        """Take the focus, as F6 gives it: the row written in last, or what there is to do."""
        views = self.column.views() if self._story else ()
        if views:
            last = next((view for view in views if view.row is self._last), views[0])
            last.row.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._story:
            self.headline.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._empty.first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the reader."""
        if event.key() == Qt.Key.Key_Escape:
            self.requests.left.emit()
        else:
            super().keyPressEvent(event)

    # inside

    def _chain_stops(self) -> None:
        """Let Tab go from top to bottom; Qt would go by the age of the rows."""
        stops = (self.as_of.line, *self.column.stops())
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def _on_caret(self, row: object) -> None:
        self._last = row

    def _on_headline(self, text: str) -> None:
        self.requests.headline_edited.emit(self._story, text)

    def _on_headline_finished(self) -> None:
        if self._story:
            self.requests.headline_finished.emit(self._story)

    def _on_as_of(self, moment: Moment | None) -> None:
        self.requests.as_of_edited.emit(self._story, moment)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(LEFT, 4, LEFT, 10)
        head.setSpacing(7)
        head.addWidget(self.headline)
        head.addWidget(self.as_of)
        head.addWidget(self.also)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.column, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.header)
        whole.addLayout(self._stack, 1)


class _Empty(QWidget):
    """What to do where there is nothing to show."""

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._requests = requests
        self._words = QLabel()
        set_look(self._words, words="muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton()
        self._sample = QPushButton(self.tr("Try the sample brief"))
        self._sample.clicked.connect(requests.sample_requested)
        self.first.clicked.connect(self._on_first)
        self._in_brief = False
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.first)
        buttons.addWidget(self._sample)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 0, 32, 0)
        box.setSpacing(16)
        box.addStretch(2)
        box.addWidget(self._words)
        box.addLayout(buttons)
        box.addStretch(3)

    def show_reason(self, brief: Brief | None) -> None:
        """Say what is missing: a brief, or a story in it."""
        self._in_brief = brief is not None
        self._sample.setVisible(brief is None)
        if brief is None:
            self._words.setText(
                self.tr("No brief is open. A brief holds the stories that you hand out.")
            )
            self.first.setText(self.tr("New brief"))
        else:
            self._words.setText(self.tr("This brief has no story yet."))
            self.first.setText(self.tr("Add a story"))

    def _on_first(self) -> None:
        if self._in_brief:
            self._requests.story_add_requested.emit()
        else:
            self._requests.brief_new_requested.emit()
