"""Stories come back from the Markdown that the exporter writes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain import storymarkdown
from briefing_app.domain.moment import Moment
from briefing_app.domain.statement import MAIN_PARTS, Kind, Part
from briefing_app.domain.storytext import Row, StoryText, print_stories
from briefing_app.errors import UnreadableSource
from briefing_app.exporters import markdown
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Exporting

# blanks at the ends and control characters are not printed, so they cannot come back
PLAIN = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
TEXT = st.one_of(
    st.text(PLAIN, min_size=1, max_size=40),
    st.text("-*+#\\[]()<>&;_`~|!=:1. ", min_size=1, max_size=12),
    st.sampled_from(["---", "**Name**", "## Sources", "*now*", "a *[1]*", "1) b", "# c", "- d"]),
).filter(lambda text: text.strip() == text and text)
MOMENTS = st.builds(
    lambda day, time: Moment(day, time.replace(microsecond=0), 0, "UTC"),
    st.dates(dt.date(1900, 1, 1)),
    st.times(),
)
ROWS = st.builds(Row, st.sampled_from(MAIN_PARTS), st.sampled_from(Kind), TEXT)
STORIES = st.builds(
    lambda headline, as_of, rows: StoryText(
        headline, as_of, tuple(sorted(rows, key=lambda row: row.part.order))
    ),
    TEXT,
    st.none() | MOMENTS,
    st.lists(ROWS, max_size=6),
)


def written(stories, title=""):
    content = Exporting(tuple).content_of_stories(stories, title, Moment(dt.date(2026, 2, 1)))
    return markdown.write(content, load_style(), NoProgress()).data


@given(st.lists(STORIES, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_back(stories):
    assert storymarkdown.read(written(stories)).stories == stories


def test_the_title_and_the_date_above_several_stories_come_back():
    found = storymarkdown.read(written((StoryText("One"), StoryText("Two")), 'A "title"'))

    assert found.title == 'A "title"'
    assert found.date == Moment(dt.date(2026, 2, 1))


def test_numbers_and_the_list_of_sources_are_passed_over():
    text = "# One\n\n## Key Points\n\n- Ice. *[1, but see 2]*\n\n## Sources\n\n1. Paper\n2. <http://a>\n"

    assert storymarkdown.read(text.encode()).stories == (
        StoryText("One", None, (Row(Part.KEY_POINTS, Kind.ITEM, "Ice."),)),
    )


def test_wrapped_lines_are_one_paragraph_and_the_name_of_a_section_is_none():
    text = (
        "# Zero\n\n---\n\n**North**\n\n# One\n\n## The Story\n\n"
        "It\nis cold.\n\n**Very** cold.\n\n**Cold**\n"
    )

    assert [row.text for row in storymarkdown.read(text.encode()).stories[1].rows] == [
        "It is cold.",
        "**Very** cold.",
        "**Cold**",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Text first.\n", 1),
        ("# One\n\nText without a part.\n", 3),
        ("# One\n\n## The Storm\n", 3),
        ("# One\n\n## The Story\n\n### Deeper\n", 5),
        ("## The Story\n", 1),
        ("---\ntitle: not json\n---\n", 2),
        ("---\n# One\n", 2),
        ("", 1),
    ],
)
def test_a_line_that_is_none_of_the_form_is_refused_with_its_number(text, line):
    with pytest.raises(UnreadableSource, match=f"Line {line}:"):
        storymarkdown.read(text.encode())


def test_the_text_form_is_not_taken_for_markdown():
    stories = (StoryText("One", None, (Row(Part.NARRATIVE, Kind.PARAGRAPH, "Text."),)),)

    assert storymarkdown.looks_like_markdown(written(stories).decode())
    assert not storymarkdown.looks_like_markdown(print_stories(stories).decode())
