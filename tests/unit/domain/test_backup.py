"""Which backups are kept, and when the next is due."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.backup import DAY, is_due, kept

NOON = dt.datetime(2026, 3, 18, 12, tzinfo=dt.UTC)
MOMENTS = st.lists(
    st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2026, 3, 1)).map(
        lambda moment: moment.replace(tzinfo=dt.UTC)
    ),
    max_size=60,
)


def daily(days):
    return [NOON - dt.timedelta(days=day) for day in range(days)]


def test_the_twelve_newest_are_kept():
    made = [NOON - dt.timedelta(minutes=minute) for minute in range(30)]
    assert kept(made) == frozenset(made[:12])


def test_the_last_of_each_of_seven_days_is_kept_beside_many_of_today():
    today = [NOON - dt.timedelta(minutes=minute) for minute in range(40)]
    before = [NOON - dt.timedelta(days=day, hours=half) for day in range(1, 9) for half in (0, 6)]
    stay = kept(today + before)
    assert {moment for moment in stay if moment.date() != NOON.date()} >= {
        NOON - dt.timedelta(days=day) for day in range(1, 7)
    }
    assert NOON - dt.timedelta(days=3, hours=6) not in stay


def test_a_year_of_daily_backups_leaves_twelve_days_four_weeks_and_six_months():
    stay = sorted(kept(daily(365)), reverse=True)
    assert stay[:12] == daily(12)
    months = {(moment.year, moment.month) for moment in stay}
    assert months == {(2026, 3), (2026, 2), (2026, 1), (2025, 12), (2025, 11), (2025, 10)}
    weeks = {moment.isocalendar()[:2] for moment in stay}
    assert {(2026, 12), (2026, 11), (2026, 10), (2026, 9)} <= weeks
    assert len(stay) <= 12 + 7 + 4 + 6


@given(MOMENTS)
def test_no_more_are_kept_than_the_rule_says_and_the_newest_always(moments):
    stay = kept(moments)
    assert stay <= frozenset(moments)
    assert len(stay) <= 12 + 7 + 4 + 6
    assert not moments or max(moments) in stay


@given(MOMENTS)
def test_dropping_what_is_superseded_twice_drops_nothing_more(moments):
    assert kept(kept(moments)) == kept(moments)


def test_a_backup_is_due_a_day_after_the_last():
    assert is_due([], NOON)
    assert not is_due([NOON - DAY + dt.timedelta(seconds=1)], NOON)
    assert is_due([NOON - DAY], NOON)


def test_a_backup_from_the_future_does_not_put_off_the_next():
    assert is_due([NOON + dt.timedelta(days=400)], NOON)
