"""What documents say of themselves, and what only their programs say."""

from __future__ import annotations

import pytest

from briefing_app.importers import properties, xml


@pytest.mark.parametrize(
    "title", ["1984", "A report", "Document of the year", "7", "Normal people"]
)
def test_what_somebody_wrote_is_a_title(title):
    assert properties.is_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "-",
        "Untitled",
        "Document1",
        "Документ 2",
        "Microsoft Word - x",
        "minutes.docx",
        "Normal",
    ],
)
def test_what_a_program_wrote_is_none(title):
    assert not properties.is_title(title)


def test_people_are_parted_and_nobody_is_nobody():
    assert properties.people(["Ann Lee; Bo Ek", "Administrator", "Ann Lee", "Користувач"]) == (
        "Ann Lee",
        "Bo Ek",
    )


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05.123456789", "2026-01-02T03:04:05"),
        ("2026-01-02 and more", "2026-01-02"),
    ],
)
def test_dates_are_read(date, iso):
    root = xml.parse(f"<a><date>{date}</date></a>".encode())
    assert properties.read(root, authors=(), dates=("no", "date")).published.iso == iso


@pytest.mark.parametrize("date", ["1601-01-01T00:00:00Z", "2026-13-01", "soon", ""])
def test_dates_that_cannot_be_are_none(date):
    root = xml.parse(f"<a><date>{date}</date></a>".encode())
    assert properties.read(root, authors=(), dates=("date",)).published is None


@pytest.mark.parametrize(
    ("said", "language"), [("uk_UA", "uk-UA"), ("und", ""), ("a language", "")]
)
def test_a_language_is_a_tag(said, language):
    assert properties.language(said) == language
