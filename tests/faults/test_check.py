"""Whatever was done with a library, the check of the program itself finds it sound."""

from __future__ import annotations

import random

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.progress import NoProgress
from tests.faults import sound
from tests.faults.acts import Acts


@pytest.mark.parametrize("seed", range(4))
def test_a_library_is_sound_after_any_session(services, folder, seed):
    person = Acts(services, random.Random(seed), "Anna")
    for _ in range(80):
        person.any()
    services.history.flush()
    report = services.upkeep.check(NoProgress())
    assert report.findings == ()
    sound.check_contents(folder)
    assert report.changes > 80


def test_a_journal_with_numbers_can_be_checked(services):
    """SQLite keeps the number in a JSON column as a number: a passage that moved has one."""
    person = Acts(services, random.Random(1), "Anna")
    (article,) = person.receive(1)
    text = services.articles.version(article).body.text
    services.reading.annotate_quote(article, text[40:60], Role.HIGHLIGHT, story_id="")
    person.receive_again()
    assert services.reading.annotations(article)[0].target.start != 40
    assert services.upkeep.check(NoProgress()).findings == ()
