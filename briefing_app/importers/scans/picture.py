"""A picture as a document: it holds no text until its text is recognised."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, PicturesOnly, UnreadableSource
from briefing_app.importers.base import Importer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from briefing_app.importers.base import Document, Imported
    from briefing_app.progress import Progress

LABEL = "Picture"
MOST_FRAMES = 500  # pages of a fax
_MOST_PIXELS = 100_000_000  # of a picture before it is made smaller
_KINDS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")


def is_picture(data: bytes) -> bool:
    """Tell whether bytes begin as a picture does."""
    if data.startswith(_MAGIC):
        return True
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0")


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """Open a picture for as long as the block runs; its pixels are not read yet.

    Raises: UnreadableSource if it is damaged or too large.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (for pictures only)

    Image.MAX_IMAGE_PIXELS = None  # looked at here
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP(
                        "errors", "The picture is too large: {width} x {height} pixels."
                    ),
                    hint=QT_TRANSLATE_NOOP("errors", "Make it smaller, and import that."),
                    width=picture.width,
                    height=picture.height,
                )
            yield picture
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The picture is damaged and cannot be read.")
        ) from error


def _accepts(document: Document) -> bool:
    return is_picture(document.data)


def _read(document: Document, progress: Progress) -> Imported:
    progress.check()
    with opened(document.data) as picture:
        frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    raise PicturesOnly(
        QT_TRANSLATE_NOOP("errors", "This is a picture, and not a text that can be read."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "With Tesseract installed, the text on it is read: install Tesseract, and import the "
            "file again.",
        ),
        sheets=min(frames, MOST_FRAMES),
    )


IMPORTER = Importer(
    LABEL,
    _SUFFIXES,
    ("image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/webp"),
    _accepts,
    _read,
)
