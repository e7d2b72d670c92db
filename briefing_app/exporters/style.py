"""The page design as data: paper, margins, colours and type, read from ``resources/styles``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from briefing_app.assets import resource
from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure
from briefing_app.exporters import datafile

_MM = 72 / 25.4
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
PAPERS = {"A4": (210 * _MM, 297 * _MM), "Letter": (612.0, 792.0)}


class Face(StrEnum):
    """The faces that text can be set in."""

    SERIF = "serif"
    SERIF_SEMIBOLD = "serif-semibold"
    SANS = "sans"
    SANS_SEMIBOLD = "sans-semibold"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text of one kind is set; `colour` is a name of the palette, `after` the space below.

    Units: points.
    """

    face: Face
    size: float
    leading: float
    colour: str
    after: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The kinds of text of a document."""

    title: TextStyle
    group: TextStyle
    headline: TextStyle
    date: TextStyle
    byline: TextStyle
    lead: TextStyle
    body: TextStyle
    points: TextStyle
    takeaways: TextStyle
    sources: TextStyle
    label: TextStyle
    furniture: TextStyle


@dataclass(frozen=True, slots=True)
class Margins:
    """The empty edges of a page, and where the head and the foot stand in them. Units: mm."""

    left: float
    right: float
    top: float
    bottom: float
    head: float
    foot: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Spaces inside the page.

    `label` is the width of the column of labels with its gutter. Units: points, `label` in mm.
    """

    label: float
    indent: float
    takeaway_indent: float
    part_space: float
    story_space: float
    rule: float
    bar: float


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette, each as #RRGGBB."""

    ink: str
    muted: str
    accent: str
    hairline: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """What stands in front of an item."""

    points: str
    takeaways: str


@dataclass(frozen=True, slots=True)
class _StyleFile:
    margins: Margins
    layout: Layout
    colours: Colours
    bullets: Bullets
    text: Texts


@dataclass(frozen=True, slots=True)
class Style:
    """A page design on a paper. Units: `width` and `height` in points, margins in mm."""

    name: str
    page: str
    width: float
    height: float
    margins: Margins
    layout: Layout
    colours: Colours
    bullets: Bullets
    text: Texts

    def colour(self, name: str) -> str:
        """Return a colour of the palette as #RRGGBB."""
        return str(getattr(self.colours, name))


def style_names() -> tuple[str, ...]:
    """Return the names of the styles that ship with the program."""
    return tuple(sorted(path.stem for path in resource("styles").glob("*.toml")))


def load_style(name: str = "house", page: str = "A4") -> Style:
    """Read a style and put it on a paper (A4 or Letter).

    Raises: ExportFailure that names the style, the paper, or the key that is wrong.
    """
    if name not in style_names():
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "There is no style “{style}”."),
            hint=QT_TRANSLATE_NOOP("errors", "Known here: {known}"),
            style=name,
            known=", ".join(style_names()),
        )
    if page not in PAPERS:
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "There is no paper “{paper}”."),
            hint=QT_TRANSLATE_NOOP("errors", "Known here: {known}"),
            paper=page,
            known=", ".join(PAPERS),
        )
    path = resource("styles", f"{name}.toml")
    found = datafile.read(path, _StyleFile)
    _check_colours(path.name, found)
    width, height = PAPERS[page]
    return Style(
        name, page, width, height,
        found.margins, found.layout, found.colours, found.bullets, found.text,
    )  # fmt: skip


def _check_colours(file: str, found: _StyleFile) -> None:
    """Refuse a colour that is none, and a text in a colour that the palette lacks."""
    palette = {name: str(getattr(found.colours, name)) for name in Colours.__slots__}
    wrong = [(f"colours.{key}", raw) for key, raw in palette.items() if not _COLOUR.fullmatch(raw)]
    for kind in Texts.__slots__:
        colour = getattr(found.text, kind).colour
        if colour not in palette:
            wrong.append((f"text.{kind}.colour", colour))
    for key, raw in wrong:
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file}: “{value}” does not fit the key “{key}”."),
            file=file,
            key=key,
            value=raw,
        )
