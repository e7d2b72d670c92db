"""What the window does when it has started and nobody asks for anything yet."""

from __future__ import annotations

import psutil


def workers():
    return {child for child in psutil.Process().children() if "--worker" in child.cmdline()}


def test_a_reader_of_pages_is_started_ahead_and_ends_with_the_window(open_room):
    first = open_room()
    first.wait_for_samples()  # they are read, too
    first.leave()
    first.runner = None
    others = workers()
    room = open_room()
    assert not workers() - others  # not before the window stands
    room.wait(lambda: workers() - others)
    (worker,) = workers() - others
    room.leave()
    room.runner = None
    assert not worker.is_running()
