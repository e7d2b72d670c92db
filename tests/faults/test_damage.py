"""A damaged file is called damaged: no fault of the program, and never another text than came in."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from briefing_app.app import open_library
from briefing_app.domain.article import Intake, Original
from briefing_app.domain.change import Origin
from briefing_app.errors import BriefingError, DamagedText, StorageFailure
from briefing_app.services.articles import ArticleQuery
from briefing_app.storage.connection import reading_engine, writing_engine
from briefing_app.storage.schema import BODY, VERSION
from briefing_app.storage.writer import FILE
from tests.faults.acts import Acts
from tests.faults.visiting import visit
from tests.unit.making import article_of, body_of, store

CHECKOUT = Path(__file__).resolve().parents[2]


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
        visit(services, texts, "ferry", "北京")
    except BriefingError as error:
        return str(error)
    else:
        return ""
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


def test_a_library_that_is_too_damaged_to_be_opened_is_let_go(copied):
    with closing(sqlite3.connect(copied / FILE)) as plain:
        plain.execute("PRAGMA writable_schema = ON")
        plain.execute("DELETE FROM sqlite_master WHERE name = 'sqlite_sequence'")
        plain.commit()
    with pytest.raises(StorageFailure, match="is damaged"):
        open_library(copied, Origin.WINDOW)
    assert not any(thread.name == "library writer" for thread in threading.enumerate())


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
def damage(copied, sound):
    """Return a function that changes the text of every article in the file, and opens it."""
    opened = []

    def change(text):
        engine = writing_engine(copied / FILE)
        with engine.begin() as connection:
            connection.execute(update(BODY).values(text=text))
        engine.dispose()
        opened.append(open_library(copied, Origin.WINDOW))
        return opened[-1]

    yield change
    for services in opened:
        services.close()


def test_a_text_that_is_not_the_one_that_came_in_is_not_shown(damage):
    services = damage("Somebody else's words, and enough of them to hold each passage." * 9)
    row = services.articles.page(ArticleQuery("all"))[0]
    with pytest.raises(DamagedText) as caught:
        services.articles.version(row.id)
    assert row.title in str(caught.value)
    assert "import its file again" in caught.value.next_step


def test_an_original_that_is_not_the_one_that_came_in_is_not_given_out(services, folder, new_id):
    data = bytes(range(256)) * 5000
    original = Original(hashlib.sha256(data).hexdigest(), "image/png", data)
    article, intake = article_of(new_id, "A", body_of("Text."))
    store(services, ((article, Intake(intake.version, (*intake.originals, original))),))
    assert services.articles.original(original.digest) == data
    (file,) = (folder / "originals").rglob(original.digest)
    file.write_bytes(b"\x01" + data[1:])
    with pytest.raises(StorageFailure, match="This original is damaged"):
        services.articles.original(original.digest)
    file.unlink()
    with pytest.raises(StorageFailure, match="No such file"):
        services.articles.original(original.digest)


def test_what_is_found_shows_nothing_of_a_damaged_text_and_the_rest_is_found(copied, sound):
    with closing(sqlite3.connect(copied / FILE)) as plain, plain:
        rows = plain.execute(
            "SELECT b.version_id, a.uid FROM article a"
            " JOIN article_body b ON b.version_id = a.current_id WHERE a.deleted_at IS NULL"
        ).fetchall()
        (bad, uid), *_ = rows
        plain.execute("UPDATE article_body SET text = x'01' WHERE version_id = ?", (bad,))
    services = open_library(copied, Origin.WINDOW)
    snippets = {
        hit.id: hit.snippet
        for word in ("ferry", "ice", "harbour", "grid", "tariff", "rail")
        for hit in services.searching.find(word, limit=200)
        if hit.kind == "article"
    }
    assert snippets[uid] == ""
    assert sum(bool(text) for text in snippets.values()) > 1
    services.close()


@pytest.mark.parametrize("stored", [b"not packed", "CAST(x'c3' AS TEXT)", "'other words'"])
def test_an_article_with_a_damaged_text_can_be_renamed_and_deleted_like_any_other(copied, stored):
    """Its words in the index cannot be taken out; that must not keep the rest from being stored."""
    value = stored if isinstance(stored, str) else f"x'{stored.hex()}'"
    with closing(sqlite3.connect(copied / FILE)) as plain, plain:
        plain.execute(f"UPDATE article_body SET text = {value}")
    services = open_library(copied, Origin.WINDOW)
    first, second, *_ = services.articles.page(ArticleQuery("all"))
    services.articles.edit(first.id, lambda old: replace(old, title="Renamed"))
    services.articles.delete([second.id])
    services.history.flush()
    assert services.articles.article(first.id).title == "Renamed"
    services.searching.find("Renamed")
    services.history.undo()
    services.history.undo()
    services.history.flush()
    services.close()


def test_a_damaged_text_does_not_keep_a_brief_from_being_exported(damage):
    services = damage("Other.")
    quotes = [
        passage.quote
        for row in services.desk.briefs()
        for story in services.desk.brief(row.id).stories
        for passage in services.reading.passages(services.desk.story(story)).values()
    ]
    assert quotes
    assert "Other." not in quotes


def test_a_lost_log_is_told_when_the_library_is_opened_and_only_then(copied, tmp_path):
    services = open_library(copied, Origin.WINDOW)
    assert services.warning is None
    for number in range(3):
        services.desk.new_brief(f"Brief {number}")
    services.history.flush()
    rest = tmp_path / "rest.briefinglib"
    shutil.copytree(copied, rest, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    services.close()
    found = open_library(rest, Origin.WINDOW)
    assert found.warning is not None
    assert "6 of them were saved" in str(found.warning)  # each brief has a section
    assert "library.sqlite3-wal" in found.warning.next_step
    assert not any(row.title.startswith("Brief ") for row in found.desk.briefs())
    found.close()
    for folder in (rest, copied):
        again = open_library(folder, Origin.WINDOW)
        assert again.warning is None
        again.close()


def test_a_command_warns_of_a_lost_log_and_goes_on(copied, tmp_path):
    services = open_library(copied, Origin.COMMAND)
    services.desk.new_brief("Brief")
    services.history.flush()
    rest = tmp_path / "rest.briefinglib"
    shutil.copytree(copied, rest, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    services.close()
    line = [sys.executable, "-m", "briefing_app", "briefs", "--library", str(rest), "--json"]
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert b"Warning: The newest changes of the library" in done.stderr
    assert b"Warning" not in done.stdout


def test_nothing_is_missing_after_a_kill(copied):
    """The number beside the file never runs before what is in it."""
    services = open_library(copied, Origin.WINDOW)
    services.desk.new_brief("Brief")
    services.history.flush()
    other = open_library(copied, Origin.COMMAND)
    assert other.warning is None
    for each in (other, services):
        each.close()
