"""The edits of a brief."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing_app.domain.brief import Section, add_story, move_story, new_brief, remove_story
from briefing_app.errors import NotFound


@pytest.fixture
def brief():
    made = new_brief("b", "sec", "Brief")
    for name in "123":
        made = add_story(made, f"story{name}", f"link{name}")
    return made


def test_a_new_brief_has_one_section_without_a_name():
    made = new_brief("b", "sec", "Brief")
    assert [(section.id, section.name) for section in made.sections] == [("sec", "")]
    assert made.stories == ()


def test_stories_stand_in_the_order_in_which_they_came(brief):
    assert brief.stories == ("story1", "story2", "story3")
    ranks = [link.rank for link in brief.links()]
    assert ranks == sorted(set(ranks))


def test_a_story_can_go_to_a_section_by_name(brief):
    two = replace(brief, sections=(*brief.sections, Section("sec2", "2", "World")))
    assert add_story(two, "new", "link", "sec").sections[0].links[-1].story == "new"
    assert add_story(two, "new", "link").sections[1].links[-1].story == "new"
    with pytest.raises(NotFound):
        add_story(two, "new", "link", "sec9")


@pytest.mark.parametrize(
    ("to", "order"), [(0, "213"), (1, "123"), (2, "132"), (-4, "213"), (9, "132")]
)
def test_a_story_is_moved_and_the_others_keep_their_ranks(brief, to, order):
    moved = move_story(brief, "story2", to)
    assert moved.stories == tuple(f"story{name}" for name in order)
    assert [link.rank for link in moved.links() if link.story != "story2"] == [
        link.rank for link in brief.links() if link.story != "story2"
    ]


def test_a_story_that_is_not_in_the_brief_cannot_be_moved(brief):
    with pytest.raises(NotFound):
        move_story(brief, "other", 0)


def test_a_removed_story_leaves_the_others(brief):
    assert remove_story(brief, "story2").stories == ("story1", "story3")
    assert remove_story(brief, "other") == brief
