import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from briefing_app.gui.jobs import Job, JobRunner, share_fairly


class Desk(QObject):
    """Somebody on the window's thread who waits for results."""

    def __init__(self):
        super().__init__()
        self.ends = []
        self.steps = []

    def expect(self, job):
        job.finished.connect(self.took)
        job.failed.connect(self.took)
        job.cancelled.connect(self.stopped)
        job.progressed.connect(self.moved)
        job.start()

    @Slot(object)
    def took(self, result):
        self.ends.append((result, QThread.currentThread() is self.thread()))

    @Slot()
    def stopped(self):
        self.ends.append(("cancelled", True))

    @Slot(object, object, str)
    def moved(self, done, total, note):
        self.steps.append((done, total, note))


@pytest.fixture
def runner(qapp):
    runner = JobRunner(qapp)
    yield runner
    runner.stop()


def test_the_result_arrives_on_the_window_s_thread_and_comes_from_another(qtbot, runner):
    desk = Desk()
    desk.expect(runner.job(lambda _progress, n: (n + 1, threading.get_ident()), 41))
    qtbot.waitUntil(lambda: bool(desk.ends))
    [((answer, worked_on), on_window)] = desk.ends
    assert answer == 42
    assert worked_on != threading.get_ident()
    assert on_window


def test_an_error_is_delivered_not_swallowed(qtbot, runner):
    def work(_progress):
        raise ValueError("bad page")

    desk = Desk()
    desk.expect(runner.job(work))
    qtbot.waitUntil(lambda: bool(desk.ends))
    assert str(desk.ends[0][0]) == "bad page"


def test_cancel_stops_at_the_next_check(qtbot, runner):
    go = threading.Event()

    def work(progress):
        go.wait(5)
        progress.check()

    desk = Desk()
    job = runner.job(work)
    desk.expect(job)
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(desk.ends))
    assert desk.ends == [("cancelled", True)]


def test_none_of_two_hundred_results_is_lost(qtbot, runner):
    desk = Desk()
    for number in range(200):
        desk.expect(runner.job(lambda _progress, n: n, number))
    qtbot.waitUntil(lambda: len(desk.ends) == 200)
    assert sorted(result for result, _ in desk.ends) == list(range(200))


def test_progress_counts_beyond_32_bits(qtbot, runner):
    desk = Desk()
    desk.expect(runner.job(lambda progress: progress.step(2**40, 2**41, "page")))
    qtbot.waitUntil(lambda: bool(desk.ends))
    assert desk.steps == [(2**40, 2**41, "page")]


def test_a_finished_job_goes(qtbot, runner):
    desk = Desk()
    desk.expect(runner.job(lambda _progress: None))
    qtbot.waitUntil(lambda: not runner.findChildren(Job))
    assert len(desk.ends) == 1


def test_stop_waits_for_the_work_that_runs(qapp):
    runner = JobRunner(qapp)
    started = threading.Event()
    left = []

    def work(progress):
        started.set()
        try:
            while True:
                progress.check()
        finally:
            left.append(True)

    job = runner.job(work)
    job.start()
    assert started.wait(5)
    runner.stop()
    assert left == [True]


def test_every_receiver_hears_of_a_job_that_ends_while_the_window_is_idle(qtbot, runner):
    """A job that was deleted while its signal was still under way lost the receivers behind."""
    desks = [Desk() for _ in range(20)]
    for number in range(100):
        job = runner.job(lambda _progress, n: n, number)
        for desk in desks:
            job.finished.connect(desk.took)
        with qtbot.waitSignal(job.destroyed):
            job.start()
    assert [len(desk.ends) for desk in desks] == [100] * len(desks)


def test_the_window_gets_the_interpreter_back_soon():
    before = sys.getswitchinterval()
    try:
        share_fairly()
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
