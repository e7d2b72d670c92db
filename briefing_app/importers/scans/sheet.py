"""One page of a scan, or one picture, as grey pixels for whoever recognises its text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.pdf import document as pdf
from briefing_app.importers.scans import picture
from briefing_app.importers.scans.tesseract import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
MOST_PIXELS = 24_000_000  # of what is handed on; A4 at 300 dpi has 8.7 million
_SMALL = 2_000  # pixels on the longer side: below, letters are too small to be told apart
_SHARP = (
    150,
    1_200,
)  # dpi that a picture may say of itself; others are the camera's or the screen's


def sheet(data: bytes, at: int) -> Sheet:
    """Return a page of a PDF or a picture, counted from 0.

    Raises: UnreadableSource.
    """
    return _picture(data, at) if picture.is_picture(data) else _page(data, at)


def _page(data: bytes, at: int) -> Sheet:
    import pypdfium2  # noqa: PLC0415 (170 ms that only a PDF is worth)

    with pdf.opened(data) as document:
        try:
            page = pdf.page_at(document, at)
            width, height = page.get_size()
            scale = min(DPI / 72, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
            bitmap = page.render(scale=scale, grayscale=True)
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise _broken() from error
        raw, stride = bytes(bitmap.buffer), bitmap.stride
        rows = (raw[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
        return Sheet(_pgm(bitmap.width, bitmap.height, b"".join(rows)), round(scale * 72))


def _picture(data: bytes, at: int) -> Sheet:
    from PIL import ImageOps  # noqa: PLC0415 (for pictures only)

    with picture.opened(data) as found:
        found.seek(at)
        said = found.info.get("dpi", (0, 0))[0]
        grey = _grey(ImageOps.exif_transpose(found) or found)
        dpi = int(said) if _SHARP[0] <= said <= _SHARP[1] else 0
        factor = 2.0 if max(grey.size) < _SMALL else 1.0
        factor = min(factor, math.sqrt(MOST_PIXELS / (grey.width * grey.height)))
        if factor != 1.0:
            grey = grey.resize(
                (max(1, int(grey.width * factor)), max(1, int(grey.height * factor)))
            )
        return Sheet(_pgm(grey.width, grey.height, grey.tobytes()), int(dpi * factor))


def _grey(found: Image) -> Image:
    """Return a picture in grey, on white where it can be looked through."""
    from PIL import Image as Images  # noqa: PLC0415 (for pictures only)

    if found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info:
        clear = found.convert("RGBA")
        white = Images.new("RGBA", clear.size, "white")
        return Images.alpha_composite(white, clear).convert("L")
    if found.mode.startswith(("I", "F")):  # 16 bits and more, of which the upper eight are kept
        return found.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return found.convert("L")


def _pgm(width: int, height: int, grey: bytes) -> bytes:
    return b"P5 %d %d 255\n" % (width, height) + grey


def _broken() -> UnreadableSource:
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "The page is damaged and cannot be shown."))
