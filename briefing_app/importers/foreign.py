"""Office files that are not read: each is known, and answered with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import zipped
from briefing_app.importers.base import Document, Imported, Importer

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary, [MS-CFB] section 2.2
_LABEL = "Other Office file"
_WORD = QT_TRANSLATE_NOOP("errors", "a Word document of the old kind")
_SHEET = QT_TRANSLATE_NOOP("errors", "a spreadsheet")
_SLIDES = QT_TRANSLATE_NOOP("errors", "a presentation")
_DRAWING = QT_TRANSLATE_NOOP("errors", "a drawing")
# names of streams in a file of the old kind; a stream's name there is in UTF-16
_STREAMS = (
    ("WordDocument", _WORD),
    ("Workbook", _SHEET),
    ("PowerPoint Document", _SLIDES),
    ("VisioDocument", _DRAWING),
)
_MAIL = "__substg1.0_"
_LOCKED_STREAM = "EncryptedPackage"
_MEMBERS = (("xl/workbook", _SHEET), ("ppt/presentation", _SLIDES), ("visio/document", _DRAWING))
_OPEN_TYPES = ("spreadsheet", "presentation", "graphics", "chart", "formula")
_OPEN_KINDS = {"spreadsheet": _SHEET, "presentation": _SLIDES}


def _accepts(document: Document) -> bool:
    return bool(_kind(document.data)) or _is_locked(document.data)


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    if _is_locked(document.data):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is locked with a password."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Open it with its own program, save it without one, and import that."
            ),
        )
    kind = _kind(document.data)
    if kind == _WORD or not kind:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is {kind}, which is not read."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Open it in Word or LibreOffice, save it as .docx, and import that."
            ),
            kind=kind or _WORD,
        )
    raise UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "This is {kind}, which is not read."),
        hint=QT_TRANSLATE_NOOP("errors", "Save it as a PDF file and import that."),
        kind=kind,
    )


def _is_locked(data: bytes) -> bool:
    return data.startswith(_OLD) and _LOCKED_STREAM.encode("utf-16-le") in data


def _kind(data: bytes) -> str:
    """Return what kind of file it is, if it is one of those."""
    if data.startswith(_OLD):
        return _old_kind(data)
    return _packed_kind(data) if zipped.looks_zipped(data) else ""


def _old_kind(data: bytes) -> str:
    if _MAIL.encode("utf-16-le") in data:
        return ""  # an Outlook message, whatever is attached to it
    found = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
    return next(found, "")


def _packed_kind(data: bytes) -> str:
    try:
        archive = zipped.open_zip(data)
        names = archive.names()
        said = (
            archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
        )
    except UnreadableSource:
        return ""
    for start, kind in _MEMBERS:
        if any(name.startswith(start) for name in names):
            return kind
    if said.startswith("application/vnd.oasis.opendocument."):
        found = (name for name in _OPEN_TYPES if name in said)
        return next((_OPEN_KINDS.get(name, _DRAWING) for name in found), "")
    return ""


IMPORTER = Importer(
    _LABEL,
    (".doc", ".dot"),
    ("application/msword",),
    _accepts,
    _read,
)
