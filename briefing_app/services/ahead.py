"""Read documents in order, some ahead, so that the workers and whoever stores are busy at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

from briefing_app.errors import BriefingError
from briefing_app.importers.base import Document, Imported
from briefing_app.importers.pool import WORKERS
from briefing_app.services.incoming import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from briefing_app.progress import Progress
    from briefing_app.services.incoming import Incoming
    from briefing_app.services.recognising import Reader

_LEAST = 4  # documents in memory at a time, however large they are
_MOST = 128  # likewise, where they are read faster than they are stored
_LARGEST = 8_000_000  # bytes of those, likewise

_Read = TypeVar("_Read")  # what a document is read as


def read_all(
    documents: Iterable[Incoming], pool: Reader, progress: Progress
) -> Generator[tuple[Incoming, Imported | BriefingError]]:
    """Read documents, and give each back in order with what is in it or why it cannot be read.

    Raises: Cancelled.
    """
    with ThreadPoolExecutor(WORKERS, "import") as threads:

        def begin(some: Sequence[Incoming]) -> Iterator[Future[Imported]]:
            for one in some:
                if isinstance(one, Unreadable):
                    yield failed(one.error)
                else:
                    yield threads.submit(pool.read, one, progress)

        with closing(in_order(documents, begin)) as results:
            for one, reading in results:
                result = result_of(reading)
                yield one, result


def in_order(
    documents: Iterable[Incoming],
    begin: Callable[[Sequence[Incoming]], Iterable[Future[_Read]]],
    waits: Callable[[], None] = lambda: None,
) -> Generator[tuple[Incoming, Future[_Read]]]:
    """Begin with some documents ahead, and give all back in order, each at work or done.

    `waits` is called before a document that is not read yet. While none has to be waited
    for, more and more are begun ahead, several at once.
    """
    waiting: deque[tuple[Incoming, Future[_Read]]] = deque()
    coming = iter(documents)
    room = _LEAST
    try:
        while True:
            if len(waiting) < max(_LEAST, room // 2):
                some = _some(coming, [one for one, _ in waiting], room)
                waiting.extend(zip(some, begin(some), strict=True))
            if not waiting:
                return
            one, reading = waiting.popleft()
            if reading.done():
                room = min(2 * room, _MOST)
            else:
                room = _LEAST
                waits()
            yield one, reading
    finally:
        for _, reading in waiting:
            reading.cancel()


def result_of(reading: Future[_Read]) -> _Read | BriefingError:
    """Wait for what is in a document, or why it cannot be read."""
    try:
        return reading.result()
    except BriefingError as error:
        return error


def known(read: _Read) -> Future[_Read]:
    """Return what is known of a document without reading it."""
    future: Future[_Read] = Future()
    future.set_result(read)
    return future


def failed(error: BriefingError) -> Future[Any]:
    """Return that a document cannot be read."""
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


def _some(coming: Iterator[Incoming], waiting: Sequence[Incoming], room: int) -> list[Incoming]:
    """Take as many documents as there is room for beside those that are waiting."""
    taken: list[Incoming] = []
    size = sum(map(_size, waiting))
    while (count := len(waiting) + len(taken)) < _LEAST or (count < room and size < _LARGEST):
        one = next(coming, None)
        if one is None:
            break
        taken.append(one)
        size += _size(one)
    return taken


def _size(one: Incoming) -> int:
    return len(one.data) if isinstance(one, Document) else 0
