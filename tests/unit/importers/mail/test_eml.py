"""Mails: text, blocks, metadata, what is attached, and what nobody should send."""

from __future__ import annotations

import hashlib

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.importers.mail.letters import HEAD, letter, mixed, multi, part, png

HTML = "text/html; charset=utf-8"


def read(data: bytes, name: str = "a.eml"):
    return registry.read(Document(name, data), NoProgress())


def article(data: bytes):
    (found,) = read(data).articles
    return found


def blocks(found):
    return [
        (b.kind.value, found.body.text[b.start : b.end]) for b in found.body.blocks if b.included
    ]


def test_a_header_says_who_wrote_when_and_about_what():
    found = article(letter("The strait is frozen.\n", subject="Fwd: Re: Ice closes the route"))
    assert found.title == "Ice closes the route"
    assert found.authors == ("Olena Marchenko",)
    assert found.source == "strait-times.example"
    assert found.published.iso == "2026-02-03T09:15:00+02:00"
    assert found.published.zone == "EET"
    assert found.message_id == "20260203.1@strait-times.example"
    assert dict(found.origins) == {
        "title": "subject",
        "authors": "From",
        "source": "address",
        "published": "Date",
        "direction": "text",
    }


def test_it_is_known_by_its_content_whatever_its_name():
    assert read(letter("Text\n"), "note.txt").format == "Mail"
    assert read(b"Subject: x\nTo: do\n\nText", "a.txt").format == "Plain text"
    assert read(b"1234\n" + letter("Text\n"), "a.emlx").articles[0].body.text == "Text"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("=?utf-8?B?0J7Qu9C10L3QsA==?= <o@a.example>", "Олена"),
        ("=?koi8-u?Q?=EF=CC=C5=CE=C1?= <o@a.example>", "Олена"),
        # a letter that two words part between them
        ("=?utf-8?B?0J7Qu9C10L3Q?= =?utf-8?B?sA==?= <o@a.example>", "Олена"),
        ("=?nonsense?Q?Olena?= <o@a.example>", "Olena"),
        ('"Marchenko, Olena" <o@a.example>', "Marchenko, Olena"),
        ("Marchenko, Olena <o@a.example>", "Marchenko, Olena"),
        ("o@a.example (Olena)", "Olena"),
        ("o@a.example", "o@a.example"),
        ("=?gb2312?B?1tC5+g==?= <z@a.example>", "中国"),
        ("=?windows-1256?B?5s3H?= <z@a.example>", "وحا"),
        ("Ol\u202eena <o@a.example>", "Olena"),
    ],
)
def test_a_name_is_decoded(value, name):
    data = f"From: {value}\nSubject: x\nDate: Tue, 3 Feb 2026 09:15:00 +0200\n\nText".encode()
    assert article(data).authors == (name,)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: AW: [EXTERNAL] Fwd: Ice", "Ice"),
        ("RE[2]: Ice", "Ice"),
        ("Відп: Лід", "Лід"),
        ("回复：冰", "冰"),
        ("Re:", "Re:"),
        ("Regarding: ice", "Regarding: ice"),
        ("[list] Ice", "[list] Ice"),
    ],
)
def test_what_answering_puts_before_a_subject_goes(subject, title):
    assert article(letter("Text", subject=subject)).title == title


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("Tue, 3 Feb 2026 09:15:00 GMT", "2026-02-03T09:15:00Z"),
        ("3 Feb 2026 09:15:00 CET", "2026-02-03T09:15:00+01:00"),
        ("Tue, 3 Feb 26 09:15:00 -0330", "2026-02-03T09:15:00-03:30"),
        ("3 Feb 2026 09:15", "2026-02-03T09:15:00"),
        ("2026-02-03T09:15:00Z", "2026-02-03T09:15:00Z"),
        ("sometime", "2026-02-03T07:00:00Z"),
    ],
)
def test_a_date_keeps_its_zone_and_a_bad_one_is_that_of_the_first_machine(date, iso):
    head = f"Received: by a; Tue, 3 Feb 2026 07:00:00 +0000\nFrom: a@b.example\nDate: {date}\n\n"
    assert article(head.encode() + b"Text").published.iso == iso


def test_of_a_newsletter_the_sender_is_the_source():
    data = letter("Text", List_Unsubscribe="<https://a.example/u>")
    assert (article(data).authors, article(data).source) == ((), "Olena Marchenko")
    data = data.replace(b"Olena Marchenko", b"Olena from The Strait Times")
    assert (article(data).authors, article(data).source) == (("Olena",), "The Strait Times")


def test_on_a_list_the_list_is_the_source():
    data = letter("Text", List_Id="Ferries <f.example>", List_Post="<mailto:f@a.example>")
    assert (article(data).authors, article(data).source) == (("Olena Marchenko",), "Ferries")


def test_plain_text_has_paragraphs_quotes_items_links_and_a_signature():
    text = (
        "The ministers of both countries met on Monday in the capital, and spoke\n"
        "for four hours.\n\n"
        "> What was said?\n>\n> Nothing that anybody wrote down, as far as we know of it today,\n"
        "> or yesterday.\n\n"
        "Read:\n- one\n- two https://a.example/x?utm_source=m.\n\n"
        "Yours,\nOlena\n\n-- \nOlena Marchenko\nThe Strait Times\n"
    )
    found = article(letter(text))
    assert blocks(found) == [
        (
            "paragraph",
            "The ministers of both countries met on Monday in the capital, and spoke for four hours.",
        ),
        ("quote", "What was said?"),
        ("quote", "Nothing that anybody wrote down, as far as we know of it today, or yesterday."),
        ("paragraph", "Read:"),
        ("item", "one"),
        ("item", "two https://a.example/x."),
        ("paragraph", "Yours,"),
        ("paragraph", "Olena"),
    ]
    assert found.body.text.endswith("Olena Marchenko\nThe Strait Times")
    assert [span.target for span in found.body.spans] == ["https://a.example/x"]


def test_flowed_lines_are_put_together():
    text = "The strait \nis frozen.\nEnd.\n> quoted \n> on.\n\n  stuffed"
    found = article(letter(text, content_type="text/plain; format=flowed"))
    assert blocks(found) == [
        ("paragraph", "The strait is frozen."),
        ("paragraph", "End."),
        ("quote", "quoted on."),
        ("paragraph", "stuffed"),
    ]
    delsp = article(letter("海峡 \n冻结", content_type="text/plain; format=flowed; delsp=yes"))
    assert delsp.body.text == "海峡冻结"


def test_of_two_forms_of_a_text_the_one_with_structure_is_read():
    both = [part("plain"), part("<h1>Head</h1><p>Text</p>", HTML)]
    assert blocks(article(mixed(*both, kind="alternative"))) == [
        ("heading", "Head"),
        ("paragraph", "Text"),
    ]
    empty = [part("plain"), part("<p></p>", HTML)]
    assert article(mixed(*empty, kind="alternative")).body.text == "plain"


def test_pictures_that_the_text_calls_are_pictures_of_the_article():
    boat = png()
    data = mixed(
        part("<p>a</p><img src='cid:boat@x'><p>b</p><img src='https://a.example/1.png'>", HTML),
        part(boat, "image/png", Content_ID="<boat@x>"),
        part(png(shade=9), "image/png", Content_ID="<unused@x>"),
        kind="related",
    )
    found = article(data)
    digest = hashlib.sha256(boat).hexdigest()
    assert [(p.digest, p.media_type, p.data) for p in found.pictures] == [
        (digest, "image/png", boat)
    ]
    assert [b.asset for b in found.body.blocks] == ["", digest, ""]
    assert read(data).children == ()


def test_a_picture_between_two_texts_stays_between_them():
    data = mixed(part("a"), part(png(), "image/png", Content_Disposition="inline"), part("b"))
    assert blocks(article(data)) == [("paragraph", "a"), ("image", ""), ("paragraph", "b")]


def test_a_dot_that_counts_readers_is_no_picture():
    data = mixed(
        part("<p>a</p><img src='cid:x'>", HTML),
        part(png(1, 1), "image/png", Content_ID="<x>"),
        kind="related",
    )
    assert article(data).pictures == ()


def test_what_is_attached_are_documents_of_their_own():
    inner = letter("Inner", subject="Inner mail")
    data = mixed(
        part("Text"),
        part("Notes", "text/plain; name*=utf-8''%D0%BD%D0%BE%D1%82%D0%B8.txt"),
        part(b"%PDF-1.4", "application/pdf", Content_Disposition='attachment; filename="a.pdf"'),
        part(b"PK", "application/zip", Content_Disposition='attachment; filename="../../a.pdf"'),
        b"Content-Type: message/rfc822\n\n" + inner,
        part("BEGIN:VCALENDAR", "text/calendar"),
    )
    found = read(data)
    assert [(child.name, child.media_type) for child in found.children] == [
        ("ноти.txt", "text/plain"),
        ("a.pdf", "application/pdf"),
        ("a (2).pdf", "application/zip"),
        ("Inner mail.eml", "message/rfc822"),
    ]
    assert found.children[3].data.rstrip() == inner.rstrip()
    assert found.articles[0].body.text == "Text"


def test_a_mail_that_only_carries_is_no_article():
    found = read(mixed(part(b"%PDF-1.4", "application/pdf")))
    assert (found.articles, found.children[0].name) == ((), "attachment 1.pdf")
    assert [str(remark) for remark in found.warnings] == ["The mail has no text of its own."]


def test_a_mail_of_a_subject_alone_says_that():
    assert article(letter("", subject="Meeting at ten")).body.text == "Meeting at ten"


def test_without_text_or_subject_there_is_a_reason():
    with pytest.raises(UnreadableSource, match="no text in this mail"):
        read(letter("", subject=""))


def test_an_encrypted_mail_says_so():
    data = mixed(part("Version: 1", "application/pgp-encrypted"), kind="encrypted", subject="")
    with pytest.raises(UnreadableSource, match="encrypted"):
        read(data)


@pytest.mark.parametrize(
    ("body", "kind", "encoding", "text"),
    [
        (
            "Лід на протоці".encode("cp1251"),
            "text/plain; charset=windows-1251",
            "8bit",
            "Лід на протоці",
        ),
        ("Лід на протоці".encode(), "text/plain; charset=us-ascii", "8bit", "Лід на протоці"),
        ("Лід на протоці".encode(), "text/plain; charset=nonsense", "8bit", "Лід на протоці"),
        ("冰封海峡".encode("gb18030"), "text/plain; charset=gb2312", "8bit", "冰封海峡"),
        (
            "氷が海峡を".encode("iso2022_jp"),
            "text/plain; charset=iso-2022-jp",
            "7bit",
            "氷が海峡を",
        ),
        ("الجليد يغلق".encode("cp1256"), "text/plain; charset=windows-1256", "8bit", "الجليد يغلق"),
        (b"=D0=9B=D1=96=D0=B4", "text/plain; charset=utf-8", "Quoted-Printable", "Лід"),
        (b"0JvRltC0", "text/plain; charset=utf-8", "base64", "Лід"),
        (b"0JvRl!!tC0=====", "text/plain; charset=utf-8", "BASE64", "Лід"),
        (b"+BBsEVgQ0-", "text/plain; charset=utf-7", "7bit", "Лід"),
        (b"Text", "text/plain; charset=utf-8", "nonsense", "Text"),
        (b"a\0b\x01c\xe2\x80\xaed", "text/plain; charset=utf-8", "8bit", "abcd"),
        (b"begin 644 a\n$5&5X=```\nend\n", "text/plain", "x-uuencode", "Text"),
    ],
)
def test_a_text_is_decoded_whatever_it_travelled_in(body, kind, encoding, text):
    data = letter(body, content_type=kind, content_transfer_encoding=encoding)
    assert article(data).body.text == text


def test_arabic_runs_from_right_to_left():
    assert article(letter("الجليد يغلق الطريق بين الجزيرتين")).direction == "rtl"


def test_a_report_and_its_headers_are_there_but_not_included():
    data = mixed(
        part("It did not arrive."),
        b"Content-Type: message/delivery-status\n\nStatus: 5.1.1\n",
        kind="report",
    )
    found = article(data)
    assert blocks(found) == [("paragraph", "It did not arrive.")]
    assert found.body.text.endswith("Status: 5.1.1")


def test_html_that_has_no_tags_is_plain_text():
    data = letter("One.\n\nTwo <https://a.example/>\n", content_type="text/html")
    assert article(data).body.text == "One.\nTwo https://a.example/"


def test_paragraphs_parted_by_breaks_in_a_cell_for_the_layout_are_paragraphs():
    html = "<table><tr><td>&nbsp;</td><td>One<br><b>&nbsp;</b><br>Two<br>lines</td></tr></table>"
    assert article(letter(html, content_type="text/html")).body.text == "One\nTwo\nlines"


def test_a_break_ends_a_line_but_not_one_that_was_broken_to_fit():
    html = (
        "<div>The ministers of both countries met on Monday in the capital and<br>spoke.<br>"
        "Yours,<br>Olena</div>"
    )
    assert article(letter(html, content_type="text/html")).body.text.split("\n") == [
        "The ministers of both countries met on Monday in the capital and spoke.",
        "Yours,",
        "Olena",
    ]


def deep(levels: int) -> bytes:
    data = b"Content-Type: text/plain\n\nInnermost"
    for level in range(levels):
        data = multi("mixed", b"Content-Type: text/plain\n\nlevel", data, boundary=f"b{level}")
    return HEAD.encode() + data


def test_what_is_nested_too_deep_is_left_out_and_said():
    found = read(deep(30))
    assert found.articles[0].body.text.count("level") == 19
    assert [str(remark) for remark in found.warnings] == [
        "What is nested deeper than 20 levels in it was not read."
    ]


def test_mails_in_a_mail_that_is_too_deep_are_not_handed_on():
    data = letter("Innermost")
    for level in range(30):
        data = HEAD.encode() + multi(
            "mixed",
            b"Content-Type: text/plain\n\nText",
            b"Content-Type: message/rfc822\n\n" + data,
            boundary=f"b{level}",
        )
    found = read(data)
    assert (found.articles[0].body.text, found.children) == ("Text", ())
    assert "deeper" in str(found.warnings[0])


def test_a_boundary_that_repeats_inside_comes_to_an_end():
    inner = multi("mixed", part("inner"), boundary="outer")
    assert "inner" in article(mixed(part("before"), inner)).body.text


def test_more_parts_than_the_bound_are_left_out_and_said():
    found = read(mixed(*[b"Content-Type: text/plain\n\nText"] * 600))
    assert found.articles[0].body.text.count("Text") == 499
    assert "500 parts" in str(found.warnings[0])


def test_a_header_beyond_the_bound_is_cut_and_the_text_is_read():
    found = read(HEAD.encode() + b"X-Long: " + b"a" * 4_000_000 + b"\nSubject: late\n\nText")
    assert found.articles[0].body.text == "Text"
    assert found.articles[0].authors == ("Olena Marchenko",)
    assert "64 KB" in str(found.warnings[0])


def test_the_line_ends_of_old_macs_are_line_ends():
    assert article(letter("One.\n\nTwo.").replace(b"\n", b"\r")).body.text == "One.\nTwo."


def test_a_mail_that_was_cut_off_is_read_as_far_as_it_goes():
    whole = mixed(part("Text"), part("More"))
    assert article(whole[: whole.rfind(b"--outer--")]).body.text == "Text\nMore"
