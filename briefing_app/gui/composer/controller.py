"""Connects the composer to the desk: what the pane asks for is done, and what changed is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.errors import BriefingError, NotFound
from briefing_app.gui.composer.writing import Writing
from briefing_app.gui.dialogs.title import ask_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.change import ChangeSet
    from briefing_app.domain.content import CitedPassage
    from briefing_app.domain.story import Story
    from briefing_app.gui.composer.pane import ComposerPane
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


class ComposerController(QObject):
    """Knows which brief and which story are open, and nothing else of its own."""

    passage_asked = Signal(str)  # annotation: show it in the reader
    link_asked = Signal(str, str)  # story, statement: tie it to what is chosen in the reader
    story_shown = Signal(str)  # where the next point goes; empty for none
    brief_shown = Signal(str)  # what preview and export are about; empty for none
    sample_asked = Signal()
    failed = Signal(object)  # BriefingError, for the user

    def __init__(
        self,
        pane: ComposerPane,
        services: Services,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or pane)
        self._pane = pane
        self._services = services
        self._settings = settings
        self._brief = ""
        self._story = ""
        self._shown: Story | None = None
        self._passages: dict[str, CitedPassage] = {}
        self._sources: dict[str, str] = {}
        self._also: tuple[str, ...] = ()
        pane.show_read_only(on=services.read_only is not None)
        self._writing = Writing(pane, services, self)
        self._soon = QTimer(self)  # the first brief comes a turn after the news of it
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._open_first)
        self._connect()
        self._stop = services.history.on_changed(self._on_changed)

    @property
    def brief(self) -> str:
        """The id of the open brief, or an empty text."""
        return self._brief

    @property
    def story(self) -> str:
        """The id of the open story, or an empty text."""
        return self._story

    def close(self) -> None:
        """Tell what is unsent, and listen no more."""
        self._soon.stop()
        self._pane.flush()
        self._stop()

    def flush(self) -> None:
        """Tell all unsent text, so that what is exported or undone is what stands there."""
        self._pane.flush()

    # what is open

    def open_last(self) -> None:
        """Open what was open when the program was left, or else the newest brief."""
        desk = self._services.desk
        known = {row.id for row in desk.briefs()}
        self._tell_briefs()
        last = desk.last_story()
        if self._settings.now.last_brief in known:
            self.open_brief(self._settings.now.last_brief, last or "")
        elif last and (holders := desk.briefs_of(last)):
            self.open_brief(holders[0], last)
        elif known:
            self.open_brief(desk.briefs()[0].id)
        else:
            self._show_nothing()

    def open_brief(self, brief_id: str, story_id: str = "") -> None:
        """Open a brief with one of its stories (the first by default)."""
        self._pane.flush()
        try:
            brief = self._services.desk.brief(brief_id)
        except NotFound:
            self._show_nothing()
            return
        self._brief = brief_id
        self._settings.change(last_brief=brief_id)
        stories = brief.stories
        self._story = story_id if story_id in stories else stories[0] if stories else ""
        self._shown = None
        self._show_brief(brief)
        self._show_story()
        self.brief_shown.emit(brief_id)
        self.story_shown.emit(self._story)

    def open_story(self, story_id: str) -> None:
        """Open a story in the open brief, or in another one that holds it."""
        desk = self._services.desk
        if self._brief and story_id in desk.brief(self._brief).stories:
            self.open_brief(self._brief, story_id)
        elif holders := desk.briefs_of(story_id):
            self.open_brief(holders[0], story_id)

    def open_number(self, number: int) -> None:
        """Open a story of the brief by its number, from 1; a number without a story does nothing."""
        stories = self._services.desk.brief(self._brief).stories if self._brief else ()
        if 0 < number <= len(stories):
            self.open_story(stories[number - 1])

    def step(self, way: int) -> None:
        """Open the story before (-1) or behind (1) the open one."""
        self._pane.header.go(way)

    def show_statement(self, story_id: str, statement_id: str) -> None:
        """Open a story and put the caret into one of its statements."""
        if story_id != self._story:
            self.open_story(story_id)
        self._pane.focus_statement(statement_id)

    def new_brief(self) -> None:
        """Ask for a title and open a new brief with one empty story."""
        title = ask_title(self._pane, self.tr("New brief"), self.tr("Morning brief"))
        if title:
            brief = self._services.desk.new_brief(title)
            story = self._services.desk.new_story(brief.id, "")
            self.open_brief(brief.id, story.id)
            self._pane.headline.setFocus()

    def new_story(self) -> None:
        """Add an empty story to the open brief; without a brief, make one first."""
        if not self._brief:
            self.new_brief()
            return
        story = self._services.desk.new_story(self._brief, "")
        self.open_brief(self._brief, story.id)
        self._pane.headline.setFocus()

    # undo

    def undo(self) -> None:
        """Take back the last edit, and go to where it was."""
        self._travel(self._services.history.undo)

    def redo(self) -> None:
        """Make an edit again, and go to where it was."""
        self._travel(self._services.history.redo)

    def _travel(self, way: Callable[[], ChangeSet | None]) -> None:
        self._pane.flush()
        writing = self._pane.isAncestorOf(self._pane.window().focusWidget() or self._pane)
        told: list[Changed] = []
        stop = self._services.history.on_changed(told.append)
        try:
            done = way()
        except BriefingError as error:
            self.failed.emit(error)
            return
        finally:
            stop()
        if done is None:
            return
        self._open_where(told[-1])
        if writing:
            self._go_to(done)

    def _open_where(self, changed: Changed) -> None:
        """Open a story or a brief that was changed, unless one of them is open already."""
        if self._story in changed.stories or self._brief in changed.briefs:
            return
        desk = self._services.desk
        for story in sorted(changed.stories):
            if desk.briefs_of(story):
                self.open_story(story)
                return
        known = {row.id for row in desk.briefs()}
        for brief in sorted(changed.briefs & known):
            self.open_brief(brief)
            return

    def _go_to(self, done: ChangeSet) -> None:
        """Put the caret where a change of the open story was made."""
        for change in done.changes:
            if change.entity is Entity.STATEMENT:
                if self._pane.column.view(change.id) is not None:
                    if self._pane.focused_statement() != change.id:
                        self._pane.focus_statement(change.id)
                    return
            elif change.entity is Entity.STORY and change.id == self._story:
                if change.field == "headline":
                    self._pane.headline.setFocus()
                return

    # what the pane asks for

    def _connect(self) -> None:
        self._writing.failed.connect(self.failed)
        self._writing.lost.connect(self._reload)
        asks = self._pane.requests
        asks.chip_activated.connect(self.passage_asked)
        asks.link_requested.connect(self._on_link)
        asks.story_picked.connect(self.open_story)
        asks.story_add_requested.connect(self.new_story)
        asks.story_move_requested.connect(self._on_story_moved)
        asks.story_remove_requested.connect(self._on_story_removed)
        asks.brief_picked.connect(self.open_brief)
        asks.brief_new_requested.connect(self.new_brief)
        asks.brief_rename_requested.connect(self._on_rename)
        asks.brief_delete_requested.connect(self._on_brief_deleted)
        asks.sample_requested.connect(self.sample_asked)

    def _reload(self) -> None:
        self._shown = None
        self._show_story()
        if self._shown is not None:
            self._pane.refuse(self._shown)

    def _on_link(self, story: str, statement: str) -> None:
        self._pane.flush()
        self.link_asked.emit(story, statement)

    def _on_story_moved(self, story: str, to: int) -> None:
        self._services.desk.move_story(self._brief, story, to)

    def _on_story_removed(self, story: str) -> None:
        self._pane.flush()
        self._services.desk.remove_story(self._brief, story)

    def _on_rename(self, brief_id: str) -> None:
        old = self._services.desk.brief(brief_id).title
        title = ask_title(self._pane, self.tr("Rename brief"), old)
        if title:
            self._services.desk.edit_brief(
                Action.EDIT_BRIEF, brief_id, lambda brief: replace(brief, title=title)
            )

    def _on_brief_deleted(self, brief_id: str) -> None:
        self._pane.flush()
        self._services.desk.delete_brief(brief_id)

    # what changed

    def _on_changed(self, changed: Changed) -> None:
        if changed.briefs:
            self._tell_briefs()
        if self._brief in changed.briefs:
            self._brief_changed()
        elif self._brief and changed.stories:
            self._show_brief(self._services.desk.brief(self._brief))
        elif changed.briefs and not self._brief:
            self._soon.start()  # it reads all that changed
            return
        if changed.annotations or changed.articles:
            self._shown = None  # the passages may read otherwise now
        if (
            changed.briefs
            or changed.annotations
            or changed.articles
            or (self._story in changed.stories)
        ):
            self._show_story()

    @Slot()
    def _open_first(self) -> None:
        if not self._brief:
            self.open_last()

    def _brief_changed(self) -> None:
        """Follow the open brief: it is gone, or its open story is no longer in it."""
        try:
            brief = self._services.desk.brief(self._brief)
        except NotFound:
            self._brief = self._story = ""
            self.open_last()
            return
        if self._story in brief.stories:
            self._show_brief(brief)
            self._show_story()
        else:
            self.open_brief(brief.id)

    def _tell_briefs(self) -> None:
        rows = self._services.desk.briefs()
        self._pane.show_briefs({row.id: row.title for row in rows})
        self._also = self._others()

    def _others(self) -> tuple[str, ...]:
        """Return the titles of the other briefs that hold the open story."""
        if not self._story:
            return ()
        desk = self._services.desk
        holders = desk.briefs_of(self._story)
        return tuple(desk.brief(each).title for each in holders if each != self._brief)

    def _show_brief(self, brief: Brief) -> None:
        desk = self._services.desk
        headlines = {story: desk.story(story).headline for story in brief.stories}
        self._pane.show_brief(brief, headlines, self._story)

    def _show_story(self) -> None:
        if not self._story:
            return
        try:
            story = self._services.desk.story(self._story)
        except NotFound:
            self.open_brief(self._brief)
            return
        before = self._shown
        if before is None or _cited(before) != _cited(story):
            passages, articles = self._services.reading.cited((story.id,))
            self._passages = {each.annotation: each for each in passages}
            self._sources = {each.id: each.source or each.title for each in articles}
        if before is None or before.id != story.id:
            self._also = self._others()
        self._shown = story
        self._pane.show_story(story, self._passages, self._sources, self._also)

    def _show_nothing(self) -> None:
        self._brief = self._story = ""
        self._shown = None
        self._pane.show_nothing()
        self.brief_shown.emit("")
        self.story_shown.emit("")


def _cited(story: Story) -> frozenset[str]:
    return frozenset(link.annotation for each in story.statements for link in each.evidence)
