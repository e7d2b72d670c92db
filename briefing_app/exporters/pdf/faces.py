"""The faces that text is set in: their widths, what they cover, and what stands in for the rest.

ReportLab keeps fonts in a table of its own by name, and reads a font while it writes a file; so they
are loaded once, and two exports at a time must take turns (`Faces.turn`).
"""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from briefing_app.assets import resource
from briefing_app.exporters.style import Face

_FILES = {
    Face.SERIF: "SourceSerif4_400Regular.ttf",
    Face.SERIF_SEMIBOLD: "SourceSerif4_600SemiBold.ttf",
    Face.SANS: "SourceSans3_400Regular.ttf",
    Face.SANS_SEMIBOLD: "SourceSans3_600SemiBold.ttf",
}
_INSTEAD = {
    Face.SERIF: Face.SANS,
    Face.SERIF_SEMIBOLD: Face.SANS_SEMIBOLD,
    Face.SANS: Face.SERIF,
    Face.SANS_SEMIBOLD: Face.SERIF_SEMIBOLD,
}
REPLACEMENT = "\N{WHITE SQUARE}"  # in the sans faces


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text in one face; `actual` is what it stands for, where the face has no such character.

    Units: `width` is for a size of 1.
    """

    face: Face
    text: str
    width: float
    actual: str = ""


class Faces:
    """The loaded faces; immutable after loading, apart from what ReportLab keeps in its fonts."""

    def __init__(self, widths: dict[Face, dict[str, float]]) -> None:
        self._widths = widths
        self._covered = {face: frozenset(known) for face, known in widths.items()}
        self.turn = threading.Lock()

    def chunks(self, face: Face, text: str) -> tuple[Chunk, ...]:
        """Return a text in chunks of one face each; no character is lost.

        A character that the face lacks comes from its sister, or else is shown as a white square.
        """
        if self._covered[face].issuperset(text):
            return (Chunk(face, text, sum(map(self._widths[face].__getitem__, text))),)
        found: list[Chunk] = []
        for char in text:
            chunk = self._one(face, char)
            last = found[-1] if found else None
            if last and last.face is chunk.face and not last.actual and not chunk.actual:
                found[-1] = Chunk(
                    face=last.face, text=last.text + char, width=last.width + chunk.width
                )
            else:
                found.append(chunk)
        return tuple(found)

    def _one(self, face: Face, char: str) -> Chunk:
        for choice in (face, _INSTEAD[face]):
            width = self._widths[choice].get(char)
            if width is not None:
                return Chunk(choice, char, width)
        sans = face if REPLACEMENT in self._covered[face] else _INSTEAD[face]
        return Chunk(sans, REPLACEMENT, self._widths[sans][REPLACEMENT], char)


def font_name(face: Face) -> str:
    """Return the name under which ReportLab knows a face."""
    return f"BriefingDesk-{face}"


@functools.cache
def load_faces() -> Faces:
    """Load the faces that ship with the program; they are read once in a process."""
    widths: dict[Face, dict[str, float]] = {}
    for face, file in _FILES.items():
        # the whole of ASCII is not put into each subset: the file is smaller
        font: Any = TTFont(font_name(face), str(resource("fonts", file)), asciiReadable=False)
        pdfmetrics.registerFont(font)
        known = {chr(code): width / 1000 for code, width in font.face.charWidths.items()}
        # ReportLab writes a no-break space as a plain one
        widths[face] = {char: width for char, width in known.items() if char >= " "}
        widths[face]["\N{NO-BREAK SPACE}"] = known[" "]
    return Faces(widths)
