"""The order in which the parts of a page are read."""

from __future__ import annotations

from tests.unit.importers.pdf.papers import (
    BOLD,
    by_hand,
    canvas,
    column,
    lines,
    saved,
    sentences,
    turned,
)
from tests.unit.importers.pdf.papers_read import article, rows


def order(text, *marks):
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places), marks


def test_two_columns_are_read_one_after_the_other():
    paper, out = canvas()
    column(paper, sentences("Alpha in the left column", 12), 60, 700, 220)
    column(paper, sentences("Beta in the right column", 12), 310, 700, 220)
    found = article(saved(paper, out)).body.text
    order(found, "Alpha", "Beta")
    assert sentences("Alpha in the left column", 12) in found
    assert sentences("Beta in the right column", 12) in found


def test_it_does_not_matter_in_which_order_the_file_draws_them():
    paper, out = canvas()
    column(paper, sentences("Beta in the right column", 12), 310, 700, 220)
    column(paper, sentences("Alpha in the left column", 12), 60, 700, 220)
    order(article(saved(paper, out)).body.text, "Alpha", "Beta")


def test_a_paragraph_goes_on_in_the_next_column():
    paper, out = canvas()
    text = sentences("One paragraph that is far too long for a column of its own", 30)
    words = text.split(" ")
    column(paper, " ".join(words[:200]), 60, 700, 220)
    column(paper, " ".join(words[200:]), 310, 700, 220)
    assert rows(article(saved(paper, out))) == [("paragraph", text)]


def test_a_newspaper_page_is_read_headline_by_headline():
    """A headline over two columns, a sidebar beside both, and a second article below them."""
    paper, out = canvas()
    lines(paper, ["Parliament votes tonight"], 40, 780, size=26, font=BOLD)
    column(paper, sentences("First column of the vote", 10), 40, 740, 160)
    column(paper, sentences("Second column of the vote", 10), 215, 740, 160)
    lines(paper, ["In short"], 400, 780, size=14, font=BOLD)
    column(paper, sentences("Sidebar", 8), 400, 760, 150)
    lines(paper, ["Rain until Friday"], 40, 430, size=20, font=BOLD)
    column(paper, sentences("First column of the weather", 8), 40, 400, 160)
    column(paper, sentences("Second column of the weather", 8), 215, 400, 160)
    found = article(saved(paper, out))
    order(
        found.body.text,
        "Parliament votes",
        "First column of the vote",
        "Second column of the vote",
        "Rain until",
        "First column of the weather",
        "Second column of the weather",
    )
    order(found.body.text, "In short", "Sidebar")
    assert ("heading", "Rain until Friday") in rows(found)


def test_three_narrow_columns_with_lines_at_one_height_are_no_table():
    paper, out = canvas()
    for at, name in enumerate(("Alpha", "Beta", "Gamma")):
        column(paper, sentences(name, 14), 50 + 170 * at, 700, 150)
    found = article(saved(paper, out))
    assert {kind for kind, _ in rows(found)} == {"paragraph"}
    order(found.body.text, "Alpha", "Beta", "Gamma")


def test_a_heading_above_a_column_stays_with_it():
    paper, out = canvas()
    lines(paper, ["A title over all of the page"], 120, 780, size=20, font=BOLD)
    for at, name in enumerate(("Left", "Right")):
        lines(paper, [f"{name} part"], 60 + 260 * at, 740, size=13, font=BOLD)
        column(paper, sentences(name, 14), 60 + 260 * at, 720, 230)
    order(article(saved(paper, out)).body.text, "A title", "Left part", "Left makes", "Right part")


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown():
    paper, out = canvas()
    turned(paper)
    column(paper, sentences("Turned", 12), 60, 700, 220)
    column(paper, sentences("Second", 12), 310, 700, 220)
    found = article(saved(paper, out)).body.text
    assert sentences("Turned", 12) in found
    order(found, "Turned", "Second")


def test_what_lies_beside_the_shown_part_of_a_page_is_left_out():
    paper, out = canvas(cropBox=(50, 50, 545, 792))
    column(paper, sentences("Seen", 5), 60, 700, 400)
    lines(paper, ["printer's mark"], 60, 820)
    assert "printer" not in article(saved(paper, out)).body.text


def test_text_across_the_page_is_kept_but_left_out():
    paper, out = canvas()
    column(paper, sentences("Level text", 12), 120, 700, 380)
    paper.rotate(90)
    lines(paper, ["a stamp in the margin"], 300, -40)
    found = article(saved(paper, out))
    assert "a stamp" not in found.body.included_text()
    assert "a stamp in the margin" in found.body.text


def test_arabic_is_read_from_right_to_left_with_its_numbers():
    text = "قال المتحدث إن العدد بلغ 3,500 شخص"
    seen = "صخش 3,500 غلب ددعلا نإ ثدحتملا لاق"
    found = article(by_hand(seen))
    assert found.body.text == text
    assert found.direction == "rtl"


def test_letters_set_over_each_other_twice_are_read_once():
    paper, out = canvas()
    for shift in (0, 0.4):
        lines(paper, ["Shadowed headline"], 60 + shift, 700, size=20)
    column(paper, sentences("Body", 10), 60, 660, 400)
    assert article(saved(paper, out)).body.text.count("Shadowed") == 1


def test_a_capital_three_lines_tall_belongs_to_the_first_word():
    paper, out = canvas()
    lines(paper, ["T"], 60, 671, size=46)
    lines(
        paper,
        ["he ministers met in the capital on Monday", "and spoke for four hours about grain,"],
        92,
        700,
        size=11,
    )
    lines(paper, ["which was more than anybody expected."], 92, 672.5, size=11)
    column(paper, sentences("Later", 8), 60, 655, 400, size=11)
    assert (
        "The ministers met in the capital on Monday and spoke"
        in article(saved(paper, out)).body.text
    )
