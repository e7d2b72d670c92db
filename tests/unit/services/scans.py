"""Pages that were scanned: pictures with a text on them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from briefing_app.assets import resource

TITLE = "Ice closes the route"
FIRST = (
    "The last ferry left on Tuesday before the ice came,",
    "and the harbour has been empty since the week-",
    "end, as the captain says.",
)
SECOND = ("The second page of the scan has a text of its", "own, which says nothing new.")


def page(*lines, title=""):
    """Draw a page of A5 at 300 dpi."""
    picture = Image.new("L", (1748, 1240), 255)
    draw, y = ImageDraw.Draw(picture), 120
    for text, size in ([(title, 90)] if title else []) + [(line, 48) for line in lines]:
        draw.text((130, y), text, font=_font(size), fill=0)
        y += int(size * (1.9 if size > 48 else 1.4))
    return picture


def scan(kind, *pages):
    """Return pages as one file: PDF, TIFF, PNG."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind in ("PDF", "TIFF") else {}
    pages[0].copy().save(out, kind, resolution=300, dpi=(300, 300), **more)
    return out.getvalue()


def _font(size):
    file = next(path for path in sorted(resource("fonts").rglob("*.ttf")) if "Serif" in path.name)
    return ImageFont.truetype(str(file), size)
