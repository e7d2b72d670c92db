"""Real pages, made by the exporter that the program uses."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing_app.assets import seed
from briefing_app.domain import storytext
from briefing_app.domain.moment import Moment
from briefing_app.exporters.registry import EXPORTERS
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.pages import Pages
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Exporting, Options


@pytest.fixture(scope="session")
def looks(qapp):
    fonts.register()
    theme.apply(qapp, tokens.LIGHT)


def pdf_of(stories: int, page: str = "A4") -> bytes:
    texts = storytext.read(next(seed().glob("*.txt")).read_bytes()) * stories
    exporting = Exporting(lambda: EXPORTERS)
    content = exporting.content_of_stories(texts, "Morning brief", Moment(dt.date(2026, 1, 25)))
    return exporting.render(content, ".pdf", Options(page=page), NoProgress()).data


@pytest.fixture(scope="session")
def pdf():
    return pdf_of(1)


@pytest.fixture(scope="session")
def book():
    return pdf_of(12)


@pytest.fixture
def pages(looks):
    pages = Pages()
    yield pages
    pages.stop()


@pytest.fixture
def on_pdfium(pages):
    """Return a function that runs another where pdfium may run: nowhere but on its thread."""
    return lambda work, *args: pages._thread.submit(work, *args).result()
