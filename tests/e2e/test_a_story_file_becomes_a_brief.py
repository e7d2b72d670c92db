"""`build`: from a story file straight to a brief, without a library."""

from __future__ import annotations

import re
import subprocess

import pytest

TWO = b"""Mon Feb  2 06:30:00 CET 2026: # Ferries stop
The Story:
The strait froze.

# Grid fails
Key Points:
- Three cities are dark."""


def words(text):
    return re.findall(r"\w+", text)


def test_the_text_form_comes_back_byte_for_byte(briefing, seed, tmp_path):
    briefing("build", seed, "--to", "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == seed.read_bytes()


def test_markdown_leads_back_to_the_text_form(briefing, seed, tmp_path):
    briefing("build", seed, "--to", "brief.md")
    briefing("build", "brief.md", "--to", "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == seed.read_bytes()


def test_several_stories_lead_back_from_markdown_too(briefing, tmp_path):
    briefing("build", "-", "--to", "brief.md", "--title", "Winter", stdin=TWO)
    briefing("build", "brief.md", "--to", "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == TWO


def test_the_pdf_is_sound(briefing, seed, tool, tmp_path):
    briefing("build", seed, "--to", "brief.pdf")

    check = subprocess.run(
        [tool("qpdf"), "--check", "brief.pdf"], cwd=tmp_path, capture_output=True, check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_the_pdf_holds_every_word_in_order_on_at_most_two_pages(briefing, seed, tool, tmp_path):
    result = briefing("build", seed, "--to", "brief.pdf", "--json")
    printed = subprocess.run(
        [tool("pdftotext"), "brief.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()

    wanted = words(seed.read_text(encoding="utf-8").partition("# ")[2])
    rest = iter(words(printed))
    missing = [word for word in wanted if word not in rest]
    assert len(wanted) == 475
    assert missing == []
    assert 1 <= result.one["pages"] <= 2


def test_the_same_date_gives_the_same_bytes(briefing, seed, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        briefing("build", seed, "--to", name, "--date", "2026-02-01T06:30")

    one, two = ((tmp_path / name).read_bytes() for name in ("one.pdf", "two.pdf"))
    assert one.startswith(b"%PDF-")
    assert one == two


def test_without_a_date_it_is_that_of_the_newest_story(briefing, seed, tmp_path):
    briefing("build", seed, "--to", "one.pdf")
    briefing("build", seed, "--to", "two.pdf", "--date", "2026-01-25T04:53:41Z")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_paper_is_chosen(briefing, seed, tool, tmp_path):
    briefing("build", seed, "--to", "brief.pdf", "--page", "Letter")

    info = subprocess.run(
        [tool("pdfinfo"), "brief.pdf"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    assert "612 x 792 pts (letter)" in info


def test_a_web_page_holds_the_headline_and_no_script(briefing, seed, tmp_path):
    briefing("build", seed, "--to", "brief.html")

    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "Ukraine and Russia Agree to Second Round" in page
    assert "<script" not in page


def test_several_files_are_one_brief_in_the_order_given(briefing, seed, tmp_path):
    (tmp_path / "two.txt").write_bytes(TWO)

    result = briefing("build", "two.txt", seed, "--to", "copy.txt", "--json")

    assert (tmp_path / "copy.txt").read_bytes() == TWO + b"\n\n" + seed.read_bytes()
    assert result.one["stories"] == 3


def test_an_existing_file_is_replaced(briefing, seed, tmp_path):
    (tmp_path / "copy.txt").write_bytes(b"old")

    briefing("build", seed, "--to", "copy.txt")

    assert (tmp_path / "copy.txt").read_bytes() == seed.read_bytes()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no headline\n", "broken.txt: Line 1: a story begins with a line"),
        (b"# One\nThe Story:\n\xff\n", "broken.txt: Line 3 is not UTF-8 text."),
        (b"", "broken.txt: Line 1: there is no story"),
        (b"Sun Foo 25 2026: # One\n", "broken.txt: Line 1: “Sun Foo 25 2026” is not a date"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    briefing, seed, tmp_path, content, says
):
    (tmp_path / "broken.txt").write_bytes(content)

    result = briefing("build", seed, "broken.txt", "--to", "copy.txt", code=1)

    assert says in result.err
    assert not (tmp_path / "copy.txt").exists()


def test_a_file_that_is_not_there_is_named(briefing):
    result = briefing("build", "absent.txt", "--to", "copy.txt", code=1)

    assert result.err.startswith("absent.txt: ")


def test_a_folder_that_is_not_there_is_named(briefing, seed):
    result = briefing("build", seed, "--to", "absent/copy.txt", code=1)

    assert "absent" in result.err


def test_characters_without_a_glyph_are_named_and_the_file_is_written(briefing, tmp_path):
    briefing_text = "# Наводнение \U000130b8\nThe Story:\nText.".encode()

    result = briefing("build", "-", "--to", "brief.pdf", stdin=briefing_text)

    assert "\U000130b8" in result.err or "U+130B8" in result.err
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_an_unknown_style_is_named_with_those_there_are(briefing, seed):
    result = briefing("build", seed, "--to", "brief.pdf", "--style", "baroque", code=1)

    assert "There is no style “baroque”." in result.err
    assert "house" in result.err
