"""The pages of the sample story, line by line, as they have been looked at and found good.

A change of the page design changes these files: look at the new pages, then write them again with
``REWRITE_GOLDEN=1 python -m pytest tests/golden``.
"""

import os
from pathlib import Path

import pytest

from briefing_app.domain.content import Content, ContentSection
from briefing_app.domain.statement import Part
from briefing_app.exporters.compose import compose
from briefing_app.exporters.labels import load_labels
from briefing_app.exporters.pdf.faces import load_faces
from briefing_app.exporters.pdf.flow import flow
from briefing_app.exporters.pdf.pages import paginate
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import DAY, cited_content, content, row, seed_story, story

FOLDER = Path(__file__).parent / "pages"
CITED = story(
    row(Part.NARRATIVE, "What happened, as two articles tell it.", "n1", "n3"),
    row(Part.KEY_POINTS, "A fact that one of them gives.", "n3"),
    row(Part.KEY_POINTS, "A fact on which they differ.", "n2", against=("n3",)),
    row(Part.KEY_TAKEAWAYS, "A judgement that rests on none."),
    headline="A story with its sources",
)
SHORT = story(row(Part.KEY_POINTS, "A fact."), row(Part.TO_WATCH, "A vote."), headline="Short")
MADE = {
    "seed-a4": (content(seed_story()), "A4"),
    "seed-letter": (content(seed_story()), "Letter"),
    "seed-german": (content(seed_story(), title="Lagebericht", language="de"), "A4"),
    "sections-a4": (
        Content(
            "Morning brief",
            DAY,
            (ContentSection("Europe", (SHORT, SHORT)), ContentSection("Asia", (SHORT,))),
        ),
        "A4",
    ),
    "three-a4": (cited_content(CITED, seed_story(), CITED, title="Morning brief"), "A4"),
}


def printed(made, paper):
    """Return each line with its place, in whole points: left edge, upper edge, size, text."""
    style = load_style("house", paper)
    boxes = flow(compose(made, load_labels(made.language)), style, load_faces(), NoProgress()).boxes
    for number, page in enumerate(paginate(boxes, style), 1):
        yield f"--- page {number}"
        for piece in page.pieces:
            box = piece.box
            if piece.first == 0 and box.label:
                for line in box.label.lines:
                    yield placed(box.label.x, piece.top, box.label.text, line)
            for at, line in enumerate(box.lines[piece.first : piece.last]):
                yield placed(box.x, piece.top - at * box.text.leading, box.text, line)


def placed(x, top, text, line):
    words = "".join(run.chunk.text for run in line.runs).rstrip()
    return f"{x:4.0f} {top:4.0f} {text.size:5.1f}  {words}"


@pytest.mark.parametrize("name", MADE)
def test_the_pages_are_those_that_were_looked_at(name):
    found = "\n".join(printed(*MADE[name])) + "\n"
    path = FOLDER / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_bytes(found.encode())
    assert found == path.read_bytes().decode()
