"""The list of articles, and what can be done to them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import EDITED, State
from briefing_app.domain.articlelist import Order
from briefing_app.domain.change import Action
from briefing_app.domain.moment import Moment
from briefing_app.errors import NotFound
from briefing_app.services.articles import ArticleQuery, Counts
from tests.unit.making import article_of, body_of, store


def _titles(services, shelf="all", text="", before="", limit=100):
    page = services.articles.page(ArticleQuery(shelf, text), before, limit)
    return [row.title for row in page]


def test_articles_are_listed_newest_first_a_page_at_a_time(services, receive):
    ids = receive(*[(f"Article {number}", "Text.") for number in range(5)])
    assert _titles(services, limit=2) == ["Article 4", "Article 3"]
    assert _titles(services, before=ids[3], limit=2) == ["Article 2", "Article 1"]
    assert _titles(services, before=ids[0]) == []


def test_a_row_shows_the_head_a_line_of_text_and_the_computed_facts(services, receive):
    (article,) = receive(("Ferry", "The  ferry stopped.", "Forty waited."), source="Gazette")
    services.reading.annotate(article, 0, 9, Role.HIGHLIGHT)
    services.history.flush()
    (row,) = services.articles.page(ArticleQuery("inbox"))
    assert (row.id, row.title, row.source, row.state) == (article, "Ferry", "Gazette", State.NEW)
    assert (row.excerpt, row.words) == ("The ferry stopped. Forty waited.", 5)
    assert (row.annotated, row.in_brief) == (1, False)
    services.reading.annotate(article, 0, 9, Role.KEY_POINT)
    services.history.flush()
    (row,) = services.articles.page(ArticleQuery("annotated"))
    assert (row.annotated, row.in_brief) == (2, True)


def test_an_article_is_no_longer_in_a_brief_that_was_deleted(services, receive):
    (article,) = receive(("Ferry", "The ferry stopped."))
    made = services.reading.annotate(article, 0, 9, Role.KEY_POINT)
    services.desk.delete_brief(made.brief)
    services.history.flush()
    assert not services.articles.page(ArticleQuery("all"))[0].in_brief


def test_shelves_follow_the_state_and_are_counted(services, receive):
    first, second, third = receive(("A", "a"), ("B", "b"), ("C", "c"))
    services.articles.set_state((second,), State.READING)
    services.articles.set_state((third,), State.ARCHIVED)
    services.reading.annotate(first, 0, 1, Role.KEY_POINT)
    services.history.flush()
    assert _titles(services, "inbox") == ["B", "A"]
    assert _titles(services, "new") == _titles(services, "annotated") == ["A"]
    assert (_titles(services, "reading"), _titles(services, "archived")) == (["B"], ["C"])
    assert services.articles.counts() == Counts(2, 1, 1, 1, 1, 1, 3)


def test_the_inbox_is_paged_across_its_states(services, receive):
    ids = receive(*[(f"Article {number}", "Text.") for number in range(9)])
    services.articles.set_state((ids[1], ids[4], ids[7]), State.READING)
    services.articles.set_state((ids[2], ids[8]), State.ARCHIVED)
    services.articles.delete((ids[5],))
    services.history.flush()
    seen, before = [], ""
    while page := services.articles.page(ArticleQuery("inbox"), before, 2):
        seen += [row.id for row in page]
        before = page[-1].id
    assert seen == [ids[n] for n in (7, 6, 4, 3, 1, 0)]
    assert _titles(services, "inbox", "text", before=ids[6], limit=2) == ["Article 4", "Article 3"]


def test_many_articles_change_their_state_in_one_step(services, receive):
    ids = receive(("A", "a"), ("B", "b"))
    services.articles.set_state(ids, State.ARCHIVED)
    services.history.undo()
    assert {services.articles.article(one).state for one in ids} == {State.NEW}


def test_that_an_article_was_opened_is_no_step_of_undo_and_takes_no_redo_away(services, receive):
    first, second = receive(("A", "a"), ("B", "b"))
    services.articles.set_state((first,), State.ARCHIVED)
    services.articles.opened(first)
    assert services.articles.article(first).state is State.ARCHIVED
    services.history.undo()
    services.articles.opened(second)
    assert services.articles.article(second).state is State.READING
    assert services.history.next_redo == (Action.SET_STATE, "A")
    services.history.redo()
    assert services.history.next_undo == (Action.SET_STATE, "A")


def test_opened_articles_are_no_steps_after_a_restart(open_again, services, receive):
    (article,) = receive(("A", "a"))
    before = services.history.next_undo
    services.articles.opened(article)
    services.history.flush()
    assert open_again().history.next_undo == before


def test_a_list_can_be_narrowed_by_words(services, receive):
    receive(("Ferry", "The boat stopped."), ("Train", "The train stopped."), ("Bus", "It went."))
    assert _titles(services, text="stopped") == ["Train", "Ferry"]
    assert _titles(services, text="stopp") == ["Train", "Ferry"]
    assert _titles(services, text="ferry boat") == ["Ferry"]
    assert _titles(services, text="(((") == []


def test_a_deleted_article_is_in_no_list_and_comes_back_by_undo(services, receive):
    (article,) = receive(("Ferry", "The boat stopped."))
    services.articles.delete((article,))
    services.history.flush()
    assert _titles(services) == _titles(services, text="boat") == []
    with pytest.raises(NotFound):
        services.articles.article(article)
    services.history.undo()
    services.history.flush()
    assert _titles(services) == _titles(services, text="boat") == ["Ferry"]


def test_a_new_title_is_found_and_the_old_one_is_not(services, receive):
    (article,) = receive(("Ferry", "It stopped."))
    services.articles.edit(article, lambda old: replace(old, title="Boat", authors=("Ann Lee",)))
    services.history.flush()
    assert _titles(services, text="ferry") == []
    assert _titles(services, text="boat") == _titles(services, text="lee") == ["Boat"]


def test_an_import_is_one_step_of_undo_after_a_restart_too(open_again, services, receive):
    ids = receive(("A", "a"), ("B", "b"))
    services.close()
    again = open_again()
    assert again.history.next_undo == (Action.IMPORT_ARTICLE, "Import")
    again.history.undo()
    again.history.flush()
    assert again.articles.page(ArticleQuery("all")) == ()
    again.history.redo()
    assert [again.articles.article(one).title for one in ids] == ["A", "B"]


def test_batches_with_one_id_are_one_step(services, new_id):
    set_id = new_id()
    for title in ("A", "B"):
        made = (article_of(new_id, title, body_of("x")),)
        store(services, made, set_id=set_id, subject="Two")
    services.history.refresh()
    services.history.undo()
    services.history.flush()
    assert _titles(services) == []
    assert services.history.next_undo is None


def test_a_version_and_its_original_are_kept_as_they_came(services, new_id):
    article, intake = article_of(new_id, "Ferry", body_of("One.", "Two."))
    store(services, ((article, intake),))
    assert services.articles.version(article.id) == intake.version
    assert services.articles.original(intake.version.original) == intake.originals[0].data


def test_a_new_version_is_current_and_the_old_one_stays(services, new_id, receive):
    (article_id,) = receive(("Ferry", "It stopped."))
    old = services.articles.version(article_id)
    article, intake = article_of(new_id, "Ferry", body_of("It sails."), article_id=article_id)
    store(services, (), ((article, intake),))
    services.history.refresh()
    assert services.articles.version(article_id).body.text == "It sails."
    assert services.articles.version_of(old.id) == old
    assert _titles(services, text="sails") == ["Ferry"]
    assert _titles(services, text="stopped") == []
    services.history.undo()
    services.history.flush()
    assert services.articles.version(article_id) == old
    assert _titles(services, text="stopped") == ["Ferry"]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("shelf", ["all", "inbox"])
def test_pages_of_every_order_follow_each_other_and_make_the_whole_list(
    services, new_id, order, shelf
):
    known = itertools.product(
        (None, Moment(dt.date(2026, 1, 2)), Moment(dt.date(2025, 3, 4))), ("", "Herald", "élan")
    )
    made = [
        article_of(new_id, title, body_of("Text."), published=day, source=source)
        for title in ("B", "a", "“C")
        for day, source in known
    ]
    made += [
        article_of(new_id, f"{n % 3}", body_of("Text."), published=Moment(dt.date(2026, 1, n + 1)))
        for n in range(9)
    ]
    store(services, tuple(made), subject="Import")
    services.history.refresh()
    services.articles.set_state([made[3][0].id, made[12][0].id], State.ARCHIVED)
    services.history.flush()
    query = ArticleQuery(shelf, order=order)
    seen, before = [], ""
    while page := services.articles.page(query, before, 4):
        seen += [row.id for row in page]
        before = page[-1].id
    listing = services.articles.listing(query)
    assert tuple(seen) == services.articles.ids(listing)
    assert [row.id for row in services.articles.rows(listing)] == seen
    assert len(seen) == len(made) - (2 if shelf == "inbox" else 0)
    assert services.articles.place(listing, seen[5]) == 5


def test_what_has_no_date_or_outlet_comes_last(services, receive, new_id):
    receive(("Undated", "a"))
    dated = article_of(new_id, "Dated", body_of("b"), published=Moment(dt.date(2026, 1, 2)))
    store(services, (dated,), subject="Import")
    services.history.refresh()
    for order in (Order.NEWEST, Order.OLDEST):
        page = services.articles.page(ArticleQuery("all", order=order))
        assert [row.title for row in page] == ["Dated", "Undated"]


def test_a_new_title_is_sorted_by_what_it_is_now(services, receive):
    first, _ = receive(("Alpha", "a"), ("Beta", "b"))
    services.articles.edit(first, lambda old: replace(old, title="Gamma"))
    services.history.flush()
    page = services.articles.page(ArticleQuery("all", order=Order.TITLE))
    assert [row.title for row in page] == ["Beta", "Gamma"]


def test_a_field_that_was_edited_says_so_and_undo_takes_that_back(services, receive):
    (article,) = receive(("A title", "Some text."))
    services.articles.edit(
        article, lambda one: replace(one, origins=(("title", "og:title"), ("source", "address")))
    )
    services.articles.edit(article, lambda one: replace(one, title="Another title"))
    assert dict(services.articles.article(article).origins) == {
        "source": "address",
        "title": EDITED,
    }
    services.history.undo()
    assert dict(services.articles.article(article).origins)["title"] == "og:title"
