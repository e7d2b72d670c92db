"""Text as it is stored."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.text import (
    clean,
    clean_code,
    clean_line,
    clean_piece,
    reading_minutes,
    word_count,
)

TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "ae\u0301\u0323\u200c\u200d\u200b\u202e\u2066\ufeff\u00a0\t\n\r\x0b\x85\u2028\u0000\ud800\udc00"
            "\u06cc\u0645\u064b\u0915\u094d\U0001f468\ufe0f\U0001f3fb\u1100\u1161\u00ad\U000e0041"
        ),
    )
)


@given(TRICKY)
def test_cleaning_a_clean_text_changes_nothing(text):
    for function in (clean, clean_line, clean_piece, clean_code):
        once = function(text)
        assert function(once) == once


@given(TRICKY)
def test_a_clean_text_is_nfc_and_can_be_written_as_utf_8(text):
    for function in (clean, clean_line, clean_piece, clean_code):
        assert unicodedata.is_normalized("NFC", function(text))
        function(text).encode()


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\u00a0 \t b", "a b"),
        (" a \r\n b\rc ", "a b c"),
        ("e\u0301", "\u00e9"),
        ("pay\u202etxt.exe\u202c", "paytxt.exe"),
        ("zero\u200bwidth\ufeff, soft\u00adhyphen", "zerowidth, softhyphen"),
        ("half \ud83d of a pair\x00", "half of a pair"),
        ("in\u200dvisible", "invisible"),
        ("hidden\U000e0041\U000e0042 text", "hidden text"),
    ],
)
def test_what_cannot_be_seen_is_gone(raw, stored):
    assert clean_line(raw) == stored


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: ZWNJ inside a word
        "\u0915\u094d\u200d\u0937",  # Devanagari: ZWJ behind a virama
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\U0001f3f3\ufe0f\u200d\U0001f308",  # a flag of two emoji
    ],
)
def test_joiners_stay_where_a_script_needs_them(text):
    assert clean_line(text) == text


def test_lines_are_kept_and_their_margins_are_not():
    assert clean("  one \r\n\r\n two\u2028three") == "one\n\ntwo\nthree"


def test_code_keeps_its_blanks():
    assert clean_code("\n\tif a:\r\n\t    b  \n\n") == "\tif a:\n\t    b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It\u2019s a well-known fact, isn't it?", 6),
        ("Der Ministerpräsident sagte 1,5 Prozent", 6),
        ("北京时间", 4),
        ("Пам'ять народу", 2),
        ("BBC新闻 today", 4),
        ("- 'quoted' words -- and_one more -x- ' -", 5),
        ("\u201cSaid so\u2019s so\u201d \u2013 he \u2018did\u2019\u2026", 5),
    ],
)
def test_words_are_counted_in_every_script(text, words):
    assert word_count(text) == words


@given(st.text("ab1_ '-\u2019\u2018\u201c\u2013\u2026.\n,\u00e9"))
def test_words_are_counted_alike_with_letters_of_ascii_and_without(text):
    assert word_count(text) == word_count(f"{text} \u00e9") - 1


def test_reading_takes_a_minute_at_least_and_longer_for_more():
    assert reading_minutes("") == 0
    assert reading_minutes("a word") == 1
    assert reading_minutes("word " * 1150) == 5
    assert reading_minutes("字" * 1040) == 4
