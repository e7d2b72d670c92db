"""A process that is killed at any moment loses nothing that it was told is saved."""

from __future__ import annotations

import os
import sys

import pytest

from tests.faults.killing import run

pytestmark = pytest.mark.skipif(
    os.name != "posix" or sys.platform == "darwin",
    reason="each round starts a process: quick only where one can be forked safely",
)


@pytest.mark.parametrize("seed", [1000, 2000, 3000, 4000])
def test_no_kill_loses_an_acknowledged_edit_or_leaves_the_library_unsound(tmp_path, seed):
    """A hundred kills in all; ``python -m tests.faults.killing`` goes on for a thousand."""
    tally = run(tmp_path, 25, seed)
    assert tally.rounds == 25
    assert tally.saved > 25
    assert tally.met["log"] > 5  # the kills met writing, not only idling
