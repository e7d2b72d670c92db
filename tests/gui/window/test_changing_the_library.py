"""One window, one library after another."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QEvent, QObject
from PySide6.QtWidgets import QApplication

from briefing_app.app import open_library, rest_of_window
from briefing_app.domain.change import Action, Origin
from briefing_app.errors import StorageFailure
from briefing_app.gui.doors import with_ending
from briefing_app.gui.instance import Doorbell
from briefing_app.gui.lock import WindowLock
from briefing_app.gui.run import Start
from briefing_app.paths import default_library
from briefing_app.settings import Settings


class Visit:
    """The window as the program starts it, on the first of two libraries."""

    def __init__(self, qapp, qtbot, folder):
        self.qtbot, self.folder = qtbot, folder
        self.first, self.second = folder / "First.briefinglib", folder / "Second.briefinglib"
        self.told = []
        self.settings = Settings(folder / "settings.toml")
        self.settings.change(theme="light")
        rest = replace(rest_of_window(), tell=lambda _parent, error: self.told.append(error))
        lock = WindowLock(self.first)
        assert lock.claim()
        opening = partial(open_library, self.first, Origin.WINDOW)
        self.start = Start(qapp, self.settings, self.first, opening, lambda: rest, lock=lock)
        self.start.window.show()
        self.wait(lambda: self.start.desktop is not None)
        self.wait(self.is_at_rest)

    @property
    def window(self):
        return self.start.window

    @property
    def services(self):
        return self.start.services

    def is_at_rest(self):
        """Tell whether articles are listed: those of a new library are its samples."""
        return self.window.articles.list.rows.rowCount() and self.start.desktop.composer.story

    def wait(self, ready):
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=20_000)

    def go(self, folder, *, make=False):
        with self.qtbot.waitSignal(self.start.library.shown, timeout=20_000):
            self.start.library.change(folder, make=make)

    def settle(self):
        """Let what goes be gone."""
        self.wait(lambda: not self.start.runner.children()[1:])
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def visit(qapp, qtbot, tmp_path):
    visit = Visit(qapp, qtbot, tmp_path)
    yield visit
    visit.window.close()
    visit.start.end()


def test_the_window_shows_another_library_and_the_first_is_let_go(visit):
    visit.services.desk.new_brief("Only in the first")
    visit.go(visit.second, make=True)
    assert visit.start.library.folder == visit.second
    assert "Only in the first" not in [row.title for row in visit.services.desk.briefs()]
    visit.settle()
    assert {each.name for each in visit.first.iterdir()} == {
        "library.sqlite3",
        "newest",
        "write.lock",
    }
    visit.go(visit.first)
    assert "Only in the first" in [row.title for row in visit.services.desk.briefs()]


def test_the_title_names_a_library_that_is_not_the_users_own(visit):
    assert visit.window.windowTitle() == "First — Briefing Desk"
    visit.go(default_library(), make=True)
    assert visit.window.windowTitle() == "Briefing Desk"


def test_lock_and_doorbell_go_over_to_the_other_library(visit, qtbot):
    visit.go(visit.second, make=True)
    visit.settle()
    other = WindowLock(visit.first)
    assert other.claim()
    other.release()
    assert not WindowLock(visit.second).claim()
    ringer = QObject()
    assert not Doorbell(visit.first, ringer).ring()
    with qtbot.waitSignal(visit.start.library.rung):
        assert Doorbell(visit.second, ringer).ring()


def test_words_that_are_on_their_way_are_stored_before_the_library_goes(visit):
    row = visit.start._furniture.composer.column.views()[0].row
    row.setFocus()
    visit.qtbot.keyClicks(row, "Typed a moment ago. ")
    visit.go(visit.second, make=True)
    visit.go(visit.first)
    texts = [
        each.text
        for brief in visit.services.desk.briefs()
        for story in visit.services.desk.brief(brief.id).stories
        for each in visit.services.desk.story(story).statements
    ]
    assert any(text.endswith("Typed a moment ago.") for text in texts)


@pytest.mark.parametrize("what", ["nothing", "file", "empty", "other things", "damaged"])
def test_a_library_that_cannot_be_opened_leaves_the_open_one_open(visit, what):
    target = visit.folder / "Other.briefinglib"
    if what == "file":
        target.write_text("x")
    elif what != "nothing":
        target.mkdir()
    if what == "other things":
        (target / "holiday.jpg").write_bytes(b"x")
    if what == "damaged":
        (target / "library.sqlite3").write_bytes(b"no database" * 999)
    desktop, said = visit.start.desktop, visit.window.status.saved_text()
    visit.start.library.change(target)
    visit.wait(lambda: visit.told)
    [error] = visit.told
    assert isinstance(error, StorageFailure)
    assert str(target) in str(error)
    assert error.next_step
    assert visit.start.desktop is desktop
    assert visit.window.status.saved_text() == said
    visit.services.desk.new_brief("Still at work")
    visit.services.history.flush()
    if what == "nothing":
        assert not target.exists()


def test_a_library_of_another_window_raises_that_window(visit, qtbot, qapp):
    lock = WindowLock(visit.second)
    assert lock.claim()
    bell = Doorbell(visit.second, visit.window)
    bell.listen()
    with qtbot.waitSignal(bell.rung):
        visit.start.library.change(visit.second)
    assert visit.start.library.folder == visit.first
    bell.close()
    visit.start.library.change(visit.second)
    visit.wait(lambda: visit.told)
    assert "is open in another window" in str(visit.told[0])
    lock.release()


def test_the_open_library_asked_for_again_stays_as_it_is(visit):
    desktop = visit.start.desktop
    visit.go(visit.first)
    assert visit.start.desktop is desktop


def test_edits_that_cannot_be_stored_keep_the_library_open(visit, monkeypatch):
    monkeypatch.setattr(visit.start.desktop.keeper, "may_close", lambda: False)
    desktop = visit.start.desktop
    visit.start.library.change(visit.second, make=True)
    visit.wait((visit.second / "library.sqlite3").exists)
    visit.wait(lambda: not visit.start.library._busy)
    visit.settle()
    assert visit.start.desktop is desktop
    other = WindowLock(visit.second)
    assert other.claim()
    other.release()


def test_nothing_of_a_library_stays_behind_in_the_window(visit):
    def count():
        visit.wait(visit.is_at_rest)
        visit.settle()
        kinds = Counter(type(child).__name__ for child in visit.window.findChildren(QObject))
        heard = {
            action.objectName(): action.receivers(SIGNAL("triggered(bool)"))
            for action in visit.window.actions_.all()
        }
        return kinds, heard

    visit.go(visit.second, make=True)
    before = count()
    for folder in (visit.first, visit.second, visit.first, visit.second):
        visit.go(folder)

    def more():
        kinds, heard = count()
        return heard != before[1] or {
            kind: n - before[0][kind] for kind, n in kinds.items() if n > before[0][kind]
        }

    visit.wait(lambda: not more())  # a job of the moment has objects, too


def test_work_on_the_folder_is_done_while_the_library_is_closed(visit):
    visit.services.desk.new_brief("Before")
    seen = []

    def work(progress):
        progress.check()
        seen.append({each.name for each in visit.first.iterdir()})

    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=20_000):
        visit.start.desktop.closed_for.emit(work)
    assert seen == [{"library.sqlite3", "newest", "write.lock", "window.lock"}]
    assert "Before" in [row.title for row in visit.services.desk.briefs()]
    assert not WindowLock(visit.first).claim()


def test_work_that_fails_is_told_and_the_library_is_open_again(visit):
    def work(progress):
        raise StorageFailure("That went wrong.")

    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=20_000):
        visit.start.desktop.closed_for.emit(work)
    assert [str(error) for error in visit.told] == ["That went wrong."]
    visit.services.desk.edit_story(
        Action.EDIT_HEADLINE,
        visit.start.desktop.composer.story,
        lambda old: replace(old, headline="Works"),
    )


def test_the_libraries_opened_last_are_offered_by_name(visit):
    visit.go(visit.second, make=True)
    visit.start._doors._fill()
    words = [action.text() for action in visit.start._doors.menu.actions()]
    assert words == ["First", "Your own library", "", "Forget these"]
    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=20_000):
        visit.start._doors.menu.actions()[0].trigger()
    assert visit.start.library.folder == visit.first


def test_two_libraries_of_one_name_are_told_apart_by_their_folders(visit):
    twin = visit.folder / "elsewhere" / "First.briefinglib"
    visit.go(twin, make=True)
    visit.go(visit.second, make=True)
    visit.start._doors._fill()
    words = [action.text() for action in visit.start._doors.menu.actions()][:2]
    assert words == [f"First  ({twin.parent})", f"First  ({visit.folder})"]


def test_a_new_library_gets_the_ending_and_never_takes_the_place_of_anything(visit, monkeypatch):
    told = []
    monkeypatch.setattr(
        "briefing_app.gui.doors.problems.tell", lambda _w, error: told.append(error)
    )
    with visit.qtbot.waitSignal(visit.start.library.shown, timeout=20_000):
        visit.start._doors.make(visit.folder / "Spring")
    assert visit.start.library.folder == visit.folder / "Spring.briefinglib"
    (visit.folder / "There.briefinglib").mkdir()
    (visit.folder / "There.briefinglib" / "a.txt").write_text("x")
    visit.start._doors.make(visit.folder / "There.briefinglib")
    assert "is there already" in str(told[0])


def test_the_ending_is_put_once():
    assert with_ending(Path("a/News")) == with_ending(Path("a/News.briefinglib"))


def test_the_keyboard_goes_to_the_list_of_the_other_library(visit):
    visit.go(visit.second, make=True)
    visit.wait(lambda: visit.window.focusWidget() is visit.window.articles.list)


def test_a_library_that_is_chosen_is_opened_the_next_time_and_one_of_the_switch_is_not(visit):
    assert visit.settings.now.library == ""
    visit.go(visit.second, make=True)
    assert visit.settings.now.library == str(visit.second)
    visit.go(default_library(), make=True)
    assert visit.settings.now.library == ""


def test_a_library_of_the_last_time_that_is_gone_is_said_and_not_made_again(qapp, qtbot, tmp_path):
    gone = tmp_path / "Gone.briefinglib"
    told = []
    rest = replace(rest_of_window(), tell=lambda _parent, error: told.append(error))
    lock = WindowLock(gone)
    assert lock.claim(make=False)
    opening = partial(open_library, gone, Origin.WINDOW, make=False)
    start = Start(qapp, Settings(tmp_path / "s.toml"), gone, opening, lambda: rest, lock=lock)
    start.window.show()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "There is no library at" in str(told[0])
    assert not gone.exists()
    start.window.close()
    start.end()


def test_a_library_that_cannot_be_opened_at_the_start_can_be_left_for_another(
    qapp, qtbot, tmp_path
):
    damaged, other = tmp_path / "Damaged.briefinglib", tmp_path / "Other.briefinglib"
    damaged.mkdir()
    (damaged / "library.sqlite3").write_bytes(b"no database " * 999)
    told = []
    rest = replace(rest_of_window(), tell=lambda _parent, error: told.append(error))
    lock = WindowLock(damaged)
    assert lock.claim()
    opening = partial(open_library, damaged, Origin.WINDOW)
    start = Start(qapp, Settings(tmp_path / "s.toml"), damaged, opening, lambda: rest, lock=lock)
    start.window.show()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "is damaged" in str(told[0])
    with qtbot.waitSignal(start.library.shown, timeout=20_000):
        start.change_library(other, make=True)
    assert start.services is not None
    qtbot.waitUntil(lambda: start.window.articles.list.rows.rowCount() > 0, timeout=20_000)
    free = WindowLock(damaged)
    assert free.claim()
    free.release()
    start.window.close()
    start.end()


def test_an_import_that_runs_stops_with_its_library_and_what_came_in_stays(visit):
    files = visit.folder / "press"
    files.mkdir()
    for number in range(40):
        (files / f"{number}.txt").write_text(f"Report {number}\n\nText {number}.", "utf-8")
    visit.start.desktop.imports.bring_in((files,))
    visit.wait(lambda: visit.services.articles.counts().all > 3)
    visit.go(visit.second, make=True)
    assert not visit.start._furniture.strip.isVisible()
    visit.settle()
    visit.go(visit.first)
    count = visit.services.articles.counts().all
    assert count > 3
    visit.qtbot.wait(200)
    assert visit.services.articles.counts().all == count


def test_previews_of_one_library_are_not_shown_with_another(visit):
    actions = visit.window.actions_
    preview = visit.start._furniture.preview
    actions["preview"].setChecked(True)
    visit.wait(lambda: preview.sheets.count)
    visit.start.desktop.output._stand_apart()
    visit.wait(visit.start.desktop.output._apart.isVisible)
    actions["preview"].setChecked(True)
    visit.go(visit.second, make=True)
    visit.settle()
    assert preview.sheets.count == 0
    assert not actions["preview"].isChecked()
    assert not any(type(child).__name__ == "PreviewWindow" for child in visit.window.children())
    visit.wait(visit.is_at_rest)
    actions["preview"].setChecked(True)
    visit.wait(lambda: preview.sheets.count)


def test_long_work_on_the_library_is_not_cut_off_by_another(visit):
    began, may_end = threading.Event(), threading.Event()

    def work(progress):
        began.set()
        may_end.wait(20)
        return "done"

    ended = []
    visit.start._furniture.long_work.begin("Backing up", work, ended.append)
    visit.wait(began.is_set)
    visit.start.library.change(visit.second, make=True)
    assert not visit.second.exists()
    assert "still running" in visit.start._furniture.long_work.strip.text()
    may_end.set()
    visit.wait(lambda: ended)
    visit.go(visit.second, make=True)
