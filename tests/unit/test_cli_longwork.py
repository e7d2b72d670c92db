"""Long work of a command: what a terminal shows, and Ctrl+C."""

import io
import signal
import sys
import threading

import pytest

from briefing_app.cli.longwork import watched
from briefing_app.errors import Cancelled, Refused


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_it_is_and_keeps_no_trace(monkeypatch):
    terminal, shown = Terminal(), threading.Event()
    monkeypatch.setattr(sys, "stderr", terminal)

    def work(progress):
        progress.step(45, 100, "copying")
        while "45 %" not in terminal.getvalue():
            shown.wait(0.01)
        return "done"

    assert watched(work) == "done"
    assert " 45 %  copying" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")


def test_a_log_file_gets_nothing(capsys):
    def work(progress):
        progress.step(1, 2, "copying")
        threading.Event().wait(0.3)

    watched(work)
    assert capsys.readouterr().err == ""


def test_what_the_work_raises_is_raised():
    def work(_progress):
        raise Refused("No room.")

    with pytest.raises(Refused, match="No room"):
        watched(work)


def test_ctrl_c_waits_until_all_is_in_order():
    left = []

    def work(progress):
        signal.raise_signal(signal.SIGINT)
        try:
            while True:
                progress.check()
        finally:
            left.append("in order")

    with pytest.raises(KeyboardInterrupt):
        watched(work)
    assert left == ["in order"]


def test_ctrl_c_in_the_last_moment_does_not_hide_what_was_done():
    def work(_progress):
        signal.raise_signal(signal.SIGINT)
        threading.Event().wait(0.3)
        return "done"

    assert watched(work) == "done"


def test_a_cancel_that_nobody_asked_for_is_no_end():
    def work(_progress):
        raise Cancelled

    with pytest.raises(Cancelled):
        watched(work)
