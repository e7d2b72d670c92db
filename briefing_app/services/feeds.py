"""The feeds that a library follows: remembered with it, and asked only when the user wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.storage.beside import Beside

MOST = 1000  # feeds


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a feed lies, and what it calls itself."""

    url: str
    title: str = ""


class Feeds:
    """The list of feeds of one library."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    def all(self) -> tuple[Feed, ...]:
        """Return the feeds in the order in which they came."""
        return _read(self._beside.read())

    def follow(self, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
        """Remember feeds, and return those that are new; a new title of a known one is taken.

        Raises: StorageFailure.
        """
        wanted = {feed.url: feed for feed in feeds if feed.url}
        before = {feed.url: feed for feed in self.all()}
        if all(_same(before.get(url), feed) for url, feed in wanted.items()):
            return ()

        def edit(found: Any) -> Any:  # noqa: ANN401 (JSON)
            after = {feed.url: feed for feed in _read(found)}
            for url, feed in wanted.items():
                if not _same(after.get(url), feed):
                    after[url] = feed
            return _written(tuple(after.values())[:MOST])

        self._beside.change(edit)
        return tuple(feed for url, feed in wanted.items() if url not in before)

    def forget(self, url: str) -> None:
        """Follow a feed no more; what came from it stays. Raises: NotFound, StorageFailure."""
        if all(feed.url != url for feed in self.all()):
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "There is no feed “{address}” in this library."),
                address=url,
            )
        self._beside.change(lambda found: _written(tuple(f for f in _read(found) if f.url != url)))


def _same(before: Feed | None, feed: Feed) -> bool:
    return before is not None and (not feed.title or before.title == feed.title)


def _read(found: Any) -> tuple[Feed, ...]:  # noqa: ANN401 (JSON)
    rows = found if isinstance(found, list) else ()
    return tuple(
        Feed(str(row["url"]), str(row.get("title") or ""))
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("url"), str)
    )


def _written(feeds: tuple[Feed, ...]) -> list[dict[str, str]]:
    return [{"url": feed.url, "title": feed.title} for feed in feeds]
