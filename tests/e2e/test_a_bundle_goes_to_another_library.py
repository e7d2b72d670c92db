"""A library leaves as one file and comes back, from the command line."""

from __future__ import annotations

import zipfile


def _fill(briefing, seed):
    page = briefing.home / "harbour news.txt"
    page.write_text("Harbour opens\n\nThe port opened its second quay on Tuesday.\n", "utf-8")
    article = briefing.json("import", page, seed).lines[0]["article"]
    return briefing.json(
        "annotate", article, "--quote", "The port opened", "--as", "key-point", "--comment", "HUSH"
    ).one


def test_a_library_leaves_as_one_file_and_comes_back(briefing, seed):
    _fill(briefing, seed)

    made = briefing.json("bundle", "all.zip").one
    assert made["counts"]["articles"] == 1
    assert made["counts"]["briefs"] == 1
    assert made["size"] == (briefing.home / "all.zip").stat().st_size

    seen = briefing("unbundle", "all.zip", "--library", "New.briefinglib", "--preview")
    assert "Would be taken in: 4 new" in seen.out
    came = briefing("unbundle", "all.zip", "--library", "New.briefinglib", "--json").lines
    assert {line["status"] for line in came[:-1]} == {"new"}
    assert came[-1]["counts"]["article"] == {"new": 1}
    digests = {
        briefing("library", "--digest", "--library", name, "--json").one["digest"]
        for name in (briefing.library, "New.briefinglib")
    }
    assert len(digests) == 1
    briefing("bundle", "back.zip", "--library", "New.briefinglib")
    with (
        zipfile.ZipFile(briefing.home / "all.zip") as one,
        zipfile.ZipFile(briefing.home / "back.zip") as two,
    ):
        names = {name for name in one.namelist() if not name.startswith("manifest")}
        assert {n for n in two.namelist() if not n.startswith("manifest")} == names
        assert [n for n in names if one.read(n) != two.read(n)] == []

    again = briefing("unbundle", "all.zip", "--library", "New.briefinglib")
    assert again.out == "Taken in: 4 the same\n"
    assert briefing("undo", "--library", "New.briefinglib", "--json").one["action"] == "unbundle"
    assert briefing("briefs", "--library", "New.briefinglib", "--json").lines == []


def test_a_brief_leaves_without_what_is_private(briefing, seed):
    made = _fill(briefing, seed)
    briefing.json("bundle", "brief.zip", "--brief", made["brief"][:8])
    briefing.json("bundle", "more.zip", "--story", made["story"], "--with-comments")
    with zipfile.ZipFile(briefing.home / "brief.zip") as archive:
        assert b"HUSH" not in b"".join(map(archive.read, archive.namelist()))
    with zipfile.ZipFile(briefing.home / "more.zip") as archive:
        assert b"HUSH" in b"".join(map(archive.read, archive.namelist()))


def test_a_damaged_bundle_is_named_and_brings_nothing(briefing, seed):
    _fill(briefing, seed)
    briefing.json("bundle", "all.zip")
    with (
        zipfile.ZipFile(briefing.home / "all.zip") as whole,
        zipfile.ZipFile(briefing.home / "bad.zip", "w") as bad,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            bad.writestr(name, b"x" + data[1:] if name.startswith("texts/") else data)
    result = briefing("unbundle", "bad.zip", "--library", "New.briefinglib", code=1)
    assert "The bundle “bad.zip” is damaged: texts/" in result.err
    assert "Nothing was imported" in result.err
    assert briefing("articles", "--library", "New.briefinglib", "--json").lines == []


def test_wrong_names_are_told(briefing, seed):
    _fill(briefing, seed)
    assert ".zip" in briefing("bundle", "all.tar", code=2).err
    assert (
        "not allowed with"
        in briefing("bundle", "a.zip", "--brief", "x", "--story", "y", code=2).err
    )
    assert "There is no brief" in briefing.json("bundle", "a.zip", "--brief", "abcdef", code=1).err
    assert "cannot be read" in briefing.json("unbundle", "absent.zip", code=1).err
    assert "is not a bundle" in briefing.json("unbundle", seed, code=1).err
    briefing.json("bundle", "a.zip")
    assert "--force" in briefing.json("bundle", "a.zip", code=1).err
    briefing.json("bundle", "a.zip", "--force")
