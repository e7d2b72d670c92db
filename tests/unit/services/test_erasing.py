"""Erasing for good: every byte of the folder is looked at for words that stood only there."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.erasure import Why, Wish
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, edit_statement
from briefing_app.errors import Cancelled, NotFound, Refused
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from tests.unit.services.canary import WORD, files_with

SMALL = f"A title with {WORD}\n\nThe text says {WORD} and more than that.\n\nAn innocent end."
PACKED = SMALL + "\n\n".join(f"Paragraph {n} of it." for n in range(2000))
LARGE = "\n\n".join(
    [f"Another {WORD} title", *(f"Paragraph {n} {WORD} here." for n in range(60_000))]
)


def bring_in(services, *texts):
    documents = [Document(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    outcomes = services.importing.bring_in(documents, NoProgress())
    services.history.refresh()
    return tuple(outcome.article for outcome in outcomes)


def erase(services, wish, **how):
    services.history.flush()
    erased = services.erasing.erase(wish, Why.LICENCE, NoProgress(), **how)
    services.erasing.settle()
    return erased


def article(uid):
    return Wish(((Entity.ARTICLE, uid),))


@pytest.fixture
def marked(services):
    """An article whose every corner holds the word, and which was edited, cited and deleted from."""
    (uid, kept) = bring_in(services, SMALL, "An innocent title\n\nIts innocent text of some words.")
    services.articles.edit(uid, partial(replace, tags=(f"tag {WORD}",), source=f"{WORD} Times"))
    services.articles.edit(uid, partial(replace, title=f"Title 2 {WORD}", authors=(f"Jo {WORD}",)))
    text = services.articles.version(uid).body.text
    start = text.index(WORD)
    brief = services.desk.new_brief("Morning brief")
    story = services.desk.new_story(brief.id, "Ferries")
    made = services.reading.annotate(uid, start, start + 20, Role.KEY_POINT, story_id=story.id)
    own = partial(edit_statement, statement_id=made.statement, text="My own words.")
    services.desk.edit_story(Action.EDIT_STATEMENT, story.id, own)
    services.reading.set_comment(made.annotation, f"See {WORD} there")
    services.reading.set_comment(made.annotation, "A second thought")
    gone = services.reading.annotate(uid, start, start + 8, Role.HIGHLIGHT, comment=f"{WORD}?")
    services.reading.delete(gone.annotation)
    services.history.flush()
    return uid, kept, story.id, made


def test_the_look_for_the_word_finds_it_plain_packed_and_left_behind(tmp_path):
    text = ("Before it. " * 40 + WORD + " behind it" * 40).encode()
    for name, data in {
        "plain": text,
        "wide": text.decode().encode("utf-16-le"),
        "packed": b"\x00mark" + zlib.compress(text) + b"\x00" * 9,
        "torn": zlib.compress(text)[:-9] + b"\x00" * 60,
        "innocent": zlib.compress(b"nothing") + b"nothing",
    }.items():
        (tmp_path / name).write_bytes(data)
    assert files_with(tmp_path) == ["packed", "plain", "torn", "wide"]


def test_nothing_of_an_article_is_left_in_any_byte_of_the_folder(services, marked, folder):
    uid, kept, story, _ = marked
    # what K wrote stands in the journal of the row, for the row is the user's
    services.desk.edit_story(Action.DELETE_STATEMENT, story, lambda s: replace(s, statements=()))
    services.history.flush()
    assert files_with(folder)

    wish = replace(article(uid), statements=True)
    erased = erase(services, wish)

    assert erased.tidied
    assert (erased.originals, erased.backups, erased.kept) == (1, (), ())
    assert files_with(folder) == []
    with pytest.raises(NotFound):
        services.articles.article(uid)
    assert services.articles.article(kept).title == "An innocent title"
    assert services.articles.page(ArticleQuery("all", "innocent"))
    assert not services.articles.page(ArticleQuery("all", WORD))


def test_nothing_of_a_packed_text_is_left_either(services, folder):
    (uid,) = bring_in(services, PACKED)
    services.history.flush()
    services.articles.delete([uid])
    services.history.flush()
    assert files_with(folder)

    erase(services, article(uid))

    assert files_with(folder) == []


def test_a_large_original_goes_with_its_file(services, folder):
    (uid,) = bring_in(services, LARGE)
    assert len(LARGE) > 1024 * 1024
    (file,) = (path for path in (folder / "originals").rglob("*") if path.is_file())

    erase(services, article(uid))

    assert not file.exists()
    assert files_with(folder) == []


def test_rows_of_stories_keep_their_words_and_lose_the_quotation(services, marked):
    uid, _, story, made = marked

    doom = services.erasing.look(article(uid))
    assert (doom.articles, doom.highlights, doom.rows, doom.sole) == (1, 2, 1, 1)
    assert doom.stories == ("Ferries",)
    erase(services, article(uid))

    (row,) = services.desk.story(story).statements
    assert (row.id, row.text, row.evidence) == (made.statement, "My own words.", ())


def test_rows_that_rest_on_nothing_else_go_if_that_is_wished(services, marked, receive):
    uid, _, story, _ = marked
    (other,) = receive(("Other", "Another text to rest on."))
    both = services.reading.annotate(other, 0, 7, Role.KEY_POINT, story_id=story)
    text = services.articles.version(uid).body.text
    end = text.index("An innocent end")
    services.reading.link_passage(uid, end, end + 11, story, both.statement)
    services.history.flush()

    erase(services, replace(article(uid), statements=True))

    (row,) = services.desk.story(story).statements
    assert row.id == both.statement
    assert [link.annotation for link in row.evidence] == [both.annotation]


def test_undo_offers_nothing_that_has_to_do_with_it_also_after_a_restart(
    services, marked, open_again
):
    uid, kept, _, _ = marked
    services.articles.edit(kept, partial(replace, source="Times"))
    erase(services, article(uid))
    offered = []
    while services.history.next_undo:
        offered.append(services.history.next_undo[0])
        with suppress(Refused):  # a row that was made in the story keeps it
            services.history.undo()
    assert offered == [
        Action.EDIT_ARTICLE,
        Action.EDIT_STATEMENT,
        Action.ADD_STORY,
        Action.NEW_BRIEF,
    ]
    services.history.flush()
    services.close()

    again = open_again()

    assert again.history.next_undo[0] is Action.ADD_STORY
    assert again.history.next_redo[0] is Action.EDIT_STATEMENT


def test_an_undo_that_another_process_made_impossible_says_why(services, marked, open_again):
    uid, _, _, _ = marked
    command = open_again(Origin.COMMAND)
    text = services.articles.version(uid).body.text
    services.reading.annotate(uid, text.index("An innocent"), len(text), Role.HIGHLIGHT)
    services.history.flush()
    services.history.refresh = lambda: False  # it has not looked yet
    erase(command, article(uid))

    with pytest.raises(Refused, match="erased for good"):
        services.history.undo()


def test_the_journal_keeps_that_when_and_why(services, marked, folder):
    uid, _, _, _ = marked
    erase(services, article(uid))
    services.close()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        head = connection.execute(
            "SELECT made_at, origin, subject, arguments FROM change_set WHERE action = 'erase'"
        ).fetchone()
        told = connection.execute(
            "SELECT op, old, new FROM change WHERE uid = ? ORDER BY seq", (uid,)
        ).fetchall()
    assert head[0] > 0
    assert head[1:3] == ("window", "")
    assert '"why":"licence"' in head[3]
    assert [op for op, _, _ in told][-1] == "erase"
    assert all(old is None and new is None for _, old, new in told)


def test_only_the_original_can_go_and_the_text_stays(services, folder):
    (uid,) = bring_in(services, SMALL)
    version = services.articles.version(uid)

    erase(services, Wish(originals=(version.original,)))

    left = services.articles.version(uid)
    assert left.original == ""
    assert left.body == version.body
    assert services.articles.original(version.original) is None


def test_an_original_of_another_article_stays(services, receive, new_id):
    (first,) = bring_in(services, SMALL)
    digest = services.articles.version(first).original
    from tests.unit.making import article_of, body_of, store

    made, intake = article_of(new_id, "Twin", body_of("Other words."))
    version = replace(intake.version, original=digest)
    store(services, [(made, replace(intake, version=version, originals=()))])
    services.history.refresh()

    erase(services, article(first))

    assert services.articles.original(digest) == SMALL.encode()


def test_nothing_of_a_story_is_left_nor_of_the_file_it_came_from(services, folder, seed_bytes):
    text = seed_bytes.decode().replace("The Story:", f"The Story:\nIt says {WORD} at length.", 1)
    (outcome,) = services.importing.bring_in([Document("story.txt", text.encode())], NoProgress())
    services.history.refresh()
    (story,) = services.desk.brief(outcome.brief).stories
    services.desk.edit_story(
        Action.EDIT_HEADLINE, story, lambda s: replace(s, headline=f"{WORD} 2")
    )
    services.desk.edit_story(Action.EDIT_HEADLINE, story, lambda s: replace(s, headline="Three"))
    doom = services.erasing.look(Wish(((Entity.STORY, story),)))
    assert (doom.own_stories, doom.originals) == (1, 1)
    assert doom.briefs

    erase(services, Wish(((Entity.STORY, story),)))

    assert files_with(folder) == []
    assert services.desk.brief(outcome.brief).stories == ()


def test_a_brief_goes_and_its_stories_stay(services, folder):
    brief = services.desk.new_brief(f"Brief {WORD}")
    story = services.desk.new_story(brief.id, "Ferries")
    erase(services, Wish(((Entity.BRIEF, brief.id),)))

    assert services.desk.story(story.id).headline == "Ferries"
    assert files_with(folder) == []


def test_a_published_brief_is_not_erased(services, folder):
    brief = services.desk.new_brief("Morning brief")
    services.history.flush()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO edition (uid, version, created, updated, brief_id, number, date, date_key, "
            "status, content, digest) SELECT 'e', 1, 0, 0, id, 12, '{}', 0, 'published', '{}', '' "
            "FROM brief"
        )
    with pytest.raises(Refused, match="published editions"):
        erase(services, Wish(((Entity.BRIEF, brief.id),)))


def test_the_backups_that_hold_it_are_named_and_purged_on_request(services, marked, folder):
    from briefing_app.domain.backup import Reason
    from briefing_app.storage.backup import back_up

    uid, _, _, _ = marked
    made = back_up(folder, Reason.ASKED, NoProgress())
    assert services.erasing.backups(article(uid)) == (made.path,)

    erased = erase(services, replace(article(uid), statements=True))
    assert (erased.backups, erased.kept) == ((), (made.path,))
    assert files_with(folder) == [f"backups/{made.path.name}"]

    clean = back_up(folder, Reason.ASKED, NoProgress())
    (other,) = bring_in(services, SMALL)
    held = back_up(folder, Reason.DAILY, NoProgress())
    purged = erase(services, article(other), purge=True)
    assert set(purged.backups) == {made.path, held.path}  # the same bytes lay in both
    assert clean.path.exists()


def test_the_copies_in_the_second_place_are_named_and_purged_too(services, folder, tmp_path):
    from briefing_app.domain.backup import Reason
    from briefing_app.storage.elsewhere import copy_out

    (uid,) = bring_in(services, LARGE)
    services.history.flush()
    place = tmp_path / "Stick"
    place.mkdir()
    copy_out(folder, place, Reason.ASKED, NoProgress())
    held = services.erasing.backups(article(uid))
    assert len(held) == 3  # a backup here, one there, and the original in its own file
    assert files_with(place)

    place.rename(tmp_path / "unplugged")
    assert services.erasing.backups(article(uid))[-1] == place
    (tmp_path / "unplugged").rename(place)
    erased = erase(services, article(uid), purge=True)

    assert set(erased.backups) == set(held)
    assert files_with(place) == []
    assert files_with(folder) == []


def test_a_reader_in_another_program_is_told_of_and_the_rest_is_done_later(services, folder):
    (uid,) = bring_in(services, SMALL)
    services.history.flush()
    reader = sqlite3.connect(folder / "library.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM article").fetchone()

    services.history._writer.perform(lambda c: c.connection.execute("PRAGMA busy_timeout = 50"))
    erased = erase(services, article(uid))

    assert not erased.tidied
    assert services.erasing.unfinished
    reader.close()
    assert services.erasing.finish(NoProgress())
    assert not services.erasing.unfinished
    assert files_with(folder) == []


def test_it_can_be_stopped_before_anything_is_gone(services):
    (uid,) = bring_in(services, SMALL)

    class Stopped(NoProgress):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        services.erasing.erase(article(uid), Why.ASKED, Stopped())
    assert services.articles.article(uid).title.endswith(WORD)


def test_what_is_not_there_cannot_be_erased(services):
    with pytest.raises(NotFound):
        services.erasing.look(article("nothing"))


def test_an_edit_of_what_another_process_erased_stops_nothing(services, open_again):
    uid, other = bring_in(services, SMALL, "Another title\n\nOther words of it.")
    brief = services.desk.new_brief("Morning brief")
    story = services.desk.new_story(brief.id, "Ferries")
    services.history.flush()
    command = open_again(Origin.COMMAND)
    text = services.articles.version(uid).body.text
    services.history.refresh = lambda: False  # it has not looked yet
    erase(command, article(uid))

    services.reading.annotate(uid, 0, len(text), Role.KEY_POINT, story_id=story.id)
    services.articles.edit(uid, partial(replace, title="Corrected"))
    services.articles.edit(other, partial(replace, title="Corrected, too"))
    services.history.flush()
    del services.history.refresh
    services.history.refresh()

    assert services.articles.article(other).title == "Corrected, too"
    (row,) = open_again(Origin.COMMAND).desk.story(story.id).statements
    assert row.evidence == ()


def test_the_words_that_stay_elsewhere_are_counted(services, marked):
    uid, _, story, _ = marked
    title = services.articles.article(uid).title
    services.desk.edit_story(Action.EDIT_HEADLINE, story, lambda s: replace(s, headline=title))
    add = partial(add_statement, statement_id="copy", part=Part.KEY_POINTS, text=f"So: {title}!")
    services.desk.edit_story(Action.ADD_STATEMENT, story, add)
    services.history.flush()

    assert services.erasing.look(article(uid)).quoting == 2


def test_a_library_that_was_kept_aside_is_named_and_purged_too(services, folder):
    from briefing_app.domain.backup import Reason
    from briefing_app.storage.backup import back_up

    (uid,) = bring_in(services, SMALL)
    services.history.flush()
    made = back_up(folder, Reason.RESTORE, NoProgress())
    aside = folder / "kept-aside" / made.path.name
    aside.parent.mkdir()
    made.path.rename(aside)
    assert services.erasing.backups(article(uid)) == (aside,)

    erase(services, article(uid), purge=True)

    assert not aside.exists()
    assert files_with(folder) == []
