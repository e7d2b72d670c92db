"""The encoding of a text."""

from __future__ import annotations

import pytest

from briefing_app.importers.encoding import declared_encoding, decode

UKRAINIAN = "Україна та союзники домовилися про другий раунд переговорів у лютому. " * 20


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_known_with_and_without_its_mark(encoding):
    text = "Headline\n\nThe ministers met – at last."
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("windows-1251", "cp1251"), ("koi8-u", "koi8-u"), ("iso-8859-5", "iso8859-5")],
)
def test_what_a_page_says_of_itself_is_believed(label, encoding):
    page = f'<meta charset="{label}"><p>{UKRAINIAN}'
    found = decode(page.encode(encoding))
    assert found.text == page


def test_the_media_type_says_it_too():
    found = decode(UKRAINIAN.encode("cp1251"), "text/html; charset=windows-1251")
    assert (found.text, found.encoding) == (UKRAINIAN, "cp1251")


def test_a_text_that_says_nothing_is_guessed():
    assert decode(UKRAINIAN.encode("cp1251")).text == UKRAINIAN


def test_latin_1_means_what_browsers_take_it_for():
    page = "<meta charset=iso-8859-1>\u201cquoted\u201d \u20ac5"
    assert decode(page.encode("cp1252")).text == page


def test_utf_8_with_a_damaged_byte_stays_utf_8():
    page = ('<meta charset="utf-8">' + UKRAINIAN).encode() + b"\xd0"
    found = decode(page)
    assert (found.encoding, found.exact) == ("utf-8", False)
    assert found.text.startswith('<meta charset="utf-8">Україна')


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "hex", "rot13", "no-such-thing", "idna"]
)
def test_an_encoding_that_no_page_is_in_is_passed_over(label):
    assert declared_encoding(f'<meta charset="{label}">'.encode()) == ""
    assert decode(f'<meta charset="{label}">caf\u00e9'.encode("cp1252")).text.startswith("<meta")


def test_any_bytes_become_some_text():
    assert decode(bytes(range(1, 256)) * 3).text
