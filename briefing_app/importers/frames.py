"""What crosses between the program and its worker: an object as JSON, then bytes.

Shape: two lengths of four bytes each, the higher first; UTF-8 JSON; bytes. Never a pickle: what a
hostile parser sends back stays data.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_HEAD = struct.Struct(">II")


class TooLarge(Exception):  # noqa: N818 (reads as what happened)
    """A frame is beyond the limit that its reader set."""


class Broken(Exception):  # noqa: N818 (reads as what happened)
    """A stream ended within a frame, or holds something else."""


def write(stream: IO[bytes], fields: dict[str, Any], data: bytes = b"") -> None:
    """Write a frame and flush it."""
    text = json.dumps(fields, ensure_ascii=False, allow_nan=False).encode()
    stream.write(_HEAD.pack(len(text), len(data)))
    stream.write(text)
    stream.write(data)
    stream.flush()


def read(
    stream: IO[bytes], limits: tuple[int, int] | None = None
) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame, or None where the stream has ended.

    Units:  `limits` are bytes of the object and of the bytes beside it.
    Raises: TooLarge, Broken.
    """
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise Broken("half a head")
    texts, datas = _HEAD.unpack(head)
    if limits is not None and (texts > limits[0] or datas > limits[1]):
        raise TooLarge(texts + datas)
    text, data = stream.read(texts), stream.read(datas)
    if len(text) < texts or len(data) < datas:
        raise Broken("half a frame")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Broken("no JSON") from error
    if not isinstance(fields, dict):
        raise Broken("no object")
    return fields, data
