"""Where a passage of the text stands on its page."""

from __future__ import annotations

import pypdfium2
import pytest

from briefing_app.importers.pdf.places import places
from tests.unit.importers.pdf.papers import HEIGHT, canvas, column, lines, saved, sentences, turned
from tests.unit.importers.pdf.papers_read import article


def bounded(data, page, place):
    """Return what pdfium finds in a rectangle of a page."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page - 1]
        height = sheet.get_height()
        text = sheet.get_textpage()
        return text.get_text_bounded(place.x0, height - place.y1, place.x1, height - place.y0)


def found_at(data, passage, page=1, start=None):
    text = article(data).body.text
    at = text.index(passage) if start is None else start
    return places(data, page, text, at, at + len(passage))


def two_columns():
    paper, out = canvas()
    column(paper, sentences("Alpha in the left column", 12), 60, 700, 220)
    column(paper, sentences("Beta in the right column", 12), 310, 700, 220)
    return saved(paper, out)


def test_a_passage_has_a_rectangle_where_it_stands():
    (place,) = found_at(two_columns(), "Beta in the right column makes")
    assert 305 < place.x0 < 315
    assert 690 < HEIGHT - place.y1 < 700 < HEIGHT - place.y0 < 712
    assert "Beta in the right" in bounded(two_columns(), 1, place)


def test_a_passage_of_two_lines_has_two():
    one, two = found_at(two_columns(), "Alpha in the left column makes sentence number 1. Alpha")
    assert one.y1 <= two.y0 + 3
    assert (one.x0, two.x0) == pytest.approx((60, 60), abs=1)


def test_of_two_places_with_the_same_words_the_one_with_the_same_neighbours_is_meant():
    data = two_columns()
    text = article(data).body.text
    start = text.index("number 9.", text.index("Beta"))
    (place,) = places(data, 1, text, start, start + len("number 9."))
    assert place.x0 > 300


def test_hyphens_that_went_are_no_hindrance():
    paper, out = canvas()
    lines(paper, ["A word about the govern-", "ment of today and"], 60, 700)
    data = saved(paper, out)
    one, two = found_at(data, "government")
    assert bounded(data, 1, one).startswith("govern")
    assert bounded(data, 1, two).startswith("ment")


def test_a_paragraph_that_goes_on_is_found_on_both_pages():
    paper, out = canvas()
    words = sentences("One paragraph that is too long for the rest of its page", 60).split(" ")
    for part in (words[:420], words[420:]):
        column(paper, " ".join(part), 60, 760, 470)
        paper.showPage()
    data = saved(paper, out)
    text = article(data).body.text
    start = len(" ".join(words[:410])) + 1
    end = len(" ".join(words[:430]))
    first, second = places(data, 1, text, start, end), places(data, 2, text, start, end)
    assert words[419] in bounded(data, 1, first[-1])
    assert words[421] in bounded(data, 2, second[0])
    assert first[-1].y0 > second[0].y0


def test_a_turned_page_is_marked_as_it_is_shown():
    paper, out = canvas()
    turned(paper)
    column(paper, sentences("Turned", 12), 60, 700, 300)
    data = saved(paper, out)
    (place,) = found_at(data, "Turned makes sentence")
    assert place.x0 == pytest.approx(60, abs=1)
    assert place.x1 - place.x0 > 3 * (place.y1 - place.y0)


def test_what_is_not_on_a_page_has_no_place():
    data = two_columns()
    assert places(data, 1, "Quite another text", 0, 10) == ()
    assert places(data, 7, "Alpha", 0, 5) == ()
