"""Bringing documents into a library: new, version, duplicate or failed, and undo."""

from __future__ import annotations

import hashlib
import threading
from itertools import pairwise

import pytest

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.change import Action
from briefing_app.domain.storytext import print_stories, text_of
from briefing_app.errors import BriefingError, Cancelled, StorageFailure, UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.batch import LONGEST_TOGETHER, TOGETHER
from briefing_app.services.importing import Unreadable, documents_of, pasted

PARAGRAPHS = (
    "The last ferry left on Tuesday evening, before the strait froze over from shore to shore.",
    "Operators expect that the northern route stays closed for at least two weeks, they said.",
    "Three thousand commuters now travel by bus across the long bridge, which adds two hours.",
    "The ministry has promised a discount on tickets, but it has not said how large it will be.",
)


def page(paragraphs=PARAGRAPHS, title="Ice closes the route", address="https://a.example/ice"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><title>{title}</title><link rel="canonical" href="{address}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def bring_in(services, *documents, **options):
    outcomes = services.importing.bring_in(
        [Document(name, data) for name, data in documents], NoProgress(), **options
    )
    services.history.refresh()
    return outcomes


def test_a_page_is_new_and_then_it_is_there_already(services):
    (first,) = bring_in(services, ("ice.html", page()))
    (again,) = bring_in(services, ("copy.html", page()))

    assert (first.status, first.title) == ("new", "Ice closes the route")
    assert (again.status, again.article) == ("duplicate", first.article)
    article = services.articles.article(first.article)
    assert article.canonical_url == "https://a.example/ice"
    assert article.retrieved is not None
    version = services.articles.version(first.article)
    assert services.articles.original(version.original) == page()
    assert PARAGRAPHS[0] in version.body.text
    assert version.importer.startswith("Web page ")


def test_the_same_text_in_another_wrapping_is_a_duplicate(services):
    (first,) = bring_in(services, ("a.txt", b"Title\n\nThe text of it."))
    (again,) = bring_in(services, ("b.txt", b"Title\r\n\r\nThe  text of it.\r\n"))
    assert (again.status, again.article) == ("duplicate", first.article)


def test_the_same_bytes_twice_in_one_import_are_one_article(services):
    first, again = bring_in(services, ("a.html", page()), ("b.html", page()))
    assert (first.status, again.status) == ("new", "duplicate")
    assert services.articles.counts().all == 1


def test_another_text_at_the_same_address_is_a_version_and_overwrites_nothing(services):
    (first,) = bring_in(services, ("ice.html", page()))
    before = services.articles.version(first.article)

    (again,) = bring_in(services, ("ice.html", page((*PARAGRAPHS, "The ice is melting now."))))

    assert (again.status, again.article) == ("version", first.article)
    after = services.articles.version(first.article)
    assert "melting" in after.body.text
    assert after.id != before.id
    assert services.articles.version_of(before.id) == before


def test_another_article_at_the_same_address_is_a_new_one(services):
    (first,) = bring_in(services, ("home.html", page()))
    other = tuple(f"Sentence number {n} speaks of something else entirely." for n in range(6))
    (second,) = bring_in(services, ("home.html", page(other, title="Bridge opens again")))
    assert second.status == "new"
    assert second.article != first.article


def test_a_file_that_was_edited_is_a_version_of_what_it_was(services):
    text = "My notes\n\n" + "\n\n".join(PARAGRAPHS)
    (first,) = bring_in(services, ("notes.txt", text.encode()))
    (again,) = bring_in(services, ("notes.txt", f"{text}\n\nOne more.".encode()))
    assert (again.status, again.article) == ("version", first.article)


def test_marked_passages_go_along_to_the_new_version(services):
    (first,) = bring_in(services, ("ice.html", page()))
    kept = services.reading.annotate_quote(first.article, "stays closed", Role.KEY_POINT)
    lost = services.reading.annotate_quote(first.article, PARAGRAPHS[3], Role.HIGHLIGHT)

    bring_in(services, ("ice.html", page(("A new lead.", *PARAGRAPHS[:3], "And a new end."))))

    text = services.articles.version(first.article).body.text
    moved = services.reading.annotation(kept.annotation)
    assert text[moved.target.start : moved.target.end] == "stays closed"
    assert moved.target.version == services.articles.article(first.article).version
    assert moved.state is AnchorState.ANCHORED
    orphan = services.reading.annotation(lost.annotation)
    assert orphan.state is AnchorState.ORPHANED
    assert orphan.target.exact == PARAGRAPHS[3]


def test_a_bad_file_is_named_with_the_reason_and_stops_nothing(services, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"Good\n\nText.")
    (folder / "b.html").write_bytes(bytes(range(256)) * 50)
    (folder / "c.pdf").write_bytes(b"%PDF-1.7 ...")
    (folder / "d.txt").write_bytes(b"Better\n\nText, too.")
    (folder / "e.xyz").write_bytes(b"What is this?")
    told = []

    outcomes = services.importing.bring_in(
        documents_of([folder, folder / "gone.txt"]), NoProgress(), on_outcome=told.append
    )

    assert [one.status for one in outcomes] == [
        "new",
        "failed",
        "failed",
        "new",
        "failed",
        "failed",
    ]
    assert outcomes[1].name == str(folder / "b.html")
    assert "does not hold text" in outcomes[1].reason
    assert "PDF is damaged" in outcomes[2].reason
    assert ".xyz" in outcomes[4].reason
    assert "no such file" in outcomes[5].reason
    assert tuple(told) == outcomes


def test_what_is_told_is_on_disk(services, open_again):
    other = open_again()
    seen = []

    def tell(outcome):
        seen.append(other.articles.article(outcome.article).title)

    services.importing.bring_in(
        [Document("a.txt", b"One\n\nText."), Document("b.txt", b"Two\n\nMore.")],
        NoProgress(),
        on_outcome=tell,
    )
    assert seen == ["One", "Two"]


def test_a_story_file_becomes_a_brief_and_comes_back_byte_for_byte(services, seed_bytes):
    (outcome,) = bring_in(services, ("seed.txt", seed_bytes))

    assert (outcome.status, outcome.article) == ("new", "")
    brief = services.desk.brief(outcome.brief)
    stories = tuple(services.desk.story(uid) for uid in brief.stories)
    assert brief.title == stories[0].headline
    assert print_stories(map(text_of, stories)) == seed_bytes


def test_the_file_of_stories_itself_is_kept(services):
    data = b"\xef\xbb\xbf# One\r\nThe Story:\r\n* A.\r\n"
    bring_in(services, ("a.txt", data))
    assert services.articles.original(hashlib.sha256(data).hexdigest()) == data


def test_a_story_file_that_is_there_unchanged_is_a_duplicate(services, seed_bytes):
    (first,) = bring_in(services, ("seed.txt", seed_bytes))
    (again,) = bring_in(services, ("seed.txt", seed_bytes))
    assert (again.status, again.brief) == ("duplicate", first.brief)


def test_several_stories_make_one_brief_named_after_the_file(services):
    data = b"# One\nThe Story:\nA.\n\n# Two\nThe Story:\nB."
    (outcome,) = bring_in(services, ("/x/morning_brief.txt", data))
    brief = services.desk.brief(outcome.brief)
    assert (brief.title, len(brief.stories)) == ("morning brief", 2)


def test_stories_can_be_added_to_a_brief_that_is_there(services):
    brief = services.desk.new_brief("Morning")
    services.desk.new_story(brief.id, "First")
    data = b"# Second\nThe Story:\nA."

    (outcome,) = bring_in(services, ("a.txt", data), brief_id=brief.id)

    assert outcome.brief == brief.id
    headlines = [services.desk.story(u).headline for u in services.desk.brief(brief.id).stories]
    assert headlines == ["First", "Second"]


def test_an_unknown_brief_fails_the_file_and_not_the_import(services):
    outcomes = bring_in(
        services,
        ("a.txt", b"# One\nThe Story:\nA."),
        ("b.txt", b"Title\n\nText."),
        brief_id="no-such-brief",
    )
    assert [one.status for one in outcomes] == ["failed", "new"]


def test_one_undo_takes_a_whole_import_back_and_redo_brings_it(services):
    bring_in(services, ("a.txt", b"One\n\nText."), ("b.txt", b"Two\n\nMore."))
    assert services.history.next_undo is not None
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 0
    services.history.redo()
    services.history.flush()
    assert services.articles.counts().all == 2


def test_undo_of_a_version_shows_the_old_text_again(services):
    (first,) = bring_in(services, ("ice.html", page()))
    bring_in(services, ("ice.html", page((*PARAGRAPHS, "The ice is melting now."))))
    services.history.undo()
    assert "melting" not in services.articles.version(first.article).body.text


def test_what_was_deleted_can_be_imported_again(services):
    (first,) = bring_in(services, ("ice.html", page()))
    services.articles.delete([first.article])
    services.history.flush()
    (again,) = bring_in(services, ("ice.html", page()))
    assert again.status == "new"


def test_what_the_user_should_know_of_a_file_comes_with_its_outcome(services):
    (outcome,) = bring_in(services, ("a.md", b"# One\n\nStray words.\n\n## The Story\n\nFine.\n"))
    assert outcome.status == "new"
    said, why, *_ = outcome.remarks
    assert str(said) == "It was read as an article, not as stories."
    assert "Line 3" in str(why)
    assert "{line}" in why.message  # a template: the window translates it


def test_a_reason_is_a_template_that_the_window_can_translate(services):
    (outcome,) = bring_in(services, ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 x"))
    assert outcome.status == "failed"
    assert outcome.reason == " ".join(map(str, outcome.reasons))
    assert outcome.reason


class Enough:
    """The progress of a user who stops after the first document."""

    def __init__(self):
        self.done = 0

    def step(self, done, total, note=""):
        self.done = done

    def check(self):
        if self.done:
            raise Cancelled


def test_what_came_in_before_a_stop_stays_and_can_be_undone(services):
    documents = [Document(f"{n}.txt", f"Title {n}\n\nText {n}.".encode()) for n in range(40)]
    with pytest.raises(Cancelled):
        services.importing.bring_in(documents, Enough())
    services.history.refresh()
    count = services.articles.counts().all
    assert 1 <= count < 40
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 0


def test_a_paste_of_a_page_and_of_a_text_come_in(services):
    outcomes = services.importing.bring_in(
        [
            pasted(b"<meta charset='utf-8'><p>Some <b>copied</b> words.</p>", "text/html"),
            pasted(b"Words of a text.", "text/plain"),
        ],
        NoProgress(),
    )
    assert [(one.name, one.status) for one in outcomes] == [("Clipboard", "new")] * 2
    assert [one.title for one in outcomes] == ["Some copied words.", "Words of a text."]


class Held:
    """An import on a thread of its own, held up after each document until it is let on."""

    def __init__(self, services, count):
        self.outcomes, self.error = [], None
        self._came, self._on = threading.Semaphore(0), threading.Semaphore(0)
        documents = [Document(f"{n}.txt", f"Title {n}\n\nText {n}.".encode()) for n in range(count)]
        self._thread = threading.Thread(target=self._run, args=(services, documents))
        self._thread.start()

    def _run(self, services, documents):
        try:
            services.importing.bring_in(documents, NoProgress(), on_outcome=self._hear)
        except (BriefingError, Cancelled) as error:
            self.error = error

    def _hear(self, outcome):
        self.outcomes.append(outcome)
        self._came.release()
        assert self._on.acquire(timeout=60)

    def wait(self):
        assert self._came.acquire(timeout=60)

    def let_on(self, count=1):
        self._on.release(count)

    def end(self):
        self._thread.join(60)
        assert not self._thread.is_alive()


def test_undo_while_an_import_runs_takes_back_what_came_and_the_rest_is_another_step(services):
    count = TOGETHER + 4  # more than are stored at once
    held = Held(services, count)
    held.wait()
    came = services.articles.counts().all
    services.history.refresh()
    assert services.history.undo().action is Action.IMPORT_ARTICLE
    services.history.flush()
    assert services.articles.counts().all == 0
    held.let_on(count)
    held.end()
    services.history.refresh()
    assert [one.status for one in held.outcomes] == ["new"] * count
    assert services.articles.counts().all == count - came > 0
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 0
    assert services.history.undo() is None


def test_so_it_is_when_another_process_takes_it_back(services, open_again):
    count = TOGETHER + 4
    held = Held(services, count)
    held.wait()
    other = open_again()
    came = other.articles.counts().all
    assert other.history.undo() is not None
    other.history.flush()
    held.let_on(count)
    held.end()
    services.history.refresh()
    assert services.articles.counts().all == count - came > 0
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 0


def test_closing_while_an_import_runs_ends_it_and_keeps_what_was_told(services, open_again):
    held = Held(services, 40)
    held.wait()
    closing = threading.Thread(target=services.close)
    closing.start()
    held.let_on(40)
    held.end()
    closing.join(60)
    assert not closing.is_alive()
    assert isinstance(held.error, Cancelled)
    told = {one.article for one in held.outcomes}
    again = open_again()
    rows = again.articles.page(ArticleQuery("all"))
    assert {row.id for row in rows} == told
    assert len(told) < 40


def test_an_import_into_a_closed_library_is_refused(services):
    services.close()
    with pytest.raises((StorageFailure, Cancelled)):
        services.importing.bring_in([Document("a.txt", b"One\n\nText.")], NoProgress())


def test_an_article_that_is_deleted_while_its_new_version_comes_in_is_a_new_one(services):
    """The import finds it on disk, and then hears that it is gone."""
    (first,) = bring_in(services, ("ice.html", page()))
    known, find = services.importing._known, services.importing._known.at_address

    def found_and_then_deleted(address):
        there = find(address)
        services.articles.delete([first.article])
        return there

    known.at_address = found_and_then_deleted
    (again,) = bring_in(services, ("ice.html", page((*PARAGRAPHS, "The ice is melting now."))))
    assert again.status == "new"
    assert again.article != first.article
    assert "melting" in services.articles.version(again.article).body.text
    assert services.articles.counts().all == 1


def test_what_was_deleted_a_moment_ago_is_not_called_there_already(services):
    (first,) = bring_in(services, ("ice.html", page()))
    stored, go = threading.Event(), threading.Event()
    stop = services.history.on_saved(lambda _saved: (stored.set(), go.wait(30)))
    services.desk.new_brief("The writer is held up while it tells of this")
    assert stored.wait(30)
    services.articles.delete([first.article])
    threading.Timer(0.2, go.set).start()
    (again,) = bring_in(services, ("ice.html", page()))
    stop()
    assert again.status == "new"


def test_a_page_that_names_half_a_character_comes_in(services):
    """A lone surrogate in the data of a page is no text that a file can hold."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    data = (
        '{"@type": "NewsArticle", "headline": "Ice \\ud83d closes", "keywords": ["a\\udc00"], '
        '"author": {"name": "A \\ud800"}, "publisher": {"name": "Wire \\udfff"}}'
    )
    made = (
        f'<html><head><script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>Ice closes</h1>{body}</article></body></html>"
    )
    (outcome,) = bring_in(services, ("ice.html", made.encode()))
    assert outcome.status == "new", outcome.reason
    article = services.articles.article(outcome.article)
    for text in (article.title, article.source, *article.authors, *article.tags):
        assert text.encode()


class Ahead:
    """Has read all documents before it is asked."""

    def __init__(self, pool, documents):
        self._read = {each.name: pool.read(each, NoProgress()) for each in documents}

    def read(self, document, progress):
        return self._read[document.name]


def test_what_is_read_faster_than_it_is_stored_goes_in_one_transaction(services):
    made = [Document(f"{n}.txt", f"Title {n}\n\nText {n}.".encode()) for n in range(40)]
    commits = []
    services.history.on_saved(commits.append)
    services.importing._pool = Ahead(services.importing._pool, made)
    outcomes = services.importing.bring_in(made, NoProgress())
    assert [one.status for one in outcomes] == ["new"] * 40
    assert services.articles.counts().all == 40
    assert len(commits) < 40


def test_the_same_article_twice_among_those_read_together_is_stored_once(services):
    texts = (b"Title\n\nThe same text.", b"Title\r\n\r\nThe same text.\r\n")
    made = [Document(f"{n}.txt", texts[n % 2]) for n in range(4)]
    services.importing._pool = Ahead(services.importing._pool, made)
    outcomes = services.importing.bring_in(made, NoProgress())
    assert [one.status for one in outcomes] == ["new", *["duplicate"] * 3]
    assert {one.article for one in outcomes} == {outcomes[0].article}
    assert services.articles.counts().all == 1


def sizes_of_commits(services, documents):
    """Return how many articles came in with each commit of an import of what is read already."""
    counts = [services.articles.counts().all]
    stop = services.history.on_saved(lambda _saved: counts.append(services.articles.counts().all))
    services.importing._pool = Ahead(services.importing._pool, documents)
    services.importing.bring_in(documents, NoProgress())
    stop()
    return [after - before for before, after in pairwise(counts)]


def texts(count):
    return [Document(f"{n}.txt", f"Title {n}\n\nText {n}.".encode()) for n in range(count)]


def test_an_import_commits_less_at_a_time_while_the_user_edits(services):
    services.desk.new_brief("Somebody is at work")
    services.history.flush()
    assert max(sizes_of_commits(services, texts(TOGETHER))) <= TOGETHER // 4


def test_long_texts_are_committed_by_themselves(services):
    text = "The strait froze over. " * (LONGEST_TOGETHER // 40)
    made = [Document(f"{n}.txt", f"Title {n}\n\n{n} {text}".encode()) for n in range(4)]
    assert max(sizes_of_commits(services, made)) <= 2


def test_an_article_and_its_next_version_read_together_come_in_one_after_the_other(services):
    pages = (page(), page((*PARAGRAPHS, "The ice is melting now.")))
    made = [Document(f"{n}.html", data) for n, data in enumerate(pages)]
    services.importing._pool = Ahead(services.importing._pool, made)
    outcomes = services.importing.bring_in(made, NoProgress())
    assert [one.status for one in outcomes] == ["new", "version"]
    assert services.articles.counts().all == 1
    assert "melting" in services.articles.version(outcomes[0].article).body.text


def test_what_cannot_be_read_is_told_in_its_place_among_those_read_together(services):
    made = texts(5)
    services.importing._pool = Ahead(services.importing._pool, made)
    broken = Unreadable("gone.txt", UnreadableSource("It is gone."))
    outcomes = services.importing.bring_in([*made[:3], broken, *made[3:]], NoProgress())
    assert [one.status for one in outcomes] == ["new", "new", "new", "failed", "new", "new"]
    assert outcomes[3].name == "gone.txt"


def test_an_article_that_was_thrown_away_is_no_former_version(services):
    (first,) = bring_in(services, ("ice.html", page()))
    services.articles.delete([first.article])
    services.history.flush()
    (again,) = bring_in(services, ("ice.html", page((*PARAGRAPHS, "The ice is melting now."))))
    assert again.status == "new"
    assert again.article != first.article
