"""Read JSON that strangers wrote: bounded in depth and number, without NaN and infinities."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard

if TYPE_CHECKING:
    from briefing_app.importers.base import Document

DEEPEST = 50
MOST_VALUES = 1_000_000  # objects and lists
_HEAD = 64 * 1024  # bytes
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)


def load(document: Document) -> Any:  # noqa: ANN401 (whatever the file holds)
    """Return the value of a JSON document.

    Raises: UnreadableSource if it is none, or beyond the limits.
    """
    return loads(guard.read_text(document).text.lstrip("\ufeff"))


def loads(text: str) -> Any:  # noqa: ANN401 (whatever the text holds)
    """Return the value of a JSON text.

    Raises: UnreadableSource if it is none, or beyond the limits.
    """
    _check(text)
    try:
        return json.loads(text, strict=False, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is damaged: line {line} of its JSON cannot be read."),
            hint=QT_TRANSLATE_NOOP("errors", "Export it once more, and import that."),
            line=line,
        ) from error


def head(document: Document) -> str:
    """Return the beginning of a document that may be JSON, else an empty string.

    It is for looking at names, which are plain letters in all encodings that JSON comes in.
    """
    text = document.data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    text = text.lstrip("\xef\xbb\xbf\xfe\xff \t\r\n")
    return text if text[:1] in ("{", "[") else ""


def text(value: object) -> str:
    """Return a value that should be text, or a number, as text; anything else is an empty one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def objects(value: object) -> list[dict[str, Any]]:
    """Return those values of a list that are objects."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or the one that stands in its place."""
    values = value if isinstance(value, list) else [value]
    return tuple(said for one in values if (said := text(one)))


def _check(text: str) -> None:
    depth = values = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            values += 1
            if depth > DEEPEST:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP("errors", "It is nested deeper than {limit} levels."),
                    limit=DEEPEST,
                )
            if values > MOST_VALUES:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP("errors", "There are more than {limit} values in it."),
                    limit=MOST_VALUES,
                )
        elif mark in "]}":
            depth -= 1


def _refuse(constant: str) -> None:
    raise ValueError(constant)
