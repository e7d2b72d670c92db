"""Import a story file, export the brief that it became."""

from __future__ import annotations

import pytest


@pytest.fixture
def brief(briefing, seed):
    """The id of the brief that the seed became."""
    (record,) = briefing.json("import", seed).lines
    return record["brief"]


def test_the_text_form_comes_back_byte_for_byte(briefing, seed, brief, tmp_path):
    briefing.json("export", brief, "--to", "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == seed.read_bytes()


def test_the_pdf_is_the_one_that_build_makes(briefing, seed, brief, tmp_path):
    briefing.json("export", brief, "--to", "one.pdf", "--date", "2026-02-01")
    briefing("build", seed, "--to", "two.pdf", "--date", "2026-02-01")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_import_says_what_it_made(briefing, seed):
    record = briefing.json("import", seed).one

    assert record["path"] == str(seed)
    assert record["status"] == "new"
    assert record["reason"] == ""
    assert record["title"].startswith("Ukraine and Russia Agree")
    assert "article" not in record


def test_a_brief_is_shown_with_its_statements(briefing, brief):
    shown = briefing.json("brief", "show", brief[:6]).one

    (story,) = shown["stories"]
    assert shown["id"] == brief
    assert story["as_of"] == "2026-01-25T04:53:41Z"
    assert [s["part"] for s in story["statements"]].count("key-points") == 6
    assert [s["part"] for s in story["statements"]].count("key-takeaways") == 5
    assert story["statements"][-1]["kind"] == "paragraph"
    assert story["statements"][-1]["evidence"] == []


def test_stories_are_added_to_a_brief_that_is_named(briefing, seed, brief, tmp_path):
    (tmp_path / "more.txt").write_bytes(b"# Ferries stop\nKey Points:\n- Ice.")

    record = briefing.json("import", tmp_path / "more.txt", "--brief", brief).one

    assert record["brief"] == brief
    headlines = [s["headline"] for s in briefing.json("brief", "show", brief).one["stories"]]
    assert len(headlines) == 2
    assert headlines[1] == "Ferries stop"


def test_an_existing_file_is_kept_where_nobody_can_be_asked(briefing, brief, tmp_path):
    (tmp_path / "copy.txt").write_bytes(b"old")

    result = briefing.json("export", brief, "--to", "copy.txt", code=1)

    assert (tmp_path / "copy.txt").read_bytes() == b"old"
    assert "copy.txt exists already" in result.err
    assert "--force" in result.err


def test_an_existing_file_is_replaced_when_told_so(briefing, seed, brief, tmp_path):
    (tmp_path / "copy.txt").write_bytes(b"old")

    briefing.json("export", brief, "--to", "copy.txt", "--force")

    assert (tmp_path / "copy.txt").read_bytes() == seed.read_bytes()


def test_a_failed_export_leaves_no_half_file(briefing, brief, tmp_path):
    briefing.json("export", brief, "--to", "copy.pdf", "--style", "baroque", code=1)

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".briefinglib"] == []


def test_an_unknown_id_is_named(briefing, brief):
    result = briefing.json("export", "0" * 32, "--to", "copy.txt", code=1)

    assert "0" * 32 in result.err


def test_five_characters_of_an_id_are_too_few(briefing, brief):
    result = briefing.json("brief", "show", brief[:5], code=1)

    assert brief[:5] in result.err
    assert "6" in result.err or "six" in result.err


def test_a_deleted_brief_is_gone(briefing, brief):
    assert briefing.json("brief", "delete", brief).one == {"brief": brief}

    assert briefing.json("briefs").lines == []
    briefing.json("brief", "show", brief, code=1)
