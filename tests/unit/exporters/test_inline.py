import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.exporters.pdf.faces import load_faces
from briefing_app.exporters.pdf.inline import Ink, Span, break_lines, words
from briefing_app.exporters.pdf.tree import Node
from briefing_app.exporters.style import Face

INK = Ink(Node("P"), Face.SERIF, 10, "#000000")
FACES = load_faces()


def set_lines(text, measure=200.0, *, even=False):
    return break_lines(words([Span(text, INK)], FACES), measure, FACES, even=even)


def line_text(line):
    return "".join(run.chunk.actual or run.chunk.text for run in line.runs)


def texts(text, measure=200.0, *, even=False):
    return [line_text(line).strip(" ") for line in set_lines(text, measure, even=even)]


def width(text):
    return set_lines(text, 10_000)[0].width


def test_words_fill_a_line_and_none_is_lost():
    text = "the quick brown fox jumps over the lazy dog " * 20
    lines = set_lines(text)
    assert "".join(line_text(line) for line in lines).split() == text.split()
    assert all(line.width <= 200 for line in lines)
    assert all(line.width > 120 for line in lines[:-1])


def test_a_blank_at_the_end_of_a_line_is_kept_as_text_but_takes_no_room():
    first, *_ = set_lines("alpha beta gamma delta epsilon zeta", 80)
    assert line_text(first).endswith(" ")
    assert first.width == pytest.approx(width(line_text(first).rstrip()))


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("aaaaaaaa Russia-Ukraine", "Russia-"),
        ("aaaaaaaa U.S.-proposed", "U.S.-"),
        ("aaaaaaaa before\u2014afterwards", "before\u2014"),
        ("aaaaaaaa Kyiv\u2013Warszawa", "Kyiv\u2013"),
    ],
)
def test_a_line_may_end_after_a_hyphen_or_a_dash_between_letters(text, head):
    measure = width(f"aaaaaaaa {head}") + 1
    assert texts(text, measure)[0] == f"aaaaaaaa {head}"


@pytest.mark.parametrize("word", ["F-16", "-5", "1\u20135", "x-ray", "2026-01-25"])
def test_a_line_does_not_end_within_a_short_name_or_a_number(word):
    measure = width(f"aaaaaaaa {word}") - 2
    assert word in texts(f"aaaaaaaa {word} bbbb", measure)[1]


@pytest.mark.parametrize("pair", ["January 24,", "24, 2026."])
def test_a_day_stays_with_its_month_and_a_year_with_its_day(pair):
    measure = width(f"aaaaaaaa {pair}") - 2
    assert texts(f"aaaaaaaa {pair} bbbb", measure)[0] == "aaaaaaaa"


def test_a_no_break_space_holds():
    measure = width("aaaaaaaa ten km") - 2
    assert texts("aaaaaaaa ten\u00a0km", measure) == ["aaaaaaaa", "ten\u00a0km"]


def test_a_last_line_is_not_one_short_word_where_the_line_above_can_spare_one():
    text = "alpha beta gamma delta epsilon zeta eta"
    measure = width("alpha beta gamma delta epsilon zeta") + 1
    assert texts(text, measure) == ["alpha beta gamma delta epsilon", "zeta eta"]


def test_even_lines_are_about_equally_long():
    text = "Ukraine and Russia Agree to Second Round of Brokered Peace Talks Amidst Hostilities"
    lines = set_lines(text, 300, even=True)
    assert len(lines) == len(set_lines(text, 300))
    assert min(line.width for line in lines) > 0.75 * max(line.width for line in lines)


def test_ideographs_may_part_anywhere_but_before_their_punctuation():
    lines = texts("\u4e16\u754c\u3002" * 40, 100)
    assert len(lines) > 5
    assert not any(line.startswith("\u3002") for line in lines)


def test_what_a_face_lacks_comes_from_its_sister_or_is_a_white_square():
    (line,) = set_lines("a\u2011b \u4e16", 500)
    runs = [(run.chunk.face, run.chunk.text, run.chunk.actual) for run in line.runs]
    assert (Face.SANS, "\u2011", "") in runs
    assert (Face.SANS, "\u25a1", "\u4e16") in runs


def test_a_character_without_ink_takes_no_room():
    assert width("a\u200bb\u202ec\ufe0f") == pytest.approx(width("abc"))
    assert set_lines("\u200b\u200f") == ()


def test_a_long_word_is_cut_in_linear_time_and_no_letter_is_lost():
    word = "".join(chr(ord("a") + n % 26) for n in range(200_000))
    begun = time.process_time()
    lines = set_lines(word)
    assert time.process_time() - begun < 3
    assert "".join(line_text(line) for line in lines) == word
    assert all(line.width <= 200.01 for line in lines)


@given(st.text(max_size=300), st.floats(20, 400))
def test_any_text_is_set_within_the_measure(text, measure):
    for line in set_lines(text, measure):
        assert line.runs
        assert line.width <= measure + 0.01


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=80))
def test_any_text_keeps_its_characters_in_order(text):
    found = "".join(line_text(line) for line in set_lines(text, 60))
    assert found.replace("\u00a0", "").replace(" ", "") == text.replace(" ", "")
