"""The program in a window, and a person who works with it."""

from __future__ import annotations

import pytest

from tests.e2e.window.person import Person


@pytest.fixture
def person(qapp, qtbot, tmp_path):
    person = Person(qtbot, tmp_path)
    person.open_program()
    yield person
    person.close_program()
