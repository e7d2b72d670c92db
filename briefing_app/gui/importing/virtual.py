"""Mails and files that another program promises and that lie nowhere: dragged out of a mail program.

Some systems hand their bytes over. Where they do not, the drop is taken all the same, and what to do
is said.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.services.importing import Document, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QMimeData

    from briefing_app.services.importing import Incoming

_WINDOWS = (
    'application/x-qt-windows-mime;value="{name}"'  # as Qt names what Windows calls otherwise
)
_CONTENTS = _WINDOWS.format(name="FileContents")
# what lists the files -> the bytes of an entry, and how its name is written
_LISTS = {
    _WINDOWS.format(name="FileGroupDescriptorW"): (592, "utf-16-le"),
    _WINDOWS.format(name="FileGroupDescriptor"): (332, "cp1252"),
}
_ATTRIBUTES, _NAME = 36, 72  # where they stand in an entry
_IS_FOLDER = 0x10
_MOST = 1_000  # files in one drop
_PROMISES = ("application/x-moz-file-promise", "text/x-moz-message")
_PROMISED_NAME = "application/x-moz-file-promise-dest-filename"
_MAIL = "message/rfc822"
_MAIL_SUFFIXES = (".eml", ".msg")
_SHORTCUTS = (".url", ".lnk")
_SCHEMES = frozenset(
    {"mailbox", "imap", "news", "ews", "exquilla", "message", "outlook"}
    | {"mailbox-message", "imap-message", "news-message", "ews-message"}
)


def is_virtual(mime: QMimeData) -> bool:
    """Tell whether files are promised that lie nowhere, without asking for their bytes.

    Browsers promise the picture or the shortcut that a drag would leave on a desktop, beside the text
    itself: that is no such file.
    """
    if mime.hasFormat(_MAIL) or mime.hasFormat("text/x-moz-message") or _is_mail_address(mime):
        return True
    if names := _listed(mime):
        wanted = [name for _, name in names if not name.lower().endswith(_SHORTCUTS)]
        is_mail = any(name.lower().endswith(_MAIL_SUFFIXES) for name in wanted)
        return bool(wanted) and (is_mail or not mime.hasHtml())
    return any(map(mime.hasFormat, _PROMISES)) and not mime.hasHtml()


def handed_over(mime: QMimeData) -> tuple[Incoming, ...]:
    """Return the files whose bytes are handed over, and what to do about the others.

    Ask only while it is dropped or pasted: the bytes are gone afterwards.
    """
    if data := _data(mime, _MAIL):
        return (Document(_promised_name(mime), data, _MAIL),)
    if names := _listed(mime):
        return tuple(_file(mime, at, name, alone=len(names) == 1) for at, name in names)
    name = _promised_name(mime)
    return (Unreadable(name, _not_handed_over(name)),)


def _file(mime: QMimeData, at: int, name: str, *, alone: bool) -> Incoming:
    data = _data(mime, f"{_CONTENTS};index={at}")
    if not data and alone:
        data = _data(mime, _CONTENTS)
    return Document(name, data) if data else Unreadable(name, _not_handed_over(name))


def _listed(mime: QMimeData) -> list[tuple[int, str]]:
    """Return number and name of the files in the list that Windows programs hand over first."""
    for format_, (size, coding) in _LISTS.items():
        if mime.hasFormat(format_) and (names := list(_names(_data(mime, format_), size, coding))):
            return names
    return []


def _names(data: bytes, size: int, coding: str) -> Iterator[tuple[int, str]]:
    """Read the names; folders are none, and a list that is cut short ends there.

    Source: FILEGROUPDESCRIPTOR and FILEDESCRIPTOR of the Windows shell.
    """
    try:
        (count,) = struct.unpack_from("<I", data)
        for at in range(min(count, _MOST)):
            start = 4 + at * size
            (attributes,) = struct.unpack_from("<I", data, start + _ATTRIBUTES)
            text = data[start + _NAME : start + size].decode(coding, "replace").split("\0", 1)[0]
            if (name := _bare(text)) and not attributes & _IS_FOLDER:
                yield at, name
    except struct.error:
        return


def _data(mime: QMimeData, format_: str) -> bytes:
    return bytes(mime.data(format_).data())


def _bare(text: str) -> str:
    """Return a name without folders and without what cannot be shown."""
    last = text.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable()).strip()


def _promised_name(mime: QMimeData) -> str:
    text = _data(mime, _PROMISED_NAME).decode("utf-16-le", "replace").split("\0", 1)[0]
    return _bare(text) or QCoreApplication.translate("virtual", "Message that was dragged here")


def _is_mail_address(mime: QMimeData) -> bool:
    return mime.hasUrls() and any(url.scheme().lower() in _SCHEMES for url in mime.urls())


def _not_handed_over(name: str) -> UnreadableSource:
    said = QT_TRANSLATE_NOOP(
        "errors", "The program that it was dragged from does not hand it over to other programs."
    )
    lowered = name.lower()
    if "." in lowered[-6:] and not lowered.endswith(_MAIL_SUFFIXES):
        return UnreadableSource(
            said, hint=QT_TRANSLATE_NOOP("errors", "Save it as a file there and drop that.")
        )
    return UnreadableSource(
        said,
        hint=QT_TRANSLATE_NOOP(
            "errors", "Save the message as a file (File > Save As) and drop that."
        ),
    )
