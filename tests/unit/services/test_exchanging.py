"""Two people send each other one brief, day after day, and both go on writing."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

import pytest

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.erasure import Why, Wish
from briefing_app.domain.merge import Verdict
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import (
    add_statement,
    edit_statement,
    move_statement,
    remove_statement,
)
from briefing_app.errors import NotFound, Refused
from briefing_app.progress import NoProgress
from briefing_app.services.bundling import Choice, Holds
from tests.unit.making import article_of, body_of, store


@pytest.fixture
def people(tmp_path):
    """Two open libraries."""
    opened = tuple(
        open_library(tmp_path / f"{name}.briefinglib", Origin.WINDOW) for name in ("Ann", "Bob")
    )
    yield opened
    for services in opened:
        services.close()


@pytest.fixture
def send(tmp_path):
    """Return a function that sends a brief from one library to another."""

    def send(brief, sender, receiver, name="brief.zip"):
        choice = Choice(Holds.BRIEF, brief, private=True)
        sender.bundling.bundle(tmp_path / name, choice, NoProgress())
        return take(receiver, tmp_path / name)

    return send


def take(receiver, path):
    received = receiver.bundling.unbundle(path, NoProgress())
    receiver.history.refresh()
    return received


@pytest.fixture
def brief(people):
    """A brief of Ann's with one story of a point and a takeaway."""
    ann = people[0]
    made = article_of(
        ann.history.new_id, "Port", body_of("The port opened its quay.", "Ships came.")
    )
    store(ann, [made], subject="Port")
    ann.history.refresh()
    first = ann.reading.annotate(made[0].id, 0, 24, Role.KEY_POINT)
    ann.reading.annotate(made[0].id, 26, 36, Role.TAKEAWAY)
    ann.history.flush()
    return first.brief


def story_of(services, brief):
    return services.desk.story(services.desk.brief(brief).stories[0])


def texts(services, brief):
    return [row.text for row in story_of(services, brief).statements]


def write(services, brief, place, text):
    story = story_of(services, brief)
    uid = story.statements[place].id
    services.desk.edit_story(
        Action.EDIT_STATEMENT, story.id, lambda s: edit_statement(s, uid, text)
    )
    services.history.flush()


def add(services, brief, text, part=Part.IMPACT):
    uid = services.history.new_id()
    services.desk.edit_story(
        Action.ADD_STATEMENT,
        story_of(services, brief).id,
        lambda s: add_statement(s, uid, part, text),
    )
    services.history.flush()
    return uid


def remove(services, brief, uid):
    services.desk.edit_story(
        Action.DELETE_STATEMENT,
        story_of(services, brief).id,
        lambda s: remove_statement(s, uid),
    )
    services.history.flush()


def conflicts(received):
    return [
        clash
        for line in received.lines
        if line.verdict is Verdict.CONFLICT
        for clash in line.clashes
    ]


def test_what_the_other_has_edited_is_taken_and_one_undo_takes_it_back(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    assert texts(bob, brief) == texts(ann, brief) == ["The port opened its quay", "Ships came"]
    write(ann, brief, 0, "The port opened.")
    add(ann, brief, "Trade grows.")

    assert conflicts(send(brief, ann, bob)) == []

    assert texts(bob, brief) == ["The port opened.", "Ships came", "Trade grows."]
    bob.history.undo()
    assert texts(bob, brief) == ["The port opened its quay", "Ships came"]
    bob.history.redo()
    assert texts(bob, brief) == ["The port opened.", "Ships came", "Trade grows."]


def test_what_i_have_edited_stays_when_the_other_has_not(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    write(bob, brief, 0, "Bob was here.")
    received = send(brief, ann, bob)
    assert received.count(Verdict.CONFLICT) == 0
    assert texts(bob, brief)[0] == "Bob was here."
    assert send(brief, bob, ann).count(Verdict.CONFLICT) == 0
    assert texts(ann, brief)[0] == "Bob was here."


def test_edits_of_different_fields_are_no_conflict(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    write(ann, brief, 0, "Ann wrote this.")
    write(bob, brief, 1, "Bob wrote that.")
    story = story_of(bob, brief)
    bob.desk.edit_story(Action.EDIT_HEADLINE, story.id, lambda s: replace(s, headline="Bob's"))
    bob.history.flush()
    assert conflicts(send(brief, ann, bob)) == []
    assert conflicts(send(brief, bob, ann)) == []
    for one in people:
        assert texts(one, brief) == ["Ann wrote this.", "Bob wrote that."]
        assert story_of(one, brief).headline == "Bob's"


def test_a_sentence_that_both_have_written_is_kept_twice_and_listed_once(
    people, brief, send, tmp_path
):
    ann, bob = people
    send(brief, ann, bob)
    write(ann, brief, 0, "Ann's sentence.")
    write(bob, brief, 0, "Bob's sentence.")  # the later of the two
    sent = tmp_path / "ann.zip"
    ann.bundling.bundle(sent, Choice(Holds.BRIEF, brief, private=True), NoProgress())

    first = send(brief, bob, ann)
    (clash,) = conflicts(first)
    assert (clash.field, clash.kept, clash.other) == ("text", "Bob's sentence.", "Ann's sentence.")
    (clash,) = conflicts(take(bob, sent))
    assert (clash.field, clash.kept, clash.other) == ("text", "Bob's sentence.", "Ann's sentence.")

    for one in people:
        assert texts(one, brief) == ["Bob's sentence.", "Ann's sentence.", "Ships came"]
    assert story_of(ann, brief) == story_of(bob, brief)
    for _ in range(3):
        for pair in (people, people[::-1]):
            received = send(brief, *pair)
            assert received.count(Verdict.CONFLICT, Verdict.NEW) == 0
    assert texts(ann, brief) == ["Bob's sentence.", "Ann's sentence.", "Ships came"]
    assert take(bob, sent).count(Verdict.CONFLICT, Verdict.NEW) == 0
    assert len(texts(bob, brief)) == 3


def test_both_find_the_other_text_in_the_history(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    write(ann, brief, 0, "Ann's sentence.")
    write(bob, brief, 0, "Bob's sentence.")
    send(brief, bob, ann)
    ann.history.undo()
    assert texts(ann, brief)[0] == "Ann's sentence."


def test_a_headline_that_both_have_written_is_the_later_one_and_the_other_is_listed(
    people, brief, send
):
    ann, bob = people
    send(brief, ann, bob)
    for one, words in ((ann, "Ann's"), (bob, "Bob's")):
        story = story_of(one, brief)
        one.desk.edit_story(
            Action.EDIT_HEADLINE, story.id, lambda s, words=words: replace(s, headline=words)
        )
        one.history.flush()
    (clash,) = conflicts(send(brief, ann, bob))
    assert (clash.field, clash.kept, clash.other) == ("headline", "Bob's", "Ann's")
    assert conflicts(send(brief, ann, bob)) == []
    assert conflicts(send(brief, bob, ann)) == []
    assert story_of(ann, brief).headline == story_of(bob, brief).headline == "Bob's"


def test_comments_of_both_are_joined(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    (passage, *_) = story_of(ann, brief).statements[0].evidence
    ann.reading.set_comment(passage.annotation, "Ann asks.")
    ann.history.flush()
    bob.reading.set_comment(passage.annotation, "Bob asks.")
    bob.history.flush()
    send(brief, ann, bob)
    send(brief, bob, ann)
    for one in people:
        assert one.reading.annotation(passage.annotation).comment == "Bob asks.\n\nAnn asks."


def test_a_point_that_the_other_has_deleted_goes_unless_i_have_edited_it(people, brief, send):
    ann, bob = people
    ours = add(ann, brief, "Ours.")
    more = add(ann, brief, "More.")
    send(brief, ann, bob)
    remove(ann, brief, ours)
    remove(ann, brief, more)
    write(bob, brief, 2, "Ours, by Bob.")

    received = send(brief, ann, bob)

    assert texts(bob, brief)[2:] == ["Ours, by Bob."]
    assert received.count(Verdict.CONFLICT) == 1
    send(brief, bob, ann)
    assert texts(ann, brief)[2:] == ["Ours, by Bob."]
    ann.history.undo()
    assert texts(ann, brief)[2:] == []
    ann.history.redo()
    assert texts(ann, brief)[2:] == ["Ours, by Bob."]


def test_what_i_have_deleted_stays_in_my_trash(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    bob.desk.delete_brief(brief)
    bob.history.flush()
    received = send(brief, ann, bob)
    assert received.count(Verdict.TRASHED) == 1
    assert bob.desk.briefs() == ()
    write(ann, brief, 0, "News.")
    story = story_of(ann, brief).id
    bob.desk.delete_story(story)
    bob.history.flush()
    send(brief, ann, bob)
    assert bob.desk.story(story).statements[0].text == "News."  # a deletion loses to an edit
    assert bob.desk.briefs() == ()


def test_what_i_have_erased_for_good_does_not_come_back(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    (cited,) = story_of(bob, brief).statements[0].evidence
    article = bob.reading.annotation(cited.annotation).article
    wish = Wish(((Entity.ARTICLE, article),))
    bob.erasing.erase(wish, Why.CONFIDENTIAL, NoProgress())
    bob.history.refresh()
    write(ann, brief, 0, "Ann's news.")

    received = send(brief, ann, bob)

    assert received.count(Verdict.TRASHED) == 3  # the article and its passages
    assert received.count(Verdict.CONFLICT, Verdict.NEW) == 0
    with pytest.raises(NotFound):
        bob.articles.article(article)
    assert texts(bob, brief) == ["Ann's news.", "Ships came"]
    assert [row.evidence for row in story_of(bob, brief).statements] == [(), ()]


def test_an_old_bundle_that_comes_late_changes_nothing(people, brief, send, tmp_path):
    ann, bob = people
    monday = tmp_path / "monday.zip"
    ann.bundling.bundle(monday, Choice(Holds.BRIEF, brief), NoProgress())
    write(ann, brief, 0, "Tuesday.")
    send(brief, ann, bob, "tuesday.zip")
    received = take(bob, monday)
    assert received.count(Verdict.CONFLICT, Verdict.NEWER) == 0
    assert texts(bob, brief)[0] == "Tuesday."


def test_a_text_that_came_back_to_what_it_was_is_the_newer_one(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    write(ann, brief, 0, "Other.")
    send(brief, ann, bob)
    write(ann, brief, 0, "The port opened its quay")
    assert send(brief, ann, bob).count(Verdict.CONFLICT) == 0
    assert texts(bob, brief)[0] == "The port opened its quay"
    assert send(brief, bob, ann).count(Verdict.CONFLICT, Verdict.NEWER) == 0
    assert texts(ann, brief)[0] == "The port opened its quay"


def test_points_and_order_of_both_sides_come_together(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    add(ann, brief, "Ann 1")
    add(bob, brief, "Bob 1")
    last = add(bob, brief, "Bob 2")
    bob.desk.edit_story(
        Action.MOVE_STATEMENT, story_of(bob, brief).id, lambda s: move_statement(s, last, 0)
    )
    bob.history.flush()
    send(brief, ann, bob)
    send(brief, bob, ann)
    assert story_of(ann, brief) == story_of(bob, brief)
    assert sorted(texts(ann, brief)[2:]) == ["Ann 1", "Bob 1", "Bob 2"]


@pytest.mark.parametrize("later", [0, 1])
def test_a_bundle_that_was_taken_back_comes_in_again_with_all_its_words(people, brief, send, later):
    ann, bob = people
    send(brief, ann, bob)
    writers = [(ann, "Ann's sentence."), (bob, "Bob's sentence.")]
    for one, words in writers if later else reversed(writers):
        write(one, brief, 0, words)
    write(ann, brief, 1, "Ann alone.")
    first = send(brief, ann, bob)
    came = texts(bob, brief)
    assert len(came) == 3
    bob.history.undo()
    assert texts(bob, brief) == ["Bob's sentence.", "Ships came"]

    again = send(brief, ann, bob)

    assert len(conflicts(again)) == len(conflicts(first)) == 1
    assert sorted(texts(bob, brief)) == sorted(came)  # an undo is an edit: it may be the later one
    assert send(brief, ann, bob).count(Verdict.CONFLICT, Verdict.NEWER) == 0
    send(brief, bob, ann)
    assert texts(ann, brief) == texts(bob, brief)


def test_a_story_that_both_put_into_the_brief_stands_there_once(people, brief, send):
    ann, bob = people
    send(brief, ann, bob)
    second = ann.desk.new_brief("Second")
    story = ann.desk.new_story(second.id, "Shared")
    send(second.id, ann, bob, "second.zip")
    for one in people:
        one.desk.add_story(brief, story.id)
        one.history.flush()
    for pair in (people, people[::-1], people):
        send(brief, *pair)
    for one in people:
        assert one.desk.brief(brief).stories.count(story.id) == 1
    assert ann.desk.brief(brief) == bob.desk.brief(brief)


def test_a_week_of_exchange_loses_nothing_and_ends_equal(people, brief, send):
    """Each day both edit the same sentence, write one of their own, and send their brief."""
    ann, bob = people
    send(brief, ann, bob)
    written = set()
    listed = []
    for day in range(7):
        for one, name in ((ann, "Ann"), (bob, "Bob")):
            words = f"{name} rewrote it on day {day}."
            write(one, brief, 0, words)
            add(one, brief, f"{name} added on day {day}.")
            written |= {words, f"{name} added on day {day}."}
        listed += conflicts(send(brief, ann, bob))
        if day % 2:  # on some days the answer is sent before the letter was read
            listed += conflicts(send(brief, bob, ann))
    send(brief, bob, ann)
    send(brief, ann, bob)

    assert story_of(ann, brief) == story_of(bob, brief)
    assert ann.desk.brief(brief) == bob.desk.brief(brief)
    there = texts(ann, brief)
    assert len(there) == len(set(there))
    assert all(f"{n} added on day {d}." in there for n in ("Ann", "Bob") for d in range(7))
    said = {clash.kept for clash in listed} | {clash.other for clash in listed}
    lost = [w for w in written if w not in there and w not in said]
    assert lost == []
    before = (ann.digest(), bob.digest())
    for _ in range(3):
        assert send(brief, ann, bob).count(Verdict.CONFLICT, Verdict.NEW, Verdict.NEWER) == 0
        assert send(brief, bob, ann).count(Verdict.CONFLICT, Verdict.NEW, Verdict.NEWER) == 0
    assert (ann.digest(), bob.digest()) == before


def _edit_story(rng, one, story, text):
    """Change something of a story, as a hand or two would."""
    row = rng.choice(story.statements) if story.statements else None
    uid, part = one.history.new_id(), rng.choice((Part.KEY_POINTS, Part.IMPACT))
    ways = [
        (Action.ADD_STATEMENT, lambda s: add_statement(s, uid, part, text)),
        (Action.EDIT_HEADLINE, lambda s: replace(s, headline=text)),
    ]
    if row:
        ways += [
            (Action.EDIT_STATEMENT, lambda s: edit_statement(s, row.id, text)),
            (Action.EDIT_STATEMENT, lambda s: edit_statement(s, row.id, f"{row.text}, {text}")),
            (Action.DELETE_STATEMENT, lambda s: remove_statement(s, row.id)),
            (Action.MOVE_STATEMENT, lambda s: move_statement(s, row.id, rng.randrange(3))),
        ]
    action, way = rng.choice(ways)
    one.desk.edit_story(action, story.id, way)
    if row and row.evidence and rng.random() < 0.3:
        one.reading.set_comment(row.evidence[0].annotation, text)


def _edit_brief(rng, one, brief, text):
    """Change something of a brief or of a story in it; sometimes take it back."""
    stories = one.desk.brief(brief).stories
    way = rng.random()
    if way < 0.15:
        one.desk.new_story(brief, text)
    elif way < 0.25 and len(stories) > 1:
        one.desk.remove_story(brief, rng.choice(stories))
    elif stories:
        _edit_story(rng, one, one.desk.story(rng.choice(stories)), text)
    if rng.random() < 0.1 and one.history.next_undo[0] in _TAKEN_BACK:
        one.history.undo()
    one.history.flush()


_TAKEN_BACK = (
    Action.ADD_STATEMENT,
    Action.EDIT_STATEMENT,
    Action.DELETE_STATEMENT,
    Action.MOVE_STATEMENT,
    Action.EDIT_HEADLINE,
    Action.EDIT_COMMENT,
    Action.ADD_STORY,
    Action.REMOVE_STORY,
)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_both_do_and_in_whatever_order_it_ends_equal(people, brief, send, seed):
    rng = random.Random(seed)
    send(brief, *people)
    for number in range(25):
        for _ in range(rng.randrange(4)):
            _edit_brief(rng, rng.choice(people), brief, f"Text {number}")
        sender, receiver = rng.sample(people, 2)
        if send(brief, sender, receiver).count(Verdict.NEWER) and rng.random() < 0.2:
            with suppress(Refused):
                receiver.history.undo()
            receiver.history.flush()
    for pair in (people, people[::-1], people, people[::-1]):
        send(brief, *pair)

    ann, bob = people
    assert ann.desk.brief(brief) == bob.desk.brief(brief)
    for story in ann.desk.brief(brief).stories:
        assert ann.desk.story(story) == bob.desk.story(story)
    for pair in (people, people[::-1]):
        assert send(brief, *pair).count(Verdict.NEW, Verdict.NEWER, Verdict.CONFLICT) == 0
