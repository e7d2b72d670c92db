"""The library is kept safe from the window: over real folders, real backups, the real menu."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from briefing_app.app import open_library, rest_of_window
from briefing_app.domain.change import Origin
from briefing_app.gui.lock import WindowLock
from briefing_app.gui.run import Start
from briefing_app.gui.upkeep.place import PlaceDialog
from briefing_app.gui.upkeep.report import ReportDialog
from briefing_app.gui.upkeep.restoring import RestoreDialog
from briefing_app.settings import Settings

FILE = "library.sqlite3"


class Safe:
    """The window as the program starts it, on one library."""

    def __init__(self, qapp, qtbot, folder):
        self.qtbot, self.library = qtbot, folder / "Desk.briefinglib"
        self.settings = Settings(folder / "settings.toml")
        self.settings.change(theme="light")
        lock = WindowLock(self.library)
        assert lock.claim()
        opening = partial(open_library, self.library, Origin.WINDOW)
        self.there = True
        self.start = Start(qapp, self.settings, self.library, opening, rest_of_window, lock=lock)
        self.start.window.show()

    @property
    def window(self):
        return self.start.window

    @property
    def services(self):
        return self.start.services

    @property
    def strip(self):
        return self.start.safety._long_work.strip

    @property
    def backups(self):
        return sorted((self.library / "backups").glob("*.sqlite3"))

    def wait(self, ready):
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=30_000)

    def wait_for_library(self):
        self.wait(lambda: self.start.desktop is not None and self.start.desktop.composer.story)
        self.services.history.flush()

    def do(self, name):
        self.window.actions_[name].trigger()

    def answer(self, kind, act):
        """Answer the next dialog of a kind, as soon as it is there."""

        def look():
            found = [
                each
                for each in QApplication.topLevelWidgets()
                if isinstance(each, kind) and each.isVisible()
            ]
            if not found or act(found[0]) is False:
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)

    def leave(self):
        if self.there:
            self.there = False
            self.window.close()
            self.start.end()

    def titles(self):
        return [row.title for row in self.services.desk.briefs()]


@pytest.fixture
def enter(qapp, qtbot, tmp_path):
    opened = []

    def come_in():
        opened.append(Safe(qapp, qtbot, tmp_path))
        return opened[-1]

    yield come_in
    for safe in opened:
        safe.leave()


@pytest.fixture
def safe(enter):
    safe = enter()
    safe.wait_for_library()
    return safe


def test_a_backup_is_made_from_the_menu_and_the_strip_says_what_it_holds(safe):
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    assert safe.strip.text() == "Backed up: 1 article · 16 highlights · 1 story · 1 brief"
    assert len(safe.backups) == 1


def test_a_restore_brings_the_chosen_state_and_the_window_goes_on(safe):
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    safe.services.desk.new_brief("Written after it")
    before = safe.services

    def choose(dialog):
        if dialog.list.count() == 0:
            return False
        assert dialog.restore.isEnabled()
        dialog.restore.click()
        return True

    safe.answer(RestoreDialog, choose)
    safe.do("restore-backup")
    safe.wait(lambda: safe.services is not None and safe.services is not before)
    safe.wait_for_library()
    assert "Written after it" not in safe.titles()
    safe.wait(lambda: safe.strip.text().startswith("Restored the backup of"))
    assert len(list((safe.library / "kept-aside").glob("*.sqlite3"))) == 1
    safe.services.desk.new_brief("And on")
    safe.services.history.flush()


def test_a_file_from_elsewhere_is_read_first_and_named_if_it_is_of_another_library(safe, tmp_path):
    other = tmp_path / "Other.briefinglib"
    open_library(other, Origin.COMMAND).close()
    said = []

    def read(box):
        said.append(box.informativeText())
        box.defaultButton().click()

    safe.answer(QMessageBox, read)
    safe.start.safety.look_at(other / FILE)
    safe.wait(lambda: said)
    assert "0 articles" in said[0]
    assert "It is of another library" in said[0]
    safe.wait(lambda: not safe.start.safety._long_work.busy)
    assert safe.titles() == ["Sample brief"]  # the usual answer is no


def test_a_damaged_backup_is_told_and_the_library_is_open_again(safe, tmp_path):
    file = tmp_path / "damaged.sqlite3"
    file.write_bytes(b"no library" * 1000)
    before = safe.services
    said = []

    def read(box):
        said.append(box.text())
        box.accept()

    safe.answer(QMessageBox, read)
    safe.start.safety.restore_file(file)
    safe.wait(lambda: said)
    assert "is not a sound backup" in said[0]
    safe.wait(lambda: safe.services is not None and safe.services is not before)
    safe.wait_for_library()


def test_the_second_place_gets_a_copy_and_the_menu_says_how_old_it_is(safe, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()

    def choose(dialog):
        dialog.place = stick
        dialog._show()
        dialog.copy.click()

    safe.answer(PlaceDialog, choose)
    safe.do("backup-place")
    safe.wait(lambda: list(stick.glob("*.briefingbackup/backups/*.sqlite3")))
    safe.wait(lambda: "Backed up and copied to" in safe.strip.text())
    assert "on the disk of the library" in safe.strip.text()
    assert Settings(safe.settings.path).now.backup_place == str(stick)
    words = safe.window.actions_["backup-place"].text
    safe.wait(lambda: "last copy today" in words())


def test_a_stick_that_is_not_plugged_in_is_told_and_the_backup_is_made(safe, tmp_path):
    safe.settings.change(backup_place=str(tmp_path / "gone"))
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    assert "is not there" in safe.strip.text()
    assert len(safe.backups) == 1


def test_the_backup_of_the_day_is_made_on_its_own_and_only_once(safe):
    safe.start.safety.daily._soon.setInterval(0)
    safe.start.safety.daily._begin()
    safe.wait(lambda: safe.backups)
    assert safe.backups[0].name.endswith("-daily.sqlite3")
    safe.wait(lambda: not safe.start.safety.daily._busy)
    safe.start.safety.daily.look()
    safe.wait(lambda: not safe.start.safety.daily._busy)
    assert len(safe.backups) == 1


def test_the_copy_elsewhere_is_made_on_its_own_when_the_stick_is_there(safe, tmp_path):
    stick = tmp_path / "stick"
    safe.settings.change(backup_place=str(stick))
    safe.start.safety.daily.look()
    safe.wait(lambda: safe.backups)
    safe.wait(lambda: not safe.start.safety.daily._busy)
    stick.mkdir()  # it is plugged in
    safe.start.safety.daily.look()
    safe.wait(lambda: not safe.start.safety.daily._busy)
    assert len(list(stick.glob("*.briefingbackup/backups/*.sqlite3"))) == 1
    safe.start.safety.daily.look()
    safe.wait(lambda: not safe.start.safety.daily._busy)
    assert len(list(stick.glob("*.briefingbackup/backups/*.sqlite3"))) == 1


def test_an_old_copy_is_called_old_in_the_status_line_and_once_a_week(safe, tmp_path):
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    safe.settings.change(backup_place=str(tmp_path / "gone"))
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=9)).isoformat()
    note = {"place": str(tmp_path / "gone"), "made_at": old}
    (safe.library / "backups" / "elsewhere.json").write_text(json.dumps(note))
    safe.start.safety.daily.look()
    safe.wait(safe.window.status._copy.isVisible)
    assert safe.window.status._copy.text() == "Last copy elsewhere: 9 days ago"
    assert "9 days old" in safe.strip.text()
    safe.strip.close_strip.click()
    safe.start.safety.daily.look()
    safe.wait(lambda: not safe.start.safety.daily._busy)
    assert not safe.strip.isVisible()


def test_a_sound_library_is_called_so(safe):
    safe.do("check-library")
    safe.wait(lambda: "The library is sound: 1 text · 1 original compared." in safe.strip.text())


def test_what_is_wrong_is_listed_and_repaired_from_there(safe):
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    safe.wait(lambda: safe.start.desktop.reader.article)
    with closing(sqlite3.connect(safe.library / FILE)) as raw:
        raw.execute("UPDATE article_body SET text = 'Rewritten by a stray bit.'")
        raw.commit()
    listed = []

    def read(dialog):
        listed.append([dialog.list.item(row).text() for row in range(dialog.list.count())])
        if len(listed) == 1:
            dialog.do.click()
            safe.answer(ReportDialog, read)
        else:
            dialog.reject()

    safe.answer(ReportDialog, read)
    safe.do("check-library")
    safe.wait(lambda: len(listed) == 2)
    title = "Abu Dhabi talks: a second round is agreed while the strikes go on"
    assert listed[0] == [f"The text of “{title}” is not what was imported."]
    assert listed[1][-1].endswith("It was brought back.")
    safe.wait_for_library()


def test_a_library_that_cannot_be_opened_is_repaired_from_the_menu(enter, safe):
    safe.do("back-up")
    safe.wait(lambda: safe.strip.text().startswith("Backed up"))
    safe.leave()
    (safe.library / FILE).write_bytes(b"\0" * 50_000)
    said, reports = [], []
    again = enter()

    def read(box):
        said.append(box.text())
        box.accept()

    again.answer(QMessageBox, read)
    again.wait(lambda: said)
    assert "is damaged" in said[0]

    def agree(box):
        box.defaultButton().click()

    def close(dialog):
        reports.append(dialog.list.item(0).text())
        dialog.reject()

    again.answer(QMessageBox, agree)
    again.answer(ReportDialog, close)
    again.do("repair-library")
    again.wait(lambda: reports)
    assert "lost" in reports[0]
    again.wait_for_library()
    assert again.titles() == ["Sample brief"]


def test_the_window_stays_while_the_library_is_closed_for_work(safe):
    ended = []

    def work(progress):
        while not ended:
            progress.check()
            time.sleep(0.01)

    assert safe.start.library.reopen(work, "Restore")
    safe.wait(safe.strip.cancel.isVisible)
    safe.window.close()
    assert safe.window.isVisible()
    assert "Restore is still running" in safe.strip.text()
    safe.strip.cancel.click()
    safe.wait_for_library()
    ended.append(True)


@pytest.mark.parametrize("dialog", [RestoreDialog, PlaceDialog])
def test_the_dialogs_have_names_for_all_that_is_in_them(qtbot, dialog):
    shown = dialog("Desk", None) if dialog is RestoreDialog else dialog(Path("/media/stick"), "")
    assert isinstance(shown, QDialog)
    qtbot.addWidget(shown)
    shown.show()
    assert shown.windowTitle()


def test_idle_time_finds_a_damaged_text_and_says_what_to_do(safe):
    safe.wait(lambda: safe.start.desktop.reader.article)  # which the samples open
    with closing(sqlite3.connect(safe.library / FILE)) as raw:
        raw.execute("UPDATE article_body SET text = 'Rewritten by a stray bit.'")
        raw.commit()
    safe.start.safety.idle.look()
    safe.wait(lambda: "is not what was imported" in safe.strip.text())
    assert "Repair the library" in safe.strip.text()
    safe.wait(lambda: safe.start.safety.idle._job is None)
    assert safe.services.checkup.damaged() == 1


def test_a_key_stops_the_check_of_idle_time(safe):
    idle = safe.start.safety.idle
    idle.look()
    safe.qtbot.keyClick(safe.window.windowHandle(), Qt.Key.Key_Shift)
    safe.wait(lambda: idle._job is None)
    assert time.monotonic() - idle._worked < 20
    idle._tick()
    assert idle._job is None


def test_a_mass_deletion_is_backed_up_first(safe, monkeypatch):
    monkeypatch.setattr("briefing_app.gui.gathering.deeds.SAFE", 0)
    safe.wait(safe.window.articles.list.rows.rowCount)
    safe.window.articles.list.selectAll()
    safe.wait(safe.window.actions_["delete-article"].isEnabled)
    safe.do("delete-article")
    safe.wait(lambda: not safe.window.articles.list.rows.rowCount())
    assert [path.name.split("Z-")[1] for path in safe.backups] == ["before-delete.sqlite3"]
