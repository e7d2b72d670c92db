import datetime as dt

import pytest

from briefing_app.domain.content import Content, ContentSection
from briefing_app.domain.moment import Moment
from briefing_app.domain.statement import Kind, Part
from briefing_app.exporters.compose import compose, printable
from briefing_app.exporters.document import (
    DateLine,
    Heading,
    HeadingRole,
    ItemList,
    Link,
    ListRole,
    Paragraph,
    ParagraphRole,
    Section,
    SectionRole,
    SourceMark,
    sections,
    text_of,
)
from briefing_app.exporters.labels import load_labels
from tests.unit.exporters.contents import cited_content, content, row, seed_story, story

N, K, T, M = Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT


def composed(made):
    return compose(made, load_labels(made.language))


def headings(document):
    found = []

    def walk(blocks):
        for block in blocks:
            if isinstance(block, Heading):
                found.append((block.level, block.text))
            elif isinstance(block, Section):
                walk(block.blocks)

    walk(document.blocks)
    return found


def parts(document):
    return list(sections(document.blocks, SectionRole.PART))


def marks(document):
    """The numbers printed behind the statements, in order; '' where there are none."""
    found = []
    for part in parts(document):
        for block in part.blocks[1:]:
            contents = (
                [item.content for item in block.items]
                if isinstance(block, ItemList)
                else [block.content]
            )
            found += [
                "".join(node.text for node in c if isinstance(node, SourceMark)) for c in contents
            ]
    return found


def sources(document):
    return [
        text_of(item.content)
        for section in sections(document.blocks, SectionRole.SOURCES)
        for item in section.blocks[1].items
    ]


def test_a_single_story_is_a_document_without_a_head_of_its_own():
    document = composed(content(seed_story()))
    assert headings(document) == [
        (1, seed_story().headline),
        (2, "The Story"),
        (2, "Key Points"),
        (2, "Key Takeaways"),
        (2, "Impact Analysis"),
    ]
    assert document.title == seed_story().headline


def test_a_brief_with_a_title_puts_it_first_and_its_stories_a_level_below():
    document = composed(content(seed_story(), title="Morning brief"))
    assert headings(document)[:3] == [
        (1, "Morning brief"),
        (2, seed_story().headline),
        (3, "The Story"),
    ]


def test_a_named_section_stands_between_the_brief_and_its_stories():
    made = Content(
        "Brief",
        Moment(dt.date(2026, 1, 25)),
        (
            ContentSection("Europe", (story(row(K, "x")),)),
            ContentSection("Empty", ()),
        ),
    )
    assert headings(composed(made)) == [
        (1, "Brief"),
        (2, "Europe"),
        (3, "A headline"),
        (4, "Key Points"),
    ]


def test_a_brief_of_several_stories_without_a_title_is_called_brief():
    assert composed(content(story(), story())).title == "Brief"


def test_a_part_without_words_is_left_out():
    document = composed(content(story(row(N, " "), row(K, "a point"), row(T, ""))))
    assert headings(document) == [(1, "A headline"), (2, "Key Points")]


def test_a_story_without_anything_is_its_headline_alone():
    assert headings(composed(content(story(headline=" ")))) == [(1, "Untitled")]


def test_the_impact_is_a_lead_items_and_a_closing_in_the_order_of_the_story():
    impact = parts(composed(content(seed_story())))[-1]
    kinds = [type(block) for block in impact.blocks]
    assert kinds == [Heading, Paragraph, ItemList, Paragraph]
    assert len(impact.blocks[2].items) == 4
    assert text_of(impact.blocks[1].content).endswith(":")


def test_only_the_first_paragraph_of_the_story_is_its_lead():
    rows = [row(N, "one"), row(N, "two"), row(M, "three", kind=Kind.PARAGRAPH)]
    document = composed(content(story(*rows)))
    roles = [block.role for part in parts(document) for block in part.blocks[1:]]
    assert roles == [ParagraphRole.LEAD, ParagraphRole.BODY, ParagraphRole.BODY]


def test_takeaways_are_a_list_of_their_own_kind():
    document = composed(content(story(row(K, "fact"), row(T, "judgement"))))
    assert [part.blocks[1].role for part in parts(document)] == [
        ListRole.POINTS,
        ListRole.TAKEAWAYS,
    ]


def test_optional_parts_stand_last_where_they_are_used():
    document = composed(content(story(row(Part.TO_WATCH, "elections"), row(K, "fact"))))
    assert [text for _level, text in headings(document)][1:] == ["Key Points", "What to Watch"]


def test_the_day_of_a_story_is_printed_with_its_time_and_zone():
    (line,) = (b for b in composed(content(seed_story())).blocks[0].blocks if type(b) is DateLine)
    assert line.text == "25 January 2026, 04:53 UTC"


def test_a_single_story_without_a_moment_has_the_day_of_the_brief_but_no_moment():
    (line,) = (b for b in composed(content(story())).blocks[0].blocks if type(b) is DateLine)
    assert (line.text, line.moment) == ("25 January 2026", None)


def test_there_are_no_sources_without_evidence():
    document = composed(cited_content(story(row(K, "bare"))))
    assert sources(document) == []
    assert marks(document) == [""]


def test_an_article_that_is_cited_twice_has_one_number():
    rows = [row(K, "x", "n1"), row(K, "y", "n3"), row(T, "z", "n2", "n3", "n1")]
    document = composed(cited_content(story(*rows)))
    assert marks(document) == ["[1]", "[2]", "[1, 2]"]
    assert len(sources(document)) == 2


def test_a_source_is_printed_with_all_that_is_known_of_it():
    first, second = sources(composed(cited_content(story(row(K, "x", "n1", "n2", "n3")))))
    assert first == (
        "Example Wire, “Title of a”, Ann Reporter, 24 January 2026, paragraphs 2, 5, "
        "example.org/peace?…"
    )
    assert second == "Example Post, “Title of b”, paragraph 1"


def test_an_address_leads_on_without_the_name_and_password_in_it():
    document = composed(cited_content(story(row(K, "x", "n1"))))
    (section,) = sections(document.blocks, SectionRole.SOURCES)
    links = [node for node in section.blocks[1].items[0].content if isinstance(node, Link)]
    assert [link.target for link in links] == ["https://www.example.org/peace?id=7"]


def test_a_passage_that_is_gone_leaves_no_number_behind():
    document = composed(cited_content(story(row(K, "x", "gone", "n3"), row(K, "y", "gone"))))
    assert marks(document) == ["[1]", ""]
    assert len(sources(document)) == 1


def test_a_source_that_contradicts_is_told_apart():
    document = composed(cited_content(story(row(K, "x", "n1", against=("n3",)))))
    assert marks(document) == ["[1, but see 2]"]


def test_each_story_numbers_its_own_sources():
    one, other = story(row(K, "x", "n3")), story(row(K, "x", "n1"))
    document = composed(cited_content(one, other, title="Two"))
    assert marks(document) == ["[1]", "[1]"]
    ids = [
        item.id
        for section in sections(document.blocks, SectionRole.SOURCES)
        for item in section.blocks[1].items
    ]
    assert ids == ["story-1-source-1", "story-2-source-1"]


def test_who_made_the_brief_stands_below_its_title():
    made = content(story(), title="Brief", prepared_by="Unit 4", contact="desk@example.org")
    front = composed(made).blocks[0]
    assert text_of(front.blocks[1].content) == (
        "25 January 2026 · Prepared by Unit 4 · Contact: desk@example.org"
    )


def test_the_fixed_words_are_those_of_the_language_of_the_brief():
    document = composed(content(seed_story(), language="de-AT"))
    assert headings(document)[1] == (2, "Die Lage")
    assert document.furniture.date == "25. Januar 2026"
    assert document.language == "de-AT"


def test_a_language_without_words_of_its_own_gets_the_english_ones():
    document = composed(content(seed_story(), language="fi"))
    assert headings(document)[1] == (2, "The Story")
    assert document.language == "fi"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\x0bc\u2028d", "a b c d"),
        ("a\x00b\x07c", "a\ufffdb\ufffdc"),
        ("\ud800", "\ufffd"),
        ("caf\u00e9 \u2019 \U0001f389", "caf\u00e9 \u2019 \U0001f389"),
    ],
)
def test_a_control_character_becomes_a_blank_or_a_visible_sign(text, shown):
    assert printable(text) == shown


def test_the_role_of_headings_follows_what_they_name():
    document = composed(content(seed_story(), title="Brief"))
    roles = [b.role for b in document.blocks[0].blocks if isinstance(b, Heading)]
    assert roles == [HeadingRole.TITLE]
