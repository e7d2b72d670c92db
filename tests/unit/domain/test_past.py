"""What a record was before is known by marks, which tell nothing and are told apart."""

from __future__ import annotations

from briefing_app.domain.past import MARK, REMEMBERED, groups, mark, marks, past_of
from briefing_app.domain.record import Entity

STORY = (Entity.STORY, "1")
ROW = (Entity.STATEMENT, "2")
FIELDS = {"headline": "now", "as_of": None, "status": "draft"}


def test_fields_that_belong_together_have_one_mark():
    found = groups(Entity.STATEMENT, ("story", "part", "kind", "text", "rank", "evidence"))
    assert found["place"] == ("part", "kind", "rank")
    assert found["text"] == ("text",)
    assert "rank" not in found


def test_the_same_words_of_two_records_have_two_marks():
    one, two = (
        mark(STORY, {"headline": "x"}, ("headline",)),
        mark(ROW, {"headline": "x"}, ("headline",)),
    )
    assert one != two
    assert len(one) == MARK


def test_the_past_stands_oldest_first():
    past = past_of(STORY, FIELDS, [("headline", "first"), ("headline", "second")])
    was = [mark(STORY, {"headline": words}, ("headline",)) for words in ("first", "second")]
    assert past == {"headline": tuple(was)}


def test_what_came_with_the_record_is_older_still():
    past = past_of(STORY, FIELDS, [("headline", "here")], {"headline": ["a" * MARK]})
    assert past["headline"][0] == "a" * MARK
    assert len(past["headline"]) == 2


def test_a_value_that_was_there_twice_is_told_once_and_no_more_than_some_are_kept():
    sets = [("headline", str(number % 60)) for number in range(600)]
    past = past_of(STORY, FIELDS, sets)
    assert len(past["headline"]) == len(set(past["headline"])) == REMEMBERED
    assert past["headline"][-1] == mark(STORY, {"headline": "59"}, ("headline",))


def test_a_group_was_as_its_fields_were_together():
    now = {"part": "impact", "kind": "item", "rank": "2"}
    past = past_of(ROW, now, [("part", "key-points"), ("rank", "1")])
    before = {"part": "key-points", "kind": "item", "rank": "1"}
    assert past["place"][0] == mark(ROW, before, ("part", "kind", "rank"))


def test_fields_that_a_record_no_longer_has_are_passed_over():
    assert past_of(STORY, FIELDS, [("colour", "red")]) == {}
    assert marks(STORY, FIELDS).keys() == FIELDS.keys()
