"""Archives, read within limits."""

from __future__ import annotations

import tracemalloc
import zipfile

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import zipped
from tests.hostile import zips


def test_files_are_read_by_name_and_folders_are_not_files():
    archive = zipped.open_zip(zips.packed({"b/": b"", "b/два.txt": "слово", "a": b"\0"}))
    assert archive.names() == ("b/два.txt", "a")
    assert archive.read("b/два.txt").decode() == "слово"
    assert "a" in archive
    assert "b/" not in archive


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_packed_and_plain_files_are_read(method):
    data = b"".join(bytes([n % 256, n // 256 % 256]) for n in range(100_000))
    assert zipped.open_zip(zips.packed({"a": data}, method)).read("a") == data


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_bounded_are_refused(method):
    archive = zipped.open_zip(zips.packed({"a": b"x"}, method))
    with pytest.raises(UnreadableSource, match="not read here") as caught:
        archive.read("a")
    assert "Unpack it" in caught.value.next_step


@pytest.mark.parametrize("bomb", [zips.bomb(150), zips.lying()])
def test_a_bomb_is_refused_before_it_is_unpacked(bomb):
    archive = zipped.open_zip(bomb)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSource, match=r"times its size|cannot be unpacked"):
            archive.read("a.txt")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_files_that_are_too_much_together_are_refused():
    archive = zipped.open_zip(zips.wide(30, 5))
    with pytest.raises(UnreadableSource, match="larger than 100 MB"):
        [len(archive.read(name)) for name in archive.names()]


def test_archives_in_an_archive_share_what_may_be_unpacked():
    budget = zipped.Budget(1000)
    outer = zipped.open_zip(zips.packed({"i": zips.packed({"a": b"x" * 900})}), budget)
    inner = zipped.open_zip(outer.read("i"), budget)
    with pytest.raises(UnreadableSource, match="larger than"):
        inner.read("a")


def test_too_many_files_are_refused_before_their_directory_is_read():
    with pytest.raises(UnreadableSource, match="more than 5000 files") as caught:
        zipped.open_zip(zips.crowd(5001))
    assert caught.value.next_step


def test_an_archive_that_holds_archives_is_not_counted_by_their_files():
    inner = zips.crowd(3000)
    outer = zips.packed({"a.zip": inner, "b.zip": inner}, zipfile.ZIP_STORED)
    assert zipped.open_zip(outer).names() == ("a.zip", "b.zip")


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "..\\a", "\\\\host\\share", "c:a"]
)
def test_a_name_that_leads_outside_is_no_name(name):
    archive = zipped.open_zip(zips.packed({name: b"x", "fine..txt": b"y"}))
    assert archive.names() == ("fine..txt",)
    assert len(archive.outside) == 1
    with pytest.raises(UnreadableSource, match="not complete"):
        archive.read(archive.outside[0])


def test_a_locked_file_is_named_as_such():
    archive = zipped.open_zip(zips.locked({"a.txt": b"secret"}))
    assert archive.is_locked("a.txt")
    with pytest.raises(UnreadableSource, match="password") as caught:
        archive.read("a.txt")
    assert "save it without one" in caught.value.next_step


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"not a zip",
        zips.packed({"a": b"x" * 999})[:-30],
        zips.packed({"a": b"x" * 999})[30:],
        bytes(22) + b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x06\x07" + b"\xff" * 16 + b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_half_an_archive_is_damaged(data):
    with pytest.raises(UnreadableSource, match="damaged"):
        zipped.open_zip(data).read("a")


def test_a_file_with_a_wrong_byte_is_damaged():
    data = bytearray(zips.packed({"a": b"fine words"}, zipfile.ZIP_STORED))
    data[data.index(b"fine")] ^= 1
    with pytest.raises(UnreadableSource, match="damaged"):
        zipped.open_zip(bytes(data)).read("a")


def test_what_begins_like_an_archive_is_told_from_other_bytes():
    assert zipped.looks_zipped(zips.packed({"a": b""}))
    assert zipped.looks_zipped(zips.packed({}))
    assert not zipped.looks_zipped(b"PKZIP")
