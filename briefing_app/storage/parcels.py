"""What comes in, made ready by whichever thread has it: packed, counted, folded, sketched.

The writer's thread then only writes. Packing lets other threads run meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.folding import searchable
from briefing_app.domain.likeness import sketch_of
from briefing_app.domain.text import word_count
from briefing_app.storage.body import blocks_json, included_text, spans_json
from briefing_app.storage.packing import pack_bytes, pack_json, pack_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.article import Body, Intake, Original

EXCERPT = 240  # code points
INLINE = 1024 * 1024  # bytes; a larger original lies in a file of its own


@dataclass(frozen=True, slots=True)
class PackedBody:
    """A text as it lies in the database, and what lists and the index hold of it.

    `entry` is the text that the index takes in: what the extraction left out is not in it. `sketch` is
    what tells how alike it is to others.
    """

    text: str | bytes
    blocks: str | bytes
    spans: str | bytes
    excerpt: str
    words: int
    entry: str
    sketch: bytes


@dataclass(frozen=True, slots=True)
class PackedOriginal:
    """Bytes as they lie in the database; None if they lie in a file of their own."""

    digest: str
    media_type: str
    size: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """An intake as it lies in the database; one of stories has no body."""

    body: PackedBody | None
    originals: tuple[PackedOriginal, ...]


def parcel_of(intake: Intake) -> Parcel:
    """Return an intake ready to be written."""
    version = intake.version
    made = pack(None, intake.originals)
    if version is not None:
        made = replace(made, body=_body(version.body, version.switched))
    placed = (PackedOriginal(p.digest, p.media_type, p.size, None) for p in intake.placed)
    return replace(made, originals=(*made.originals, *placed))


def pack(body: Body | None, originals: Iterable[Original]) -> Parcel:
    """Return a text and its bytes ready to be written."""
    return Parcel(_body(body, ()) if body else None, tuple(map(_original, originals)))


def summary(shown: str) -> tuple[str, int]:
    """Return what lists hold of a text that is shown: how it begins, and how many words it has."""
    return " ".join(shown[: 2 * EXCERPT].split())[:EXCERPT], word_count(shown)


def _body(body: Body, switched: tuple[int, ...]) -> PackedBody:
    blocks = blocks_json(body)
    shown = included_text(body.text, blocks, switched)
    excerpt, words = summary(shown)
    entry = searchable(shown)
    return PackedBody(
        text=pack_text(body.text),
        blocks=pack_json(blocks),
        spans=pack_json(spans_json(body)),
        excerpt=excerpt,
        words=words,
        entry=entry,
        # of the text as it came in: what the user puts in or takes out later makes it no other text
        sketch=sketch_of(searchable(included_text(body.text, blocks)) if switched else entry),
    )


def _original(original: Original) -> PackedOriginal:
    data = pack_bytes(original.data) if len(original.data) <= INLINE else None
    return PackedOriginal(original.digest, original.media_type, len(original.data), data)
