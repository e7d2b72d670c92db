"""Read XML that strangers wrote: nothing is loaded from elsewhere, no entity is expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_ENTITY = b"<!ENTITY"
_WIDE = 256  # bytes in which a NUL tells that characters take two or four


def parse(data: bytes, *, recover: bool = False) -> _Element:
    """Return the root element; with `recover`, of what can be made of a document with slips.

    Raises: UnreadableSource if it is no XML, declares entities, or is nested too deep.
    """
    if declares_entities(data):
        raise _refused()
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise _broken(error) from error
    if root is None:
        raise _broken(ValueError("no element"))
    for slip in parser.error_log:  # a parser that recovers drops what is beyond its limits
        if slip.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise _beyond(slip.message)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _refused()  # in an encoding in which the bytes do not show it
    return root


def declares_entities(data: bytes) -> bool:
    """Tell whether a document brings entities of its own, which can stand for gigabytes or files."""
    if b"\0" in data[:_WIDE]:
        data = data.replace(b"\0", b"")
    return _ENTITY in data


def local(element: _Element) -> str:
    """Return an element's name without its namespace, or an empty string for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(root: _Element, name: str) -> Iterator[_Element]:
    """Return all elements of a name, whatever their namespace."""
    yield from root.iter(f"{{*}}{name}")


def attribute(element: _Element, name: str) -> str:
    """Return an attribute by its name without namespace, or an empty string."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _refused() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP(
            "errors", "It declares entities of its own, which are not read: they can do harm."
        )
    )


def _broken(error: Exception) -> UnreadableSource:
    if getattr(error, "code", None) == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        return _beyond(str(error))
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It is damaged: line {line} of its text is not well-formed."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Open it with its own program, save it again, and import that."
        ),
        line=getattr(error, "lineno", None) or 1,
    )


def _beyond(reason: str) -> UnreadableSource:
    if "depth" in reason.lower():
        return UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Its elements are nested too deep to be read.")
        )
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "A single text in it is longer than 10 million characters.")
    )
