"""The desk on a real library."""

from __future__ import annotations

from functools import partial

import pytest

from briefing_app.domain import brief as briefs
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, edit_statement
from briefing_app.domain.storytext import print_stories, read, text_of
from briefing_app.errors import NotFound


def _printed(services, brief):
    return print_stories(text_of(services.desk.story(story)) for story in brief.stories)


def test_the_seed_comes_back_from_a_library_byte_for_byte(open_again, seed_bytes):
    first = open_again()
    brief = first.desk.add_stories(None, read(seed_bytes))
    first.close()
    second = open_again()
    assert _printed(second, second.desk.brief(brief.id)) == seed_bytes


def test_a_story_of_a_new_brief_can_be_edited_undone_and_redone(services):
    desk, history = services.desk, services.history
    brief = desk.new_brief("Morning brief")
    story = desk.new_story(brief.id, "Grid failures")
    desk.edit_story(
        Action.ADD_STATEMENT,
        story.id,
        partial(add_statement, statement_id="s1", part=Part.KEY_POINTS, text="Power is out."),
    )
    desk.edit_story(
        Action.EDIT_STATEMENT,
        story.id,
        partial(edit_statement, statement_id="s1", text="Power is back."),
    )
    assert desk.story(story.id).statement("s1").text == "Power is back."
    assert history.next_undo == (Action.EDIT_STATEMENT, "Grid failures")
    history.undo()
    assert desk.story(story.id).statement("s1").text == "Power is out."
    history.undo()
    assert desk.story(story.id).statements == ()
    history.redo()
    history.redo()
    assert desk.story(story.id).statement("s1").text == "Power is back."
    assert history.redo() is None


def test_a_deleted_brief_comes_back_with_its_places(services, seed_bytes):
    brief = services.desk.add_stories(None, read(seed_bytes))
    services.desk.delete_brief(brief.id)
    assert services.desk.briefs() == ()
    with pytest.raises(NotFound):
        services.desk.brief(brief.id)
    services.history.undo()
    assert services.desk.brief(brief.id) == brief


def test_a_deleted_story_leaves_all_briefs_and_comes_back_to_them(services, seed_bytes):
    desk = services.desk
    first = desk.add_stories(None, read(seed_bytes))
    story = first.stories[0]
    second = desk.add_story(desk.new_brief("Second").id, story)
    assert set(desk.briefs_of(story)) == {first.id, second.id}
    desk.delete_story(story)
    assert desk.brief(first.id).stories == desk.brief(second.id).stories == ()
    services.history.undo()
    assert (desk.brief(first.id), desk.brief(second.id)) == (first, second)
    assert _printed(services, first) == seed_bytes


def test_a_brief_in_the_list_has_its_title_and_its_number_of_stories(open_again, seed_bytes):
    services = open_again()
    services.desk.new_brief("Empty")
    services.desk.add_stories(None, read(seed_bytes), "Morning")
    listed = {(row.title, row.stories) for row in services.desk.briefs()}
    services.close()
    again = {(row.title, row.stories) for row in open_again().desk.briefs()}
    assert listed == again == {("Empty", 0), ("Morning", 1)}


def test_the_brief_changed_last_is_listed_first(services):
    first = services.desk.new_brief("First")
    services.desk.new_brief("Second")
    services.desk.edit_brief(
        Action.EDIT_BRIEF, first.id, lambda brief: briefs.replace(brief, title="Renamed")
    )
    assert services.desk.briefs()[0].title == "Renamed"


def test_the_story_worked_on_last_is_known_after_a_restart(open_again):
    services = open_again()
    desk = services.desk
    brief = desk.new_brief("Brief")
    first = desk.new_story(brief.id, "First")
    second = desk.new_story(brief.id, "Second")
    assert desk.last_story() == second.id
    desk.edit_story(
        Action.ADD_STATEMENT,
        first.id,
        partial(add_statement, statement_id="s", part=Part.IMPACT, text="x"),
    )
    assert desk.last_story() == first.id
    services.close()
    again = open_again()
    assert again.desk.last_story() == first.id
    again.desk.delete_story(first.id)
    assert again.desk.last_story() == second.id


def test_an_unknown_story_is_not_found(services):
    with pytest.raises(NotFound):
        services.desk.story("00000000-0000-4000-8000-000000000000")


def test_an_edit_that_changes_nothing_is_no_step(services):
    brief = services.desk.new_brief("Brief")
    services.desk.edit_brief(Action.EDIT_BRIEF, brief.id, lambda same: same)
    assert services.history.next_undo == (Action.NEW_BRIEF, "Brief")
