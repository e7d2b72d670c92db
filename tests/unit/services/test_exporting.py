import errno
import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing_app.domain import brief as briefs
from briefing_app.domain.moment import parse_iso
from briefing_app.domain.statement import Part
from briefing_app.domain.storytext import read
from briefing_app.errors import ExportFailure, NotFound
from briefing_app.exporters.registry import EXPORTERS
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Exporting, LibraryExporting, Options, write_file
from tests.unit.exporters.contents import article, passage, row, seed_bytes, story

DAY = parse_iso("2026-01-25")


def names(folder):
    return [path.name for path in folder.iterdir()]


def exporting():
    return Exporting(lambda: EXPORTERS)


@dataclass
class Shelf:
    """A desk and a reading service in one, with one brief in it."""

    held: briefs.Brief
    stories: dict

    def brief(self, brief_id):
        if brief_id != self.held.id:
            raise NotFound("There is no such brief.")
        return self.held

    def story(self, story_id):
        return self.stories[story_id]

    def cited(self, story_ids):
        assert story_ids == tuple(self.stories)
        return (passage("n1", "a"),), (article("a"),)


@pytest.fixture
def shelf():
    held = briefs.new_brief("b1", "section", "Morning brief")
    held = briefs.add_story(held, "s1", "link")
    return Shelf(held, {"s1": story(row(Part.KEY_POINTS, "x", "n1"))})


def test_stories_without_a_library_come_back_as_they_were():
    made = exporting().content_of_stories(read(seed_bytes()), "", DAY)
    done = exporting().render(made, ".txt", Options(), NoProgress())
    assert done.data == seed_bytes()


def test_a_brief_of_the_library_has_its_stories_and_what_they_cite(shelf):
    made = LibraryExporting(lambda: EXPORTERS, shelf, shelf).content("b1", DAY)
    assert (made.title, made.date) == ("Morning brief", DAY)
    assert made.stories == tuple(shelf.stories.values())
    assert (len(made.passages), len(made.articles)) == (1, 1)


def test_a_brief_that_is_not_there_is_an_error(shelf):
    with pytest.raises(NotFound):
        LibraryExporting(lambda: EXPORTERS, shelf, shelf).content("other", DAY)


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".pdf", b"%PDF-1.7"), (".HTML", b"<!DOCTYPE"), (".md", b"# "), (".txt", b"Sun")],
)
def test_every_form_is_made(suffix, start):
    made = exporting().content_of_stories(read(seed_bytes()), "", DAY)
    done = exporting().render(made, suffix, Options(), NoProgress())
    assert done.data.startswith(start)
    assert (done.pages > 0) == (suffix == ".pdf")


def test_a_form_that_is_unknown_is_named_with_those_that_are_known():
    made = exporting().content_of_stories(read(seed_bytes()), "", DAY)
    with pytest.raises(ExportFailure, match=r"“\.doc”") as failure:
        exporting().render(made, ".doc", Options(), NoProgress())
    assert ".pdf" in failure.value.next_step


def test_the_forms_are_known_without_loading_them():
    assert ("PDF", ".pdf") in Exporting(lambda: 1 / 0).formats()


def test_reportlab_is_not_loaded_with_the_service():
    code = (
        "import sys, briefing_app.services.exporting; "
        "sys.exit('reportlab' in sys.modules or 'pikepdf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_is_written_and_nothing_beside_it(tmp_path):
    write_file(tmp_path / "brief.pdf", b"data")
    assert (tmp_path / "brief.pdf").read_bytes() == b"data"
    assert names(tmp_path) == ["brief.pdf"]


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"old and longer")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_a_new_file_has_the_usual_rights(tmp_path):
    (tmp_path / "usual").touch()
    write_file(tmp_path / "brief.pdf", b"")
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("usual", "brief.pdf")]
    assert rights[0] == rights[1]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link_to_the_new_file(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    write_file(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_the_longest_name_that_a_folder_takes_is_no_trouble(tmp_path):
    name = "n" * 251 + ".pdf"
    write_file(tmp_path / name, b"data")
    assert names(tmp_path) == [name]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ExportFailure, match="There is no folder") as failure:
        write_file(tmp_path / "absent" / "brief.pdf", b"data")
    assert str(tmp_path / "absent") in str(failure.value)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(ExportFailure, match="is a folder"):
        write_file(tmp_path, b"data")


def broken(code):
    def fail(*_args, **_more):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("place", "code", "sentence"),
    [
        ("os.fsync", errno.ENOSPC, "There is no room on the disk"),
        ("os.open", errno.EACCES, "Nothing can be written to the folder"),
        ("os.open", errno.EROFS, "Nothing can be written to the folder"),
        ("pathlib.Path.replace", errno.EACCES, "cannot be replaced"),
        ("pathlib.Path.replace", errno.EIO, "could not be written"),
    ],
)
def test_a_failure_of_the_system_is_told_and_leaves_everything_as_it_was(
    tmp_path, monkeypatch, place, code, sentence
):
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(place, broken(code))
        with pytest.raises(ExportFailure, match=sentence):
            write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["brief.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_words(tmp_path, monkeypatch):
    real = os.open

    def onto_a_full_disk(path, flags, *mode):
        if str(path).endswith(".part"):
            return real("/dev/full", os.O_WRONLY)
        return real(path, flags, *mode)

    monkeypatch.setattr("os.open", onto_a_full_disk)
    with pytest.raises(ExportFailure, match="There is no room on the disk"):
        write_file(tmp_path / "brief.pdf", b"data")
    assert names(tmp_path) == []
