"""A library goes into a bundle, and the bundle becomes an equal library."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace

import pytest

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.merge import Verdict
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement
from briefing_app.errors import Cancelled, ExportFailure, NotFound
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.bundling import Choice, Holds
from tests.unit.making import article_of, body_of, store
from tests.unit.services.rich import keep_story_file, rich_library


@pytest.fixture
def other(tmp_path):
    """Another, empty library."""
    services = open_library(tmp_path / "Other.briefinglib", Origin.WINDOW)
    yield services
    services.close()


@pytest.fixture
def bundle(tmp_path):
    """Return a function that bundles a library, and returns the file."""

    def write(services, choice=None, name="bundle.zip"):
        path = tmp_path / name
        services.bundling.bundle(path, choice or Choice(), NoProgress())
        return path

    return write


def unbundle(services, path):
    received = services.bundling.unbundle(path, NoProgress())
    services.history.refresh()
    return received


def verdicts(received):
    return {verdict for of in received.counts.values() for verdict in of}


class Stop:
    """A user who stops the work at its n-th chance."""

    def __init__(self, after):
        self.left = after

    def step(self, done, total, note=""):
        pass

    def check(self):
        self.left -= 1
        if self.left < 0:
            raise Cancelled


class StopWhen:
    """A user who stops the work as soon as something has happened."""

    def __init__(self, happened):
        self.happened = happened

    def step(self, done, total, note=""):
        pass

    def check(self):
        if self.happened():
            raise Cancelled


def test_a_library_comes_back_equal(services, other, bundle):
    rich_library(services)
    received = unbundle(other, bundle(services))

    assert other.digest() == services.digest()
    assert verdicts(received) == {Verdict.NEW}


def test_the_same_library_gives_the_same_bytes(services, bundle):
    rich_library(services)
    assert (
        bundle(services, name="1.zip").read_bytes() == bundle(services, name="2.zip").read_bytes()
    )


def test_newest_first_stays_newest_first_and_times_stay(services, other, bundle):
    rich_library(services)
    unbundle(other, bundle(services))

    def rows(library):
        return [(row.id, row.retrieved) for row in library.articles.page(ArticleQuery("all"))]

    def times(library):
        with library.bundling._library.snapshots.take() as now:
            pages = [page for entity in Entity for page in now.pages(entity)]
        return {e.key: (e.created, e.updated) for page in pages for e in page if not e.trashed}

    assert rows(other) == rows(services)
    assert times(other) == times(services)


def test_what_came_in_can_be_found_and_its_originals_are_there(services, other, bundle):
    rich_library(services)
    unbundle(other, bundle(services))

    assert {hit.kind for hit in other.searching.find("причал", 10)} == {"article"}
    assert {hit.kind for hit in other.searching.find("перевірити", 10)} == {"annotation"}
    for row in services.articles.page(ArticleQuery("all")):
        version = services.articles.version(row.id)
        data = services.articles.original(version.original)
        assert hashlib.sha256(data).hexdigest() == version.original
        assert other.articles.original(version.original) == data
        assert other.articles.version(row.id) == version


def test_a_file_of_stories_that_was_kept_goes_along(services, other, bundle, seed_bytes):
    digest = keep_story_file(services, seed_bytes)
    unbundle(other, bundle(services))
    assert other.articles.original(digest) == seed_bytes


def test_what_lies_in_the_trash_stays_at_home_but_what_is_cited(services, bundle):
    rich_library(services)
    with zipfile.ZipFile(bundle(services)) as archive:
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"SECRETGARBAGE" not in everything
    assert b"A brief in the trash" not in everything
    assert b"It was said here." in everything


def test_what_was_in_the_trash_lies_there_again(services, other, bundle):
    rich_library(services)
    unbundle(other, bundle(services))
    (story,) = (
        other.desk.story(s)
        for b in other.desk.briefs()
        for s in other.desk.brief(b.id).stories
        if other.desk.story(s).headline.startswith("Story 1")
    )
    (link,) = story.part(Part.KEY_POINTS)[0].evidence
    article = other.reading.annotation(link.annotation).article
    with pytest.raises(NotFound):
        other.articles.article(article)
    assert other.reading.cited([story.id])[1][0].title == "Cited and deleted"


def test_one_undo_takes_all_back_and_redo_brings_it_again(services, other, bundle):
    rich_library(services)
    start = other.digest()
    unbundle(other, bundle(services))
    assert other.history.next_undo == (Action.UNBUNDLE, "")

    other.history.undo()
    other.history.flush()
    assert other.digest() == start
    assert other.history.next_undo is None

    other.history.redo()
    other.history.flush()
    assert other.digest() == services.digest()


def test_a_bundle_that_was_taken_back_comes_in_again(services, other, bundle):
    rich_library(services)
    path = bundle(services)
    unbundle(other, path)
    other.history.undo()
    other.history.flush()

    assert verdicts(unbundle(other, path)) == {Verdict.NEW, Verdict.SAME}  # what lies in the trash
    assert other.digest() == services.digest()


def test_a_bundle_that_is_here_already_changes_nothing(services, other, bundle):
    rich_library(services)
    path = bundle(services)
    unbundle(other, path)
    before = other.history._journal.last()

    assert verdicts(unbundle(other, path)) == {Verdict.SAME}
    assert verdicts(unbundle(services, path)) == {Verdict.SAME}
    assert other.history._journal.last() == before


def test_a_preview_says_what_will_happen_and_changes_nothing(services, other, bundle):
    rich_library(services)
    path, empty = bundle(services), other.digest()

    seen = other.bundling.preview(path, NoProgress())

    assert other.digest() == empty
    assert seen == unbundle(other, path)


def test_a_bundle_that_is_stopped_or_fails_leaves_no_file(services, tmp_path):
    rich_library(services)
    before = sorted(tmp_path.iterdir())
    for after in (0, 3, 20):
        with pytest.raises(Cancelled):
            services.bundling.bundle(tmp_path / "x.zip", Choice(), Stop(after))
    with pytest.raises(ExportFailure, match="There is no folder"):
        services.bundling.bundle(tmp_path / "no" / "x.zip", Choice(), NoProgress())
    with pytest.raises(NotFound, match="no such brief"):
        services.bundling.bundle(tmp_path / "x.zip", Choice(Holds.BRIEF, "no"), NoProgress())
    assert sorted(tmp_path.iterdir()) == before


def test_an_original_that_is_damaged_is_named_and_no_bundle_is_made(services, folder, tmp_path):
    rich_library(services)
    (large,) = (path for path in (folder / "originals").rglob("*") if path.is_file())
    large.write_bytes(b"x" + large.read_bytes()[1:])
    with pytest.raises(ExportFailure, match=large.name):
        services.bundling.bundle(tmp_path / "x.zip", Choice(), NoProgress())
    assert not (tmp_path / "x.zip").exists()


def test_what_came_in_before_a_stop_stays_and_the_rest_follows(
    services, other, bundle, monkeypatch
):
    monkeypatch.setattr("briefing_app.services.unpacking._CHANGES", 2)
    rich_library(services)
    path = bundle(services)
    start = other.digest()
    with pytest.raises(Cancelled):
        other.bundling.unbundle(path, StopWhen(lambda: other.history._journal.last() > 4))
    other.history.refresh()
    assert other.digest() not in (start, services.digest())

    assert verdicts(unbundle(other, path)) == {Verdict.NEW, Verdict.SAME}
    assert other.digest() == services.digest()
    other.history.undo()
    other.history.undo()
    other.history.flush()
    assert other.digest() == start


def test_the_members_are_those_of_the_list(services, bundle):
    rich_library(services)
    with zipfile.ZipFile(bundle(services)) as archive:
        lines = archive.read("manifest-sha256.txt").decode().splitlines()
        sums = dict(reversed(line.split("  ", 1)) for line in lines)
        manifest = json.loads(archive.read("manifest.json"))
        listed = {n: hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
    del listed["manifest.json"], listed["manifest-sha256.txt"]
    assert sums == listed
    assert manifest["members"]["count"] == len(listed)
    assert manifest["counts"]["articles"] == 5


def test_a_newer_text_here_keeps_the_passages_that_were_marked_here(
    services, other, bundle, receive
):
    """An article that was imported again there moves the passages of here to its new text."""
    (article,) = receive(("Port", "Old words here.", "The port opened its quay."))
    unbundle(other, bundle(services))
    marked = other.reading.annotate(article, 16, 40, Role.HIGHLIGHT).annotation
    other.history.flush()
    head = services.articles.article(article)
    made, intake = article_of(
        services.history.new_id,
        "Port",
        body_of("New.", "The port opened its quay.", "More."),
        article_id=article,
    )
    store(services, (), [(replace(head, version=made.version), intake)])
    services.history.refresh()

    received = unbundle(other, bundle(services))

    assert Verdict.NEWER in verdicts(received)
    assert other.articles.article(article).version == made.version
    target = other.reading.annotation(marked).target
    assert (target.version, target.exact) == (made.version, "The port opened its quay")
    other.history.undo()
    assert other.reading.annotation(marked).target.start == 16


def test_states_that_were_set_here_stay_when_nothing_was_done_there(
    services, other, bundle, receive
):
    (article,) = receive(("Port", "Words."))
    path = bundle(services)
    unbundle(other, path)
    other.articles.set_state((article,), State.ARCHIVED)
    other.history.flush()
    assert verdicts(unbundle(other, path)) == {Verdict.OLDER}
    assert other.articles.article(article).state is State.ARCHIVED


def test_what_was_written_after_the_bundle_stays(services, other, bundle):
    brief = rich_library(services)
    path = bundle(services)
    unbundle(other, path)
    story = other.desk.brief(brief).stories[0]
    other.desk.edit_story(
        Action.ADD_STATEMENT,
        story,
        lambda s: add_statement(s, other.history.new_id(), Part.IMPACT, "Mine."),
    )
    other.history.flush()
    before = other.digest()
    unbundle(other, path)
    assert other.digest() == before
