import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing_app.domain.content import Content, ContentSection
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import text_of
from briefing_app.exporters import markdown
from briefing_app.exporters.style import load_style
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import DAY, cited_content, content, row, seed_story, story


def written(made):
    return markdown.write(made, load_style(), NoProgress()).data.decode()


def unescape(text):
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


ONE_LINE = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=40
    )
    .map(str.strip)
    .filter(bool)
)
NASTY = st.text(alphabet="#*_-+`~[]()<>|\\&;!:=.1a ", min_size=1, max_size=14)
NASTY_LINE = NASTY.map(str.strip).filter(bool)


def test_the_sample_story_is_written_block_by_block():
    lines = written(content(seed_story())).split("\n")
    assert lines[0] == f"# {seed_story().headline}"
    assert lines[2] == "*Sun Jan 25 04:53:41 UTC 2026*"
    assert lines[4] == "## The Story"
    assert [line for line in lines if line.startswith("## ")] == [
        "## The Story",
        "## Key Points",
        "## Key Takeaways",
        "## Impact Analysis",
    ]
    assert sum(line.startswith("- ") for line in lines) == 15


def test_a_brief_with_a_title_has_it_in_front_matter():
    text = written(content(seed_story(), title='A "quoted": title', prepared_by="Unit 4"))
    head = (
        '---\ntitle: "A \\"quoted\\": title"\ndate: "2026-01-25"\nprepared by: "Unit 4"\n---\n\n# '
    )
    assert text.startswith(head)


def test_a_section_with_a_name_is_set_apart_from_the_stories():
    made = Content("Brief", DAY, (ContentSection("Europe*", (story(row(Part.KEY_POINTS, "x")),)),))
    assert "\n---\n\n**Europe\\***\n\n# A headline\n" in written(made)


def test_sources_are_numbered_and_their_marks_are_in_italics():
    text = written(cited_content(story(row(Part.KEY_POINTS, "said [so]", "n1"))))
    assert "- said \\[so\\] *[1]*\n" in text
    assert "\n## Sources\n\n1. Example Wire, “Title of a”" in text
    assert "<https://www.example.org/peace?id=7>\n" in text


def test_a_story_without_a_moment_claims_none():
    assert written(content(story(row(Part.KEY_POINTS, "x")))).startswith("# A headline\n\n## ")


@given(st.one_of(ONE_LINE, NASTY_LINE))
def test_dropping_the_backslashes_gives_the_text_back(text):
    assert unescape(markdown.escape(text)) == text


@given(st.one_of(ONE_LINE, NASTY_LINE), st.sampled_from(["", "- ", "# "]))
def test_a_reader_of_markdown_sees_plain_text_and_nothing_else(text, before):
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(before + markdown.escape(text))
    )
    (inline,) = (token for token in tokens if token.type == "inline")
    kinds = {"": 3, "- ": 7, "# ": 3}
    assert len(tokens) == kinds[before]
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children) == text


@pytest.mark.parametrize(
    "text", ["Key Points:", "## The Story", "- item", "1. one", "---", "\\", "# x #", "*emphasis*"]
)
def test_a_statement_that_looks_like_the_form_stays_a_statement(text):
    made = content(story(row(Part.NARRATIVE, text), row(Part.IMPACT, text, kind=Kind.ITEM)))
    lines = written(made).split("\n")
    assert unescape(lines[4]) == text
    assert unescape(lines[8]) == f"- {text}"


def read_back(made):
    document = Document("brief.md", markdown.write(made, load_style(), NoProgress()).data)
    return registry.read(document, NoProgress())


def test_the_importer_reads_the_stories_back_without_their_sources():
    cited = story(
        row(Part.NARRATIVE, "What happened [1].", "n1"),
        row(Part.KEY_POINTS, "A fact *on which* they differ.", "n2", against=("n3",)),
        row(Part.IMPACT, "**All in all**", kind=Kind.PARAGRAPH),
    )
    for made in (content(seed_story()), cited_content(cited, seed_story(), title="Morning")):
        assert read_back(made).stories == tuple(text_of(story) for story in made.stories)


def test_the_importer_takes_a_name_of_a_section_for_no_statement():
    one, other = story(row(Part.IMPACT, "x")), story(row(Part.IMPACT, "y"))
    made = Content(
        "Morning", DAY, (ContentSection("Europe", (one,)), ContentSection("Asia", (other,)))
    )
    found = read_back(made)
    assert found.stories == (text_of(one), text_of(other))
    assert found.title == "Morning"


def test_the_importer_keeps_what_a_person_wrote_in_bold_or_italics():
    lines = "# H", "## The Story", "**All bold**", "Ends *so*", "See *[the annex]*", "- x"
    text = "\n\n".join(lines)
    (found,) = registry.read(Document("x.md", text.encode()), NoProgress()).stories
    assert [r.text for r in found.rows] == ["**All bold**", "Ends *so*", "See *[the annex]*", "x"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from((Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT)),
            st.sampled_from(Kind),
            st.one_of(NASTY_LINE, st.text("abcé’ ", min_size=1).map(str.strip).filter(bool)),
        ),
        max_size=6,
    )
)
def test_the_importer_reads_any_statement_back(rows):
    made = content(
        story(
            row(Part.NARRATIVE, "It happened."),
            *(
                row(part, text, kind=kind)
                for part, kind, text in sorted(rows, key=lambda r: r[0].order)
            ),
        )
    )
    (found,) = read_back(made).stories
    wanted = [(r.part, r.kind, " ".join(r.text.split())) for r in text_of(made.stories[0]).rows]
    assert [(r.part, r.kind, " ".join(r.text.split())) for r in found.rows] == wanted
