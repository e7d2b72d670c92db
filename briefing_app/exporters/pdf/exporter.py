"""A brief as a PDF: compose, flow, paginate, paint, finish; one pass, and nothing is laid out twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.exporters.base import Written
from briefing_app.exporters.compose import compose
from briefing_app.exporters.labels import load_labels
from briefing_app.exporters.pdf.faces import load_faces
from briefing_app.exporters.pdf.finish import finish
from briefing_app.exporters.pdf.flow import flow
from briefing_app.exporters.pdf.metadata import Facts
from briefing_app.exporters.pdf.pages import paginate
from briefing_app.exporters.pdf.painter import paint

if TYPE_CHECKING:
    from briefing_app.domain.content import Content
    from briefing_app.exporters.style import Style
    from briefing_app.progress import Progress

_NAMED = 12  # missing characters that a warning spells out


def write(content: Content, style: Style, progress: Progress) -> Written:
    """Return the brief as a tagged PDF."""
    document = compose(content, load_labels(content.language))
    faces = load_faces()
    laid = flow(document, style, faces, progress)
    pages = paginate(laid.boxes, style)
    with faces.turn:
        painted = paint(pages, document, style, faces, progress)
    facts = Facts(document.title, document.author, document.language, document.date)
    data = finish(painted, laid.root, facts)
    return Written(data, len(pages), _warnings(painted.missing))


def _warnings(missing: set[str]) -> tuple[Remark, ...]:
    """Name the characters that no face has."""
    if not missing:
        return ()
    chars = sorted(missing)
    named = " ".join(chars[:_NAMED]) + (" …" if len(chars) > _NAMED else "")
    said = QT_TRANSLATE_NOOP(
        "errors", "The fonts lack {count} of the characters used, shown as □ on the page: {named}"
    )
    return (Remark(said, (("count", str(len(chars))), ("named", named))),)
