"""Values as records and back, and the changes between records."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain import record
from briefing_app.domain.annotation import AnchorState, Annotation, Role, Target
from briefing_app.domain.article import Article, State
from briefing_app.domain.brief import Brief, BriefStatus, Section, StoryLink
from briefing_app.domain.change import Change, Op, diff, inverse, squash
from briefing_app.domain.moment import Moment
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Evidence, Kind, Part, Stance, Statement
from briefing_app.domain.story import Story, StoryStatus, in_order

_text = st.text(max_size=12)
_moments = st.none() | st.builds(
    Moment,
    st.dates(),
    st.none() | st.times().map(lambda t: t.replace(microsecond=0, fold=0)),
    st.none() | st.integers(-720, 840),
    _text,
    _text,
)
_instants = st.none() | st.datetimes(timezones=st.just(dt.UTC))
_evidence = st.lists(
    st.builds(Evidence, _text, st.sampled_from(Stance)),
    max_size=3,
    unique_by=lambda e: e.annotation,
).map(tuple)
_statements = st.lists(
    st.builds(
        Statement,
        st.uuids().map(str),
        st.sampled_from(Part),
        st.sampled_from(Kind),
        _text,
        st.text("123abc", min_size=1, max_size=3),
        _evidence,
    ),
    max_size=5,
).map(lambda rows: in_order(tuple(rows)))
stories = st.builds(
    Story, st.just("story"), _text, _moments, _statements, st.sampled_from(StoryStatus)
)
_links = st.lists(
    st.builds(StoryLink, st.uuids().map(str), _text, _text, st.booleans(), st.booleans()),
    max_size=3,
).map(lambda links: tuple(sorted(links, key=lambda link: (link.rank, link.id))))
_sections = st.lists(st.builds(Section, st.uuids().map(str), _text, _text, _links), max_size=3).map(
    lambda sections: tuple(sorted(sections, key=lambda section: (section.rank, section.id)))
)
briefs = st.builds(
    Brief, st.just("brief"), _text, _sections, _moments, _text, _text, _text, _text, _text,
    st.sampled_from(BriefStatus),
)  # fmt: skip
_tuples = st.lists(_text, max_size=3).map(tuple)
articles = st.builds(
    Article, st.just("article"), _text, _text, _tuples, _text, _text, _text, _moments, _instants,
    _text, _text, _text, _tuples, st.sampled_from(State),
    st.lists(st.tuples(_text, _text), max_size=2).map(tuple),
)  # fmt: skip
annotations = st.builds(
    Annotation, st.just("note"), _text,
    st.builds(Target, _text, st.integers(), st.integers(), _text, _text, _text),
    st.sampled_from(Role), _text, _tuples, st.sampled_from(AnchorState),
)  # fmt: skip


def _through_json(records):
    return {key: json.loads(json.dumps(fields)) for key, fields in records.items()}


@given(stories)
def test_a_story_comes_back_from_its_records(story):
    assert record.story_from("story", _through_json(record.story_records(story))) == story


@given(briefs)
def test_a_brief_comes_back_from_its_records(brief):
    assert record.brief_from("brief", _through_json(record.brief_records(brief))) == brief


@given(articles)
def test_an_article_comes_back_from_its_record(article):
    records = _through_json(record.article_records(article))
    assert record.article_from("article", records[Entity.ARTICLE, "article"]) == article


@given(annotations)
def test_an_annotation_comes_back_from_its_record(annotation):
    records = _through_json(record.annotation_records(annotation))
    assert record.annotation_from("note", records[Entity.ANNOTATION, "note"]) == annotation


def _applied(records, changes, trash):
    """Make changes to records, in the plainest way."""
    after = {key: dict(fields) for key, fields in records.items()}
    for change in changes:
        match change.op:
            case Op.CREATE:
                after[change.key] = dict(change.new)
            case Op.SET:
                assert after[change.key][change.field] == change.old
                after[change.key][change.field] = change.new
            case Op.TRASH:
                trash[change.key] = after.pop(change.key)
            case Op.RESTORE:
                after[change.key] = trash.pop(change.key)
    return after


@given(stories, stories)
def test_a_difference_leads_from_one_to_the_other_and_its_inverse_back(one, other):
    before, after = record.story_records(one), record.story_records(other)
    changes = diff(before, after)
    trash = {}
    assert _applied(before, changes, trash) == after
    back = inverse(changes)
    assert _applied(after, back, trash) == before
    again = inverse(back)
    assert [change.op for change in again if change.op is Op.CREATE] == []
    assert _applied(before, again, trash) == after


@given(stories)
def test_there_is_no_difference_between_equals(story):
    assert diff(record.story_records(story), record.story_records(story)) == ()


def _set(field, old, new, uid="s"):
    return Change(Entity.STORY, uid, Op.SET, field, old, new)


def test_typing_comes_to_one_change_a_field():
    typed = (_set("a", "", "x"), _set("b", 1, 2), _set("a", "x", "xy"), _set("a", "x", "z", "t"))
    assert squash(typed) == (_set("a", "", "xy"), _set("b", 1, 2), _set("a", "x", "z", "t"))


def test_typing_that_came_back_to_where_it_began_comes_to_nothing():
    assert squash((_set("a", "x", "xy"), _set("a", "xy", "x"))) == ()


def test_other_changes_are_kept_as_they_are():
    made = (Change(Entity.STORY, "s", Op.CREATE, new={}), Change(Entity.STORY, "t", Op.TRASH))
    assert squash(made) == made
