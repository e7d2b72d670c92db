"""Errors that the user can act on.

A `BriefingError` carries a sentence for the person at the keyboard and, where there is one, a next
step. Anything else that escapes is a bug: it reaches the crash dialog with its traceback.

The sentences are templates with named values. Each is marked `QT_TRANSLATE_NOOP("errors", ...)`, a
function that only returns its text: Qt's lupdate finds it under that name in modules that know no
Qt. The window translates the template and fills it; the command line prints it in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (the name lupdate looks for)
    """Mark a sentence for translation and return it unchanged."""
    del context
    return text


class BriefingError(Exception):
    """An expected failure, worded for the person at the keyboard.

    `message` and `hint` are templates with ``{named}`` values; `str(error)` is the sentence in
    English.
    """

    def __init__(self, message: str, *, hint: str = "", **values: object) -> None:
        self.message = message
        self.hint = hint
        self.values = values
        super().__init__(fill(message, values))

    @property
    def next_step(self) -> str:
        """The hint in English with its values filled in, or an empty string."""
        return fill(self.hint, self.values)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is no error, or no longer one: a template and its values; `str` is English."""

    message: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the English sentence."""
        return fill(self.message, dict(self.values))


def remarks_of(error: BriefingError) -> tuple[Remark, ...]:
    """Return what an error says, and its next step where it has one."""
    values = tuple((name, str(value)) for name, value in error.values.items())
    return tuple(Remark(text, values) for text in (error.message, error.hint) if text)


class UnreadableSource(BriefingError):  # noqa: N818 (reads as what happened)
    """A file or page could not be turned into an article or a story."""


class PicturesOnly(UnreadableSource):
    """A file holds pictures of pages and no text; `sheets` is how many."""

    def __init__(self, message: str, *, hint: str = "", sheets: int = 1, **values: object) -> None:
        self.sheets = sheets
        super().__init__(message, hint=hint, **values)


class NotFound(BriefingError):  # noqa: N818 (reads as what happened)
    """Something was asked for that the library does not hold."""


class Refused(BriefingError):  # noqa: N818 (reads as what happened)
    """An edit or an undo would have overwritten something newer."""


class StorageFailure(BriefingError):  # noqa: N818 (reads as what happened)
    """The library could not be read or written: full disk, folder gone, damaged file."""


class DamagedText(StorageFailure):
    """The text of one article is not what came in; the rest of the library may be sound."""


class ExportFailure(BriefingError):  # noqa: N818 (reads as what happened)
    """A file could not be made or written."""


class WrongUsage(BriefingError):  # noqa: N818 (reads as what happened)
    """A command was given something that it does not take (exit code 2)."""


class Cancelled(Exception):  # noqa: N818 (reads as what happened)
    """The user stopped long work. Never shown as a failure."""


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put named values into a template; a brace in a value is left alone."""
    text = template
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
