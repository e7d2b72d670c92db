"""Splits a newsletter or a PDF into articles: looks, shows what it found, and makes what was chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.errors import BriefingError
from briefing_app.gui.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.gui.splitting.items import ItemsDialog
    from briefing_app.gui.splitting.pages import PagesDialog
    from briefing_app.progress import Progress
    from briefing_app.services.splitting import Items, NewsItem, PagePart, Pages
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


class SplitController(QObject):
    """Both look at a file in a job first, and change nothing before the user says so."""

    arrived = Signal()  # articles came in: lists are to be read again
    failed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        work: LongWork,
        settings: Settings,
        *,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._work = work
        self._settings = settings
        self._flush = flush
        self.items: ItemsDialog | None = None
        self.pages: PagesDialog | None = None

    def split_items(self, article_id: str) -> None:
        """Look for the items of a newsletter, and propose them."""
        work = partial(find_items, services=self._services, article_id=article_id)
        done = partial(self._propose_items, article_id)
        self._begin(self.tr("Looking for items"), work, done)

    def split_pages(self, article_id: str) -> None:
        """Look for the articles in a PDF, and propose them."""
        work = partial(find_pages, services=self._services, article_id=article_id)
        done = partial(self._propose_pages, article_id)
        self._begin(self.tr("Looking for articles"), work, done)

    def _begin(self, title: str, work: Callable[..., object], done: Callable[..., None]) -> None:
        self._flush()
        self._work.begin(title, work, done, self._tell)

    def _tell(self, error: Exception) -> None:
        self.failed.emit(error)

    def _title(self, article_id: str) -> str | None:
        try:
            return self._services.articles.article(article_id).title
        except BriefingError as error:
            self.failed.emit(error)
            return None

    def _propose_items(self, article_id: str, found: Items) -> None:
        from briefing_app.gui.splitting.items import ItemsDialog  # noqa: PLC0415 (loaded when it is asked for)

        title = self._title(article_id)
        if title is None:
            return
        always = found.sender in self._settings.now.split_senders
        self.items = ItemsDialog(title, found, self._window, always=always)
        self.items.split_wanted.connect(partial(self._make_items, article_id, found.sender))
        self.items.finished.connect(self._closed)
        self.items.open()

    def _propose_pages(self, article_id: str, found: Pages) -> None:
        from briefing_app.gui.splitting.pages import PagesDialog  # noqa: PLC0415 (loaded when it is asked for)

        title = self._title(article_id)
        if title is None:
            return
        self.pages = PagesDialog(title, found, self._window)
        self.pages.split_wanted.connect(partial(self._make_pages, article_id))
        self.pages.finished.connect(self._closed)
        self.pages.open()

    def _make_items(
        self,
        article_id: str,
        sender: str,
        items: tuple[NewsItem, ...],
        archive: bool,
        always: bool,
    ) -> None:
        self._remember(sender, always=always)
        work = partial(
            make_items,
            services=self._services,
            article_id=article_id,
            items=items,
            archive=archive,
        )
        self._begin(self.tr("Splitting the newsletter"), work, self._made)

    def _make_pages(
        self,
        article_id: str,
        parts: tuple[PagePart, ...],
        archive: bool,
    ) -> None:
        work = partial(
            make_pages,
            services=self._services,
            article_id=article_id,
            parts=parts,
            archive=archive,
        )
        self._begin(self.tr("Splitting the PDF"), work, self._made)

    def _remember(self, sender: str, *, always: bool) -> None:
        """Keep in the settings whether the newsletters of a sender are split as they come."""
        senders = self._settings.now.split_senders
        if not sender or always == (sender in senders):
            return
        left = tuple(one for one in senders if one != sender)
        self._settings.change(split_senders=(*left, sender) if always else left)
        self._settings.save()

    def _made(self, made: tuple[str, ...]) -> None:
        self.arrived.emit()
        count = len(made)
        many = self.tr("%n articles were made.", "", count)
        self._work.say(counted(count, self.tr("1 article was made."), many))

    @Slot(int)
    def _closed(self) -> None:
        for dialog in (self.items, self.pages):
            if dialog is not None:
                dialog.deleteLater()
        self.items = self.pages = None


def find_items(progress: Progress, services: Services, article_id: str) -> Items:
    """Look for items; a job, so nothing here touches a widget. Raises: NotFound, Refused."""
    progress.check()
    return services.splitting.items(article_id)


def find_pages(progress: Progress, services: Services, article_id: str) -> Pages:
    """Look for the articles of a PDF; a job. Raises: NotFound, Refused, UnreadableSource."""
    services.history.wait()
    return services.splitting.pages(article_id, progress)


def make_items(
    progress: Progress,
    services: Services,
    article_id: str,
    items: Sequence[NewsItem],
    *,
    archive: bool,
) -> tuple[str, ...]:
    """Make articles of items; a job. Raises: NotFound, Refused, StorageFailure."""
    return services.splitting.split_items(article_id, items, progress, archive=archive)


def make_pages(
    progress: Progress,
    services: Services,
    article_id: str,
    parts: Sequence[PagePart],
    *,
    archive: bool,
) -> tuple[str, ...]:
    """Make articles of parts of a PDF; a job. Raises: NotFound, Refused, UnreadableSource."""
    return services.splitting.split_pages(article_id, parts, progress, archive=archive)
