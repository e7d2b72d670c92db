"""Mails that nobody should send: nested, swollen, wrong about themselves."""

from __future__ import annotations

import base64
import struct

_HEAD = b"From: a@b.example\nDate: Tue, 3 Feb 2026 09:15:00 +0200\nMIME-Version: 1.0\nSubject: x\n"
_FROM = b"From a@b.example Tue Feb  3 09:15:04 2026\n"
TEXT = "A few plain words to be read."
_PART = b"Content-Type: text/plain\n\n" + TEXT.encode() + b"\n"


def mail(body: bytes, *fields: bytes) -> bytes:
    """Return a mail with further fields."""
    return _HEAD + b"".join(field + b"\n" for field in fields) + b"\n" + body


def nested_parts(levels: int = 5000) -> bytes:
    """Return parts in parts, a text in the first of them."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n%s--b%d\n' % (n, n, _PART, n)
        for n in range(levels)
    )
    return _HEAD + opening + _PART + b"".join(b"\n--b%d--" % n for n in reversed(range(levels)))


def nested_mails(levels: int = 5000) -> bytes:
    """Return mails in mails, each with a text."""
    return b"".join(
        _HEAD
        + b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n%s' % (n, n, _PART)
        + b"--b%d\nContent-Type: message/rfc822\n\n" % n
        for n in range(levels)
    ) + mail(TEXT.encode())


def many_parts(count: int = 200_000) -> bytes:
    """Return a mail of a great many parts."""
    return _HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + (b"--b\n" + _PART) * count


def long_header() -> bytes:
    """Return one field of 4 MB."""
    return mail(TEXT.encode(), b"X-Long: " + b"a" * 4_000_000)


def many_fields() -> bytes:
    """Return 4 MB of fields."""
    return mail(TEXT.encode(), *[b"X: y"] * 800_000)


def long_subject() -> bytes:
    """Return 4 MB of encoded words, folded, in charsets that nobody has heard of."""
    words = b"\n ".join(b"=?cs%d?Q?=41?=" % n for n in range(200_000))
    return mail(TEXT.encode(), b"Subject: " + words)


def quotes() -> bytes:
    """Return a content type of nothing but quotes and semicolons."""
    return mail(TEXT.encode(), b"Content-Type: text/plain" + b'; a=";"' * 8000)


def numbered_parameter() -> bytes:
    """Return a parameter in a continuation whose number has 5,000 digits."""
    return mail(TEXT.encode(), b"Content-Type: text/plain; name*" + b"9" * 5000 + b"=x")


def same_boundary() -> bytes:
    """Return parts whose boundary is that of the mail around them, again and again."""
    part = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + _PART
    return _HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + (b"--b\n" + part) * 2000


def boundaries() -> bytes:
    """Return nothing but boundaries."""
    return _HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * 2_000_000


def wrong_charsets() -> bytes:
    """Return parts that are in other charsets than they say, and in some that are none."""
    labels = (b"utf-8", b"us-ascii", b"utf-16", b"nonsense", b"idna", b"undefined", b"unicode_escape",
              b"utf-7", b"hz", b"iso-2022-kr", b"rot13", b"zlib", b"base64", b"\xff\xfe")  # fmt: skip
    body = b"".join(
        b"--b\nContent-Type: text/plain; charset=%s\n\n%s \xff\xfe\x80\x1b$B+/v8 ~{VPND~}\n"
        % (label, TEXT.encode())
        for label in labels
    )
    return _HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + body + b"--b--\n"


def unseen() -> bytes:
    """Return NULs, controls and signs that turn the direction, in the header and in the text."""
    turned = "\u202e\u2066\u200b\ufeff".encode()
    name = b'attachment; filename="../../\x00' + turned + b'fdp.exe"'
    return (
        _HEAD.replace(b"Subject: x", b"Subject: a\x00b" + turned + b"c")
        + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nA few plain\x00 words'
        + turned
        + b" to be read.\n--b\nContent-Disposition: "
        + name
        + b"\n\nx\n--b--\n"
    )


def flowed() -> bytes:
    """Return one paragraph of a million lines."""
    return mail(b"word \n" * 1_000_000, b"Content-Type: text/plain; format=flowed")


def quoted() -> bytes:
    """Return quotes of quotes."""
    return mail(b"".join(b">" * (n % 1000) + b" word\n" for n in range(20_000)))


def addresses() -> bytes:
    """Return addresses that begin with addresses."""
    return mail(b"http://" * 400_000 + b"\n" + b"www." * 400_000 + b"\n" + TEXT.encode())


def attributes() -> bytes:
    """Return HTML of one element with 300,000 attributes."""
    html = b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">x</p>"
    return mail(html, b"Content-Type: text/html")


def tables(levels: int = 190) -> bytes:
    """Return tables in tables, with much to read in the innermost."""
    inner = b"".join(b"<tr><td>%d</td></tr>" % n for n in range(20_000))
    html = (
        b"<table><tr><td>" * levels
        + b"<table>"
        + inner
        + b"</table>"
        + b"</td></tr></table>" * levels
    )
    return mail(html, b"Content-Type: text/html")


def links() -> bytes:
    """Return many long links of mail filters, each wrapped in others."""
    wrapped = "https://urldefense.com/v3/__" + "__;" * 2000
    return mail(f"<p><a href='{wrapped}'>x</a>".encode() * 200, b"Content-Type: text/html")


def empty_box(count: int = 80_000) -> bytes:
    """Return a mailbox of nothing but lines that part mails."""
    return (_FROM + b"\n") * count


def box_line() -> bytes:
    """Return a mailbox with one line of 20 MB."""
    return (
        _FROM + _HEAD + b"\n" + b"a" * 20_000_000 + b"\n\n" + _FROM + _HEAD + b"\n" + TEXT.encode()
    )


def archive(count: int = 5000) -> bytes:
    """Return a web archive with a great many parts, all of one place."""
    part = b"--b\nContent-Type: image/png\nContent-Location: http://a.example/1.png\n\nx\n"
    page = b"--b\nContent-Type: text/html\n\n<p>" + TEXT.encode() + b"</p>\n"
    head = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: http://a.example/\nMIME-Version: 1.0\n"
    )
    return head + b'Content-Type: multipart/related; boundary="b"\n\n' + page + part * count


def outlook_loop() -> bytes:
    """Return a container whose folder is a ring."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHH6x10I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    table = struct.pack("<4I", 0xFFFFFFFD, 1, 2, 2).ljust(512, b"\xff")
    name = "__properties_version1.0".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(name) + 2, 1, 1, 1, 1, 1, 0, 2, 1 << 30
    )
    return head.ljust(512, b"\xff") + table + entry * 4 + b"x" * 512


def packed_rtf() -> bytes:
    """Return packed RTF of nothing but pointers back, which says that it is 4 GB."""
    return struct.pack("<IIII", 0xFFFFFFFF, 0xFFFFFFFF, 0x75465A4C, 0) + b"\xff" * 6_000_000


def braces() -> bytes:
    """Return RTF of HTML with a million groups that are never closed."""
    return rb"{\rtf1\fromhtml1 " + rb"{\*\htmltag64 <b>" * 300_000


def tar_pit() -> bytes:
    """Return base64 of 30 MB that is not base64."""
    return mail(
        b"=" * 15_000_000 + base64.b64encode(TEXT.encode()), b"Content-Transfer-Encoding: base64"
    )
