"""A damaged file is called damaged: no fault of the program, and never another text than came in."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, update

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Origin
from briefing_app.errors import BriefingError, DamagedText, StorageFailure
from briefing_app.storage.connection import reading_engine, writing_engine
from briefing_app.storage.schema import BODY, VERSION
from briefing_app.storage.writer import FILE
from tests.faults.acts import Acts
from tests.faults.visiting import visit


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A closed library with something of everything, and the texts of its versions."""
    folder = tmp_path_factory.mktemp("sound") / "Test.briefinglib"
    services = open_library(folder, Origin.WINDOW)
    person = Acts(services, random.Random(7), "A")
    person.receive(6)
    for _ in range(80):
        person.any()
    services.history.flush()
    engine = reading_engine(folder / FILE)
    with engine.connect() as connection:
        rows = connection.execute(
            select(VERSION.c.uid, BODY.c.text).join(BODY, BODY.c.version_id == VERSION.c.id)
        )
        texts = dict(map(tuple, rows))
    engine.dispose()
    services.close()
    return folder, texts


@pytest.fixture
def copied(sound, tmp_path):
    """A copy of it to damage."""
    folder = tmp_path / "Test.briefinglib"
    shutil.copytree(sound[0], folder)
    return folder


def _meet(folder, texts):
    """Look at everything in a library; return what it said of itself, or nothing."""
    try:
        services = open_library(folder, Origin.WINDOW)
    except BriefingError as error:
        return str(error)
    try:
        shown = visit(services, "ferry", "北京")
        assert shown == {uid: texts[uid] for uid in shown}, "another text was shown"
        return ""
    except BriefingError as error:
        return str(error)
    finally:
        try:
            services.close()
        except StorageFailure:
            services.close()


@pytest.mark.parametrize("bits", [1, 8, 30])
@pytest.mark.parametrize("seed", range(8))
def test_flipped_bits_are_told_in_a_sentence_or_do_no_harm(sound, copied, bits, seed):
    rng = random.Random(100 * bits + seed)
    data = bytearray((copied / FILE).read_bytes())
    for _ in range(bits):
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8)
    (copied / FILE).write_bytes(data)
    said = _meet(copied, sound[1])
    assert "\n" not in said
    assert "at fault" not in said
    assert len(said) < 400


@pytest.mark.parametrize("length", [16, 100, 4096, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_called_damaged(sound, copied, length):
    whole = (copied / FILE).read_bytes()
    kept = int(length * len(whole)) if isinstance(length, float) else length
    (copied / FILE).write_bytes(whole[:kept])
    assert "is damaged" in _meet(copied, sound[1])


def test_an_empty_file_in_a_library_that_held_something_is_called_damaged(copied):
    (copied / FILE).write_bytes(b"")
    with pytest.raises(StorageFailure, match="is damaged") as caught:
        open_library(copied, Origin.WINDOW)
    assert "restore a backup" in caught.value.next_step
    assert (copied / FILE).read_bytes() == b"", "nothing new is made in its place"


def test_a_header_of_zeros_is_called_damaged(sound, copied):
    data = (copied / FILE).read_bytes()
    (copied / FILE).write_bytes(bytes(100) + data[100:])
    assert "is damaged" in _meet(copied, sound[1])
    (copied / FILE).write_bytes(bytes(len(data)))
    assert "is damaged" in _meet(copied, sound[1])


@pytest.fixture
def changed_text(services, receive):
    """An article with a cited passage, of whose text one letter was changed in the file."""
    (article,) = receive(("Ferries", "The strike ended at dawn.", "Ships sail."))
    made = services.reading.annotate(article, 4, 10, Role.KEY_POINT)
    services.close()
    engine = writing_engine(services.folder_of_test / FILE)
    with engine.begin() as connection:
        connection.execute(update(BODY).values(text="The strike ended at dusk.\nShips sail."))
    engine.dispose()
    return article, made
