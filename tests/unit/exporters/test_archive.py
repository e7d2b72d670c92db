"""A zip that this program writes is one that others read."""

from __future__ import annotations

import random
import shutil
import subprocess
import zipfile

import pytest

from briefing_app.exporters import archive
from briefing_app.exporters.archive import Archive

MEMBERS = {
    "a.txt": b"",
    "folder/b.json": " ".join(map(str, range(3000))).encode(),
    "random": random.Random(1).randbytes(5000),
    "bomb": b"\0" * 300_000,
}


def write(path, pieces=()):
    with path.open("wb") as stream:
        made = Archive(stream)
        for name, data in MEMBERS.items():
            made.add(name, data, at_most=100)
        if pieces:
            made.add_pieces("pieces", pieces)
        made.finish()
    return path


def test_what_was_written_is_read(tmp_path):
    pieces = [b"one", b"two" * 10_000]
    with zipfile.ZipFile(write(tmp_path / "x.zip", pieces)) as read:
        assert read.testzip() is None
        assert {n: read.read(n) for n in read.namelist()} == {**MEMBERS, "pieces": b"".join(pieces)}
        packed = {m.filename: m.compress_type for m in read.infolist()}
        assert {m.date_time for m in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert packed["folder/b.json"] == zipfile.ZIP_DEFLATED
    stored = ("a.txt", "random", "bomb", "pieces")
    assert {packed[name] for name in stored} == {zipfile.ZIP_STORED}


def test_other_programs_read_it_too(tmp_path):
    unzip = shutil.which("unzip")
    if not unzip:
        pytest.skip("unzip is not installed")
    path = write(tmp_path / "x.zip", [b"one"])
    done = subprocess.run([unzip, "-tqq", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_more_members_than_an_old_zip_can_hold(tmp_path):
    with (tmp_path / "x.zip").open("wb") as stream:
        made = Archive(stream)
        for number in range(70_000):
            made.add(f"{number:06d}", b"x")
        made.finish()
    with zipfile.ZipFile(tmp_path / "x.zip") as read:
        assert len(read.infolist()) == 70_000
        assert read.read("069999") == b"x"


def test_sizes_and_places_beyond_four_gigabytes_are_told_in_64_bits(tmp_path, monkeypatch):
    """The limit is moved, so that no disk has to be filled."""
    monkeypatch.setattr(archive, "_WIDE", 1000)
    with (tmp_path / "x.zip").open("wb") as stream:
        made = Archive(stream)
        made.add("small", b"x" * 900)
        made._note(archive._Member("later", 0, 0, 5000, 5000), 123_456)
    monkeypatch.undo()
    entry = bytes(made._directory)[-(46 + 5 + 4 + 24) :]
    assert entry[:4] == b"PK\1\2"
    extra = entry[46 + 5 :]
    numbers = [int.from_bytes(extra[at : at + 8], "little") for at in (4, 12, 20)]
    assert numbers == [5000, 5000, 123_456]
