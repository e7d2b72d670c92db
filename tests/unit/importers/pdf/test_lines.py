"""Lines joined to text: hyphens, ligatures, blanks, paragraphs."""

from __future__ import annotations

import pytest

from briefing_app.domain.article import SpanKind
from tests.unit.importers.pdf.papers import (
    BOLD,
    ITALIC,
    SERIF,
    by_hand,
    canvas,
    column,
    lines,
    saved,
    sentences,
)
from tests.unit.importers.pdf.papers_read import article, rows


def set_in(*rows_):
    paper, out = canvas()
    lines(paper, rows_, 60, 700)
    return article(saved(paper, out)).body.text


@pytest.mark.parametrize(
    ("rows_", "text"),
    [
        (("The govern-", "ment said so today in"), "The government said so today in"),
        (("The Austro-", "Hungarian border was"), "The Austro-Hungarian border was"),
        (
            ("In a long-term plan the", "goals are long-", "term, as it says."),
            "long-term, as it says.",
        ),
        (("Sie kamen aus Nord-", "und Ostdeutschland an"), "aus Nord- und Ostdeutschland an"),
        (("In the years 2019-", "2020 it was"), "In the years 2019-2020 it was"),
        (("It was self-", "evident to all of"), "It was self-evident to all of"),
        (("THE GOVERN-", "MENT HAS FALLEN"), "THE GOVERNMENT HAS FALLEN"),
        (("The peace -", "if it is one - holds"), "The peace - if it is one - holds"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_it_only_parted_a_word(rows_, text):
    assert text in set_in(*rows_)


def test_a_soft_hyphen_goes():
    assert set_in("A re\u00admark about the govern\u00ad", "ment of today and") == (
        "A remark about the government of today and"
    )


def test_ligatures_are_letters():
    assert article(by_hand("of\ufb01ce a\ufb00air \ufb02ow")).body.text == "office affair flow"


def test_chinese_lines_are_joined_without_a_blank():
    data = by_hand("中国新闻社北京一月十二日电", size=30, advance=1000)
    assert article(data).body.text == "中国新闻社北京一月十二日电"


def test_words_are_parted_where_the_file_only_leaves_room():
    paper, out = canvas()
    paper.setFont(SERIF, 11)
    x = 60
    for word in ("No", "blank", "is", "drawn", "between", "these", "words"):
        paper.drawString(x, 700, word)
        x += paper.stringWidth(word, SERIF, 11) + 2.6
    assert article(saved(paper, out)).body.text == "No blank is drawn between these words"


def test_letters_set_apart_are_one_word():
    paper, out = canvas()
    text = paper.beginText(60, 700)
    text.setFont(SERIF, 11)
    text.setCharSpace(3)
    text.textLine("SPACED OUT HEADING")
    paper.drawText(text)
    column(paper, sentences("Body", 10), 60, 650, 400)
    assert "SPACED OUT HEADING" in article(saved(paper, out)).body.text


def test_a_first_line_that_stands_in_begins_a_paragraph():
    paper, out = canvas()
    texts = [sentences(name, 6) for name in ("One", "Two", "Three")]
    column(paper, "\n".join(texts), 60, 700, 300, indent=12)
    assert [text for _, text in rows(article(saved(paper, out)))] == texts


def test_a_short_last_line_ends_a_paragraph():
    paper, out = canvas()
    texts = [sentences(name, 6) for name in ("One", "Two", "Three")]
    column(paper, "\n".join(texts), 60, 700, 330)
    assert [text for _, text in rows(article(saved(paper, out)))] == texts


def test_bold_italic_and_links_are_spans():
    paper, out = canvas()
    lines(paper, ["Plain text and then"], 60, 700)
    x = 60 + paper.stringWidth("Plain text and then ", SERIF, 10)
    lines(paper, ["bold"], x, 700, font=BOLD)
    x += paper.stringWidth("bold ", BOLD, 10)
    lines(paper, ["slanted"], x, 700, font=ITALIC)
    x += paper.stringWidth("slanted ", ITALIC, 10)
    lines(paper, ["linked"], x, 700)
    paper.linkURL("https://example.org/a", (x, 695, x + 40, 712))
    found = article(saved(paper, out)).body
    assert found.text == "Plain text and then bold slanted linked"
    looks = {span.kind: (found.text[span.start : span.end], span.target) for span in found.spans}
    assert looks[SpanKind.BOLD] == ("bold", "")
    assert looks[SpanKind.ITALIC] == ("slanted", "")
    assert looks[SpanKind.LINK] == ("linked", "https://example.org/a")


def test_bullets_make_items_and_their_second_lines_stay_with_them():
    paper, out = canvas()
    lines(paper, ["The list follows in the next lines of this page:"], 60, 720)
    for at in range(3):
        y = 700 - 30 * at
        lines(paper, ["\u2022"], 60, y)
        lines(
            paper,
            [f"item number {at} is too long for one line and goes on", "in another one"],
            78,
            y,
        )
    found = rows(article(saved(paper, out)))
    assert found[1:] == [
        ("item", f"item number {at} is too long for one line and goes on in another one")
        for at in range(3)
    ]


def test_a_list_that_counts_from_one_gives_its_numbers_up_and_others_keep_them():
    paper, out = canvas()
    lines(paper, ["1. First of these.", "2. Second of these.", "3. Third of these."], 60, 720)
    lines(paper, ["7. A number that begins nowhere."], 60, 600)
    assert rows(article(saved(paper, out))) == [
        ("item", "First of these."),
        ("item", "Second of these."),
        ("item", "Third of these."),
        ("paragraph", "7. A number that begins nowhere."),
    ]


def test_headings_are_larger_or_bold():
    paper, out = canvas()
    lines(paper, ["The largest of the headings"], 60, 780, size=22)
    y = column(paper, sentences("Body", 9), 60, 740, 400)
    lines(paper, ["A smaller heading"], 60, y - 20, size=14)
    y = column(paper, sentences("Body", 9), 60, y - 45, 400)
    lines(paper, ["A bold heading"], 60, y - 12, font=BOLD)
    column(paper, sentences("Body", 9), 60, y - 26, 400)
    found = article(saved(paper, out)).body
    heads = [(b.level, found.text[b.start : b.end]) for b in found.blocks if b.kind == "heading"]
    assert heads == [
        (1, "The largest of the headings"),
        (2, "A smaller heading"),
        (3, "A bold heading"),
    ]


def test_a_bold_beginning_of_two_lines_is_no_heading():
    paper, out = canvas()
    lines(paper, ["Withholding on wages that are paid as"], 60, 700, font=BOLD)
    lines(paper, ["a bonus."], 60, 687.5, font=BOLD)
    lines(paper, ["The rate on any one employee is"], 105, 687.5)
    lines(paper, ["increased again this year, and the next."], 60, 675)
    column(paper, sentences("Body", 20), 60, 640, 300)
    kind, text = rows(article(saved(paper, out)))[0]
    assert kind == "paragraph"
    assert text.startswith("Withholding on wages that are paid as a bonus. The rate on any one")
    assert text.endswith("increased again this year, and the next.")


def test_each_line_of_a_list_of_contents_stands_alone():
    paper, out = canvas()
    names = ("Before the war", "The first year", "What the second year brought to the north")
    lines(
        paper,
        [f"{name} {'.' * (60 - len(name))} {at}" for at, name in enumerate(names, 3)],
        60,
        700,
    )
    assert [text.split(" .")[0] for _, text in rows(article(saved(paper, out)))] == list(names)


def test_signs_of_a_font_of_signs_are_marks_whatever_their_letters():
    paper, out = canvas()
    lines(paper, ["The list follows in the next lines of this page:"], 60, 720)
    for at in range(2):
        lines(paper, ["n"], 60, 700 - 20 * at, font="ZapfDingbats")
        lines(paper, [f"Item number {at}"], 78, 700 - 20 * at)
    assert rows(article(saved(paper, out)))[1:] == [
        ("item", "Item number 0"),
        ("item", "Item number 1"),
    ]
