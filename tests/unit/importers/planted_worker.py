"""A worker with formats that misbehave; started as a program by the tests of the pool."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from briefing_app.domain.article import BlockKind
from briefing_app.importers import registry, worker
from briefing_app.importers.base import Imported, ImportedArticle, Importer
from briefing_app.importers.body import Draft, body_of


def article(text: str) -> Imported:
    return Imported("Planted", (ImportedArticle("", body_of([Draft(BlockKind.PARAGRAPH, text)])),))


def hang(document, progress):
    while True:
        time.sleep(1)


def crash(document, progress):
    os.abort()


def leave(document, progress):
    os._exit(0)


def grow(document, progress):
    heap = []
    while True:
        heap.append(b"x" * 50_000_000)


def connect(document, progress):
    import socket  # noqa: TID251 (to see that it is refused)

    try:
        socket.create_connection(("127.0.0.1", int(document.data)), timeout=2).close()
    except PermissionError as error:
        return article(f"refused: {error}")
    return article("connected")


def run(document, progress):
    try:
        os.system("true")
    except PermissionError as error:
        return article(f"refused: {error}")
    return article("ran")


def scribble(document, progress):
    """Write where the document says, and in the folder for scratch."""
    (Path(tempfile.gettempdir()) / "scratch").write_text("here", encoding="utf-8")
    try:
        Path(document.data.decode()).write_text("there", encoding="utf-8")
    except PermissionError as error:
        return article(f"refused: {error}")
    return article("written")


def shout(document, progress):
    print("not an answer")  # noqa: T201 (that is what is tried)
    os.write(1, b"\x00\x00\x00\x01neither is this")
    return article("quiet")


def flood(document, progress):
    return Imported(
        "Planted", (ImportedArticle("x" * 25_000_000, body_of([Draft(BlockKind.PARAGRAPH, "y")])),)
    )


def stumble(document, progress):
    raise ZeroDivisionError


def whoami(document, progress):
    return article(str(os.getpid()))


PLANTED = (hang, crash, leave, grow, connect, run, scribble, shout, flood, stumble, whoami)
registry.IMPORTERS = (
    *(
        Importer(work.__name__, (f".{work.__name__}",), (), lambda document: False, work)
        for work in PLANTED
    ),
    *registry.IMPORTERS,
)

if __name__ == "__main__":
    sys.exit(worker.main(sys.stdin.buffer, sys.stdout.buffer))
