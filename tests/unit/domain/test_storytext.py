"""The text form: its three laws, and the files that people bring."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.assets import seed
from briefing_app.domain.moment import Moment, parse_stamp, stamp
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import (
    HEADINGS,
    Row,
    StoryText,
    looks_like_stories,
    print_stories,
    read,
    text_of,
    to_story,
)
from briefing_app.errors import UnreadableSource

# what lines are made of, with all that could be taken for something else
_WORDS = st.sampled_from(
    ["\\", "-", "- ", "* ", "*", "\u2022", "#", "# ", ": # ", ": ", "The Story:", "key points:",
     "Impact Analysis:", "Sun Jan 25 04:53:41 UTC 2026", "Sun", "Mon Jan", " ", "\t", "\u00a0",
     "\u2028", "\x0c", "\x85", "\ufeff", "é", "e\u0301", "word", "ſ"]
)  # fmt: skip
_ANY = st.characters(exclude_categories=("Cs",), exclude_characters="\r\n")
_LINE = st.lists(_WORDS | st.text(_ANY, max_size=4), max_size=5).map("".join)
_FULL = _LINE.filter(lambda line: bool(line.strip()))
_ZONES = st.sampled_from(["UTC", "CET", "EST", "+03", "-0330", "XYZ"])


@st.composite
def _moments(draw):
    when = draw(st.datetimes(min_value=dt.datetime(1000, 1, 1)))
    if draw(st.booleans()):
        return Moment(when.date())
    text = stamp(Moment(when.date(), when.time().replace(microsecond=0), None, draw(_ZONES)))
    return parse_stamp(text.replace("  ", draw(st.sampled_from(["  ", " "]))))


_ROWS = st.lists(
    st.builds(Row, st.sampled_from(list(HEADINGS)), st.sampled_from(Kind), _FULL), max_size=6
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.part.order)))
_STORIES = st.lists(
    st.builds(StoryText, _LINE, st.none() | _moments(), _ROWS), min_size=1, max_size=3
).map(tuple)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n \n"])
_FILES = st.lists(
    st.tuples(
        st.sampled_from(["", "# ", "- ", "* ", "\u2022", " - ", *HEADINGS.values()]) | _LINE,
        _LINE,
        _ENDS,
    ).map("".join),
    max_size=10,
).map("".join)


@given(_STORIES)
def test_what_is_printed_reads_as_it_was(stories):
    assert read(print_stories(stories)) == stories


@given(_STORIES)
def test_canonical_bytes_are_printed_as_they_were_read(stories):
    data = print_stories(stories)
    assert print_stories(read(data)) == data


@given(_FILES | st.text(max_size=60), st.booleans())
def test_whatever_can_be_read_is_not_changed_by_printing(text, marked):
    data = (b"\xef\xbb\xbf" if marked else b"") + text.encode("utf-8", "replace")
    stories = _read_or_line(data)
    if isinstance(stories, int):
        return
    assert read(print_stories(stories)) == stories


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    found = _read_or_line(data)
    assert found
    if isinstance(found, int):
        assert 1 <= found <= data.count(b"\n") + data.count(b"\r") + 1


def _read_or_line(data):
    """Return the stories of a file, or the number of the line that cannot be read."""
    try:
        return read(data)
    except UnreadableSource as error:
        return error.values["line"]


@given(_STORIES)
def test_a_story_with_ids_and_ranks_says_what_its_text_says(stories):
    counter = itertools.count()
    made = [to_story(story, lambda: str(next(counter))) for story in stories]
    assert tuple(text_of(story) for story in made) == stories


def test_the_seed_comes_back_byte_for_byte():
    data = next(seed().glob("*.txt")).read_bytes()
    (story,) = read(data)
    assert print_stories((story,)) == data
    assert story.headline.startswith("Ukraine and Russia Agree")
    counts = [sum(row.part is part for row in story.rows) for part in HEADINGS]
    assert counts == [1, 6, 5, 6]


CANONICAL = b"""\
Sun Jan 25 04:53:41 UTC 2026: # One
The Story:
A paragraph.
Key Points:
- point

# Two
Impact Analysis:
Lead:
- item
Closing."""


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text + "\n",
        lambda text: "\n\n" + text,
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("- ", "* "),
        lambda text: text.replace("- ", "\u2022"),
        lambda text: text.replace("- ", "\u2022 "),
        lambda text: text.replace("- ", " \t- "),
        lambda text: text.replace("- ", "-\u00a0"),
        lambda text: text.replace("Key Points:", "KEY POINTS: "),
        lambda text: text.replace("- item", "-\n- \n- item"),
    ],
    ids=["crlf", "cr", "bom", "last-newline", "blank-lines-first", "blank-lines", "star", "dot",
         "dot-blank", "indented", "no-break-space", "capitals", "empty-items"],
)  # fmt: skip
def test_what_people_write_is_read_and_printed_canonical(change):
    data = change(CANONICAL.decode()).encode()
    assert data != CANONICAL
    assert print_stories(read(data)) == CANONICAL


def test_parts_out_of_order_are_printed_in_order_and_no_row_is_lost():
    (story,) = read(b"# H\nImpact Analysis:\n- i\nThe Story:\nn\nImpact Analysis:\n- j")
    assert [(row.part, row.text) for row in story.rows] == [
        (Part.NARRATIVE, "n"),
        (Part.IMPACT, "i"),
        (Part.IMPACT, "j"),
    ]


def test_text_below_the_headline_is_the_story():
    (story,) = read(b"# H\nA paragraph.\nAnother.")
    assert [row.part for row in story.rows] == [Part.NARRATIVE, Part.NARRATIVE]


def test_a_headline_without_a_stamp_and_one_that_holds_a_stamp():
    assert read(b"# One")[0] == StoryText("One")
    assert read(b"# A: # B")[0] == StoryText("A: # B")
    assert read(b"Sun Jan 25 04:53:41 UTC 2026: # A: # B")[0].headline == "A: # B"


@pytest.mark.parametrize(
    "text",
    ["- like an item", "* like an item", "\u2022like an item", "Key Points:", " the story: ", "# H",
     "\\- escaped", "\\\\# twice", "Sun Jan 25 04:53:41 UTC 2026: # H", "Sun: # H", "#",
     "\\Key Points:",      "\\no need", "plain: # text"],
)  # fmt: skip
def test_a_paragraph_that_looks_like_something_else_stays_a_paragraph(text):
    story = StoryText("H", None, (Row(Part.NARRATIVE, Kind.PARAGRAPH, text),))
    assert read(print_stories((story,))) == (story,)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no story"),
        (b"\n\n", 1, "no story"),
        (b"\n\nSome text.\n# H", 3, "a story begins"),
        (b"# H\r\ntext\r\n\xff", 3, "not UTF-8"),
        (b"# H\n\nSun Jan 40 04:53:41 UTC 2026: # Two", 3, "is not a date"),
        (b"# H\rtext\rSun Jan 25: # Two", 3, "is not a date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(data, line, words):
    with pytest.raises(UnreadableSource, match=words) as caught:
        read(data)
    assert caught.value.values["line"] == line


def test_the_form_is_known_by_its_headline_and_a_part():
    assert looks_like_stories(CANONICAL.decode())
    assert looks_like_stories("\ufeff\n# H\n\nkey points:\n- a")
    assert not looks_like_stories("# A Markdown heading\n\nSome text.")
    assert not looks_like_stories("Key Points:\n- a")
    assert not looks_like_stories("")
