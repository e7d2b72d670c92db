"""The window at work: connects its parts with the services of an open library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from briefing_app.domain.record import Entity
from briefing_app.errors import BriefingError, NotFound
from briefing_app.gui import problems
from briefing_app.gui.aim import Aim
from briefing_app.gui.articles.controller import ArticlesController
from briefing_app.gui.articles.shelf import BRIEFS
from briefing_app.gui.bundles.controller import ENDING, BundleController
from briefing_app.gui.care import Care
from briefing_app.gui.composer.controller import ComposerController
from briefing_app.gui.details import Details
from briefing_app.gui.elsewhere import SaveElsewhere
from briefing_app.gui.gathering.controller import Gathering
from briefing_app.gui.gathering.deeds import Deeds
from briefing_app.gui.gathering.menu import ListMenu
from briefing_app.gui.importing.controller import ImportController
from briefing_app.gui.importing.incoming import files_of
from briefing_app.gui.importing.sources import Sources
from briefing_app.gui.keeping import Keeper
from briefing_app.gui.notices import Notices
from briefing_app.gui.output import Output
from briefing_app.gui.parts import parts_of
from briefing_app.gui.reader.controller import ReaderController
from briefing_app.gui.samples import Samples
from briefing_app.gui.searches import SavedSearches
from briefing_app.gui.tally import Tally
from briefing_app.gui.travel import Travel

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from briefing_app.domain.erasure import Wish
    from briefing_app.gui.finder.rows import Find
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

REMEMBER = 2000  # milliseconds between two looks at whether the settings are to be written


class Desktop(QObject):
    """One controller a pane; here they hear of each other and of what the library tells."""

    # a copy to go on in, the edits that it lacks, and how many originals it does
    carried_over = Signal(object, object, int)
    closed_for = Signal(
        object
    )  # work on the folder, for which the library is closed and opened again

    def __init__(
        self,
        window: MainWindow,
        furniture: Furniture,
        services: Services,
        runner: JobRunner,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._furniture = furniture
        self._starting = True
        self._services = services
        self.articles = ArticlesController(window.articles, services, runner, settings)
        self.deeds = Deeds(window, self.articles, services, settings, furniture.long_work)
        self.gathering = Gathering(window, self.articles, self.deeds, services, runner)
        self.searches = SavedSearches(window, services, self.articles, furniture.finder)
        self.reader = ReaderController(furniture.reader, services, runner, settings)
        self.details = Details(window, services)
        self.composer = ComposerController(furniture.composer, services, settings, self)
        self.travel = Travel(self.deeds, self.composer)
        self.imports = ImportController(furniture.strip, services, runner, settings)
        self.sources = Sources(window, services, runner, self.imports, settings)
        furniture.finder.search_in(services.searching, runner)
        self.aim = Aim(furniture, services, self.reader, self.composer)
        self.samples = Samples(services, runner, self)
        self.keeper = Keeper(window, services.history)
        self.output = Output(
            window, furniture, services, runner, settings, flush=self.composer.flush
        )
        self.bundles = BundleController(
            window, furniture.long_work, services, settings, flush=self.composer.flush
        )
        self.elsewhere = SaveElsewhere(
            window, services, furniture.long_work, flush=self.composer.flush
        )
        self.elsewhere.copied.connect(self.carried_over)
        self.tally = Tally(window.status, services.desk, self.composer)
        self.notices = Notices(window, furniture, services, runner, settings)
        self.care = Care(
            window, services, runner, furniture.long_work, settings=settings, open_=self.composer
        )
        self._numbers: list[QShortcut] = []
        self._connect_panes()
        self._connect_actions()
        self._last_article = settings.now.last_article
        self.composer.open_last()
        self._soon = QTimer(self)  # composer and reader in one go would keep the window too long
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._begin)
        self._soon.start()
        self._remembering = QTimer(self)  # where one was is known after a power cut, too
        self._remembering.setInterval(REMEMBER)
        self._remembering.timeout.connect(settings.save)
        self._remembering.start()

    def may_close(self) -> bool:
        """Store what is left; False if that failed and the user wants to stay."""
        self.composer.flush()
        if not self.keeper.may_close():
            return False
        self.give_up()
        return True

    def give_up(self) -> None:
        """Follow nothing more; what is not stored by now stays so."""
        self._soon.stop()
        self._remembering.stop()
        self.composer.close()
        self.reader.close()
        self.sources.close()
        self.imports.close()
        self.output.close()
        self.care.close()
        self.notices.close()
        self.keeper.close()

    def leave(self) -> None:
        """Let the panes go after `may_close`: they are for another library now."""
        for part in (*parts_of(self), *self._numbers):
            part.deleteLater()

    def _connect_panes(self) -> None:
        window = self._window
        self.articles.article_opened.connect(self._open_article)
        self.articles.article_entered.connect(self._enter_article)
        self.deeds.brief_asked.connect(self._put_in_brief)
        self.articles.brief_opened.connect(self.composer.open_brief)
        self.articles.listed.connect(self._listed)
        window.articles.import_requested.connect(self.imports.choose_files)
        window.articles.samples_requested.connect(self.samples.add)
        self.reader.triage_asked.connect(self.deeds.triage)
        self.reader.details_asked.connect(self.details.show_article)
        self.reader.statement_asked.connect(self.composer.show_statement)
        self.reader.highlights_shown.connect(window.status.show_highlights)
        self.reader.article_shown.connect(self._allow)
        self.composer.passage_asked.connect(self._reveal)
        self.composer.link_asked.connect(self.reader.link)
        self.composer.story_shown.connect(self._story_shown)
        self.composer.brief_shown.connect(self._allow)
        self.composer.brief_shown.connect(self.output.show_brief)
        self.composer.brief_shown.connect(self.bundles.show_brief)
        self.output.sized.connect(self.tally.show_pages)
        self.composer.sample_asked.connect(self.samples.add)
        self._furniture.finder.found.connect(self._found)
        self.imports.arrived.connect(self._arrived)
        self.imports.article_arrived.connect(self._open_article)
        self.imports.brief_arrived.connect(self.composer.open_brief)
        self.bundles.arrived.connect(self._arrived)
        self.bundles.brief_arrived.connect(self.composer.open_brief)
        self.samples.added.connect(self._samples_added)
        self.care.flush_asked.connect(self.composer.flush)
        self.care.article_wanted.connect(self._open_article)
        self.reader.article_wanted.connect(self._open_article)
        self.care.version_wanted.connect(self._open_version)
        self.care.brief_wanted.connect(self.composer.open_brief)
        self.care.story_wanted.connect(self.composer.open_story)
        self.care.splitting.arrived.connect(self._arrived)
        self.care.erasing.begun.connect(self._let_go)
        self.care.erasing.erased.connect(self.articles.refresh)
        parts = (
            self.reader,
            self.details,
            self.composer,
            self.aim,
            self.samples,
            self.output,
            self.bundles,
            self.care,
        )
        for part in parts:
            part.failed.connect(self._failed)
        self.keeper.followed.connect(self._followed)
        self.keeper.heard.connect(self.articles.note)
        self.keeper.heard.connect(self.gathering.note)
        self.keeper.heard.connect(self.searches.note)
        self.keeper.stored.connect(self.articles.stored)
        self._window.articles.chosen_changed.connect(self._allow)
        window.dropped.connect(self._dropped)

    def _connect_actions(self) -> None:
        actions = self._window.actions_
        for name, do in (
            ("undo", self.travel.undo),
            ("redo", self.travel.redo),
            ("import", self.imports.choose_files),
            ("import-folder", self.imports.choose_folder),
            ("import-results", self.imports.show_results),
            ("paste", self.imports.paste),
            ("samples", self.samples.add),
            ("new-brief", self.composer.new_brief),
            ("new-story", self.composer.new_story),
            ("pick-target", self.aim.ask),
            ("left-out", self.reader.toggle_blocks),
            ("delete-brief", self._delete_brief),
        ):
            actions[name].triggered.connect(do)
        self._window.articles.set_menu(ListMenu(actions, self.deeds, self.gathering).fill)
        for number in range(1, 10):
            keys = QShortcut(QKeySequence(f"Ctrl+{number}"), self._window)
            keys.activated.connect(partial(self.composer.open_number, number))
            self._numbers.append(keys)

    @Slot()
    def _begin(self) -> None:
        try:
            self._services.articles.article(self._last_article)
            self._open_article(self._last_article)
        except NotFound:
            self.reader.show_nothing()
        self.samples.add_at_first_use()
        self.care.begin()
        self.sources.begin()
        self._window.panes.uncover()
        if self._window.articles.isAncestorOf(self._window.focusWidget()):
            self._window.articles.focus_list()
        self._allow()

    @Slot()
    def _listed(self) -> None:
        """Choose the open article in a list that was just read, if nothing else is chosen."""
        rows = self._window.articles.list
        if self._window.articles.shelf() != BRIEFS and not rows.count_chosen():
            self.articles.choose(self.reader.article)
        if self._starting and rows.count_chosen():
            self._starting = False
            if self._window.articles.isAncestorOf(self._window.focusWidget()):
                self._window.articles.focus_list()
        self._allow()

    @Slot()
    def _allow(self) -> None:
        """Enable the commands that have something to work on."""
        there = {"library"}
        why = self._services.read_only
        if why is None:
            there.add("writable")
        if chosen := self._window.articles.count_chosen():
            there.add("article")
            if chosen > 1:
                there.add("articles")
        if self.composer.brief:
            there.add("brief")
        if self.composer.story:
            there.add("story")
        self._window.actions_.allow(
            frozenset(there), problems.in_sentences((why.reason,))[0] if why else ""
        )

    # articles

    @Slot(str)
    def _open_article(self, article_id: str) -> None:
        self._window.actions_["preview"].setChecked(False)
        self.reader.open_article(article_id)
        self.articles.choose(article_id)
        self._allow()

    @Slot(str)
    def _enter_article(self, article_id: str) -> None:
        self._open_article(article_id)
        self._furniture.reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str, str)
    def _open_version(self, article_id: str, version_id: str) -> None:
        self._open_article(article_id)
        self.reader.show_version(version_id)

    @Slot(object)
    def _let_go(self, wish: Wish) -> None:
        """Show nothing of what is being erased, nor of what came of its import."""
        self.imports.forget(frozenset(uid for _, uid in wish.keys))
        if (Entity.ARTICLE, self.reader.article) in wish.keys:
            self.reader.show_nothing()

    @Slot(tuple)
    def _put_in_brief(self, ids: tuple[str, ...]) -> None:
        """Make short items of articles; without a brief there is nothing to put them into."""
        if self.aim.is_refused():
            return
        if not self.composer.brief:
            self.composer.new_brief()
        if not self.composer.brief:
            return
        self.composer.flush()
        try:
            stories = self._services.short_items.put(ids, self.composer.brief)
        except BriefingError as error:
            self._failed(error)
            return
        self.composer.open_story(stories[-1])
        self.deeds.go_on(ids)

    @Slot()
    def _arrived(self) -> None:
        self._services.history.refresh()
        self.articles.refresh()

    @Slot(object)
    def _dropped(self, mime: QMimeData) -> None:
        """Import what was dropped; a bundle is looked into first."""
        files = files_of(mime)
        if len(files) == 1 and files[0].suffix.lower() == ENDING:
            self.bundles.look_into(files[0], partial(self.imports.bring_in, files))
        else:
            self.imports.take(mime)

    # where points go

    @Slot(str)
    def _story_shown(self, story_id: str) -> None:
        self.reader.show_target(story_id, self._label(story_id))
        self.tally.count()

    def _label(self, story_id: str) -> str:
        if not story_id:
            return ""
        stories = self._services.desk.brief(self.composer.brief).stories
        headline = self._services.desk.story(story_id).headline
        number = stories.index(story_id) + 1 if story_id in stories else 0
        return f"{number} {headline}" if number else headline

    @Slot(str)
    def _reveal(self, annotation_id: str) -> None:
        if not self._is_here(annotation_id):
            self._failed(problems.gone_article())
            return
        self._window.actions_["preview"].setChecked(False)
        if self.reader.reveal(annotation_id):
            self._furniture.reader.setFocus(Qt.FocusReason.OtherFocusReason)
            self.articles.choose(self.reader.article)

    def _is_here(self, annotation_id: str) -> bool:
        try:
            passage = self._services.reading.annotation(annotation_id)
            self._services.articles.article(passage.article)
        except NotFound:
            return False
        return True

    # briefs

    @Slot()
    def _delete_brief(self) -> None:
        if self.composer.brief:
            self.composer.flush()
            self._services.desk.delete_brief(self.composer.brief)

    @Slot(object)
    def _found(self, row: Find) -> None:
        match row.kind:
            case "article":
                self._enter_article(row.id)
            case "story":
                self.composer.open_story(row.id)
            case "brief":
                self.composer.open_brief(row.id)
            case "annotation":
                self._reveal(row.id)

    @Slot(str, str)
    def _samples_added(self, brief_id: str, article_id: str) -> None:
        self.articles.refresh()
        if brief_id and brief_id != self.composer.brief:  # the first brief opens by itself
            self.composer.open_brief(brief_id)
        if article_id:
            self._open_article(article_id)

    # what the library tells

    @Slot()
    def _followed(self) -> None:
        self._story_shown(self.composer.story)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        problems.tell(self._window, error)
