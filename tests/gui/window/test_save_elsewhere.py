"""The disk of the library is full, or gone: the window goes on at another place with all edits."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from briefing_app.app import open_library, rest_of_window
from briefing_app.domain.change import Action, Origin
from briefing_app.gui.lock import WindowLock
from briefing_app.gui.run import Start
from briefing_app.settings import Settings
from tests.disks import small_disk


class Visit:
    """The window on a library of a small disk."""

    def __init__(self, qapp, qtbot, folder, disk):
        self.qtbot, self.disk = qtbot, disk
        self.library = disk / "News.briefinglib"
        self.told = []
        self.settings = Settings(folder / "settings.toml")
        self.settings.change(theme="light")
        rest = replace(rest_of_window(), tell=lambda _parent, error: self.told.append(error))
        opening = partial(open_library, self.library, Origin.WINDOW)
        lock = WindowLock(self.library)
        assert lock.claim()
        self.start = Start(qapp, self.settings, self.library, opening, lambda: rest, lock=lock)
        self.start.window.show()
        self.wait(lambda: self.start.desktop is not None)
        self.wait(lambda: self.start.desktop.composer.story)
        self.start.services.history.flush()

    @property
    def status(self):
        return self.start.window.status

    @property
    def story(self):
        return self.start.services.desk.story(self.start.desktop.composer.story)

    def wait(self, ready):
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=30_000)

    def fill_the_disk(self):
        with (self.disk / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 65536)
            except OSError:
                pass

    def rename(self, headline):
        self.start.services.desk.edit_story(
            Action.EDIT_HEADLINE, self.story.id, lambda old: replace(old, headline=headline)
        )

    def edit_until_it_is_refused(self):
        """Make long edits until the disk takes no more; return the last headline."""
        number = 0
        while not self.start.services.history.stalled:
            number += 1
            assert number < 200
            self.rename(f"{number} " + "word " * 20_000)
            self.qtbot.wait(20)
        self.rename("The last edit")
        return number


def press_all(window):
    """Close each message box that comes up."""

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.accept()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)
    return timer


@pytest.fixture
def visit(qapp, qtbot, tmp_path):
    with small_disk(tmp_path, megabytes=12) as disk:
        visit = Visit(qapp, qtbot, tmp_path, disk)
        timer = press_all(visit.start.window)
        yield visit
        timer.stop()
        visit.start.window.may_close = lambda: True
        visit.start.window.close()
        visit.start.end()


def headlines(folder):
    services = open_library(folder, Origin.COMMAND, make=False)
    try:
        return [
            services.desk.story(story).headline
            for brief in services.desk.briefs()
            for story in services.desk.brief(brief.id).stories
        ]
    finally:
        services.close()


def test_a_full_disk_offers_another_place_and_nothing_is_lost(visit, tmp_path):
    visit.fill_the_disk()
    visit.edit_until_it_is_refused()
    visit.wait(visit.status.elsewhere.isVisible)
    assert visit.status.retry.isVisible()
    target = tmp_path / "Rescued.briefinglib"
    brief, pending = visit.start.desktop.composer.brief, visit.start.services.history.pending
    assert pending > 1
    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=60_000):
        visit.start.desktop.elsewhere.save(target)
    assert visit.start.library.folder == target
    assert visit.start.desktop.composer.brief == brief
    assert visit.story.headline == "The last edit"
    assert visit.start.services.history.pending == 0
    assert visit.start.window.isEnabled()
    assert str(target) in visit.start._furniture.long_work.strip.text()
    assert headlines(target) == ["The last edit"]
    assert "The last edit" not in headlines(visit.library)  # which is left as it was
    visit.start.services.history.undo()
    assert visit.story.headline != "The last edit"
    visit.start.services.history.redo()
    visit.rename("Goes on")
    visit.start.services.history.flush()
    assert headlines(target) == ["Goes on"]
    assert visit.settings.now.library == str(target)


def test_a_disk_that_is_gone_can_be_left_with_all_edits(visit, tmp_path):
    visit.start.services.articles.counts()
    subprocess.run(["umount", "-l", visit.disk], check=True)
    visit.rename("The last edit")
    visit.wait(visit.status.elsewhere.isVisible)
    target = tmp_path / "Rescued.briefinglib"
    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=60_000):
        visit.start.desktop.elsewhere.save(target)
    assert headlines(target) == ["The last edit"]
    assert list(visit.disk.iterdir()) == []
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", visit.disk], check=True)  # to be unmounted


def test_a_place_that_is_too_small_or_taken_is_said_and_the_edits_wait(visit, tmp_path):
    visit.fill_the_disk()
    visit.edit_until_it_is_refused()
    desktop, pending = visit.start.desktop, visit.start.services.history.pending
    taken = tmp_path / "Taken.briefinglib"
    taken.mkdir()
    (taken / "a.txt").write_text("x")
    desktop.elsewhere.save(taken)
    visit.wait(lambda: not visit.start._furniture.long_work.is_busy())
    assert [path.name for path in taken.iterdir()] == ["a.txt"]
    desktop.elsewhere.save(visit.disk / "Full.briefinglib")
    visit.wait(lambda: not visit.start._furniture.long_work.is_busy())
    assert not (visit.disk / "Full.briefinglib").exists()
    assert visit.start.desktop is desktop
    assert visit.start.services.history.pending == pending
    (visit.disk / "filler").unlink()
    visit.status.retry.click()
    visit.wait(lambda: visit.start.services.history.pending == 0)
    assert headlines(visit.library) == ["The last edit"]
