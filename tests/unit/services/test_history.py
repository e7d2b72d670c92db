"""Apply, undo, redo: what is held, what is on disk, what is left after a restart."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.change import SUBJECT, Action, Change, Op, Origin
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, edit_statement, set_kind
from briefing_app.errors import Refused
from briefing_app.services.history import RECENT


@pytest.fixture
def story(services):
    brief = services.desk.new_brief("Brief")
    made = services.desk.new_story(brief.id, "Ferries")
    return services.desk.edit_story(
        Action.ADD_STATEMENT,
        made.id,
        partial(add_statement, statement_id="point", part=Part.KEY_POINTS, text="a"),
    )


def _edit(services, story, text, *, burst=False):
    return services.desk.edit_story(
        Action.EDIT_STATEMENT,
        story.id,
        partial(edit_statement, statement_id="point", text=text),
        burst=burst,
    )


def _text(services, story):
    return services.desk.story(story.id).statement("point").text


def _rename(headline):
    return lambda story: replace(story, headline=headline)


def test_an_edit_is_told_with_what_it_touched(services, story):
    told = []
    stop = services.history.on_changed(told.append)
    _edit(services, story, "b")
    (changed,) = told
    assert changed.action is Action.EDIT_STATEMENT
    assert changed.keys == {(Entity.STATEMENT, "point")}
    assert changed.stories == {story.id}
    assert not changed.briefs | changed.articles | changed.annotations
    stop()
    _edit(services, story, "c")
    assert len(told) == 1


def test_a_marked_passage_is_told_with_its_article_and_its_story(services, receive):
    from briefing_app.domain.annotation import Role

    (article,) = receive(("A", "Some text."))
    told = []
    services.history.on_changed(told.append)
    made = services.reading.annotate(article, 0, 4, Role.KEY_POINT)
    (changed,) = told
    assert changed.articles == {article}
    assert changed.annotations == {made.annotation}
    assert (changed.stories, changed.briefs) == ({made.story}, {made.brief})


def test_saved_is_told_with_the_time_and_a_growing_number(services):
    told, both = [], threading.Event()

    def hear(saved):
        told.append(saved)
        if len(told) == 2:
            both.set()

    services.history.on_saved(hear)
    services.desk.new_brief("One")
    services.desk.new_brief("Two")
    services.history.flush()
    assert both.wait(5)
    assert told[0].seq < told[1].seq
    assert told[0].at.utcoffset().total_seconds() == 0
    assert services.history.pending == 0


def test_a_new_edit_ends_redo(services, story):
    _edit(services, story, "b")
    services.history.undo()
    _edit(services, story, "c")
    assert services.history.next_redo is None
    services.history.undo()
    assert _text(services, story) == "a"


def test_undo_and_redo_can_go_on_for_ever(services, story):
    _edit(services, story, "b")
    for _ in range(3):
        services.history.undo()
        assert _text(services, story) == "a"
        services.history.redo()
        assert _text(services, story) == "b"


def test_both_lists_survive_a_restart(open_again, services, story):
    for text in "bcd":
        _edit(services, story, text)
    for _ in range(2):
        services.history.undo()
    services.history.redo()
    for texts in ("dcba", "cd"):
        services.close()
        services = open_again()
        step = services.history.redo if texts[0] == "d" else services.history.undo
        seen = [_text(services, story)]
        if texts == "dcba":
            step()
            seen = [_text(services, story)]
            for _ in range(3):
                services.history.undo()
                seen.append(_text(services, story))
            assert "".join(seen) == "dcba"
            for _ in range(2):
                services.history.redo()
        else:
            assert seen == ["c"]
            services.history.redo()
            assert _text(services, story) == "d"
            assert services.history.next_redo is None


def test_typing_is_one_step(services, story):
    for text in ("ab", "abc", "abcd"):
        _edit(services, story, text, burst=True)
    services.history.undo()
    assert _text(services, story) == "a"
    services.history.redo()
    assert _text(services, story) == "abcd"


def test_typing_in_pieces_that_were_stored_apart_is_one_step_after_a_restart(
    open_again, services, story
):
    writer = services.history._writer
    _edit(services, story, "ab", burst=True)
    writer.flush()
    _edit(services, story, "abc", burst=True)
    writer.flush()
    services.close()
    again = open_again()
    again.history.undo()
    assert _text(again, story) == "a"


def test_leaving_the_field_ends_a_burst(services, story):
    _edit(services, story, "ab", burst=True)
    services.history.end_burst()
    _edit(services, story, "abc", burst=True)
    services.history.undo()
    assert _text(services, story) == "ab"


def test_another_edit_ends_a_burst(services, story):
    from briefing_app.domain.statement import Kind

    _edit(services, story, "ab", burst=True)
    services.desk.edit_story(
        Action.EDIT_STATEMENT,
        story.id,
        partial(set_kind, statement_id="point", kind=Kind.PARAGRAPH),
    )
    _edit(services, story, "abc", burst=True)
    services.history.undo()
    assert _text(services, story) == "ab"


def test_typing_in_another_field_is_another_step(services, story):
    _edit(services, story, "ab", burst=True)
    services.desk.edit_story(Action.EDIT_HEADLINE, story.id, _rename("F"), burst=True)
    _edit(services, story, "abc", burst=True)
    services.history.undo()
    assert (_text(services, story), services.desk.story(story.id).headline) == ("ab", "F")
    services.history.undo()
    assert services.desk.story(story.id).headline == "Ferries"


def test_five_seconds_without_a_key_end_a_burst(services, story):
    history = services.history
    start = history.now()
    history.now = lambda: start
    _edit(services, story, "ab", burst=True)
    history.now = lambda: start + 5000
    _edit(services, story, "abc", burst=True)
    history.now = lambda: start + 10_001
    _edit(services, story, "abcd", burst=True)
    history.undo()
    assert _text(services, story) == "abc"
    history.undo()
    assert _text(services, story) == "a"


def test_typing_that_came_back_to_where_it_began_is_no_step(open_again, services, story):
    before = services.history.next_undo
    _edit(services, story, "ab", burst=True)
    _edit(services, story, "a", burst=True)
    services.history.undo()
    assert before == (Action.ADD_STATEMENT, "Ferries")
    assert services.desk.story(story.id).statements == ()


def test_typing_is_on_disk_after_a_pause_without_a_flush(services, story):
    services.history.flush()
    stored = threading.Event()
    services.history.on_saved(lambda _saved: stored.set())
    _edit(services, story, "ab", burst=True)
    assert stored.wait(5)
    assert services.history.pending == 0


def test_undo_takes_back_what_this_front_did_only(open_again, services, story):
    services.history.flush()
    command = open_again(Origin.COMMAND)
    assert command.history.next_undo is None
    command.desk.edit_story(Action.EDIT_HEADLINE, story.id, _rename("By command"))
    command.history.flush()
    services.history.undo()
    assert services.desk.story(story.id).statements == ()
    assert services.desk.story(story.id).headline == "By command"


def test_what_another_front_changed_since_is_left_alone_and_named(open_again, services, story):
    _edit(services, story, "b")
    services.history.flush()
    command = open_again(Origin.COMMAND)
    _edit(command, story, "c")
    command.history.flush()
    with pytest.raises(Refused, match="“Ferries” was changed elsewhere"):
        services.history.undo()
    assert _text(services, story) == "c"
    assert services.history.next_undo == (Action.ADD_STATEMENT, "Ferries")


def test_what_another_front_stored_is_told_and_shown(open_again, services, story):
    services.history.flush()
    assert _text(services, story) == "a"
    command = open_again(Origin.COMMAND)
    _edit(command, story, "c")
    command.history.flush()
    told = []
    services.history.on_changed(told.append)
    services.history.refresh()
    assert [changed.stories for changed in told] == [{story.id}]
    assert _text(services, story) == "c"


def test_an_edit_of_what_another_front_stored_starts_from_there(open_again, services, story):
    services.history.flush()
    command = open_again(Origin.COMMAND)
    command.desk.edit_story(Action.EDIT_HEADLINE, story.id, _rename("By command"))
    command.history.flush()
    edited = _edit(services, story, "b")
    assert (edited.headline, edited.statement("point").text) == ("By command", "b")


def test_a_story_that_another_front_put_elsewhere_is_not_taken_from_there(
    open_again, services, story
):
    """Undoing the making of a story must not leave a brief with a place for nothing."""
    services.history.flush()
    command = open_again(Origin.COMMAND)
    other = command.desk.add_story(command.desk.new_brief("Other").id, story.id)
    command.history.flush()
    services.history.undo()  # the statement
    with pytest.raises(Refused, match="Ferries"):
        services.history.undo()  # the story
    assert services.desk.story(story.id).headline == "Ferries"
    assert services.desk.brief(other.id).stories == (story.id,)


def test_a_statement_does_not_come_back_to_a_story_that_is_gone(open_again, services, story):
    from briefing_app.domain.story import remove_statement

    services.desk.edit_story(
        Action.DELETE_STATEMENT, story.id, partial(remove_statement, statement_id="point")
    )
    services.history.flush()
    command = open_again(Origin.COMMAND)
    command.desk.delete_story(story.id)
    command.history.flush()
    with pytest.raises(Refused):
        services.history.undo()


def test_a_change_that_does_not_fit_what_is_held_is_refused_and_leaves_all_as_it_was(
    services, story
):
    changes = (
        Change(Entity.STATEMENT, "point", Op.SET, "text", "a", "b"),
        Change(Entity.STORY, story.id, Op.SET, "headline", "Not so", "x"),
    )
    with pytest.raises(Refused):
        services.history.commit(Action.EDIT_STATEMENT, changes, "Ferries")
    assert services.desk.story(story.id) == story
    assert services.history.next_undo == (Action.ADD_STATEMENT, "Ferries")


def test_text_that_no_file_can_hold_is_mended(open_again, services, story):
    _edit(services, story, "x\ud800y \ud83d\ude00")
    assert _text(services, story) == "x\ufffdy \U0001f600"
    services.close()
    assert _text(open_again(), story) == "x\ufffdy \U0001f600"


def test_a_text_with_a_nul_is_kept(open_again, services, story):
    _edit(services, story, "a\0b")
    services.close()
    assert _text(open_again(), story) == "a\0b"


def test_a_brief_to_which_another_front_added_is_not_taken_away_by_undo(open_again, services):
    brief = services.desk.new_brief("Brief")
    services.history.flush()
    command = open_again(Origin.COMMAND)
    story = command.desk.new_story(brief.id, "Theirs")
    command.history.flush()
    with pytest.raises(Refused, match="“Brief”"):
        services.history.undo()
    assert services.desk.brief(brief.id).stories == (story.id,)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_listener_that_fails_does_not_stop_the_writer(services):
    services.history.on_saved(lambda _saved: 1 / 0)
    services.desk.new_brief("One")
    services.history.flush()
    services.desk.new_brief("Two")
    services.history.flush()
    assert services.history.pending == 0


def test_typing_that_left_no_trace_is_passed_over_however_long_ago(services, story):
    brief = services.desk.new_brief("Other")
    _edit(services, story, "b", burst=True)
    _edit(services, story, "a", burst=True)  # as it was, before it was stored
    for number in range(RECENT + 1):
        services.desk.edit_brief(
            Action.EDIT_BRIEF, brief.id, lambda old, n=number: replace(old, contact=f"{n}")
        )
    for _ in range(RECENT + 1):
        services.history.undo()
    assert services.history.undo().action is Action.NEW_BRIEF


def test_a_step_is_called_by_the_beginning_of_a_long_headline(services, story):
    services.desk.edit_story(Action.EDIT_HEADLINE, story.id, _rename("h" * 100_000))
    _, subject = services.history.next_undo
    assert subject == "h" * (SUBJECT - 1) + "…"
    services.history.undo()
    assert services.desk.story(story.id).headline == "Ferries"


def test_a_clock_that_is_set_back_ends_a_burst(services, story):
    """Else typing would be one step until the clock is where it was."""
    history = services.history
    start = history.now()
    history.now = lambda: start
    _edit(services, story, "ab", burst=True)
    history.now = lambda: start - 3_600_000
    _edit(services, story, "abc", burst=True)
    history.undo()
    assert _text(services, story) == "ab"


def test_a_clock_that_is_set_back_changes_no_order(open_again, services, story):
    history = services.history
    early = history.now() - 86_400_000
    history.now = lambda: early
    _edit(services, story, "b")
    other = services.desk.new_brief("Made yesterday, says the clock")
    assert services.desk.last_story() == story.id
    assert services.desk.briefs()[0].id == other.id
    services.close()
    again = open_again()
    assert again.desk.briefs()[0].id == other.id
    again.history.undo()
    assert [row.title for row in again.desk.briefs()] == ["Brief"]
    again.history.redo()
    assert again.desk.briefs()[0].id == other.id


def test_a_step_that_takes_nothing_back_is_passed_over(services, story):
    before = services.history.next_undo
    assert services.history.commit(Action.EDIT_BRIEF, ()) is None
    assert services.history.next_undo == before


def test_typing_is_stored_at_once_when_its_field_is_left(services, story):
    services.history.flush()
    services.history._writer._pause = 3600
    stored = threading.Event()
    services.history.on_saved(lambda _saved: stored.set())
    _edit(services, story, "ab", burst=True)
    assert not stored.wait(0.2)
    services.history.end_burst()
    assert stored.wait(20)
    assert services.history.pending == 0


def test_each_key_puts_the_storing_off(services, story):
    """Typing is stored 400 ms after the last key, not after the first one."""
    services.history.flush()
    writer, due = services.history._writer, []
    for text in ("ab", "abc", "abcd"):
        _edit(services, story, text, burst=True)
        due.append(writer._jobs[0].due)
    assert due == sorted(set(due))
    assert len(writer._jobs) == 1
    services.history.flush()
    with services.history.held._stored._read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT old, new FROM change WHERE field = 'text' AND op = 'set'"
        ).all()
    assert rows == [('"a"', '"abcd"')]
