"""The one thread that writes: it commits change sets in the order in which they were queued.

A commit that fails stops the queue. What is queued stays queued, the front is told, and `retry` goes
on from there. An import batch is different: its caller waits for it, so it is dropped and the caller
gets the error.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from briefing_app.domain.change import Action, ChangeSet, Origin, squash
from briefing_app.errors import Refused, StorageFailure
from briefing_app.storage import originals, reached
from briefing_app.storage.applying import newest
from briefing_app.storage.committing import Job, Place, store
from briefing_app.storage.failure import EXPECTED, closed_library, fault_of_ours, storage_failure
from briefing_app.storage.listening import subscribe, tell
from briefing_app.storage.locks import PATIENCE, write_lock
from briefing_app.storage.opening import FILE
from briefing_app.storage.parcels import pack, parcel_of
from briefing_app.storage.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from briefing_app.domain.article import Body, Intake, Original
    from briefing_app.storage.parcels import Parcel

__all__ = ["FILE", "PAUSE", "Writer"]

_T = TypeVar("_T")

PAUSE = 0.4  # seconds without a key after which typing is stored
_LATELY = 5.0  # seconds after an edit in which another one is likely


class Writer:
    """Owns the writing connection. Every method may be called from any thread."""

    def __init__(
        self,
        folder: Path,
        device: str,
        *,
        pause: float = PAUSE,
        patience: float = PATIENCE,
        refusal: StorageFailure | None = None,
    ) -> None:
        self._folder = folder
        self._device = device
        self.refusal = refusal  # of a library that may only be read: nothing is ever written
        self._pause = pause
        self._lock = write_lock(folder, patience)
        self._jobs: deque[Job] = deque()
        self._state = threading.Condition()
        self._committing = False
        self._trouble: StorageFailure | None = None
        self._ended: set[str] = set()
        self._edited = -math.inf  # when an edit came last
        self._shut = False  # nothing more is taken; what is queued is still written
        self._closing = False
        self._seq = 0  # how far this process knows that the library got
        self._saved: list[Callable[[int], None]] = []
        self._troubled: list[Callable[[StorageFailure, int], None]] = []
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="library writer", daemon=True)

    def start(self) -> None:
        """Open the connection and begin to write. Raises: StorageFailure."""
        if self.refusal is not None:
            return
        self._thread.start()
        self._ready.result()

    def on_saved(self, call: Callable[[int], None]) -> Callable[[], None]:
        """Call with the number of the last change after each commit, on this thread."""
        return subscribe(self._saved, call)

    def on_trouble(self, call: Callable[[StorageFailure, int], None]) -> Callable[[], None]:
        """Call with the failure and the number of waiting sets when a commit fails."""
        return subscribe(self._troubled, call)

    @property
    def pending(self) -> int:
        """How many edits are not on disk yet; batches of imports, which are not held, do not count."""
        with self._state:
            return self._edits()

    @property
    def is_awaited(self) -> bool:
        """Whether somebody edits just now, and should not have to wait for a long transaction."""
        return time.monotonic() - self._edited < _LATELY

    def check(self) -> None:
        """Refuse an edit before anybody makes it. Raises: StorageFailure."""
        with self._state:
            self._check_open()

    def waiting(self) -> tuple[ChangeSet, ...]:
        """Return the edits that are not on disk yet, in their order."""
        with self._state:
            return tuple(job.change_set for job in self._jobs if job.done is None)

    def submit(self, change_set: ChangeSet) -> None:
        """Queue a set. Raises: StorageFailure if the library is closed."""
        with self._state:
            self._check_open()
            self._edited = time.monotonic()
            self._seal()
            self._jobs.append(Job(change_set))
            self._state.notify_all()

    def type(self, change_set: ChangeSet) -> None:
        """Queue typing: stored after a pause, or at once when anything else is queued.

        Sets with the same id are one set; what is still waiting is joined field by field.
        Raises: StorageFailure if the library is closed.
        """
        with self._state:
            self._check_open()
            self._edited = time.monotonic()
            due = self._edited + self._pause
            last = self._jobs[-1] if self._jobs else None
            busy = self._committing and len(self._jobs) == 1
            if last and last.due and last.change_set.id == change_set.id and not busy:
                joined = squash((*last.change_set.changes, *change_set.changes))
                last.change_set = replace(last.change_set, changes=joined)
                last.due = due
            else:
                self._seal()
                self._jobs.append(Job(change_set, due=due))
            self._state.notify_all()

    def seal(self) -> None:
        """Store typing now: its field was left."""
        with self._state:
            self._seal()
            self._state.notify_all()

    def pack(self, body: Body | None, originals: Iterable[Original]) -> Parcel:
        """Make a text and its bytes ready to be written, on the caller's thread."""
        return pack(body, originals)

    def take_in(
        self,
        change_set: ChangeSet,
        intakes: tuple[Intake, ...] = (),
        since: int | None = None,
        *,
        parcels: tuple[Parcel, ...] = (),
        checked: bool = False,
    ) -> int | None:
        """Write a batch of an import and wait for it; return the number of its last change.

        None if undo has taken its set back meanwhile: then nothing of the batch was written, and it
        needs a set of its own. None, too, if anything came in after the change `since`, up to which
        the caller has looked for what is there already. `parcels` are the intakes made ready, if the
        caller has done that; else it is done here, on the caller's thread.
        Raises: StorageFailure; Refused if its fields are to be `checked` and do not hold their old
        values. Then nothing of the batch was written.
        """
        self.check()
        arrivals = tuple(zip(intakes, parcels or map(parcel_of, intakes), strict=True))
        job = Job(change_set, arrivals, since=since, done=Future(), checked=checked)
        with self._state:
            self._check_open()
            if self._trouble:
                raise self._trouble
            if change_set.id in self._ended:
                return None
            self._seal()
            self._jobs.append(job)
            self._state.notify_all()
        assert job.done is not None  # noqa: S101 (made above)
        seq: int | None = job.done.result()
        return seq

    def perform(self, work: Callable[[Connection], _T]) -> _T:
        """Do work on the writing connection, which begins its own transactions, and wait for it.

        What is queued before is stored first; no process writes meanwhile.
        Raises: StorageFailure, and whatever the work raises.
        """
        job = Job(_NOTHING, done=Future(), work=work)
        with self._state:
            self._check_open()
            if self._trouble:
                raise self._trouble
            self._seal()
            self._jobs.append(job)
            self._state.notify_all()
        assert job.done is not None  # noqa: S101 (made above)
        result: _T = job.done.result()
        return result

    def end_set(self, set_id: str) -> None:
        """Let no further batch join a set: it is about to be taken back."""
        with self._state:
            self._ended.add(set_id)

    def flush(self) -> None:
        """Wait until all that is queued now is on disk. Raises: StorageFailure."""
        with self._state:
            self._seal()
            self._state.notify_all()
            last = self._jobs[-1] if self._jobs else None  # an import may queue for ever
            self._state.wait_for(lambda: last not in self._jobs or self._trouble)
            if self._trouble:
                raise self._trouble

    @property
    def stalled(self) -> bool:
        """Whether a commit failed and nothing is stored until `retry`."""
        return self._trouble is not None

    def retry(self) -> None:
        """Go on after a failure."""
        with self._state:
            self._trouble = None
            self._state.notify_all()

    def close(self) -> None:
        """Write what is queued, then checkpoint and end; once is enough. Raises: StorageFailure."""
        if not self._thread.is_alive():
            return
        with self._state:
            self._shut = True
        try:
            self.flush()
        finally:
            with self._state:
                self._closing = True
                self._state.notify_all()
            self._thread.join()

    def _check_open(self) -> None:
        if self.refusal is not None:
            raise self.refusal
        if self._shut:
            raise closed_library(self._folder)

    def _edits(self) -> int:
        return sum(job.done is None for job in self._jobs)

    def _seal(self) -> None:
        """Let nothing more join the last set: it is due now."""
        if self._jobs and self._jobs[-1].due:
            self._jobs[-1].due = 0.0

    def _run(self) -> None:
        try:
            standing = Standing(self._folder)
        except Exception as error:  # noqa: BLE001 (who starts the thread waits, and is told)
            expected = isinstance(error, EXPECTED)
            self._ready.set_exception(storage_failure(error, self._folder) if expected else error)
            return
        self._ready.set_result(None)
        while job := self._next():
            try:
                connection = standing.connection(self._seq)
            except StorageFailure as failure:
                self._fail(job, failure)
            except EXPECTED as error:
                self._fail(job, storage_failure(error, self._folder))
            else:
                self._commit(connection, job)
        with self._held():  # the last connection moves the write-ahead log into the file
            standing.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the lock if it can be had; closing goes on without it."""
        try:
            if not self._folder.is_dir():  # a lock would make the folder anew
                raise FileNotFoundError(self._folder)
            self._lock.acquire()
        except EXPECTED:
            yield
            return
        try:
            yield
        finally:
            self._lock.release()

    def _next(self) -> Job | None:
        """Wait for a job that is due; None when the library closes."""
        with self._state:
            while True:
                if self._closing:
                    return None
                if self._jobs and not self._trouble:
                    wait = self._jobs[0].due - time.monotonic()
                    if wait <= 0:
                        self._committing = True
                        return self._jobs[0]
                    self._state.wait(wait)
                else:
                    self._state.wait()

    def _work(self, connection: Connection, job: Job) -> None:
        """Do what a caller waits for; its failure is the caller's, and stops nothing else."""
        assert job.work is not None  # noqa: S101 (asked before)
        assert job.done is not None  # noqa: S101 (made with it)
        try:
            with self._lock:
                result = job.work(connection)
                seq = newest(connection)
            self._note(seq)
        except EXPECTED as error:
            connection.rollback()
            self._fail(job, storage_failure(error, self._folder))
        except Exception as error:  # noqa: BLE001 (who waits is told, and this thread goes on)
            connection.rollback()
            self._finish(job)
            job.done.set_exception(error)
        else:
            connection.rollback()
            self._finish(job)
            job.done.set_result(result)
            for call in tuple(self._saved):
                tell(call, seq)

    def _commit(self, connection: Connection, job: Job) -> None:
        if job.work is not None:
            self._work(connection, job)
            return
        try:
            for intake, _ in job.arrivals:
                originals.keep_files(self._folder, intake.originals)
            seq = store(connection, job, Place(self._folder, self._lock, self._device))
            self._note(seq)
        except Refused as error:
            self._finish(job)
            if job.done:
                job.done.set_exception(error)
        except EXPECTED as error:
            self._fail(job, storage_failure(error, self._folder))
        except Exception as error:  # noqa: BLE001 (the top of a thread: a bug must be told, too)
            self._fail(job, fault_of_ours(error))
        else:
            self._finish(job)
            if job.done:
                job.done.set_result(seq)
            for call in tuple(self._saved) if seq is not None else ():
                tell(call, seq)

    def _note(self, seq: int | None) -> None:
        if seq is not None:
            self._seq = seq
            reached.note(self._folder, seq)

    def _finish(self, job: Job) -> None:
        with self._state:
            self._committing = False
            self._jobs.remove(job)
            self._state.notify_all()

    def _fail(self, job: Job, failure: StorageFailure) -> None:
        if job.done:
            self._finish(job)
            job.done.set_exception(failure)
            return
        with self._state:
            self._committing = False
            self._trouble = failure
            waiting = [other for other in self._jobs if other.done]
            for other in waiting:
                self._jobs.remove(other)
            pending = self._edits()
            self._state.notify_all()
        for other in waiting:
            if other.done:
                other.done.set_exception(failure)
        for call in tuple(self._troubled):
            tell(call, failure, pending)


_NOTHING = ChangeSet("", 0, Origin.WINDOW, Action.ERASE, ())
