"""Mails that are dragged out of a mail program: bytes where they are handed over, else a sentence."""

import struct

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from briefing_app.gui.importing.incoming import is_welcome
from briefing_app.gui.importing.virtual import handed_over, is_virtual
from briefing_app.services.importing import Document, Unreadable

LIST = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
OLD_LIST = 'application/x-qt-windows-mime;value="FileGroupDescriptor"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
MAIL = b"Subject: Ice closes the route\n\nThe strait froze over.\n"


def offered(formats, *, html="", text="", urls=()):
    mime = QMimeData()
    if html:
        mime.setHtml(html)
    if text:
        mime.setText(text)
    if urls:
        mime.setUrls([QUrl(url) for url in urls])
    for name, data in formats.items():
        mime.setData(name, QByteArray(data))
    return mime


def listed(*names, folders=()):
    made = struct.pack("<I", len(names))
    for name in names:
        entry = bytearray(592)
        struct.pack_into("<I", entry, 36, 0x10 if name in folders else 0x80)
        written = name.encode("utf-16-le")
        entry[72 : 72 + len(written)] = written
        made += bytes(entry)
    return made


def sentences(files):
    return [f"{one.error} {one.error.next_step}" for one in files if isinstance(one, Unreadable)]


def test_files_whose_bytes_are_handed_over_are_documents():
    mime = offered(
        {
            LIST: listed("Лід на протоці.msg", "Folder", "Folder\\notes.docx", folders=("Folder",)),
            f"{CONTENTS};index=0": b"first",
            f"{CONTENTS};index=2": b"third",
        },
        text="From\tSubject\nOlena\tIce",
    )
    assert is_virtual(mime)
    assert is_welcome(mime)
    assert handed_over(mime) == (
        Document("Лід на протоці.msg", b"first"),
        Document("notes.docx", b"third"),
    )


def test_a_single_file_may_come_without_its_number():
    mime = offered({LIST: listed("a.eml"), CONTENTS: MAIL})
    assert handed_over(mime) == (Document("a.eml", MAIL),)


def test_the_list_of_older_programs_is_read():
    entry = bytearray(332)
    entry[72:81] = b"\x84a\x93b.msg\0"
    mime = offered({OLD_LIST: struct.pack("<I", 1) + bytes(entry), CONTENTS: b"x"})
    assert [one.name for one in handed_over(mime)] == ["„a“b.msg"]


def test_what_is_not_handed_over_says_what_to_do():
    mime = offered({LIST: listed("Ice.msg", "plan.xlsx"), f"{CONTENTS};index=1": b"x"})
    ice, plan = handed_over(mime)
    assert isinstance(plan, Document)
    [said] = sentences([ice])
    assert said.startswith("The program that it was dragged from does not hand it over")
    assert said.endswith(". Save the message as a file (File > Save As) and drop that.")
    [said] = sentences(handed_over(offered({LIST: listed("plan.xlsx")})))
    assert said.endswith("Save it as a file there and drop that.")


@pytest.mark.parametrize(
    "mime",
    [
        offered({"text/x-moz-message": "imap-message://olena@mail/INBOX#7".encode("utf-16-le")}),
        offered({"application/x-moz-file-promise": b""}, text="imap://olena@mail/fetch>UID>7"),
        offered({}, urls=["mailbox:///home/olena/Mail/Inbox?number=7"]),
        offered({}, urls=["imap-message://olena@mail/INBOX#7"]),
        offered({}, urls=["message:%3C7@mail.example%3E"]),
    ],
)
def test_a_mail_that_is_only_named_is_taken_and_answered(mime):
    assert is_welcome(mime)
    [one] = handed_over(mime)
    assert isinstance(one, Unreadable)
    assert "File > Save As" in one.error.next_step
    assert one.name


def test_the_name_that_is_promised_is_said():
    mime = offered(
        {
            "text/x-moz-message": b"x",
            "application/x-moz-file-promise-dest-filename": "Ice.eml".encode("utf-16-le"),
        }
    )
    assert [one.name for one in handed_over(mime)] == ["Ice.eml"]


def test_a_mail_that_comes_as_bytes_is_a_document():
    mime = offered({"message/rfc822": MAIL, "text/x-moz-message": b"x"})
    [one] = handed_over(mime)
    assert (one.data, one.media_type) == (MAIL, "message/rfc822")


def test_what_a_browser_lets_drag_is_no_file():
    link = offered({LIST: listed("Ice closes.url"), CONTENTS: b"[x]"}, html="<a href='x'>Ice</a>")
    picture = offered({LIST: listed("ice.png"), CONTENTS: b"x"}, html="<img src='ice.png'>")
    promised = offered({"application/x-moz-file-promise": b""}, html="<img src='ice.png'>")
    assert not any(map(is_virtual, (link, picture, promised, offered({}, text="Hi"))))


@pytest.mark.parametrize("data", [b"", b"\x05", b"\xff" * 4, b"\xff" * 600, listed("a.msg")[:300]])
def test_a_broken_list_harms_nothing(data):
    for one in handed_over(offered({LIST: data})):
        assert isinstance(one, Unreadable)
