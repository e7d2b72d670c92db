"""Long work in the window: one at a time, with progress, Cancel and exactly one end."""

import threading

import pytest

from briefing_app.errors import Refused
from briefing_app.gui import theme, tokens
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.longwork import LongWork
from briefing_app.gui.main_window import MainWindow
from briefing_app.settings import Settings


class Ends:
    """Whoever asked for the work, and what it heard."""

    def __init__(self):
        self.heard = []
        self.threads = set()

    def done(self, result):
        self._hear("done", result)

    def failed(self, error):
        self._hear("failed", str(error))

    def stopped(self):
        self._hear("stopped", None)

    def _hear(self, how, what):
        self.heard.append((how, what))
        self.threads.add(threading.get_ident())


@pytest.fixture
def runner(qapp):
    runner = JobRunner(qapp)
    yield runner
    runner.stop()


@pytest.fixture
def window(qapp, qtbot, tmp_path):
    settings = Settings(tmp_path / "settings.toml")
    settings.change(theme="light")
    appearance = Appearance(qapp, settings)
    window = MainWindow(settings, appearance)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.windowHandle().isExposed())
    yield window
    appearance.deleteLater()
    theme.apply(qapp, tokens.LIGHT)


@pytest.fixture
def long_work(window, runner):
    return LongWork(window, runner)


@pytest.fixture
def held():
    """Return work that goes on until it is let go, and what lets it go."""
    go = threading.Event()

    def work(progress):
        progress.step(1, 4, "page 1")
        while not go.wait(0.01):
            progress.check()
        return 42

    yield work, go
    go.set()


def test_the_result_arrives_on_the_window_s_thread(qtbot, long_work):
    ends = Ends()
    assert long_work.begin("Backup", lambda _progress: 42, ends.done, ends.failed, ends.stopped)
    qtbot.waitUntil(lambda: not long_work.busy)
    assert ends.heard == [("done", 42)]
    assert ends.threads == {threading.get_ident()}
    assert not long_work.strip.isVisible()


def test_progress_is_shown_with_cancel(qtbot, long_work, held):
    work, go = held
    ends = Ends()
    long_work.begin("Backup", work, ends.done)
    qtbot.waitUntil(lambda: long_work.strip.text() == "Backup: \u2068page 1\u2069")
    assert long_work.strip.cancel.isVisible()
    assert long_work.strip._bar.value() * 4 == long_work.strip._bar.maximum()
    go.set()
    qtbot.waitUntil(lambda: ends.heard == [("done", 42)])


def test_cancel_ends_it_and_says_so(qtbot, long_work, held):
    work, _go = held
    ends = Ends()
    long_work.begin("Backup", work, ends.done, ends.failed)
    qtbot.waitUntil(long_work.strip.cancel.isVisible)
    long_work.strip.cancel.click()
    assert long_work.strip.text() == "Backup: stopping…"
    qtbot.waitUntil(lambda: not long_work.busy)
    assert ends.heard == []
    assert long_work.strip.text() == "Stopped: Backup"
    assert not long_work.strip.cancel.isVisible()


def test_a_failure_is_handed_to_who_asked(qtbot, long_work):
    def work(_progress):
        raise Refused("No room.")

    ends = Ends()
    long_work.begin("Backup", work, ends.done, ends.failed, ends.stopped)
    qtbot.waitUntil(lambda: not long_work.busy)
    assert ends.heard == [("failed", "No room.")]


def test_a_second_one_waits_and_the_strip_says_for_what(qtbot, long_work, held):
    work, go = held
    first, second = Ends(), Ends()
    long_work.begin("Backup", work, first.done)
    qtbot.waitUntil(lambda: "page 1" in long_work.strip.text())
    assert not long_work.begin("Check", lambda _progress: 1, second.done)
    assert long_work.strip.text() == "Backup is still running. Wait for its end, or cancel it."
    with qtbot.waitSignal(long_work.ended):
        go.set()
    assert long_work.begin("Check", lambda _progress: 1, second.done)
    qtbot.waitUntil(lambda: second.heard == [("done", 1)])


def test_the_end_of_one_may_begin_the_next(qtbot, long_work):
    ends = Ends()

    def go_on(result):
        long_work.begin("Second", lambda _progress: result + 1, ends.done)

    long_work.begin("First", lambda _progress: 1, go_on)
    qtbot.waitUntil(lambda: ends.heard == [("done", 2)])


def test_a_window_that_closes_cancels_the_work_and_hears_nothing_more(
    qtbot, long_work, window, runner, held
):
    work, _go = held
    ends = Ends()
    long_work.begin("Backup", work, ends.done, ends.failed, ends.stopped)
    window.close()
    assert not long_work.busy
    runner.stop()
    qtbot.wait(20)  # what the job sent at its end is delivered, if at all
    assert ends.heard == []


def test_work_that_was_left_does_not_end_the_next(qtbot, long_work, held):
    work, go = held
    first, second = Ends(), Ends()
    long_work.begin("First", lambda _progress: go.wait(5), first.done, stopped=first.stopped)
    long_work.leave()
    long_work.begin("Second", work, second.done)
    go.set()
    qtbot.waitUntil(lambda: second.heard == [("done", 42)])
    assert first.heard == []


def test_it_counts_bytes_beyond_32_bits(qtbot, long_work):
    long_work.strip.show_progress("Backup", 2**40, 2**41, "")
    assert long_work.strip._bar.value() * 2 == long_work.strip._bar.maximum()
