"""Tags and collections can be looked up, and the rows follow every edit of an article."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.domain.change import Action, Change, Op, diff
from briefing_app.domain.collection import Collection
from briefing_app.domain.record import Entity, collection_records
from briefing_app.storage.connection import reading_connection


def _rows(folder, query):
    connection = reading_connection(folder / "library.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _tags(folder):
    return [tag for (tag,) in _rows(folder, "SELECT tag FROM article_tag ORDER BY tag")]


def test_the_tags_of_an_article_are_looked_up_without_case(services, receive, folder):
    (article,) = receive(("A", "x"))
    services.articles.edit(article, lambda a: replace(a, tags=("Ports", "ПОРТ", "ports")))
    services.history.flush()
    assert _tags(folder) == ["ports", "порт"]
    services.articles.edit(article, lambda a: replace(a, tags=("rail",)))
    services.history.flush()
    assert _tags(folder) == ["rail"]
    services.history.undo()
    services.history.undo()
    services.history.flush()
    assert _tags(folder) == []


def test_an_article_comes_back_into_a_collection_that_is_restored(services, receive, folder):
    (article,) = receive(("A", "x"))
    made = Collection(services.history.new_id(), "Ports", "m")
    services.history.commit(Action.EDIT_ARTICLE, diff({}, collection_records(made)))
    services.articles.edit(article, lambda a: replace(a, collections=(made.id,)))
    services.history.commit(
        Action.EDIT_ARTICLE, (Change(Entity.COLLECTION, made.id, Op.TRASH),), made.name
    )
    services.history.undo()
    services.history.flush()
    found = _rows(
        folder,
        "SELECT c.name, a.title FROM article_collection l JOIN collection c ON c.id = "
        "l.collection_id JOIN article a ON a.id = l.article_id WHERE c.deleted_at IS NULL",
    )
    assert found == [("Ports", "A")]
    assert services.articles.article(article).collections == (made.id,)


def test_undoing_an_import_trashes_the_version_and_redo_brings_it_back(services, receive, folder):
    receive(("A", "x"))
    live = "SELECT count(*) FROM article_version WHERE deleted_at IS NULL"
    services.history.undo()
    services.history.flush()
    assert _rows(folder, live) == [(0,)]
    services.history.redo()
    services.history.flush()
    assert _rows(folder, live) == [(1,)]
