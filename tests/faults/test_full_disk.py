"""A disk that is really full: told in a sentence, nothing lost, and it goes on when there is room."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import replace

import pytest

from briefing_app.app import open_library
from briefing_app.domain.article import Intake, Original
from briefing_app.domain.change import Action, Origin
from briefing_app.errors import StorageFailure
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.storage.writer import FILE
from tests.disks import small_disk
from tests.faults import sound
from tests.unit.making import article_of, body_of, store

FULL = "could not be written"


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path, megabytes=12) as place:
        yield Disk(place)


class Disk:
    """A small file system, a library on it, and a file that takes the room that is left."""

    def __init__(self, place):
        self.folder = place / "Test.briefinglib"
        self._filler = place / "filler"

    def open(self):
        return open_library(self.folder, Origin.WINDOW)

    def fill(self, *, leaving=0):
        """Take all room but some bytes."""
        with self._filler.open("ab", buffering=0) as stream:
            for size in (65536, 4096):
                try:
                    while True:
                        stream.write(os.urandom(size))
                except OSError:
                    continue
            stream.truncate(max(0, stream.tell() - leaving))

    def make_room(self):
        self._filler.unlink()


def _contact(services, brief, text):
    services.desk.edit_brief(Action.EDIT_BRIEF, brief.id, lambda old: replace(old, contact=text))


def _letters(seed, size):
    """Return a text that does not pack well."""
    made = b"".join(hashlib.sha256(f"{seed} {at}".encode()).digest() for at in range(size // 64))
    return made.hex()


def test_edits_wait_in_memory_and_are_stored_when_there_is_room(disk):
    services = disk.open()
    brief = services.desk.new_brief("Brief")
    services.history.flush()
    told, heard = [], threading.Event()
    services.history.on_trouble(lambda trouble: (told.append(trouble.error), heard.set()))
    disk.fill()
    for number in range(4):
        _contact(services, brief, _letters(number, 200_000))
    assert heard.wait(30)
    assert FULL in str(told[0])
    assert told[0].next_step == "Is the disk full? Make room, then try again."
    assert services.history.stalled
    assert services.desk.brief(brief.id).contact == _letters(3, 200_000)
    services.history.undo()
    assert services.desk.brief(brief.id).contact == _letters(2, 200_000)
    services.history.retry()  # still full: told again, nothing is lost
    with pytest.raises(StorageFailure, match=FULL):
        services.history.flush()
    disk.make_room()
    services.history.retry()
    services.history.flush()
    assert services.history.pending == 0
    sound.check_contents(disk.folder)
    services.close()
    sound.check_files(disk.folder)
    again = disk.open()
    assert again.desk.brief(brief.id).contact == _letters(2, 200_000)
    again.history.redo()
    assert again.desk.brief(brief.id).contact == _letters(3, 200_000)
    again.close()


def test_an_import_stops_with_the_sentence_and_keeps_what_came_in(disk):
    services = disk.open()
    pages = [
        Document(f"{number}.txt", f"Title {number}\n\n{_letters(number, 400_000)}".encode())
        for number in range(8)
    ]
    disk.fill(leaving=1_500_000)
    outcomes = []
    with pytest.raises(StorageFailure, match=FULL):
        services.importing.bring_in(pages, NoProgress(), on_outcome=outcomes.append)
    assert 0 < len(outcomes) < len(pages)
    assert not services.history.stalled
    disk.make_room()
    rest = services.importing.bring_in(pages, NoProgress())
    services.history.refresh()
    assert [each.status for each in rest[: len(outcomes)]] == ["duplicate"] * len(outcomes)
    assert services.articles.counts().all == len(pages)
    sound.check_contents(disk.folder)
    services.close()
    sound.check_files(disk.folder)


def test_a_large_original_leaves_nothing_half_written(disk):
    services = disk.open()
    data = os.urandom(3_000_000)
    original = Original(hashlib.sha256(data).hexdigest(), "image/png", data)
    article, intake = article_of(services.history.new_id, "A", body_of("Text."))
    both = Intake(intake.version, (*intake.originals, original))
    disk.fill(leaving=1_000_000)
    with pytest.raises(StorageFailure, match=FULL):
        store(services, ((article, both),))
    assert [
        path for path in disk.folder.rglob("*") if "originals" in str(path) and path.is_file()
    ] == []
    assert services.articles.counts().all == 0
    disk.make_room()
    store(services, ((article, both),))
    assert services.articles.original(original.digest) == data
    services.close()


def test_closing_on_a_full_disk_leaves_the_log_and_loses_nothing(disk):
    """The log cannot be moved into the file: it stays beside it, and is read with it."""
    services = disk.open()
    brief = services.desk.new_brief("Brief")
    _contact(services, brief, _letters(1, 1_500_000))
    services.history.flush()
    disk.fill()
    services.close()
    assert (disk.folder / f"{FILE}-wal").stat().st_size > 0
    disk.make_room()
    again = disk.open()
    assert again.desk.brief(brief.id).contact == _letters(1, 1_500_000)
    again.close()
    sound.check_files(disk.folder)


def test_a_library_on_a_full_disk_says_so_and_opens_when_there_is_room(disk):
    services = disk.open()
    brief = services.desk.new_brief("Brief")
    services.close()
    disk.fill()
    with pytest.raises(StorageFailure, match=FULL) as caught:
        disk.open()
    assert "Make room" in caught.value.next_step
    disk.make_room()
    again = disk.open()
    assert again.desk.brief(brief.id).title == "Brief"
    again.close()
