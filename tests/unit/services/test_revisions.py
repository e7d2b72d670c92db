"""The history of a story and of a brief, and back to how it was."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.difference import Label, Mark
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import (
    add_statement,
    edit_statement,
    move_statement,
    remove_statement,
)
from briefing_app.errors import NotFound


@pytest.fixture
def desk(services):
    return services.desk


@pytest.fixture
def brief(desk):
    return desk.new_brief("Morning brief")


@pytest.fixture
def story(desk, brief):
    return desk.new_story(brief.id, "Ferries")


def add(desk, story, uid, text, part=Part.KEY_POINTS):
    edit = partial(add_statement, statement_id=uid, part=part, text=text)
    return desk.edit_story(Action.ADD_STATEMENT, story.id, edit)


def write(desk, story, uid, text):
    edit = partial(edit_statement, statement_id=uid, text=text)
    return desk.edit_story(Action.EDIT_STATEMENT, story.id, edit)


def take_out(desk, story, uid):
    edit = partial(remove_statement, statement_id=uid)
    return desk.edit_story(Action.DELETE_STATEMENT, story.id, edit)


def history_of(services, story):
    services.history.flush()
    return services.revisions.of((Entity.STORY, story.id))


def test_a_history_says_what_was_done_when_and_by_which_front(services, desk, story):
    add(desk, story, "one", "Ice.")
    write(desk, story, "one", "Thick ice.")
    services.history.undo()

    undone, wrote, added, made = history_of(services, story)

    assert [one.action for one in (made, added, wrote)] == [
        Action.ADD_STORY,
        Action.ADD_STATEMENT,
        Action.EDIT_STATEMENT,
    ]
    assert (undone.action, undone.way) == (Action.EDIT_STATEMENT, "undo")
    assert {one.way for one in (made, added, wrote)} == {"edit"}
    assert all(one.origin is Origin.WINDOW and one.here for one in (made, added, wrote))
    assert made.at <= undone.at


def test_each_moment_shows_the_state_and_what_changed_in_it(services, desk, story):
    add(desk, story, "one", "The ice is thick.")
    add(desk, story, "two", "Buses run.")
    write(desk, story, "one", "The ice is very thick.")
    take_out(desk, story, "two")
    root = (Entity.STORY, story.id)
    gone, wrote, second, _, _ = history_of(services, story)

    lines = services.revisions.state(root, gone.id).lines
    assert [(line.text, line.mark) for line in lines if line.label is Label.ROW] == [
        ("The ice is very thick.", Mark.SAME),
        ("Buses run.", Mark.REMOVED),
    ]
    row = next(
        line for line in services.revisions.state(root, wrote.id).lines if line.mark is Mark.CHANGED
    )
    assert [(piece.text, piece.mark) for piece in row.pieces] == [
        ("The ice is ", Mark.SAME),
        ("very ", Mark.ADDED),
        ("thick.", Mark.SAME),
    ]
    assert services.revisions.state(root, gone.id).current
    assert not services.revisions.state(root, second.id).current


def test_a_story_goes_back_in_one_step_and_undo_takes_that_back(services, desk, story):
    add(desk, story, "one", "The ice is thick.")
    add(desk, story, "two", "Buses run.")
    before = desk.story(story.id)
    then = history_of(services, story)[0]
    write(desk, story, "one", "Nothing.")
    take_out(desk, story, "two")
    add(desk, story, "three", "New.")
    desk.edit_story(Action.EDIT_HEADLINE, story.id, lambda s: replace(s, headline="Other"))
    after = desk.story(story.id)

    services.revisions.restore((Entity.STORY, story.id), then.id)

    assert desk.story(story.id) == before
    services.history.undo()
    assert desk.story(story.id) == after
    services.history.redo()
    assert desk.story(story.id) == before
    services.history.flush()
    assert services.history.next_undo == (Action.RESTORE_STATE, "Ferries")


def test_going_back_and_its_undo_survive_a_restart(services, desk, story, open_again):
    add(desk, story, "one", "The ice is thick.")
    before = desk.story(story.id)
    then = history_of(services, story)[0]
    take_out(desk, story, "one")
    after = desk.story(story.id)
    services.revisions.restore((Entity.STORY, story.id), then.id)
    services.history.flush()
    services.close()

    again = open_again()

    assert again.desk.story(story.id) == before
    again.history.undo()
    assert again.desk.story(story.id) == after
    again.history.redo()
    assert again.desk.story(story.id) == before
    again.history.flush()


def test_a_row_that_was_edited_and_then_deleted_comes_back_as_it_was(services, desk, story):
    add(desk, story, "one", "First.")
    then = history_of(services, story)[0]
    write(desk, story, "one", "Second.")
    take_out(desk, story, "one")

    services.revisions.restore((Entity.STORY, story.id), then.id)

    assert desk.story(story.id).statement("one").text == "First."
    services.history.flush()
    services.history.undo()
    assert not desk.story(story.id).statements
    services.history.redo()
    assert desk.story(story.id).statement("one").text == "First."


def test_a_row_that_moved_is_no_other_row(services, desk, story):
    for uid in ("one", "two", "three"):
        add(desk, story, uid, f"Row {uid}.")
    edit = partial(move_statement, statement_id="three", to=0)
    desk.edit_story(Action.MOVE_STATEMENT, story.id, edit)

    moved = history_of(services, story)[0]

    lines = services.revisions.state((Entity.STORY, story.id), moved.id).lines
    marks = {line.text: line.mark for line in lines if line.label is Label.ROW}
    assert Mark.REMOVED not in marks.values()
    assert Mark.MOVED in marks.values()


def test_a_deleted_passage_comes_back_with_the_row_that_rested_on_it(services, desk, receive):
    (article,) = receive(("Ice", "The last ferry left on Tuesday."))
    made = services.reading.annotate(article, 0, 14, Role.KEY_POINT)
    story = desk.story(made.story)
    then = history_of(services, story)[0]
    services.reading.delete(made.annotation)
    assert not desk.story(made.story).statement(made.statement).evidence

    missing = services.revisions.restore((Entity.STORY, made.story), then.id)

    assert missing == 0
    (link,) = desk.story(made.story).statement(made.statement).evidence
    assert link.annotation == made.annotation
    assert services.reading.annotation(made.annotation).target.exact == "The last ferry"
    services.history.undo()
    with pytest.raises(NotFound):
        services.reading.annotation(made.annotation)


def test_a_brief_goes_back_with_its_places_and_with_the_text_of_its_stories(services, desk, brief):
    first = desk.new_story(brief.id, "First")
    second = desk.new_story(brief.id, "Second")
    add(desk, first, "one", "Then.")
    then_brief, then_first = desk.brief(brief.id), desk.story(first.id)
    services.history.flush()
    root = (Entity.BRIEF, brief.id)
    then = services.revisions.of(root)[0]
    write(desk, first, "one", "Now.")
    desk.delete_story(first.id)
    desk.move_story(brief.id, second.id, 0)
    third = desk.new_story(brief.id, "Third")
    desk.edit_brief(Action.EDIT_BRIEF, brief.id, lambda b: replace(b, title="Evening"))
    now = desk.brief(brief.id)

    services.revisions.restore(root, then.id)

    assert desk.brief(brief.id) == then_brief
    assert desk.story(first.id) == then_first
    assert desk.story(third.id).headline == "Third"  # it stays in the library
    services.history.undo()
    assert desk.brief(brief.id) == now
    with pytest.raises(NotFound):
        desk.story(first.id)
    services.history.flush()


def test_a_brief_names_the_others_in_which_a_story_would_change_too(services, desk, brief, story):
    add(desk, story, "one", "Then.")
    services.history.flush()
    root = (Entity.BRIEF, brief.id)
    then = services.revisions.of(root)[0]
    other = desk.new_brief("Evening brief")
    desk.add_story(other.id, story.id)
    write(desk, story, "one", "Now.")
    services.history.flush()

    assert services.revisions.state(root, then.id).shared == ("Evening brief",)


def test_the_history_of_a_brief_takes_in_its_stories_and_shows_them(services, desk, brief, story):
    add(desk, story, "one", "The ice is thick.")
    other = desk.new_story(brief.id, "Bridges")
    desk.remove_story(brief.id, story.id)
    services.history.flush()
    root = (Entity.BRIEF, brief.id)

    removed, joined, added, _, _ = services.revisions.of(root)

    assert (added.story, joined.story, removed.story) == (story.id, "", "")
    state = services.revisions.state(root, removed.id)
    assert [(one.headline, one.mark) for one in state.stories] == [
        ("Ferries", Mark.REMOVED),
        ("Bridges", Mark.SAME),
    ]
    (shown,) = services.revisions.state(root, added.id).stories
    assert shown.changed
    assert shown.mark is Mark.SAME
    assert desk.story(other.id).headline == "Bridges"


def test_there_is_no_going_back_to_a_moment_that_never_was(services, story):
    services.history.flush()
    with pytest.raises(NotFound):
        services.revisions.state((Entity.STORY, story.id), "no such moment")


def test_what_a_command_did_is_in_the_history_too(services, desk, story, open_again):
    services.history.flush()
    command = open_again(Origin.COMMAND)
    add(command.desk, story, "one", "From a script.")
    command.history.flush()

    assert history_of(services, story)[0].origin is Origin.COMMAND


def test_the_history_of_a_brief_begins_with_it_and_leaves_out_what_a_story_did_elsewhere(
    services, desk, story
):
    add(desk, story, "one", "Long before.")
    evening = desk.new_brief("Evening brief")
    desk.add_story(evening.id, story.id)
    write(desk, story, "one", "While it was there.")
    desk.remove_story(evening.id, story.id)
    write(desk, story, "one", "Long after.")
    services.history.flush()

    found = services.revisions.of((Entity.BRIEF, evening.id))

    assert [one.action for one in reversed(found)] == [
        Action.NEW_BRIEF,
        Action.ADD_STORY,
        Action.EDIT_STATEMENT,
        Action.REMOVE_STORY,
    ]


def test_there_is_nothing_to_go_back_to_where_it_had_been_deleted(services, desk, brief):
    services.history.undo()
    services.history.redo()
    services.history.flush()
    root = (Entity.BRIEF, brief.id)
    _, undone, _ = services.revisions.of(root)

    state = services.revisions.state(root, undone.id)

    assert not state.there
    assert not state.current
    assert [line.mark for line in state.lines] == [Mark.REMOVED]
    with pytest.raises(NotFound):
        services.revisions.restore(root, undone.id)
