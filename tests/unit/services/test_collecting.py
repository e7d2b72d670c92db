"""Tags and collections: made, renamed, put on articles, taken back."""

from __future__ import annotations

import pytest

from briefing_app.domain.articlelist import ArticleQuery
from briefing_app.errors import NotFound, Refused


def _in(services, collection, **more):
    services.history.flush()
    query = ArticleQuery("all", collection=collection, **more)
    return [row.title for row in services.articles.page(query)]


def _tags(services, article):
    return services.articles.article(article).tags


def _counted(services):
    services.history.flush()
    return dict(services.collecting.tags())


def test_tags_are_trimmed_composed_and_one_whatever_their_case(services, receive):
    (article,) = receive(("Ferry", "It stopped."))
    services.collecting.tag((article,), ("  #Peace   talks ", "e\u0301nergie", "PEACE TALKS", " ,"))
    assert _tags(services, article) == ("Peace talks", "\u00e9nergie")
    services.collecting.tag((article,), (), ("peace TALKS",))
    assert _tags(services, article) == ("\u00e9nergie",)
    services.collecting.tag((article,), ("x" * 500,))
    assert len(_tags(services, article)[-1]) == 60


def test_many_articles_are_tagged_in_one_step(services, receive):
    ids = receive(("A", "a"), ("B", "b"), ("C", "c"))
    assert services.collecting.tag(ids, ("aid",)) == 3
    assert services.collecting.tag(ids[:2], ("energy",), ("aid",)) == 2
    assert _counted(services) == {"energy": 2, "aid": 1}
    services.history.undo()
    assert _counted(services) == {"aid": 3}
    services.history.undo()
    assert _counted(services) == {}


def test_a_deleted_article_counts_for_no_tag(services, receive):
    ids = receive(("A", "a"), ("B", "b"))
    services.collecting.tag(ids, ("aid",))
    services.articles.delete(ids[:1])
    assert _counted(services) == {"aid": 1}
    assert [row.title for row in services.articles.page(ArticleQuery("all", tag="AID"))] == ["B"]


def test_renaming_a_tag_keeps_its_place_and_merges_with_one_that_is_there(services, receive):
    first, second = receive(("A", "a"), ("B", "b"))
    services.collecting.tag((first,), ("power", "aid"))
    services.collecting.tag((second,), ("Energy", "power"))
    assert services.collecting.rename_tag("POWER", "energy") == 2
    assert _tags(services, first) == ("energy", "aid")
    assert _tags(services, second) == ("Energy",)
    services.history.undo()
    assert _tags(services, second) == ("Energy", "power")


def test_a_tag_is_deleted_from_all_articles_in_one_step(services, receive):
    ids = receive(("A", "a"), ("B", "b"))
    services.collecting.tag(ids, ("aid",))
    assert services.collecting.delete_tag("aid") == 2
    assert _counted(services) == {}
    services.history.undo()
    assert _counted(services) == {"aid": 2}


def test_a_tag_that_nothing_has_and_a_blank_one_are_refused(services, receive):
    (article,) = receive(("A", "a"))
    with pytest.raises(NotFound, match="No article has the tag"):
        services.collecting.delete_tag("aid")
    services.collecting.tag((article,), ("aid",))
    with pytest.raises(Refused, match="at least one"):
        services.collecting.rename_tag("aid", " # ")


def test_a_collection_holds_articles_of_any_state(services, receive):
    ids = receive(("A", "a"), ("B", "b"), ("C", "c"))
    made = services.collecting.new_collection("  Power \n grid ")
    assert made.name == "Power grid"
    assert services.collecting.put(ids[:2], made.id) == 2
    assert services.collecting.put(ids[:2], made.id) == 0
    assert _in(services, made.id) == ["B", "A"]
    assert services.articles.counts().collections == ((made, 2),)
    services.collecting.take_out(ids[1:2], made.id)
    assert _in(services, made.id) == ["A"]
    services.history.undo()
    assert _in(services, made.id) == ["B", "A"]


def test_collections_are_renamed_and_put_in_another_order(services):
    names = [services.collecting.new_collection(name) for name in ("One", "Two", "Three")]
    services.collecting.rename_collection(names[1].id, "Second")
    services.collecting.move_collection(names[2].id, names[0].id)
    services.history.flush()
    order = [one.name for one, _ in services.collecting.collections()]
    assert order == ["Three", "One", "Second"]
    services.collecting.move_collection(names[2].id, "")
    services.history.flush()
    assert [one.name for one, _ in services.collecting.collections()] == ["One", "Second", "Three"]
    with pytest.raises(Refused):
        services.collecting.new_collection("  ")


def test_a_deleted_collection_leaves_its_articles_and_comes_back_with_them(services, receive):
    (article,) = receive(("A", "a"))
    made = services.collecting.new_collection("Grid")
    services.collecting.put((article,), made.id)
    services.collecting.delete_collection(made.id)
    services.history.flush()
    assert services.collecting.collections() == ()
    assert [row.id for row in services.articles.page()] == [article]
    with pytest.raises(NotFound):
        services.collecting.put((article,), made.id)
    services.history.undo()
    assert _in(services, made.id) == ["A"]
