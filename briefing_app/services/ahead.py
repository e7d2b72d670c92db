"""Read documents in order, with a few ahead, so that both workers are busy."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from briefing_app.errors import BriefingError
from briefing_app.importers.base import Imported
from briefing_app.importers.pool import WORKERS
from briefing_app.services.incoming import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from briefing_app.importers.pool import Pool
    from briefing_app.progress import Progress
    from briefing_app.services.incoming import Incoming

_AHEAD = 4  # documents in memory at a time

Started = Future[Imported] | BriefingError
_Found = TypeVar("_Found")  # what is known of a document without reading it


def read_all(
    documents: Iterable[Incoming], pool: Pool, progress: Progress
) -> Generator[tuple[Incoming, Imported | BriefingError]]:
    """Read documents, and give each back in order with what is in it or why it cannot be read.

    Raises: Cancelled.
    """
    with ThreadPoolExecutor(WORKERS, "import") as threads:

        def begin(one: Incoming) -> Started:
            return begin_reading(one, pool, progress, threads)

        with closing(in_order(documents, begin)) as results:
            yield from results


def begin_reading(
    one: Incoming, pool: Pool, progress: Progress, threads: ThreadPoolExecutor
) -> Started:
    """Have a document read; a file that did not become one has its error already."""
    if isinstance(one, Unreadable):
        return one.error
    return threads.submit(pool.read, one, progress)


def in_order(
    documents: Iterable[Incoming],
    begin: Callable[[Incoming], Started | _Found],
    waits: Callable[[], None] = lambda: None,
) -> Generator[tuple[Incoming, Imported | BriefingError | _Found]]:
    """Begin with some documents ahead, and give all back in order with what came of them.

    `waits` is called before a document is waited for that is not read yet.
    """
    waiting: deque[tuple[Incoming, Started | _Found]] = deque()
    coming = iter(documents)
    try:
        while True:
            waiting.extend((one, begin(one)) for one in islice(coming, _AHEAD - len(waiting)))
            if not waiting:
                return
            one, result = waiting.popleft()
            if isinstance(result, Future) and not result.done():
                waits()
            yield one, _result(result) if isinstance(result, Future) else result
    finally:
        for _, result in waiting:
            if isinstance(result, Future):
                result.cancel()


def _result(future: Future[Imported]) -> Imported | BriefingError:
    try:
        return future.result()
    except BriefingError as error:
        return error
