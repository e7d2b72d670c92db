"""The beginning of an XML file: what it declares, and the element that it begins with."""

from __future__ import annotations

import re

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

_HEAD = 64 * 1024  # bytes or code points; the first element is looked for in them
_PASSED = re.compile(r"\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[<>\"']|\"[^\"]*+\"|'[^']*+')*+", re.IGNORECASE)
_SUBSET = re.compile(r"\[(?:[^\]\"'<]|\"[^\"]*+\"|'[^']*+'|<!--(?:[^-]|-(?!->))*+-->|<)*+\]\s*+")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
# a name for a character or a few words; it cannot grow, and it cannot name a file
_SHORT = re.compile(r"<!ENTITY\s+([\w.-]{1,32})\s+(?:\"([^\"%]{0,40})\"|'([^'%]{0,40})')\s*>")
_REFERENCE = re.compile(r"&(?!#\w{1,8};)")
_MOST_ENTITIES = 500
_TAG = re.compile(r"<([A-Za-z_][\w.:-]{0,60})(?=[\s/>])([^>]{0,4000})")


def first_tag(data: bytes) -> tuple[str, str]:
    """Return the name of a file's first element, in small letters, and what its tag says.

    Both are empty where the bytes do not begin as XML does. They are not decoded: names of elements
    are the same in all encodings that matter, but for the NULs of UTF-16.
    """
    text = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xff\xfe")
    found = _TAG.match(text, _doctype_end(text, _passed(text, 0))[0])
    return (found[1].lower(), found[2]) if found else ("", "")


def without_doctype(text: str) -> str:
    """Return XML without its declaration, comments and document type at the top.

    Of the entities that it declares, those that stand for a few characters are kept.
    Raises: UnreadableSource if it declares others: they can stand for gigabytes, or for files.
    """
    start = _passed(text.lstrip("\ufeff"), 0)
    text = text.lstrip("\ufeff")
    end, subset = _doctype_end(text, start)
    entities = _entities(subset)
    if len(_ENTITY.findall(text[:end])) != len(entities):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors",
                "It declares entities of its own, which are not read: they can do harm.",
            )
        )
    rest = text[_passed(text, end) :]
    if not entities:
        return rest
    declared = "\n".join(f'<!ENTITY {name} "{value}">' for name, value in entities.items())
    return f"<!DOCTYPE xml [\n{declared}\n]>{rest}"


def _passed(text: str, at: int) -> int:
    """Return where blanks, comments and instructions end."""
    while found := _PASSED.match(text, at):
        at = found.end()
    return at


def _doctype_end(text: str, at: int) -> tuple[int, str]:
    """Return where a document type and what follows it end, and what it declares."""
    opened = _DOCTYPE.match(text, at)
    if not opened:
        return at, ""
    at = opened.end()
    subset = _SUBSET.match(text, at)
    if subset:
        at = subset.end()
    closed = at + 1 if text[at : at + 1] == ">" else at
    return _passed(text, closed), subset[0] if subset else ""


def _entities(subset: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single in _SHORT.findall(subset):
        value = double or single
        if not _REFERENCE.search(value) and "<" not in value and len(found) < _MOST_ENTITIES:
            found.setdefault(name, value.replace('"', "&#34;"))
    return found
