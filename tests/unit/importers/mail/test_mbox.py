"""Mailboxes: each mail an article, parted in the bytes."""

from __future__ import annotations

import io

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.mail.mailbox import is_mailbox, mails, portions
from briefing_app.progress import NoProgress
from tests.unit.importers.mail.letters import letter, mixed, part

FROM = b"From olena@strait-times.example Tue Feb  3 09:15:04 2026\n"


def box(*letters: bytes) -> bytes:
    return b"".join(FROM + one + b"\n\n" for one in letters)


def read(data: bytes, name: str = "a.mbox"):
    return registry.read(Document(name, data), NoProgress())


def test_each_mail_is_an_article():
    found = read(box(letter("One\n", subject="First"), letter("Two\n", subject="Re: Second")))
    assert found.format == "Mailbox"
    assert [(a.title, a.body.text) for a in found.articles] == [("First", "One"), ("Second", "Two")]


def test_it_is_known_by_its_content():
    assert read(box(letter("One")), "archive").format == "Mailbox"
    assert not is_mailbox(b"From here on, it is text.\nText: 10:00")
    assert not is_mailbox(b"From me at 10:30 2026\n\x00binary")


def test_a_line_that_only_begins_like_a_parting_one_stays_text():
    text = "One.\n\nFrom Tuesday on, ferries stop.\n\n>From here to there\n\n>>From deeper\n"
    (found,) = read(box(letter(text))).articles
    assert (
        found.body.text == "One.\nFrom Tuesday on, ferries stop.\nFrom here to there\nFrom deeper"
    )


@pytest.mark.parametrize(
    "line",
    [
        b"From MAILER-DAEMON Fri Apr 06 16:46:09 2001",
        b"From - Tue Feb  3 09:15:04 2026",
        b"From olena at strait-times.example  Tue Feb  3 09:15:04 2026",
        b"From a@b.example Tue, 3 Feb 2026 9:15 +0200",
        b"From 1234567890123456789@xxx Tue Feb 03 07:15:04 +0000 2026\r",
    ],
)
def test_what_programs_part_mails_with_differs(line):
    data = line + b"\n" + letter("One\n") + b"\n" + line + b"\n" + letter("Two\n")
    assert [a.body.text for a in read(data).articles] == ["One", "Two"]


def test_one_bad_mail_stops_nothing_and_is_said():
    page = "<p>" + "<b a=1>" * 250_000
    data = box(letter("One"), letter(page, content_type="text/html"), letter(""), letter("Two"))
    found = read(data)
    assert [a.body.text for a in found.articles] == [
        "One",
        "Ice closes the route",
        "Ice closes the route",
        "Two",
    ]
    assert any("nested deeper" in str(remark) for remark in found.warnings)


def test_what_is_attached_comes_along():
    data = box(mixed(part("Text"), part(b"%PDF-1.4", "application/pdf; name=a.pdf")))
    assert [child.name for child in read(data).children] == ["a.pdf"]


def test_a_box_without_any_text_has_a_reason():
    with pytest.raises(UnreadableSource, match="no text in these mails"):
        read(box(letter("", subject="")))


def test_a_box_beyond_what_fits_is_handed_on_in_parts():
    data = box(*[letter(f"{number} " * 500_000) for number in range(10)])
    found = read(data)
    assert [child.name for child in found.children] == [f"part {n}.mbox" for n in (2, 3, 4)]
    parts = [read(child.data, child.name) for child in found.children]
    assert all(not one.children and not one.warnings for one in (*parts,))
    said = [a.body.text[0] for one in (found, *parts) for a in one.articles]
    assert said == [str(number) for number in range(10)]


def test_one_mail_beyond_what_fits_is_said():
    found = read(box(letter("One"), letter("word " * 1_100_000)))
    assert [child.name for child in found.children] == ["part 2.mbox"]
    with pytest.raises(UnreadableSource, match="longer than 5000000 characters"):
        read(found.children[0].data)


def test_a_large_box_is_parted_before_its_mails():
    data = box(*[letter(f"{number}\n" * 100) for number in range(50)])
    parts = list(portions(io.BytesIO(data), 2000))
    assert b"".join(parts) == data
    assert len(parts) > 10
    assert all(one.startswith(FROM) for one in parts)
    assert sum(len(list(mails(io.BytesIO(one)))) for one in parts) == 50


def test_a_mail_larger_than_a_portion_is_one_of_its_own():
    data = box(letter("a"), letter("b" * 5000), letter("c"))
    assert len(list(portions(io.BytesIO(data), 1000))) == 3
