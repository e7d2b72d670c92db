"""The folder of an open library goes away: told, nothing lost, and it goes on when it is back."""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import replace

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Action, Origin
from briefing_app.errors import StorageFailure
from briefing_app.storage.writer import FILE
from tests.faults import sound

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved elsewhere")


@pytest.fixture
def brief(services):
    made = services.desk.new_brief("Brief")
    services.history.flush()
    return made


@pytest.fixture
def trouble(services):
    """What the writer told, and an event that waits for the next time."""
    told, heard = [], threading.Event()
    services.history.on_trouble(lambda each: (told.append(each.error), heard.set()))
    return told, heard


def _rename(services, brief, title):
    services.desk.edit_brief(Action.EDIT_BRIEF, brief.id, lambda old: replace(old, title=title))


def _goes_on(services, brief, folder):
    """Try again, and find on disk what was written meanwhile."""
    services.history.retry()
    services.history.flush()
    assert services.history.pending == 0
    assert [row.title for row in services.desk.briefs()] == ["Written meanwhile"]
    other = open_library(folder, Origin.COMMAND)
    assert other.desk.brief(brief.id).title == "Written meanwhile"
    other.close()
    services.close()
    sound.check_files(folder)


def test_a_folder_that_was_moved_is_missed_and_found_again(folder, services, brief, trouble):
    told, heard = trouble
    folder.rename(folder.with_name("Elsewhere.briefinglib"))
    _rename(services, brief, "Written meanwhile")
    assert heard.wait(30)
    assert "no longer at" in str(told[0])
    assert services.desk.brief(brief.id).title == "Written meanwhile"
    with pytest.raises(StorageFailure):
        services.history.flush()
    folder.with_name("Elsewhere.briefinglib").rename(folder)
    _goes_on(services, brief, folder)


def test_a_disk_that_comes_back_holds_another_file_of_the_same_library(
    folder, services, brief, trouble
):
    """A stick that was pulled out and put in again: what was opened before can be used no more."""
    _, heard = trouble
    aside = folder.with_name("aside")
    shutil.copytree(folder, aside)
    shutil.rmtree(folder)
    _rename(services, brief, "Written meanwhile")
    assert heard.wait(30)
    shutil.copytree(aside, folder)
    _goes_on(services, brief, folder)


def test_nothing_is_called_saved_that_went_into_a_file_that_was_replaced(folder, services, brief):
    """A tool that keeps folders in step puts the file in place anew, with the same content."""
    shutil.copytree(folder, folder.with_name("aside"))
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("aside"), folder)
    _rename(services, brief, "Written meanwhile")
    services.history.flush()
    _goes_on(services, brief, folder)


def test_edits_do_not_go_into_another_library_in_the_same_place(
    tmp_path, folder, services, brief, trouble
):
    told, heard = trouble
    folder.rename(tmp_path / "first")
    open_library(folder, Origin.COMMAND).close()
    _rename(services, brief, "Written meanwhile")
    assert heard.wait(30)
    assert "Another library" in str(told[0])
    other = open_library(folder, Origin.COMMAND)
    assert other.desk.briefs() == ()
    other.close()
    shutil.rmtree(folder)
    (tmp_path / "first").rename(folder)
    _goes_on(services, brief, folder)


def test_edits_do_not_go_into_an_older_copy_in_the_same_place(folder, services, brief, trouble):
    told, heard = trouble
    older = folder.with_name("older")
    shutil.copytree(folder, older)
    _rename(services, brief, "Between")
    services.history.flush()
    newer = folder.with_name("newer")
    folder.rename(newer)
    shutil.copytree(older, folder)
    _rename(services, brief, "Written meanwhile")
    assert heard.wait(30)
    assert "older copy" in str(told[0])
    shutil.rmtree(folder)
    newer.rename(folder)
    _goes_on(services, brief, folder)


def test_what_is_open_can_be_read_on_and_edited_while_the_folder_is_away(
    folder, services, brief, trouble
):
    _, heard = trouble
    services.articles.counts()
    shutil.rmtree(folder)
    assert services.articles.counts().briefs == 1
    _rename(services, brief, "x")
    assert heard.wait(30)
    assert [row.title for row in services.desk.briefs()] == ["x"]
    assert services.history.undo()
    assert services.history.pending == 2
    with pytest.raises(StorageFailure, match="no longer at"):
        services.close()


def test_closing_leaves_alone_what_stands_in_the_place_of_the_folder(folder, services, brief):
    """SQLite deletes the log by its name: it must not be that of another library."""
    folder.rename(folder.with_name("first"))
    other = open_library(folder, Origin.COMMAND)
    other.desk.new_brief("Theirs")
    other.history.flush()
    log = folder / f"{FILE}-wal"
    assert log.stat().st_size > 0
    services.close()
    assert log.stat().st_size > 0
    other.close()
    sound.check_files(folder)
