"""Mails as Outlook saves them."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.mail.rtf import html_in, unpacked
from briefing_app.progress import NoProgress
from tests.unit.importers.mail.letters import png
from tests.unit.importers.mail.outlook import attachment, container, embedded, item

SENT = dt.datetime(2026, 2, 3, 7, 15, tzinfo=dt.UTC)
SAID = {
    "0037": "RE: Лід на протоці",
    "0C1A": "Олена Марченко",
    "5D01": "olena@strait-times.example",
}


def read(storage, name="a.msg"):
    return registry.read(Document(name, container(storage)), NoProgress())


def article(storage):
    (found,) = read(storage).articles
    return found


def test_what_outlook_knows_of_a_mail_is_read():
    found = article(
        item({**SAID, "1000": "Перше.\r\n\r\nДруге.", "1035": "<1@a.example>"}, sent=SENT)
    )
    assert (found.title, found.authors) == ("Лід на протоці", ("Олена Марченко",))
    assert found.source == "strait-times.example"
    assert found.published.iso == "2026-02-03T07:15:00Z"
    assert found.message_id == "1@a.example"
    assert found.body.text == "Перше.\nДруге."


def test_the_header_that_it_travelled_with_says_more():
    header = (
        "Received: by a.example\r\nFrom: Olena from Strait <o@a.example>\r\n"
        "Date: Tue, 3 Feb 2026 09:15:00 +0200\r\nList-Unsubscribe: <https://a.example/u>\r\n"
        "Message-ID: <2@a.example>\r\n"
    )
    found = article(item({**SAID, "1000": "Text", "007D": header}, sent=SENT))
    assert (found.authors, found.source) == (("Olena",), "Strait")
    assert found.published.iso == "2026-02-03T09:15:00+02:00"
    assert found.message_id == "2@a.example"
    assert found.title == "Лід на протоці"


def test_html_is_read_before_plain_text_and_its_pictures_come_along():
    boat = png()
    html = "<p>Лід</p><img src='cid:boat@x'><p>На протоці</p>"
    found = article(
        item(
            {**SAID, "1000": "plain"},
            {"1013": html.encode("cp1251")},
            {"3FDE": 1251},
            attached=(attachment("boat.png", boat, "boat@x"),),
        )
    )
    digest = hashlib.sha256(boat).hexdigest()
    assert [b.asset for b in found.body.blocks] == ["", digest, ""]
    assert found.body.text == "Лід\nНа протоці"
    assert found.pictures[0].data == boat


def test_what_is_attached_are_documents_and_mails_are_articles():
    inner = item({"0037": "Inner", "1000": "Inside"}, head=24)
    found = read(
        item(
            {**SAID, "1000": "Outside"},
            attached=(attachment("..\\..\\a.pdf", b"%PDF-1.4" * 1000), embedded(inner)),
        )
    )
    assert [(a.title, a.body.text) for a in found.articles] == [
        ("Лід на протоці", "Outside"),
        ("Inner", "Inside"),
    ]
    assert [(c.name, len(c.data)) for c in found.children] == [("a.pdf", 8000)]


def test_mails_nested_too_deep_are_left_out_and_said():
    mail = item({"0037": "0", "1000": "Text"}, head=24)
    for level in range(1, 25):
        mail = item({"0037": str(level), "1000": "Text"}, attached=(embedded(mail),), head=24)
    mail.inside["__properties_version1.0"] = b"\0" * 32
    found = read(mail)
    assert len(found.articles) == 20
    assert "20 levels" in str(found.warnings[0])


HTML_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}"
    rb"{\f1\fmodern\fcharset0 Courier;}}{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0 "
    rb"{\*\htmltag19 <html>}{\*\htmltag50 <body>}\htmlrtf {\htmlrtf0 {\*\htmltag64 <p>}"
    rb"\htmlrtf \par\htmlrtf0 \'cb\'b3\'e4 {\*\htmltag84 &amp;} \u1074?\u1110?\u1090?\u1077?\u1088?"
    rb"{\*\mhtmltag64 <p>}{\f1 caf\'e9}\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}{\*\htmltag58 </body>}}"
)


def packed(rtf: bytes) -> bytes:
    """Pack RTF without ever pointing back, but for one end of it."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, 0) + body


def test_html_that_rtf_is_wrapped_around_is_taken_out():
    assert html_in(HTML_IN_RTF) == "<html><body><p>Лід &amp; вітерcafé</p></body>"
    found = article(item(SAID, {"1009": packed(HTML_IN_RTF)}))
    assert found.body.text == "Лід & вітерcafé"


def test_packed_rtf_points_back_into_what_came_before():
    # Source: MS-OXRTFCP, section 3.1.1
    sample = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a7"
        "03000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(sample) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_rtf_of_its_own_is_read_as_text():
    rtf = rb"{\rtf1\ansi\ansicpg1252 Hello \b world\b0\par Second}"
    assert article(item(SAID, {"1009": packed(rtf)})).body.text == "Hello world\nSecond"


@pytest.mark.parametrize("cut", [520, 1000, 2000])
def test_a_damaged_file_has_a_reason(cut):
    data = container(item({**SAID, "1000": "Text " * 3000}))
    with pytest.raises(UnreadableSource, match=r"Outlook|no text"):
        registry.read(Document("a.msg", data[:cut]), NoProgress())


def test_another_old_office_file_is_no_mail():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    with pytest.raises(UnreadableSource):
        registry.read(Document("a.msg", data), NoProgress())
