"""Steps about many articles: written at once, checked, taken back at once."""

from __future__ import annotations

import pytest

from briefing_app.domain.article import State
from briefing_app.domain.articlelist import ArticleQuery
from briefing_app.domain.change import Origin
from briefing_app.errors import Refused
from briefing_app.progress import NoProgress
from briefing_app.services.articles import marking
from briefing_app.services.collecting import putting, tagging
from briefing_app.services.many import FEW


@pytest.fixture
def crowd(receive):
    return receive(*[(f"Article {n}", "Text.") for n in range(FEW + 20)])


def _states(services):
    services.history.flush()
    counts = services.articles.counts()
    return counts.new, counts.reading, counts.archived


def test_many_articles_change_their_state_in_one_step(services, crowd):
    services.articles.set_state(crowd, State.ARCHIVED)
    assert _states(services) == (0, 0, len(crowd))
    assert services.articles.article(crowd[3]).state is State.ARCHIVED
    services.history.undo()
    assert _states(services) == (len(crowd), 0, 0)
    services.history.redo()
    assert _states(services) == (0, 0, len(crowd))


def test_a_long_step_is_taken_back_off_the_thread_of_the_front(services, crowd):
    services.articles.set_state(crowd[:1], State.READING)
    assert services.many.next_undo() is None
    services.articles.set_state(crowd, State.ARCHIVED)
    step = services.many.next_undo()
    services.many.travel(NoProgress(), step)
    services.history.refresh()
    assert _states(services) == (len(crowd) - 1, 1, 0)
    services.many.travel(NoProgress(), services.many.next_redo())
    services.history.refresh()
    assert _states(services) == (0, 0, len(crowd))
    assert services.many.next_redo() is None


def test_a_long_step_can_be_taken_back_after_a_restart(services, crowd, open_again):
    services.articles.delete(crowd)
    services.close()
    again = open_again()
    again.many.travel(NoProgress(), again.many.next_undo())
    again.history.refresh()
    assert _states(again) == (len(crowd), 0, 0)
    assert again.history.next_redo is not None


def test_tags_and_collections_of_many_are_looked_up_at_once(services, crowd):
    made = services.collecting.new_collection("All")
    services.history.flush()
    services.many.edit(crowd, putting(made.id))
    services.many.edit(crowd, tagging(("aid",), ()))
    services.history.flush()
    assert len(services.articles.listing(ArticleQuery("all", tag="aid"))) == len(crowd)
    assert services.articles.counts().collections == ((made, len(crowd)),)
    assert services.articles.article(crowd[0]).tags == ("aid",)
    assert services.articles.article(crowd[0]).collections == (made.id,)


def test_a_long_undo_is_refused_where_something_changed_since(services, crowd, open_again):
    services.articles.set_state(crowd, State.ARCHIVED)
    other = open_again(Origin.COMMAND)
    other.articles.set_state(crowd[5:6], State.READING)
    other.history.flush()
    with pytest.raises(Refused, match="all were left alone"):
        services.many.travel(NoProgress(), services.many.next_undo())
    services.history.refresh()
    assert _states(services) == (0, 1, len(crowd) - 1)


def test_what_was_edited_just_now_is_part_of_a_long_step(services, crowd):
    services.articles.set_state(crowd[:2], State.READING)  # not on disk yet
    services.many.edit_all(NoProgress(), crowd, marking(State.ARCHIVED))
    services.history.refresh()
    services.many.travel(NoProgress(), services.many.next_undo())
    services.history.refresh()
    assert _states(services) == (len(crowd) - 2, 2, 0)


def test_a_long_step_keeps_no_half_characters(services, crowd):
    services.collecting.tag(crowd, ["half \ud83d"])
    services.history.flush()
    (tag,) = services.articles.article(crowd[0]).tags
    assert tag.encode().startswith(b"half")
