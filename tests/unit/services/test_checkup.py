"""The round of checks in idle time: a few at a time, remembered, and begun again after a month."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from briefing_app.errors import Cancelled
from briefing_app.progress import NoProgress
from briefing_app.services.checkup import NOTE, ROUND, Checkup
from briefing_app.storage.checkup import AT_ONCE
from briefing_app.storage.library import Library
from briefing_app.storage.migrate import upgrade
from briefing_app.storage.repairing import repair
from briefing_app.storage.writer import FILE


class Clock:
    def __init__(self):
        self.now = 1_000_000

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(folder, receive, services):
    """Return a library of a hundred articles, opened for the checks alone."""
    receive(*((f"Article {number}", f"Text {number}.") for number in range(100)))
    services.close()
    library = Library.open(folder, new_id=lambda: "id", now=lambda: 1, migrations=lambda: upgrade)
    yield library
    library.close()


def _go_round(checkup):
    """Go on until the round is over; return how often, and what was found."""
    steps, found = 0, []
    while (step := checkup.go_on(NoProgress())) is not None:
        steps += 1
        found += step
        assert steps < 100
    return steps, found


def _sql(folder, query):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        rows = raw.execute(query).fetchall()
        raw.commit()
        return rows


def test_a_round_looks_at_everything_a_few_at_a_time_and_is_over(opened, clock):
    checkup = Checkup(opened.checkup, clock)
    steps, found = _go_round(checkup)
    assert found == []
    assert steps == 2 * (100 // AT_ONCE + 1 + 1)  # texts and originals, and the empty look behind
    assert checkup.go_on(NoProgress()) is None


def test_a_damaged_text_is_found_remembered_and_forgotten_when_it_is_mended(folder, opened, clock):
    (whole,) = _sql(folder, "SELECT text FROM article_body WHERE version_id = 70")
    _sql(folder, "UPDATE article_body SET text = 'Flipped.' WHERE version_id = 70")
    checkup = Checkup(opened.checkup, clock)
    _, found = _go_round(checkup)
    assert [str(one.remark) for one in found] == [
        "The text of “Article 69” is not what was imported."
    ]
    assert checkup.damaged() == 1
    assert Checkup(opened.checkup, clock).damaged() == 1
    _sql(folder, f"UPDATE article_body SET text = '{whole[0]}' WHERE version_id = 70")
    clock.now += ROUND
    _go_round(checkup)
    assert checkup.damaged() == 0


def test_a_repair_forgets_what_it_has_mended(folder, opened, clock, services, tmp_path):
    from briefing_app.domain.backup import Reason
    from briefing_app.storage.backup import back_up

    back_up(folder, Reason.ASKED, NoProgress())
    _sql(folder, "UPDATE article_body SET text = 'Flipped.' WHERE version_id = 70")
    _go_round(Checkup(opened.checkup, clock))
    opened.close()
    assert len(repair(folder, NoProgress()).mended) == 1
    assert _sql(folder, "SELECT * FROM damage") == []


def test_it_goes_on_where_it_stood_after_the_program_was_closed(opened, clock):
    checkup = Checkup(opened.checkup, clock)
    checkup.go_on(NoProgress())
    clock.now += NOTE
    checkup.go_on(NoProgress())
    again = Checkup(opened.checkup, clock)
    rest, _ = _go_round(again)
    assert rest == 2 * (100 // AT_ONCE + 2) - 2


def test_the_next_round_begins_after_a_month(opened, clock):
    checkup = Checkup(opened.checkup, clock)
    _go_round(checkup)
    clock.now += ROUND - 1
    assert checkup.go_on(NoProgress()) is None
    clock.now += 1
    assert checkup.go_on(NoProgress()) == ()


def test_a_look_that_was_stopped_is_made_again(opened, clock):
    class Stop:
        def step(self, done, total, note=""):
            pass

        def check(self):
            raise Cancelled

    checkup = Checkup(opened.checkup, clock)
    while checkup._stood()[next(iter(checkup._stood()))].last != "over":
        checkup.go_on(NoProgress())
    with pytest.raises(Cancelled):
        checkup.go_on(Stop())
    steps, _ = _go_round(checkup)
    assert steps == 100 // AT_ONCE + 2
