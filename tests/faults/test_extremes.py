"""Values that nobody expects: huge files, ten thousand tags, a title like a book, text that is none."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import tracemalloc
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import Intake, Placed
from briefing_app.domain.change import Action
from briefing_app.domain.moment import parse_iso
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement
from briefing_app.importers.limits import LARGEST_FILE
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.exporting import Options
from briefing_app.storage import originals
from tests.faults import sound
from tests.unit.making import article_of, body_of, store

CHECKOUT = Path(__file__).resolve().parents[2]
HUGE = 300_000_000  # bytes
LONG = "An endless title, word for word. " * 3031  # 100,023 code points
POSIX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is measured as Linux tells it"
)
MEASURED = """
import sys
from briefing_app.__main__ import main
try:
    code = main()
finally:
    with open("/proc/self/status") as told:
        print(next(line.split()[1] for line in told if "VmHWM" in line), file=sys.stderr)
sys.exit(code)
"""


def run(folder, *words, stdin=None):
    """Run a command; return its code, what it said, and the most memory that it had, in MB.

    What it says of itself: to its parent the system also counts what it had before it was itself.
    """
    line = [sys.executable, "-c", MEASURED, *words, "--library", str(folder)]
    done = subprocess.run(line, cwd=CHECKOUT, stdin=stdin, capture_output=True, check=False)
    *err, used = done.stderr.decode().splitlines()
    return done.returncode, done.stdout.decode(), "\n".join(err), int(used) * 1024 / 1e6


@pytest.fixture
def huge(tmp_path):
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(HUGE)  # its zeros take no room
    return file


@POSIX
def test_a_huge_file_is_refused_with_its_size_and_never_read(folder, huge):
    code, out, err, memory = run(folder, "import", str(huge), "--json")
    assert code == 1
    assert "huge.pdf" in out + err
    assert "300.0 MB, and at most 200 MB are read" in out + err
    assert memory < 150


@POSIX
def test_a_huge_stream_is_refused_before_it_fills_the_memory(folder, huge):
    with huge.open("rb") as stream:
        code, out, err, memory = run(folder, "import", "-", stdin=stream)
    assert code == 1
    assert "It is larger than" in out + err
    assert memory < 100 + LARGEST_FILE / 1e6


def test_a_huge_original_goes_in_and_out_piece_by_piece(services, folder, new_id):
    """A bundle may bring one: its bytes are never in memory together."""
    piece = bytes(range(256)) * 4096
    digest = hashlib.sha256()
    for _ in range(HUGE // len(piece)):
        digest.update(piece)
    name = digest.hexdigest()
    tracemalloc.start()
    originals.place(folder, name, (piece for _ in range(HUGE // len(piece))))
    article, intake = article_of(new_id, "A", body_of("Text."))
    size = HUGE // len(piece) * len(piece)
    placed = Intake(intake.version, intake.originals, (Placed(name, "video/mp4", size),))
    store(services, ((article, placed),))
    again = hashlib.sha256()
    with sound.reading(folder) as connection:
        for chunk in originals.chunks(connection, folder, name):
            again.update(chunk)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again.hexdigest() == name
    assert most < 12_000_000


def test_ten_thousand_tags_of_one_article_are_kept_found_and_undone(services, receive, open_again):
    (uid,) = receive(("Ferries", "Text."))
    tags = tuple(f"tag {number}" for number in range(10_000))
    services.articles.edit(uid, lambda old: replace(old, tags=tags))
    services.history.flush()
    again = open_again()
    assert again.articles.article(uid).tags == tags
    assert [row.id for row in again.articles.page(ArticleQuery("all"))] == [uid]
    assert again.upkeep.check(NoProgress()).findings == ()
    again.close()
    services.history.undo()
    assert services.articles.article(uid).tags == ()
    services.history.redo()
    services.history.flush()
    assert services.upkeep.check(NoProgress()).findings == ()


def test_ten_thousand_tags_of_one_library_are_kept(services, receive):
    ids = receive(*((f"Article {number}", f"Text {number}.") for number in range(100)))
    for at, uid in enumerate(ids):
        tags = tuple(f"tag {at} {number}" for number in range(100))
        services.articles.edit(uid, lambda old, new=tags: replace(old, tags=new))
    services.history.flush()
    with services.history.held._stored._read() as connection:
        count = connection.exec_driver_sql("SELECT count(DISTINCT tag) FROM article_tag").scalar()
    assert count == 10_000
    assert len(services.articles.page(ArticleQuery("all"))) == 100


@pytest.fixture
def long_titled(services, receive):
    """An article, a brief and a story whose titles fill a book, tied together."""
    (article,) = receive((LONG, "The strike ended at dawn."))
    brief = services.desk.new_brief(LONG)
    story = services.desk.new_story(brief.id, LONG, parse_iso("2026-01-25T04:53:41Z"))
    services.reading.annotate(article, 4, 10, Role.KEY_POINT, story_id=story.id)
    services.history.flush()
    return article, brief.id, story.id


def test_a_title_of_a_hundred_thousand_characters_is_kept_listed_and_found(
    services, long_titled, open_again
):
    article, brief, story = long_titled
    again = open_again()
    assert again.articles.page(ArticleQuery("all"))[0].title == LONG
    assert [row.title for row in again.desk.briefs()] == [LONG]
    hits = again.searching.find("endless strike")
    assert article in {hit.id for hit in hits}
    assert {hit.kind for hit in again.searching.find("endless")} >= {"article", "brief", "story"}
    assert again.desk.story(story).headline == LONG
    assert len(services.history.next_undo[1]) <= 200
    services.history.undo()
    assert services.desk.story(story).statements == ()
    services.articles.edit(article, lambda old: replace(old, title="Short"))
    services.history.undo()
    assert services.articles.article(article).title == LONG
    assert services.desk.brief(brief).title == LONG


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md", ".txt"])
def test_a_brief_with_a_title_like_a_book_can_be_exported(services, long_titled, suffix):
    _, brief, _ = long_titled
    content = services.exporting.content(brief, parse_iso("2026-01-25"))
    made = services.exporting.render(content, suffix, Options(), NoProgress())
    assert len(made.data) > 1000
    if suffix != ".pdf":
        assert b"word for word" in made.data


NO_TEXT = ("\ud800", "x\udfffy", "a\0b", "\0", "\x1b[2J", "\u202e", "\ufffe")


@pytest.mark.parametrize("odd", NO_TEXT, ids=ascii)
def test_text_that_is_none_is_kept_or_mended_wherever_it_comes_in(
    services, receive, open_again, odd
):
    (uid,) = receive(("Ferries", "The strike ended."))
    services.articles.edit(
        uid, lambda old: replace(old, title=odd, tags=(odd,), source=odd, authors=(odd, odd))
    )
    brief = services.desk.new_brief(odd)
    story = services.desk.new_story(brief.id, odd)
    services.desk.edit_story(
        Action.ADD_STATEMENT,
        story.id,
        lambda s: add_statement(s, services.history.new_id(), Part.KEY_POINTS, odd),
    )
    made = services.reading.annotate(uid, 0, 3, Role.IMPACT, story_id=story.id, comment=odd)
    services.searching.find(odd)
    services.articles.page(ArticleQuery("all", odd))
    services.history.flush()
    again = open_again()
    kept = again.articles.article(uid).title
    assert kept.encode()
    assert kept == odd or "\ufffd" in kept
    assert again.reading.annotation(made.annotation).comment == kept
    assert again.desk.brief(brief.id).title == kept
    assert again.upkeep.check(NoProgress()).findings == ()
    for suffix in (".pdf", ".html", ".md", ".txt"):
        content = again.exporting.content(brief.id, parse_iso("2026-01-25"))
        assert again.exporting.render(content, suffix, Options(), NoProgress()).data
    for _ in range(5):
        services.history.undo()
    assert services.articles.article(uid).title == "Ferries"


def test_what_a_newer_version_did_does_not_keep_a_library_from_opening(
    services, open_again, folder
):
    """It may know edits that this one does not: they are no steps here, and all others are."""
    brief = services.desk.new_brief("Brief")
    services.desk.new_brief("Made by a newer version")
    services.close()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as plain, plain:
        plain.execute("UPDATE change_set SET action = 'weave-brief' WHERE id = 2")
    again = open_again()
    assert [row.title for row in again.desk.briefs()] == ["Made by a newer version", "Brief"]
    assert again.history.next_undo == (Action.NEW_BRIEF, "Brief")
    again.history.undo()
    assert brief.id not in {row.id for row in again.desk.briefs()}
    assert again.history.next_redo == (Action.NEW_BRIEF, "Brief")
