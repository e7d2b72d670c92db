"""Files and folders as documents."""

from __future__ import annotations

import os
import sys

import pytest

from briefing_app.importers.limits import LARGEST_FILE
from briefing_app.services.incoming import Unreadable, documents_of, pasted


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}", encoding="utf-8")


def names(documents, folder):
    return [os.path.relpath(one.name, folder).replace(os.sep, "/") for one in documents]


def test_folders_are_gone_through_in_order_and_each_file_once(tmp_path):
    make(tmp_path, "b.txt", "a.txt", "deep/er/c.md")
    documents = documents_of([tmp_path / "b.txt", tmp_path])
    assert names(documents, tmp_path) == ["b.txt", "a.txt", "deep/er/c.md"]
    assert len(documents) == 3


def test_hidden_files_and_locks_are_passed_over_in_folders_but_not_when_named(tmp_path):
    make(tmp_path, ".hidden.txt", ".git/config.txt", "~$letter.txt", "seen.txt")
    assert names(documents_of([tmp_path]), tmp_path) == ["seen.txt"]
    assert names(documents_of([tmp_path / ".hidden.txt"]), tmp_path) == [".hidden.txt"]


def test_what_a_browser_saved_beside_a_page_is_not_an_article(tmp_path):
    make(tmp_path, "page.html", "page_files/ad.html", "press_files/clip.txt")
    assert names(documents_of([tmp_path]), tmp_path) == ["page.html", "press_files/clip.txt"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    (one,) = documents_of([tmp_path / "gone.txt"])
    assert isinstance(one, Unreadable)
    assert "no such file" in str(one.error)


def test_a_file_beyond_the_limit_is_named_and_not_read(tmp_path):
    path = tmp_path / "huge.html"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    (one,) = documents_of([path])
    assert isinstance(one, Unreadable)
    assert "at most 50 MB" in str(one.error)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    make(tmp_path, "closed.txt")
    (tmp_path / "closed.txt").chmod(0)
    (one,) = documents_of([tmp_path])
    assert isinstance(one, Unreadable)
    assert "cannot be opened" in str(one.error)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (one,) = documents_of([tmp_path / "pipe"])
    assert isinstance(one, Unreadable)


def test_a_paste_has_a_name_a_type_and_an_address():
    document = pasted(b"text", "text/html", "https://a.example/")
    assert (document.name, document.media_type, document.url) == (
        "Clipboard",
        "text/html",
        "https://a.example/",
    )
