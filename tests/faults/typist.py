"""A process that works with a library until it is killed, and reports what it was told is saved."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass

from sqlalchemy import Engine, event

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from tests.faults.acts import Acts


@dataclass(frozen=True)
class Opened:
    """The library is open and work begins."""


@dataclass(frozen=True)
class Meant:
    """A change set is about to be handed to the writer; an import comes with a version and files."""

    change_set: object
    version: str = ""
    originals: tuple = ()


@dataclass(frozen=True)
class Saved:
    """Everything that was meant before is on disk: the window says so here. Or one import is."""

    seq: int
    version: str = ""


class Reporter:
    """Taps the writer: what is handed to it goes down the pipe first, and what it stored after."""

    def __init__(self, writer, pipe):
        self._pipe = pipe
        self._sending = threading.Lock()
        self._pending = lambda: writer.pending
        self._calls = writer.submit, writer.type, writer.take_in
        writer.submit, writer.type, writer.take_in = self._submit, self._type, self._take_in
        writer.on_saved(self._saved)

    def send(self, message):
        with self._sending:
            self._pipe.send(message)

    def _submit(self, change_set):
        with self._sending:  # no other set comes between the report and the queue
            self._pipe.send(Meant(change_set))
            self._calls[0](change_set)

    def _type(self, change_set):
        with self._sending:
            self._pipe.send(Meant(change_set))
            self._calls[1](change_set)

    def _take_in(self, change_set, intakes=(), *more, **checks):
        if not intakes:  # a step about very many records
            return self._many(change_set, *more, **checks)
        (intake,) = intakes
        files = tuple(original.digest for original in intake.originals)
        self.send(Meant(change_set, intake.version.id, files))
        seq = self._calls[2](change_set, intakes, *more, **checks)
        if seq is not None:
            self.send(Saved(seq, intake.version.id))
        return seq

    def _many(self, change_set, *more, **checks):
        self.send(Meant(change_set))
        return self._calls[2](change_set, (), *more, **checks)

    def _saved(self, seq):
        """Report as the window does: "Saved" stands there when nothing is pending."""
        with self._sending:
            if not self._pending():
                self._pipe.send(Saved(seq))


@dataclass(frozen=True)
class Person:
    """Who works: what bears their name is theirs."""

    name: str
    seed: int
    origin: Origin = Origin.WINDOW


def work(folder, person, checkpoint, pipe, acts=None):
    """Work at random until killed, or for a number of acts; import beside the edits.

    A small `checkpoint` moves the log into the file every few pages, so that a kill meets it.
    """
    event.listen(
        Engine, "connect", lambda raw, _: raw.execute(f"PRAGMA wal_autocheckpoint={checkpoint}")
    )
    rng = random.Random(person.seed)
    while True:
        services = open_library(folder, person.origin)
        Reporter(services.history._writer, pipe).send(Opened())
        typing = Acts(services, rng, person.name)
        importing = Acts(services, random.Random(person.seed + 1), person.name)
        ends = threading.Event()
        thread = threading.Thread(target=_import, args=(importing, ends), daemon=True)
        if rng.random() < 0.3:
            thread.start()
        for _ in range(rng.randint(20, 60) if acts is None else acts):
            typing.any()
            if rng.random() < 0.6:  # a person looks up now and then, and sees "Saved"
                services.history.flush()
        ends.set()
        if thread.ident:
            thread.join()
        services.close()  # a checkpoint, and the log goes: a kill meets this, too
        if acts is not None:
            return


def _import(importer, ends):
    """Bring articles in, one after the other, on a thread of its own."""
    while not ends.is_set():
        set_id = importer.services.history.new_id()
        for _ in range(20):
            if ends.is_set():
                return
            importer.receive_one(set_id)
