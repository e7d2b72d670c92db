"""A file of many articles."""

from __future__ import annotations

from briefing_app.importers.base import Document
from briefing_app.importers.pdf.split import Part, by_pages, proposal, split
from briefing_app.progress import NoProgress
from tests.unit.importers.pdf.papers import BOLD, canvas, column, lines, saved, sentences


def clips(*, outline=False, headlines=True):
    """Three articles of two pages, one, and one behind a page of contents."""
    paper, out = canvas()
    paper.setTitle("Press review of Monday")
    lines(paper, ["Press review of Monday"], 60, 500, size=12)
    paper.showPage()
    for name, pages in (("Grain", 2), ("Rain", 1), ("Trains", 1)):
        for page in range(pages):
            lines(paper, ["Press review"], 60, 815, size=8)
            if page == 0 and outline:
                paper.bookmarkHorizontal(name, 0, 842)
                paper.addOutlineEntry(f"{name} in Europe", name, 0)
                paper.bookmarkHorizontal(f"{name} 2", 0, 700)
                paper.addOutlineEntry("A part of it", f"{name} 2", 1)
            if page == 0 and headlines:
                lines(paper, [f"{name} in Europe"], 60, 780, size=20, font=BOLD)
            column(paper, sentences(f"{name} on page {page + 1}", 12), 60, 740, 400)
            paper.showPage()
    return saved(paper, out)


EXPECTED = [
    ("", 1, 1),
    ("Grain in Europe", 2, 3),
    ("Rain in Europe", 4, 4),
    ("Trains in Europe", 5, 5),
]


def plain(parts):
    return [(part.title, part.first, part.last) for part in parts]


def test_the_outline_says_where_the_articles_are():
    parts = proposal(clips(outline=True, headlines=False), NoProgress())
    assert plain(parts) == EXPECTED
    assert parts[1].origin == "outline"


def test_without_one_the_headlines_do():
    parts = proposal(clips(), NoProgress())
    assert plain(parts) == EXPECTED
    assert parts[1].origin == "largest text"


def test_without_either_nothing_is_proposed_and_pages_can_be_taken():
    paper, out = canvas()
    for _ in range(3):
        column(paper, sentences("Body", 5), 60, 700, 400)
        paper.showPage()
    assert proposal(saved(paper, out), NoProgress()) == ()
    assert plain(by_pages(2)) == [("", 1, 1), ("", 2, 2)]


def test_an_entry_that_points_into_a_page_leaves_its_upper_part_to_the_one_before():
    paper, out = canvas()
    for page in range(2):
        if page == 0:
            paper.bookmarkPage("one", fit="XYZ", left=0, top=842)
            paper.addOutlineEntry("First article", "one", 0)
        else:
            paper.bookmarkPage("two", fit="XYZ", left=0, top=400)
            paper.addOutlineEntry("Second article", "two", 0)
        column(paper, sentences("Body", 30), 60, 760, 400)
        paper.showPage()
    assert plain(proposal(saved(paper, out), NoProgress())) == [
        ("First article", 1, 2),
        ("Second article", 2, 2),
    ]


def test_each_part_is_an_article_of_its_own():
    data = clips(outline=True)
    parts = proposal(data, NoProgress())
    imported = split(Document("clips.pdf", data), parts, NoProgress())
    one, grain, rain, trains = imported.articles
    assert imported.title == "Press review of Monday"
    assert [a.title for a in (grain, rain, trains)] == [title for title, _, _ in EXPECTED[1:]]
    assert sentences("Grain on page 1", 12) in grain.body.text
    assert sentences("Grain on page 2", 12) in grain.body.text
    assert "Rain" not in grain.body.text
    assert {block.page for block in grain.body.blocks} == {2, 3}
    assert "Press review" not in grain.body.included_text()
    assert ("title", "outline") in grain.origins
    assert one.title


def test_parts_by_hand_have_the_titles_that_they_were_given():
    data = clips()
    imported = split(
        Document("clips.pdf", data), [Part("Mine", 2, 2), Part("", 4, 5)], NoProgress()
    )
    assert [article.title for article in imported.articles] == ["Mine", "Rain in Europe"]
    assert imported.articles[0].origins[0] == ("title", "by hand")
