"""What a command says: records on standard output, plain sentences on standard error."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, ExportFailure

if TYPE_CHECKING:
    from collections.abc import Mapping

# Titles and texts come from strangers: a control character could rewrite the terminal, and a
# direction override could show a name backwards.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Output:
    """Where a command prints, and whether anything has failed so far."""

    json: bool = False
    failed: bool = False

    def record(self, record: Mapping[str, Any], text: str = "") -> None:
        """Print one result at once: as a JSON object on a line, or as the text for a reader."""
        if self.json:
            _say(json.dumps(record, ensure_ascii=False), sys.stdout)
        elif text:
            _say(plain(text), sys.stdout)

    def say(self, text: str) -> None:
        """Print a line for a reader; nothing with --json."""
        if not self.json:
            _say(plain(text), sys.stdout)

    def warn(self, text: str) -> None:
        """Print a warning on standard error; it does not make the command fail."""
        _say(plain(f"Warning: {text}"), sys.stderr)

    def fail(self, error: BriefingError | str, name: str = "") -> None:
        """Name on standard error what failed, and remember it for the exit code."""
        self.failed = True
        _say(plain(f"{name}: {error}" if name else str(error)), sys.stderr)
        if not isinstance(error, str) and error.next_step:
            _say(plain(error.next_step), sys.stderr)


def plain(text: str) -> str:
    """Return a text without the characters that would command a terminal."""
    return _UNSAFE.sub("\ufffd", text)


def _say(line: str, stream: TextIO | None) -> None:
    """Print a line and push it out; a program without a console has no stream to print on.

    Raises: ExportFailure if the disk behind the stream is full.
    """
    if stream is None:
        return
    try:
        print(line, file=stream, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "The output cannot be written: {reason}."),
            reason=error.strerror or error,
        ) from error
