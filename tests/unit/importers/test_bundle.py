"""A bundle from outside is not believed: what is wrong with it is named, and nothing is imported."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from contextlib import suppress

import pytest

from briefing_app.app import open_library
from briefing_app.domain.bundle import MANIFEST, SUMS
from briefing_app.domain.change import Origin
from briefing_app.errors import UnreadableSource
from briefing_app.progress import NoProgress
from briefing_app.services.bundling import Choice
from tests.unit.services.rich import rich_library


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The members of a good bundle, by name."""
    folder = tmp_path_factory.mktemp("good")
    services = open_library(folder / "L.briefinglib", Origin.COMMAND)
    try:
        rich_library(services)
        services.bundling.bundle(folder / "good.zip", Choice(), NoProgress())
    finally:
        services.close()
    with zipfile.ZipFile(folder / "good.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def refused(services, tmp_path):
    """Return a function that tries to take a file in, and returns what is said of it."""

    def refused(path):
        empty, files = services.digest(), sorted(tmp_path.rglob("*"))
        with pytest.raises(UnreadableSource) as caught:
            services.bundling.unbundle(path, NoProgress())
        with pytest.raises(UnreadableSource):
            services.bundling.preview(path, NoProgress())
        assert services.digest() == empty
        assert services.history._journal.last() == 0
        assert sorted(tmp_path.rglob("*")) == files
        return str(caught.value)

    return refused


def write(path, members, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def signed(members):
    """Return members with a list and a manifest that fit them, as a forger would make them."""
    members = {name: data for name, data in members.items() if name not in (MANIFEST, SUMS)} | {
        MANIFEST: members[MANIFEST]
    }
    manifest = json.loads(members.pop(MANIFEST))
    sums = "".join(f"{hashlib.sha256(d).hexdigest()}  {n}\n" for n, d in members.items()).encode()
    manifest["members"] |= {"count": len(members), "sha256": hashlib.sha256(sums).hexdigest()}
    return {**members, SUMS: sums, MANIFEST: json.dumps(manifest).encode()}


def with_json(members, name, change):
    form = json.loads(members[name])
    change(form)
    return signed({**members, name: json.dumps(form).encode()})


def test_a_good_bundle_is_taken_whoever_zipped_it(services, good, tmp_path):
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = write(tmp_path / "x.zip", dict(reversed(good.items())), how)
        services.bundling.unbundle(path, NoProgress())
    assert services.digest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"%PDF-1.7",
        b"PK\x05\x06" + bytes(18),
        b"PK\x05\x06" + b"\xff" * 18,
        b"x" * 99999,
    ],
)
def test_what_is_no_bundle_is_told_so(refused, tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    assert refused(path) == "“x.zip” is not a bundle of Briefing Desk."


def test_a_zip_of_something_else_is_told_so(refused, tmp_path):
    path = write(tmp_path / "x.zip", {MANIFEST: b'{"format": "epub"}'})
    assert refused(path) == "“x.zip” is not a bundle of Briefing Desk."
    assert "word/document.xml" in refused(write(path, {"word/document.xml": b"<x/>"}))


def test_a_bundle_of_a_newer_version_is_told_so(refused, good, tmp_path):
    newer = with_json(good, MANIFEST, lambda form: form.update(version=2))
    newer[MANIFEST] = newer[MANIFEST].replace(b'"version": 1', b'"version": 2')
    said = refused(write(tmp_path / "x.zip", newer))
    assert said == "“x.zip” was made by a newer version of Briefing Desk."


def test_every_member_that_is_damaged_is_named(refused, good, tmp_path):
    for name, data in good.items():
        bad = {**good, name: b"\0" + data[1:]}
        if name == MANIFEST:
            bad[name] = b"{}"
            assert "is not a bundle" in refused(write(tmp_path / "x.zip", bad))
        else:
            assert f"is damaged: {name}" in refused(write(tmp_path / "x.zip", bad))


def test_a_member_that_is_missing_is_named(refused, good, tmp_path):
    for name in good:
        rest = {other: data for other, data in good.items() if other != name}
        said = refused(write(tmp_path / "x.zip", rest))
        assert name in said or (name == MANIFEST and "is not a bundle" in said)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "C:\\evil",
        "originals/../../evil",
        "originals/",
        "texts/x.txt",
        "articles/1.json",
        "originals/" + "A" * 64,
    ],
)
def test_a_name_that_no_bundle_has_is_refused(refused, good, tmp_path, name):
    said = refused(write(tmp_path / "x.zip", signed({**good, name: b"x"})))
    assert "is damaged" in said


def test_a_member_that_comes_twice_is_refused(refused, good, tmp_path):
    path = write(tmp_path / "x.zip", good)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("README.txt", good["README.txt"])
    assert "README.txt" in refused(path)


def test_a_file_that_was_cut_or_has_a_flipped_bit_is_refused(services, good, tmp_path):
    """Wherever the damage is, the library is as it was, or all of it came in unharmed."""
    whole = write(tmp_path / "x.zip", good).read_bytes()
    path, empty = tmp_path / "y.zip", services.digest()
    for at in range(0, len(whole), len(whole) // 60):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]):
            path.write_bytes(data)
            with suppress(
                UnreadableSource
            ):  # a flipped bit of a date in the directory does no harm
                services.bundling.preview(path, NoProgress())
    assert services.digest() == empty


def test_a_bomb_is_not_unpacked(refused, good, tmp_path):
    name = next(name for name in good if name.startswith("texts/"))
    bomb = signed({**good, name: b"\0" * 30_000_000})
    assert name in refused(write(tmp_path / "x.zip", bomb))


def test_a_size_that_lies_is_refused(refused, good, tmp_path):
    path = write(tmp_path / "x.zip", good, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)  # the size in the directory
    path.write_bytes(data)
    assert "is damaged" in refused(path)


def test_a_locked_member_is_refused(refused, good, tmp_path):
    path = write(tmp_path / "x.zip", good)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # encrypted
    path.write_bytes(data)
    assert "is damaged" in refused(path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"[]" * 3,
        b'{"a": NaN}',
        b"\xff\xfe",
        b"[[]]",
        b"[null]",
        b'[{"id": 5}]',
        b'[{"id": "0"}]',
        b"[" + b"9" * 5000 + b"]",
        b'"x"',
    ],
)
@pytest.mark.parametrize(
    "name", ["articles/00001.json", "annotations/00001.jsonld", "stories/00001.json"]
)
def test_json_that_makes_no_sense_is_named(refused, good, tmp_path, name, data):
    said = refused(write(tmp_path / "x.zip", signed({**good, name: data})))
    assert f"is damaged: {name}" in said or "is damaged: articles " in said


def _ours(item):
    return item["custom"]["briefing-desk"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("articles/00001.json", lambda f: _ours(f[0]).update(title=5)),
        ("articles/00001.json", lambda f: _ours(f[0]).update(title="\ud800")),
        ("articles/00001.json", lambda f: _ours(f[0]).update(more=1)),
        ("articles/00001.json", lambda f: _ours(f[0]).pop("title")),
        ("articles/00001.json", lambda f: _ours(f[0]).update(state="lost")),
        ("articles/00001.json", lambda f: _ours(f[0]).update(tags="x")),
        ("articles/00001.json", lambda f: _ours(f[0]).update(published={"date": "x"})),
        ("articles/00001.json", lambda f: _ours(f[0]).update(created="yesterday")),
        ("articles/00001.json", lambda f: _ours(f[0]).update(past={"title": ["zz"]})),
        ("articles/00001.json", lambda f: _ours(f[0]).update(version="0" * 36)),
        ("articles/00001.json", lambda f: f.append(f[0])),
        ("articles/00001.json", lambda f: f.reverse()),
        ("versions/00001.json", lambda f: f[0].update({"text-sha256": "0" * 64})),
        ("versions/00001.json", lambda f: f[0]["blocks"][0].update(end=1 << 40)),
        ("versions/00001.json", lambda f: f[0]["blocks"][0].update(kind="script")),
        ("versions/00001.json", lambda f: f[0].update(blocks=[{"kind": []}])),
        ("versions/00001.json", lambda f: f.pop()),
        ("annotations/00001.jsonld", lambda f: f["items"][0].update(target={})),
        ("annotations/00001.jsonld", lambda f: f["items"][0].update(body=[{"purpose": "x"}])),
        ("annotations/00001.jsonld", lambda f: f["items"][0].update(id="urn:uuid:x")),
        ("stories/00001.json", lambda f: f[0].update(statements={})),
        ("stories/00001.json", lambda f: f[0]["statements"][0].update(part="x")),
        ("stories/00001.json", lambda f: f[0]["statements"][0].update(rank="; DROP")),
        (
            "stories/00001.json",
            lambda f: f[0]["statements"][0].update(
                evidence=[["00000000-0000-4000-8000-000000000000", "supports"]]
            ),
        ),
        ("briefs/00001.json", lambda f: f[0]["links"][0].update(short=1)),
        ("briefs/00001.json", lambda f: f[0].update(sections=[])),
        ("originals/00001.json", lambda f: f[0].update(size=5)),
        ("originals/00001.json", lambda f: f[0].update(sha256="../../x")),
        (MANIFEST, lambda f: f.update(library="x")),
        (MANIFEST, lambda f: f.update(counts=[])),
        (MANIFEST, lambda f: f.update({"held-back": ["title"]})),
        (MANIFEST, lambda f: f.update(holds="everything")),
    ],
)
def test_a_record_that_is_not_as_records_are_is_refused(refused, good, tmp_path, name, change):
    assert "is damaged" in refused(write(tmp_path / "x.zip", with_json(good, name, change)))


def test_a_file_that_cannot_be_read_is_told_so(services, tmp_path):
    with pytest.raises(UnreadableSource, match="cannot be read"):
        services.bundling.unbundle(tmp_path / "absent.zip", NoProgress())
    with pytest.raises(UnreadableSource, match="cannot be read"):
        services.bundling.unbundle(tmp_path, NoProgress())


def test_a_bundle_is_known_by_its_manifest(services, good, tmp_path):
    assert services.bundling.is_bundle(write(tmp_path / "x.zip", good))
    assert not services.bundling.is_bundle(write(tmp_path / "y.zip", {"a.txt": b"x"}))
    assert not services.bundling.is_bundle(tmp_path / "absent.zip")
    assert not services.bundling.is_bundle(tmp_path)
    os.truncate(tmp_path / "x.zip", 1000)
    assert not services.bundling.is_bundle(tmp_path / "x.zip")
