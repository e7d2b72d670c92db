"""Pages and feeds from the web into the library, when the user asks for it and never else."""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

from briefing_app.errors import BriefingError, Cancelled
from briefing_app.importers.addresses import in_text, typed
from briefing_app.services.feeds import Feed
from briefing_app.services.incoming import Unreadable
from briefing_app.services.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from concurrent.futures import Future

    from briefing_app.importers.base import Document, Imported
    from briefing_app.importers.web import Web
    from briefing_app.progress import Progress
    from briefing_app.services.batch import Outcome
    from briefing_app.services.feeds import Feeds
    from briefing_app.services.importing import Importing
    from briefing_app.services.incoming import Incoming

__all__ = ["Feed", "Fetching", "addresses_in", "cleaned"]

AT_ONCE = 4  # pages
_FORMATS = ("Feed", "JSON Feed")


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses in the web of a text that consists of nothing else."""
    return in_text(text)


def cleaned(address: str) -> str:
    """Return an address that was typed, whole and without what follows the reader about.

    Raises: UnreadableSource if it is none.
    """
    return typed(address)


class Fetching:
    """Fetches for one library. Runs on any thread but the front's own in a window.

    `private` is always whether pages of this computer and of its own network may be fetched.
    """

    def __init__(
        self, web: Callable[[], Web], importing: Importing, feeds: Feeds, now: Callable[[], int]
    ) -> None:
        self._open_web = web
        self._importing = importing
        self._feeds = feeds
        self._now = now
        self._running = Running()

    def bring_in(
        self,
        urls: Sequence[str],
        progress: Progress,
        *,
        private: bool = False,
        brief_id: str = "",
        on_outcome: Callable[[Outcome], None] | None = None,
        on_feed: Callable[[Feed], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Fetch pages and import them like files; a feed among them is followed from then on.

        `on_feed` is called for each that was not followed before. Raises: Cancelled, StorageFailure.
        """

        def read(document: Document, imported: Imported) -> None:
            for feed in self._followed(document, imported):
                if on_feed:
                    on_feed(feed)

        with (
            self._running.one(progress) as running,
            closing(_Pages(self._open_web(), urls, self._instant, running, private)) as pages,
        ):
            return self._importing.bring_in(
                pages, running, brief_id=brief_id, on_outcome=on_outcome, on_read=read
            )

    def refresh(
        self,
        progress: Progress,
        *,
        private: bool = False,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Ask all feeds and import what is not in the library, nor in its trash.

        What is there is never asked for its newest wording, so that a teaser cannot take the place of
        an article that was fetched. Raises: Cancelled, StorageFailure.
        """

        def read(document: Document, imported: Imported) -> None:
            self._followed(document, imported)  # what it calls itself may have changed

        urls = tuple(feed.url for feed in self._feeds.all())
        with (
            self._running.one(progress) as running,
            closing(_Pages(self._open_web(), urls, self._instant, running, private)) as pages,
        ):
            return self._importing.bring_in(
                pages, running, only_new=True, on_outcome=on_outcome, on_read=read
            )

    def close(self) -> None:
        """Stop what is being fetched, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()

    def _followed(self, document: Document, imported: Imported) -> tuple[Feed, ...]:
        """Follow what was fetched if it is a feed; return it if it was not followed before."""
        if imported.format not in _FORMATS or document.depth:
            return ()
        return self._feeds.follow((Feed(document.name, imported.title),))

    def _instant(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC)


class _Pages:
    """Documents of some addresses in order, a few of them fetched ahead."""

    def __init__(
        self,
        web: Web,
        urls: Sequence[str],
        now: Callable[[], dt.datetime],
        progress: Progress,
        private: bool,
    ) -> None:
        self._web = web
        self._urls = urls
        self._now = now
        self._progress = progress
        self._private = private
        self._over = threading.Event()
        self._threads = ThreadPoolExecutor(AT_ONCE, "fetch")

    def __len__(self) -> int:
        """Return how many there will be."""
        return len(self._urls)

    def __iter__(self) -> Generator[Incoming]:
        """Fetch. Raises: Cancelled."""
        waiting: deque[Future[Incoming]] = deque()
        for url in self._urls:
            waiting.append(self._threads.submit(self._fetch, url))
            if len(waiting) == AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """Stop what is still on its way."""
        self._over.set()
        self._threads.shutdown(cancel_futures=True)

    def step(self, done: int, total: int, note: str = "") -> None:
        """Part of `Progress`: how far one page is says nothing."""

    def check(self) -> None:
        """Part of `Progress`. Raises: Cancelled."""
        if self._over.is_set():
            raise Cancelled
        self._progress.check()

    def _fetch(self, url: str) -> Incoming:
        try:
            self.check()
            return self._web.fetch(url, self._now, self, private=self._private)
        except BriefingError as error:
            return Unreadable(url, error)
