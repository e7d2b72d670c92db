"""The command `library`, and commands on a library that may not be written to."""

from __future__ import annotations

import sqlite3

import pytest

from tests.disks import read_only


@pytest.fixture
def filled(briefing, seed):
    briefing.json("import", seed)
    return briefing


def test_it_says_where_it_is_and_what_it_holds(filled):
    said = filled.json("library").one
    assert (said["folder"], said["name"]) == (str(filled.library), "Test")
    assert (said["articles"], said["stories"], said["briefs"]) == (0, 1, 1)
    assert (said["read_only"], said["journal"], said["cloud"]) == (None, "wal", None)
    assert said["revision"].isdecimal()
    assert said["bytes"]["database"] > 10_000
    assert said["bytes"]["free"] > 0
    assert said["created"] <= said["changed"]
    made = filled.json("backup").one
    assert filled.json("library").one["backed_up"] == made["made_at"][:19] + "+00:00"


def test_it_says_so_to_a_reader(filled):
    out = filled("--library", filled.library, "library").out
    assert out.startswith(f"Test  ({filled.library})\n")
    assert "0 articles, 0 highlights, 1 story, 1 brief\n" in out
    assert "write-ahead log" in out


def test_it_makes_no_library(briefing):
    result = briefing.json("library", code=1)
    assert "There is no library at" in result.err
    assert not briefing.library.exists()


def test_a_command_that_writes_says_that_the_library_is_read_only(filled):
    with read_only(filled.library):
        said = filled.json("library").one
        assert (said["read_only"], said["journal"]) == ("folder", "wal")
        assert "sound" in filled("--library", filled.library, "check").out
        assert "This library is read-only" in filled("--library", filled.library, "library").out
        assert [row["title"] for row in filled.json("briefs").lines]
        refused = filled.json("brief", "new", "Another", code=1)
        assert "This library is read-only" in refused.err
        assert "copy it to a place where you may write" in refused.err
        (filled.home / "a.txt").write_text("A note\n\nWith a text.", encoding="utf-8")
        assert "read-only" in filled.json("import", filled.home / "a.txt", code=1).err
        assert "read-only" in filled.json("undo", code=1).err
    assert len(filled.json("briefs").lines) == 1


def test_a_library_of_a_newer_version_is_read_and_not_written_to(filled):
    with sqlite3.connect(filled.library / "library.sqlite3") as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    plain.close()
    assert filled.json("library").one["read_only"] == "newer"
    assert len(filled.json("briefs").lines) == 1
    assert "newer version" in filled.json("brief", "new", "Another", code=1).err


def test_a_folder_that_is_no_library_is_refused_in_a_sentence(briefing):
    briefing.library.mkdir()
    (briefing.library / "holiday.jpg").write_bytes(b"x")
    refused = briefing.json("briefs", code=1)
    assert "is not a library of Briefing Desk" in refused.err
    assert "whose name ends in .briefinglib" in refused.err
