from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.statement import Part
from briefing_app.exporters.compose import compose
from briefing_app.exporters.labels import load_labels
from briefing_app.exporters.pdf.faces import load_faces
from briefing_app.exporters.pdf.flow import MM, flow
from briefing_app.exporters.pdf.pages import paginate
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import content, row, seed_story, story

STYLE = load_style()
N, K, T, M = Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT


def laid(*stories, title=""):
    made = content(*stories, title=title)
    found = flow(compose(made, load_labels("en")), STYLE, load_faces(), NoProgress())
    return found.boxes, paginate(found.boxes, STYLE)


def sizes(pages):
    """How many lines of each box stand on each page."""
    return [[(piece.first, piece.last, len(piece.box.lines)) for piece in p.pieces] for p in pages]


def check(boxes, pages):
    """Every line of every box stands once, in order, within the margins."""
    lines = [
        (id(piece.box), number)
        for page in pages
        for piece in page.pieces
        for number in range(piece.first, piece.last)
    ]
    assert lines == [(id(box), number) for box in boxes for number in range(len(box.lines))]
    for page in pages:
        edge = STYLE.height - STYLE.margins.top * MM + 0.01
        for piece in page.pieces:
            assert piece.top <= edge
            edge = piece.bottom + 0.01
        assert edge >= STYLE.margins.bottom * MM


def test_there_is_always_a_page():
    _boxes, pages = laid()
    assert len(pages) == 1


def test_no_line_of_a_paragraph_stands_alone_at_the_foot_or_head_of_a_page():
    text = "some words that fill the lines of a paragraph " * 9
    for extra in range(1, 40):
        boxes, pages = laid(story(*(row(K, "x") for _ in range(extra)), row(T, text), row(T, text)))
        check(boxes, pages)
        for first, last, count in (piece for page in sizes(pages) for piece in page):
            if (first, last) != (0, count):
                assert last - first >= 2
                assert count - last != 1


def test_a_headline_is_never_the_last_on_a_page():
    for extra in range(1, 40):
        one = story(*(row(K, "x") for _ in range(extra)))
        boxes, pages = laid(one, story(row(N, "y " * 200), headline="Second"), title="Two")
        check(boxes, pages)
        for page in pages:
            assert not page.pieces[-1].box.keep


def test_a_part_begins_with_some_room_for_its_label():
    for extra in range(1, 40):
        _boxes, pages = laid(story(*(row(K, "x") for _ in range(extra)), row(M, "end")))
        for page in pages:
            for piece in page.pieces:
                if piece.box.label:
                    assert piece.top - piece.box.room >= STYLE.margins.bottom * MM - 0.01


def test_a_part_that_goes_on_shows_its_label_again():
    _boxes, pages = laid(story(*(row(K, f"item {n}") for n in range(100))))
    assert len(pages) > 2
    assert pages[0].continued is None
    assert all(page.continued for page in pages[1:])


def test_a_page_that_begins_with_a_new_story_continues_nothing():
    for extra in range(1, 40):
        one = story(*(row(K, "x") for _ in range(extra)))
        _boxes, pages = laid(one, story(row(N, "y"), headline="Second"), title="Two")
        for page in pages[1:]:
            if not page.pieces[0].box.in_part:
                assert page.continued is None


def test_the_head_of_a_page_shows_the_headline_that_its_first_lines_belong_to():
    _boxes, pages = laid(
        story(*(row(K, f"item {n}") for n in range(50)), headline="First"),
        story(*(row(K, f"item {n}") for n in range(50)), headline="Second"),
        title="Two",
    )
    assert pages[0].running == "First"
    assert pages[-1].running == "Second"


def test_the_sample_story_fits_its_pages():
    check(*laid(seed_story()))


@given(
    st.lists(st.tuples(st.sampled_from(tuple(Part)), st.integers(1, 400)), min_size=0, max_size=12),
    st.integers(0, 60),
)
def test_any_story_is_whole_on_its_pages(rows, headline):
    made = story(*(row(part, "word " * count) for part, count in rows), headline="Head " * headline)
    check(*laid(made, made, title="Any"))
