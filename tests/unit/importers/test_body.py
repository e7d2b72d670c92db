"""Bodies: one text, and blocks and spans beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.article import BlockKind, Span, SpanKind
from briefing_app.errors import UnreadableSource
from briefing_app.importers.body import (
    LARGEST_BLOCK,
    Draft,
    Piece,
    body_of,
    code,
    running,
    table,
)

PIECES = st.lists(
    st.builds(
        Piece,
        st.text(st.sampled_from("ab \n\t\u00a0\u200be\u0301\u0430\U0001f600"), max_size=6),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "https://a.example/"]),
    ),
    max_size=8,
)


def test_blocks_are_joined_by_one_newline_and_know_where_they_stand():
    body = body_of(
        [
            running(BlockKind.HEADING, [Piece(" A  title ")], level=2),
            Draft(BlockKind.IMAGE, alt="a ship"),
            running(BlockKind.PARAGRAPH, [Piece("")]),
            table([["a", "b\tc"], ["", ""], ["d", ""]]),
            code("\tx = 1\n"),
        ]
    )

    assert body.text == "A title\na\tb c\nd\t\n\tx = 1"
    assert [(b.kind.value, body.text[b.start : b.end]) for b in body.blocks] == [
        ("heading", "A title"),
        ("image", ""),
        ("table", "a\tb c\nd\t"),
        ("code", "\tx = 1"),
    ]
    assert body.blocks[1].alt == "a ship"


def test_bold_italic_and_links_are_ranges_beside_the_text():
    body = body_of(
        [
            running(BlockKind.PARAGRAPH, [Piece("First.")]),
            running(
                BlockKind.PARAGRAPH,
                [Piece("A "), Piece(" bold ", bold=True), Piece("and", bold=True, italic=True),
                 Piece(" a "), Piece("link", link="https://a.example/")],
            ),
        ]
    )  # fmt: skip

    assert body.text == "First.\nA bold and a link"
    assert [(s.kind.value, body.text[s.start : s.end], s.target) for s in body.spans] == [
        ("bold", "bold and", ""),
        ("italic", "and", ""),
        ("link", "link", "https://a.example/"),
    ]


def test_an_accent_that_was_marked_apart_from_its_letter_joins_it():
    draft = running(BlockKind.PARAGRAPH, [Piece("caf"), Piece("e"), Piece("\u0301", bold=True)])
    assert draft.text == "caf\u00e9"


@given(st.lists(PIECES, max_size=4))
def test_every_span_lies_within_one_block_and_begins_and_ends_at_a_letter(paragraphs):
    body = body_of(running(BlockKind.PARAGRAPH, pieces) for pieces in paragraphs)

    assert body.text == "\n".join(body.text[b.start : b.end] for b in body.blocks)
    for span in body.spans:
        marked = body.text[span.start : span.end]
        assert marked == marked.strip()
        assert marked
        assert any(b.start <= span.start < span.end <= b.end for b in body.blocks)


def test_touching_spans_of_one_look_are_one():
    draft = running(BlockKind.PARAGRAPH, [Piece("one ", bold=True), Piece("two", bold=True)])
    assert draft.spans == (Span(SpanKind.BOLD, 0, 7),)


def test_a_paragraph_of_a_book_is_refused():
    with pytest.raises(UnreadableSource, match="longer than"):
        body_of([running(BlockKind.PARAGRAPH, [Piece("x" * (LARGEST_BLOCK + 1))])])
