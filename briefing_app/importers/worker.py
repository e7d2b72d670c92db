"""The process that parses: killable, without network, bounded in memory.

It is the program itself with ``--worker``. It reads requests and writes answers over standard input
and output (`frames`); what libraries print or log goes to standard error, never into the protocol.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import logging
import os
import sys
import tempfile
import warnings
from typing import IO, TYPE_CHECKING, Any

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, PicturesOnly, UnreadableSource
from briefing_app.importers import frames
from briefing_app.importers.wire import document_from
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    from briefing_app.importers.base import Document

MEMORY = 1_500_000_000  # bytes
OVERTIME = 80  # seconds after which a worker whose parent does not kill it ends itself
_REFUSED = (
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind", "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.startfile", "os.fork",
)  # fmt: skip


def main(stdin: IO[bytes], stdout: IO[bytes]) -> int:
    """Answer requests until standard input ends; return the exit code."""
    answers = _own_output(stdout)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, force=True)
    warnings.simplefilter("ignore")
    _bound()
    confine()
    return serve(stdin, answers)


def serve(stdin: IO[bytes], stdout: IO[bytes]) -> int:
    """Answer requests one after the other."""
    while (frame := frames.read(stdin)) is not None:
        fields, data = frame
        answer, files, spent = _answer(fields, data)
        frames.write(stdout, answer, files)
        if spent:
            return 1  # memory is in pieces: a fresh process is better
    return 0


def confine() -> None:
    """Refuse, from now on and for good, connections, other programs, and files outside the scratch.

    What is read stays readable: modules are loaded late.
    """
    scratch = os.path.realpath(tempfile.gettempdir())
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if event in _REFUSED:
            raise PermissionError(f"not while a file is read: {event}")
        if event == "open" and isinstance(values[0], str | bytes) and (values[2] or 0) & writing:
            path = os.path.realpath(os.fsdecode(values[0]))
            if path != os.devnull and os.path.commonpath((path, scratch)) != scratch:
                raise PermissionError(f"not while a file is read: writing {path}")

    sys.addaudithook(hook)


def _answer(fields: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes, bool]:
    """Return the answer to a request, the bytes beside it, and whether this process is spent."""
    _watch(armed=True)
    try:
        return (*_run(fields, document_from(fields, data)), False)
    except BriefingError as error:
        return {"error": _error(error)}, b"", False
    except (MemoryError, RecursionError):
        return {"error": _error(_too_much_memory()), "spent": True}, b"", True
    except Exception as error:
        logging.getLogger(__name__).exception("reading %s", fields.get("name"))
        return {"error": _error(_broken(error))}, b"", False
    finally:
        _watch(armed=False)


def _run(fields: dict[str, Any], document: Document) -> tuple[dict[str, Any], bytes]:
    from briefing_app.importers import errands  # noqa: PLC0415 (parsers load in the worker only)

    return errands.run(fields.get("errand", "read"), document, fields.get("wish", {}), NoProgress())


def _watch(*, armed: bool) -> None:
    """Have this process ended should a parser hang and nobody be there to kill it."""
    with contextlib.suppress(RuntimeError, ValueError, io.UnsupportedOperation, AttributeError):
        if armed:
            faulthandler.dump_traceback_later(OVERTIME, exit=True)
        else:
            faulthandler.cancel_dump_traceback_later()


def _own_output(stdout: IO[bytes]) -> IO[bytes]:
    """Keep standard output for answers alone: whoever prints, prints to standard error."""
    answers = os.fdopen(os.dup(stdout.fileno()), "wb")
    if sys.stderr is None:  # a windowed program that was started without one
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (for as long as it runs)
    os.dup2(sys.stderr.fileno(), stdout.fileno())
    return answers


def _bound() -> None:
    """Set limits where the system has them; everywhere else the parent watches."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(5)  # the window comes first
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _error(error: BriefingError) -> dict[str, Any]:
    values = {name: str(value) for name, value in error.values.items()}
    said = {"message": error.message, "hint": error.hint, "values": values}
    return {**said, "sheets": error.sheets} if isinstance(error, PicturesOnly) else said


def _too_much_memory() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "Reading it takes more memory than a file is worth.")
    )


def _broken(error: Exception) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It cannot be read: its content is damaged ({reason})."),
        reason=type(error).__name__,
    )
