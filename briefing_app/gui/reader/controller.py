"""Connects the reader with the library: the open article, its highlights, and where points go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QToolTip

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.article import State, without_doubts
from briefing_app.domain.record import Entity
from briefing_app.errors import BriefingError, NotFound
from briefing_app.gui.reader.kept import Kept
from briefing_app.gui.reader.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.reader.pane import ReaderPane
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


ASKING = 200  # ms; whoever steps through the list asks nothing


class ReaderController(QObject):
    """Knows which article is open and which story its points go to, and nothing else of its own."""

    failed = Signal(object)  # BriefingError, for the user
    triage_asked = Signal(tuple, str)  # ids, state or "brief"
    target_asked = Signal()
    details_asked = Signal(str)
    target_once_asked = Signal(int, int, str)  # a passage and its role, for another story
    statement_asked = Signal(str, str)  # story, statement: show it in the composer
    point_made = Signal(str, str)  # story, statement
    highlights_shown = Signal(object)  # how many; None without an article
    article_shown = Signal(str)
    article_wanted = Signal(str)  # another one that says nearly the same

    def __init__(
        self, pane: ReaderPane, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._services = services
        self._settings = settings
        self._article = ""
        self._kept: Kept | None = None
        self._target = ""
        self._past = ""  # the older version that is shown instead of the current one
        self._opened = QTimer(self)
        self._opened.setSingleShot(True)
        self._opened.timeout.connect(self._was_read)
        self._asking = QTimer(self)  # for the like of the article, behind its paint
        self._asking.setSingleShot(True)
        self._asking.setInterval(ASKING)
        self._asking.timeout.connect(self._show_cluster)
        pane.annotate_requested.connect(self._annotate)
        pane.annotate_elsewhere_requested.connect(self.target_once_asked)
        pane.comment_passage_requested.connect(self._comment_passage)
        pane.comment_requested.connect(self._comment)
        pane.role_change_requested.connect(self._change_role)
        pane.delete_requested.connect(self._delete)
        pane.highlight_activated.connect(self._activated)
        pane.triage_requested.connect(self._triage)
        pane.target_pick_requested.connect(self.target_asked)
        pane.link_requested.connect(self._copy_link)
        pane.view.details_requested.connect(self._ask_details)
        pane.switch_requested.connect(self._switch)
        pane.strips.doubt_dismissed.connect(self._trust)
        pane.article_wanted.connect(self.article_wanted)
        pane.past.back_pressed.connect(self.show_current)
        self._pictures = Pictures(services.articles.original, runner, self)
        pane.view.take_pictures(self._pictures)
        self._stop = services.history.on_changed(self._changed)

    @property
    def article(self) -> str:
        """The id of the open article, or an empty text."""
        return self._article

    def close(self) -> None:
        """Keep a comment that is being written, and listen no more."""
        self._pane.finish_comment()
        self._stop()
        self._opened.stop()
        self._asking.stop()
        self._pane.view.take_pictures(None)
        self._pictures.close()

    @Slot(str)
    def open_article(self, article_id: str) -> None:
        """Show an article from its beginning; after some seconds it counts as Reading."""
        if article_id == self._article and not self._past:
            return
        self._pane.finish_comment()
        try:
            article = self._services.articles.article(article_id)
            version = self._services.articles.version(article_id)
        except NotFound:
            self.show_nothing()
            return
        except BriefingError as error:  # a damaged text is not shown; the rest can be worked with
            self.show_nothing()
            self.failed.emit(error)
            return
        self._article, self._past = article_id, ""
        self._settings.change(last_article=article_id)
        self._kept = kept = Kept(article_id, self._services.reading, self._services.desk)
        self._pane.show_article(article, version, kept.annotations, kept.uses)
        self._asking.start()
        self.highlights_shown.emit(len(kept.annotations))
        self.article_shown.emit(article_id)
        if article.state is State.NEW and self._services.read_only is None:
            self._opened.start(1000 * self._settings.now.reading_after)
        else:
            self._opened.stop()

    @Slot(str)
    def show_version(self, version_id: str) -> None:
        """Show what the open article said before, to be read only; empty: what it says now."""
        if not version_id or self._kept is None:
            self.show_current()
            return
        self._pane.finish_comment()
        try:
            article = self._services.articles.article(self._article)
            version = self._services.articles.version_of(version_id)
        except NotFound as error:
            self.failed.emit(error)
            return
        self._past = version_id
        self._opened.stop()
        self._asking.stop()
        marks = tuple(
            replace(one, state=AnchorState.ANCHORED)
            for one in self._kept.annotations
            if one.target.version == version_id
        )
        self._pane.show_article(article, version, marks, self._kept.uses)
        self._pane.past.say(version.retrieved)
        self.highlights_shown.emit(len(marks))

    @Slot()
    def show_current(self) -> None:
        """Show the current version again."""
        if self._past:
            self.open_article(self._article)

    def _in_the_past(self) -> bool:
        """Say why nothing can be marked, where an older version is shown."""
        if self._past:
            QToolTip.showText(
                QCursor.pos(),
                self.tr("This is an older version. Go back to the current one to mark passages."),
                self._pane,
            )
        return bool(self._past)

    def show_nothing(self) -> None:
        """Show that no article is open."""
        self._article, self._past = "", ""
        self._kept = None
        self._opened.stop()
        self._asking.stop()
        self._pane.show_nothing(imported=self._services.articles.counts().all > 0)
        self.highlights_shown.emit(None)
        self.article_shown.emit("")

    def reveal(self, annotation_id: str) -> bool:
        """Open the article of a passage and go to it; False if the passage is gone."""
        try:
            annotation = self._services.reading.annotation(annotation_id)
        except NotFound:
            return False
        self.show_current()
        self.open_article(annotation.article)
        return self._pane.reveal(annotation_id)

    def show_target(self, story_id: str, label: str) -> None:
        """Say where points go from now on; without a story they are highlights with a role."""
        self._target = story_id
        self._pane.show_target(label)

    @Slot(int, int, str)
    def _annotate(self, start: int, end: int, role: str) -> None:
        self.annotate(start, end, role, self._target)

    def annotate(self, start: int, end: int, role: str, story_id: str) -> None:
        """Make a passage a highlight and, where its role has a part, a statement of a story."""
        if self._in_the_past():
            return
        try:
            made = self._services.reading.annotate(
                self._article, start, end, Role(role), story_id=story_id
            )
        except BriefingError as error:
            self.failed.emit(error)
            return
        if made.statement:
            self.point_made.emit(made.story, made.statement)

    @Slot(str, str)
    def link(self, story_id: str, statement_id: str) -> None:
        """Let a statement rest on the selected passage, or else on the current highlight."""
        if self._in_the_past():
            return
        reading, view = self._services.reading, self._pane.view
        chosen, current = view.chosen(), view.current
        if chosen is not None:
            self._do(lambda: reading.link_passage(self._article, *chosen, story_id, statement_id))
        elif current is not None:
            self._do(lambda: reading.link(current.id, story_id, statement_id))
        else:
            QToolTip.showText(
                QCursor.pos(), self.tr("Select a passage in an article first."), self._pane
            )

    @Slot(int, int, str)
    def _comment_passage(self, start: int, end: int, comment: str) -> None:
        if self._in_the_past():
            return
        self._do(
            lambda: self._services.reading.annotate(
                self._article, start, end, Role.HIGHLIGHT, comment=comment
            )
        )

    @Slot(str, str)
    def _comment(self, annotation_id: str, comment: str) -> None:
        self._do(lambda: self._services.reading.set_comment(annotation_id, comment))

    @Slot(str, str)
    def _change_role(self, annotation_id: str, role: str) -> None:
        self._do(lambda: self._services.reading.set_role(annotation_id, Role(role)))

    @Slot(str)
    def _delete(self, annotation_id: str) -> None:
        self._do(lambda: self._services.reading.delete(annotation_id))

    @Slot(str)
    def _activated(self, annotation_id: str) -> None:
        for use in self._services.reading.uses(annotation_id):
            self.statement_asked.emit(use.story, use.statement)
            return

    @Slot()
    def _ask_details(self) -> None:
        if self._article:
            self.details_asked.emit(self._article)

    @Slot()
    def toggle_blocks(self) -> None:
        """Show the blocks that are left out of the open article, or hide them again."""
        view = self._pane.view
        view.show_blocks(on=not view.shows_blocks)
        view.setFocus()

    @Slot(tuple, bool)
    def _switch(self, places: tuple[int, ...], included: bool) -> None:
        if not self._in_the_past():
            articles, article = self._services.articles, self._article
            self._do(lambda: articles.switch(article, places, included=included))

    @Slot()
    def _trust(self) -> None:
        """Note that the text of an article is right, whatever the extraction thought of it."""
        if self._article:
            self._do(lambda: self._services.articles.edit(self._article, without_doubts))

    @Slot(str)
    def _triage(self, state: str) -> None:
        if self._article:
            self.triage_asked.emit((self._article,), state)

    @Slot(str)
    def _copy_link(self, url: str) -> None:
        QGuiApplication.clipboard().setText(url)  # nothing is opened: the program stays offline

    @Slot()
    def _was_read(self) -> None:
        if article := self._article:
            self._do(lambda: self._services.articles.opened(article))

    @Slot()
    def _show_cluster(self) -> None:
        try:
            cluster = self._services.clusters.of(self._article)
        except BriefingError:  # it is gone, or the library is: whoever reads the text says so
            cluster = None
        self._pane.show_cluster(cluster)

    def _changed(self, changed: Changed) -> None:
        if self._kept is None:
            return
        if changed.articles and not self._past:
            self._asking.start()  # its like may have come or gone
        if self._article in changed.articles:
            if self._is_gone():
                self.show_nothing()
                return
            if self._is_renewed():
                self._reopen()
                return
            if (Entity.ARTICLE, self._article) in changed.keys:
                self._pane.show_head(self._services.articles.article(self._article))
        if self._is_switched(changed):
            self._pane.show_switched(self._services.articles.version(self._article))
        if self._kept.follow(changed) and not self._past:
            annotations = self._kept.annotations
            self._pane.show_annotations(annotations, self._kept.uses)
            self.highlights_shown.emit(len(annotations))

    def _is_renewed(self) -> bool:
        """Tell whether the article has another current version than the one that is shown."""
        shown = self._pane.version
        now = self._services.articles.article(self._article).version
        return not self._past and shown is not None and shown.id != now

    def _is_switched(self, changed: Changed) -> bool:
        """Tell whether blocks of what is shown were put in or taken out."""
        shown = self._pane.version
        if shown is None or (Entity.VERSION, shown.id) not in changed.keys or self._past:
            return False
        return self._services.articles.version_of(shown.id).switched != shown.switched

    def _reopen(self) -> None:
        """Show the article as it is now, from its beginning."""
        article, self._article = self._article, ""
        self.open_article(article)

    def _is_gone(self) -> bool:
        try:
            self._services.articles.article(self._article)
        except NotFound:
            return True
        return False

    def _do(self, edit: Callable[[], object]) -> None:
        try:
            edit()
        except BriefingError as error:
            self.failed.emit(error)
