"""Versions of an article: listed, split off, joined, and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.errors import NotFound, Refused
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from tests.unit.services.test_importing import PARAGRAPHS, page

MELT = "The ice is melting now, and the captain of the ferry has been told to get ready."


def bring_in(services, *pages):
    documents = [Document(f"{n}.html", data) for n, data in enumerate(pages)]
    outcomes = services.importing.bring_in(documents, NoProgress())
    services.history.refresh()
    return outcomes


def split(services, article, version=""):
    version = version or services.articles.article(article).version
    correction = services.versions.split(article, version, NoProgress())
    services.versions.make(correction)
    return correction.article


def join(services, keep, *others):
    correction = services.versions.join(keep, others, NoProgress())
    services.versions.make(correction)
    services.history.flush()


def mark(services, article, quote, role=Role.HIGHLIGHT, **more):
    return services.reading.annotate_quote(article, quote, role, **more)


def quotes(services, article):
    return [one.target.exact for one in services.reading.annotations(article)]


@pytest.fixture
def two(services):
    """An article in two versions, with a passage of each; the second one's title differs."""
    (first,) = bring_in(services, page())
    old = services.articles.version(first.article)
    mark(services, first.article, "The last ferry left on Tuesday", Role.KEY_POINT)
    services.history.flush()
    (second,) = bring_in(services, page((*PARAGRAPHS, MELT), title="Ice melts on the route"))
    assert (second.status, second.article) == ("version", first.article)
    mark(services, first.article, "The ice is melting")
    services.history.flush()
    return first.article, old


def test_versions_are_listed_with_what_changed_in_size(services, two):
    article, old = two
    newer, older = services.versions.of(article)
    assert (older.id, older.current, newer.current) == (old.id, False, True)
    assert (older.more, newer.more) == (None, 17)
    assert newer.words == older.words + 17
    assert (older.original, older.media_type) == (old.original, "")
    assert older.size == len(page())
    assert newer.importer.startswith("Web page")
    assert (older.highlights, newer.highlights) == (0, 2)


def test_a_version_becomes_an_article_of_its_own_with_what_was_marked_in_it(services, two):
    article, old = two
    made = split(services, article)

    before, after = services.articles.article(article), services.articles.article(made)
    assert (before.version, before.title) == (old.id, "Ice closes the route")
    assert after.title == "Ice melts on the route"
    assert after.canonical_url == before.canonical_url
    assert MELT in services.articles.version(made).body.text
    assert quotes(services, article) == ["The last ferry left on Tuesday"]
    assert quotes(services, made) == ["The ice is melting"]
    (back,) = services.reading.annotations(article)
    assert (back.state, back.target.version) == (AnchorState.ANCHORED, old.id)
    services.history.flush()
    assert [row.id for row in services.versions.of(article)] == [old.id]
    assert {row.title for row in services.articles.page(ArticleQuery("all", "melting"))} == {
        "Ice melts on the route"
    }


def test_a_split_is_undone_and_redone_also_after_a_restart(services, two, open_again):
    article, _ = two
    start = [services.reading.annotations(article), services.articles.article(article)]
    made = split(services, article)
    end = [services.reading.annotations(made), services.articles.article(made)]
    assert services.history.next_undo == (Action.SPLIT_ARTICLE, "Ice melts on the route")
    services.history.undo()
    assert [services.reading.annotations(article), services.articles.article(article)] == start
    services.history.redo()
    assert [services.reading.annotations(made), services.articles.article(made)] == end
    services.history.flush()
    services.close()

    again = open_again()
    again.history.undo()
    assert [again.reading.annotations(article), again.articles.article(article)] == start
    with pytest.raises(NotFound):
        again.articles.article(made)
    again.history.flush()
    assert len(again.versions.of(article)) == 2
    assert again.trash.rows() == ()
    again.history.redo()
    assert [again.reading.annotations(made), again.articles.article(made)] == end
    again.history.flush()


def test_a_row_of_a_story_keeps_its_passage_through_a_split(services, two):
    article, _ = two
    made = mark(services, article, "the captain of the ferry", Role.KEY_POINT)
    services.history.flush()
    new = split(services, article)

    (use,) = services.reading.uses(made.annotation)
    assert use.statement == made.statement
    assert services.reading.annotation(made.annotation).article == new


def test_what_is_marked_after_a_split_is_marked_in_the_new_article(services, two):
    article, _ = two
    new = split(services, article)
    made = mark(services, new, "told to get ready")
    assert services.reading.annotation(made.annotation).article == new
    services.history.flush()


def test_an_older_version_can_be_split_off_too(services, two):
    article, old = two
    new = split(services, article, old.id)
    assert services.articles.article(article).version != old.id
    assert services.articles.article(new).version == old.id
    assert quotes(services, article) == ["The last ferry left on Tuesday", "The ice is melting"]


def test_a_lost_passage_is_there_again_when_its_version_is(services):
    (first,) = bring_in(services, page())
    lost = mark(services, first.article, "Three thousand commuters now travel by bus")
    services.history.flush()
    bring_in(services, page((PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[3])))
    assert services.reading.annotation(lost.annotation).state is AnchorState.ORPHANED

    split(services, first.article)

    assert services.reading.annotation(lost.annotation).state is AnchorState.ANCHORED
    assert services.reading.annotation(lost.annotation).article == first.article


def test_an_article_of_one_version_cannot_be_parted(services):
    (first,) = bring_in(services, page())
    with pytest.raises(Refused, match="one version only"):
        split(services, first.article)


def test_two_articles_become_one_with_all_versions_passages_tags_and_collections(services):
    (first,) = bring_in(services, page())
    other = page((*PARAGRAPHS, MELT), title="Other title", address="https://b.example/x")
    (second,) = bring_in(services, other)  # later, so that its text is the newer one
    services.articles.edit(first.article, partial(replace, tags=("ice", "ferry")))
    services.articles.edit(second.article, partial(replace, tags=("ferry", "bridge"), page="p. 4"))
    point = mark(services, first.article, "The last ferry left on Tuesday", Role.KEY_POINT)
    mark(services, second.article, "The ice is melting")
    services.history.flush()
    newest = services.articles.article(second.article).version

    join(services, first.article, second.article)

    article = services.articles.article(first.article)
    assert (article.title, article.version) == ("Ice closes the route", newest)
    assert article.tags == ("ice", "ferry", "bridge")
    assert article.page == "p. 4"
    assert quotes(services, first.article) == [
        "The last ferry left on Tuesday",
        "The ice is melting",
    ]
    assert {one.target.version for one in services.reading.annotations(first.article)} == {newest}
    (row,) = services.desk.story(point.story).statements
    assert [link.annotation for link in row.evidence] == [point.annotation]
    with pytest.raises(NotFound):
        services.articles.article(second.article)
    assert len(services.versions.of(first.article)) == 2
    assert services.articles.counts().all == 1


def test_a_join_is_undone_and_redone_also_after_a_restart(services, open_again):
    (first,) = bring_in(services, page())  # apart, so that the other came in later
    (second,) = bring_in(services, page((MELT,), title="Other", address="https://b.example/x"))
    mark(services, first.article, "The last ferry left on Tuesday")
    mark(services, second.article, "The ice is melting")
    services.history.flush()
    ids = (first.article, second.article)

    def state(of):
        return [(of.articles.article(uid), of.reading.annotations(uid)) for uid in ids]

    start = state(services)
    join(services, *ids)
    end = (services.articles.article(ids[0]), services.reading.annotations(ids[0]))
    services.history.undo()
    assert state(services) == start
    services.history.redo()
    services.history.flush()
    services.close()

    again = open_again()
    assert (again.articles.article(ids[0]), again.reading.annotations(ids[0])) == end
    again.history.undo()
    assert state(again) == start
    again.history.flush()
    assert [len(again.versions.of(uid)) for uid in ids] == [1, 1]
    again.history.redo()
    assert (again.articles.article(ids[0]), again.reading.annotations(ids[0])) == end
    again.history.flush()


def test_a_passage_that_the_other_text_does_not_hold_stays_in_its_own_version(services):
    (first,) = bring_in(services, page())  # apart, so that the other came in later
    (second,) = bring_in(services, page((MELT,), title="Other", address="https://b.example/x"))
    lost = mark(services, first.article, "The last ferry left on Tuesday")
    services.history.flush()
    own = services.articles.article(first.article).version

    join(services, first.article, second.article)

    annotation = services.reading.annotation(lost.annotation)
    assert (annotation.state, annotation.target.version) == (AnchorState.ORPHANED, own)
    assert annotation.target.exact == "The last ferry left on Tuesday"


def test_what_was_joined_can_be_parted_again(services):
    (first,) = bring_in(services, page())  # apart, so that the other came in later
    (second,) = bring_in(services, page((MELT,), title="Other", address="https://b.example/x"))
    mark(services, second.article, "The ice is melting")
    services.history.flush()
    join(services, first.article, second.article)
    made = split(services, first.article)
    assert services.articles.article(made).title == "Other"
    assert quotes(services, made) == ["The ice is melting"]


def test_an_article_that_was_joined_does_not_come_back_from_the_trash_alone(services):
    (first,) = bring_in(services, page())  # apart, so that the other came in later
    (second,) = bring_in(services, page((MELT,), title="Other", address="https://b.example/x"))
    join(services, first.article, second.article)
    assert services.trash.rows() == ()
    with pytest.raises(Refused, match="part of another article"):
        services.trash.restore([(Entity.ARTICLE, second.article)])


def test_one_article_alone_cannot_be_joined(services):
    (first,) = bring_in(services, page())
    with pytest.raises(Refused, match="two articles"):
        join(services, first.article, first.article)


def test_a_change_in_between_is_not_overwritten(services, two):
    article, old = two
    correction = services.versions.split(
        article, services.articles.article(article).version, NoProgress()
    )
    for one in services.reading.annotations(article):
        services.reading.delete(one.id)
    with pytest.raises(Refused):
        services.versions.make(correction)
    assert services.articles.article(article).version != old.id


def test_very_many_articles_are_not_one(services):
    with pytest.raises(Refused, match="too many to be one"):
        join(services, "first", *(f"other {n}" for n in range(50)))
