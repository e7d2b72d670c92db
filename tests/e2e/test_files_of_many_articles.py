"""Newsletters and clip books are split from a script."""

from __future__ import annotations

from tests.unit.services.test_splitting import TITLES, clip_book, newsletter


def test_a_newsletter_is_split_into_its_items(briefing):
    (briefing.home / "a.eml").write_bytes(newsletter())
    mail = briefing("import", "a.eml", "--json").one["article"]

    listed = briefing("article", "split-items", mail, "--list", "--json").lines
    assert [row["title"] for row in listed] == list(TITLES)
    made = briefing("article", "split-items", mail, "--item", "2", "--archive", "--json").one
    assert made["title"] == TITLES[1]
    again = briefing("article", "split-items", mail, "--json").lines
    assert [row["title"] for row in again] == [TITLES[0], TITLES[2]]
    wrong = briefing("article", "split-items", mail, "--item", "9", code=2)
    assert "There is no item 9; it has 3." in wrong.err
    briefing("undo")
    briefing("undo")
    assert len(briefing("articles", "--json").lines) == 1


def test_a_pdf_is_split_by_outline_by_pages_and_by_hand(briefing):
    (briefing.home / "clips.pdf").write_bytes(clip_book(*TITLES))
    book = briefing("import", "clips.pdf", "--json").one["article"]

    listed = briefing("article", "split-pages", book, "--list", "--json").lines
    assert [(row["title"], row["first"], row["last"]) for row in listed] == [
        (title, at, at) for at, title in enumerate(TITLES, 1)
    ]
    pages = briefing("article", "split-pages", book, "--each-page", "--list", "--json").lines
    assert len(pages) == 3
    made = briefing(
        "article", "split-pages", book, "--part", "Ice: and tickets:1-2", "--part", "3", "--json"
    ).lines
    assert [row["title"] for row in made] == ["Ice: and tickets", TITLES[2]]
    wrong = briefing("article", "split-pages", book, "--part", "Beyond:3-4", code=2)
    assert "names no pages" in wrong.err
    text = briefing("article", "split-pages", briefing_text(briefing), code=1)
    assert "is no PDF" in text.err


def briefing_text(briefing):
    (briefing.home / "a.txt").write_text("A title\n\nOne text, and no more.", encoding="utf-8")
    return briefing("import", "a.txt", "--json").one["article"]
