"""Bundles in the window: saved from a menu, looked into, taken in, and dropped on it."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog

from briefing_app.app import open_library
from briefing_app.domain.change import Action, Origin
from briefing_app.gui.bundles.arrival import ArrivalDialog
from briefing_app.gui.bundles.saving import SaveBundleDialog
from briefing_app.progress import NoProgress
from briefing_app.services.bundling import Choice, Holds


def shown(kind):
    return next(
        (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None
    )


@pytest.fixture
def other(tmp_path):
    """The library of somebody else."""
    services = open_library(tmp_path / "Other.briefinglib", Origin.WINDOW)
    yield services
    services.close()


def headline(services, story, words):
    services.desk.edit_story(Action.EDIT_HEADLINE, story, lambda s: replace(s, headline=words))
    services.history.flush()


def choose(monkeypatch, path):
    """Let the dialogs for files answer at once: they are the system's own."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_kw: (str(path), ""))


def strip(room):
    return room.furniture.long_work.strip.text()


def test_the_open_brief_is_saved_from_the_menu(room, monkeypatch, tmp_path):
    choose(monkeypatch, tmp_path / "sent")
    room.do("bundle")
    room.wait(lambda: shown(SaveBundleDialog))
    dialog = shown(SaveBundleDialog)
    assert dialog.choice() == Choice(Holds.BRIEF, room.desktop.composer.brief)
    dialog.comments.setChecked(True)
    dialog.go_on.click()
    room.wait(lambda: strip(room).startswith("The bundle “sent.zip” is saved"))
    with zipfile.ZipFile(tmp_path / "sent.zip") as archive:
        assert sum(name.startswith("briefs/") for name in archive.namelist()) == 2


def test_without_a_brief_the_whole_library_is_offered(room, monkeypatch, tmp_path):
    choose(monkeypatch, tmp_path / "all.zip")
    room.do("delete-brief")
    room.do("bundle")
    room.wait(lambda: shown(SaveBundleDialog))
    dialog = shown(SaveBundleDialog)
    assert not dialog.only_brief.isEnabled()
    assert not dialog.comments.isEnabled()
    dialog.go_on.click()
    room.wait((tmp_path / "all.zip").exists)


def test_a_bundle_is_shown_before_it_comes_in_and_undo_takes_it_back(
    room, other, monkeypatch, tmp_path
):
    brief = room.desktop.composer.brief
    path = tmp_path / "sent.zip"
    room.services.bundling.bundle(path, Choice(Holds.BRIEF, brief), NoProgress())
    other.bundling.unbundle(path, NoProgress())
    other.history.refresh()
    headline(other, other.desk.brief(brief).stories[0], "From the other side")
    other.bundling.bundle(path, Choice(Holds.BRIEF, brief), NoProgress())
    before = room.story.headline

    choose(monkeypatch, path)
    room.do("unbundle")
    room.wait(lambda: shown(ArrivalDialog))
    dialog = shown(ArrivalDialog)
    assert room.story.headline == before
    assert "Story: Newer in the bundle" in dialog.list.item(0).text()
    dialog.take.click()
    room.wait(lambda: room.story.headline == "From the other side")
    room.wait(lambda: "“sent.zip” is in the library" in strip(room))
    assert room.window.actions_["undo"].text() == "Undo open bundle"
    room.do("undo")
    assert room.story.headline == before


def test_what_both_have_written_is_listed_afterwards(room, other, tmp_path):
    brief = room.desktop.composer.brief
    path = tmp_path / "sent.zip"
    room.services.bundling.bundle(path, Choice(Holds.BRIEF, brief), NoProgress())
    other.bundling.unbundle(path, NoProgress())
    other.history.refresh()
    story = other.desk.brief(brief).stories[0]
    headline(room.services, story, "Mine")
    headline(other, story, "Theirs")
    other.bundling.bundle(path, Choice(Holds.BRIEF, brief), NoProgress())

    room.desktop.bundles.take_in(path)
    room.wait(lambda: shown(ArrivalDialog))
    dialog = shown(ArrivalDialog)
    words = dialog.list.item(0).text()
    assert "Edited on both sides" in words
    assert "Headline: now “Theirs”; in the history: “Mine”" in words
    dialog.reject()


def test_a_bundle_that_is_dropped_is_looked_into_and_nothing_new_is_said(room, tmp_path):
    path = tmp_path / "all.zip"
    room.services.bundling.bundle(path, Choice(), NoProgress())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    room.window.dropped.emit(mime)
    room.wait(lambda: shown(ArrivalDialog))
    dialog = shown(ArrivalDialog)
    assert not dialog.brings
    assert not dialog.take.isVisible()
    dialog.reject()


def test_another_zip_that_is_dropped_is_imported(room, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    room.window.dropped.emit(mime)
    room.wait(lambda: "1 imported" in room.furniture.strip._words.text())


def test_a_damaged_bundle_is_told(room, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr("briefing_app.gui.problems.tell", lambda _parent, error: told.append(error))
    path = tmp_path / "bad.zip"
    room.services.bundling.bundle(path, Choice(), NoProgress())
    path.write_bytes(path.read_bytes()[:-200])
    room.desktop.bundles.look_into(path)
    room.wait(lambda: told)
    assert "is not a bundle" in str(told[0])
