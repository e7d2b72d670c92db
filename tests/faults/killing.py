"""Kill processes at random moments while they write, and look whether anything is lost.

Run it for long: ``python -m tests.faults.killing --rounds 1000``. The tests run a hundred rounds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.progress import NoProgress
from briefing_app.storage.writer import FILE
from tests.faults import sound, typist
from tests.faults.expected import Expected, Reports
from tests.faults.typist import Meant, Opened, Saved

_REPORTS = 20  # at most, before the kill
_LONGEST = 0.02  # seconds between the last of them and the kill


@dataclass
class Tally:
    """What a run of kills came to."""

    rounds: int = 0
    meant: int = 0
    saved: int = 0
    met: Counter = field(default_factory=Counter)
    reopened: list = field(default_factory=list)

    def lines(self):
        """Return it in words."""
        opened = sorted(self.reopened)
        return (
            f"rounds {self.rounds}, change sets meant {self.meant}, acknowledged {self.saved}",
            f"log to be recovered {self.met['log']}, killed while opening {self.met['opening']}",
            f"killed in or beside an import {self.met['import']}, two processes {self.met['two']}",
            f"reopened in {1000 * opened[len(opened) // 2]:.0f} ms, at most {1000 * opened[-1]:.0f}",
            "lost 0, unsound 0",
        )


class Killer:
    """Kills the processes that work on one library, round after round, and checks what is left."""

    def __init__(self, folder, seed, tally):
        self.folder = folder
        self.tally = tally
        self._rng = random.Random(seed)
        self._expected = {}
        self._made = set()
        self._processes = _processes()

    def round(self, checked=True):
        """Let one or two processes work, kill them, open the library and compare."""
        rng, names = self._rng, ("Anna",)
        if rng.random() < 0.2:
            names = ("Anna", "Bert")
            self.tally.met["two"] += 1
        workers = [self._start(name, at) for at, name in enumerate(names)]
        heard = self._listen(workers, at_once=rng.random() < 0.15)
        log = self.folder / f"{FILE}-wal"
        self.tally.met["log"] += log.exists() and log.stat().st_size > 0
        started = time.perf_counter()
        services = open_library(self.folder, Origin.WINDOW)
        self.tally.reopened.append(time.perf_counter() - started)
        try:
            self._compare(dict(zip(names, heard, strict=True)))
            if checked:
                sound.check_contents(self.folder)
                report = services.upkeep.check(NoProgress())
                assert report.sound, report.findings
        finally:
            services.close()
        if checked:
            sound.check_files(self.folder)
        self.tally.rounds += 1

    def _start(self, name, at):
        receiving, sending = self._processes.Pipe(duplex=False)
        origin = Origin.COMMAND if at else Origin.WINDOW
        seed, pages = self._rng.randrange(2**32), self._rng.choice((4, 40, 1000))
        process = self._processes.Process(
            target=typist.work,
            args=(self.folder, typist.Person(name, seed, origin), pages, sending),
            daemon=True,
        )
        process.start()
        sending.close()
        return process, receiving

    def _listen(self, workers, at_once):
        """Hear some reports of the workers, kill them, and return all that came through.

        How many are heard is random, and so is the moment after the last of them.
        """
        heard = [[] for _ in workers]
        pipes = [pipe for _, pipe in workers]
        for _ in range(0 if at_once else len(workers) + self._rng.randint(0, _REPORTS)):
            for pipe in multiprocessing.connection.wait(pipes):
                with suppress(EOFError, OSError):  # it ended by itself: told below
                    heard[pipes.index(pipe)].append(pipe.recv())
        time.sleep(self._rng.random() * _LONGEST)
        for process, _ in workers:
            process.kill()
        for (process, pipe), messages in zip(workers, heard, strict=True):
            with suppress(EOFError, OSError):  # the last message may be cut
                while True:
                    messages.append(pipe.recv())
            pipe.close()
            process.join()
            assert process.exitcode == -9, "a worker ended by itself"
        return heard

    def _compare(self, heard):
        stored = sound.stored_in(self.folder)
        for name, messages in heard.items():
            reports = Reports(messages)
            self._count(messages, reports)
            self._made |= {
                change.key for meant in reports.sets for change in meant.change_set.changes
            }
            expected = self._expected.setdefault(name, Expected())
            expected.follow(reports, stored)
            assert expected.originals <= stored.originals
        assert stored.records.keys() <= self._made, "there is something that nobody made"

    def _count(self, messages, reports):
        self.tally.meant += len(reports.sets)
        self.tally.saved += len(reports.acknowledged)
        self.tally.met["opening"] += not any(isinstance(each, Opened) for each in messages)
        last = next((each for each in reversed(messages) if isinstance(each, Meant | Saved)), None)
        self.tally.met["import"] += isinstance(last, Meant) and bool(last.version)


def _processes():
    """Return how processes are made: from one that has loaded everything, where there is fork."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.warm"])
    return context


def run(folder, rounds, seed, *, each=25, checked=5):
    """Kill in some rounds; a new library begins after every `each`. Return the tally."""
    tally = Tally()
    for start in range(0, rounds, each):
        killer = Killer(folder / f"{start}.briefinglib", seed + start, tally)
        for at in range(min(each, rounds - start)):
            killer.round(checked=at % checked == checked - 1)
    return tally


def main():
    """Run for long and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), options.rounds, options.seed)
    took = f"{time.perf_counter() - started:.0f} s"
    sys.stdout.write("\n".join((*tally.lines(), took, "")))


if __name__ == "__main__":
    main()
