"""A reader in a real window, with an article in it."""

from __future__ import annotations

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.reader.pane import ReaderPane
from tests.gui.reader import samples

BODY = samples.paragraphs(
    "Grid failures \U0001f600 left a million people without power. Repairs take six weeks.",
    "Officials expect rolling outages until March. Hospitals have generators.",
    *(f"Paragraph {number} says a little more about the repairs." for number in range(3, 40)),
)


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp):
    fonts.register()
    theme.apply(qapp, tokens.LIGHT)


@pytest.fixture
def body():
    return BODY


@pytest.fixture
def marks(body):
    return (
        samples.mark(body, "a million people", Role.KEY_POINT, name="first"),
        samples.mark(body, "rolling outages", Role.IMPACT, name="second"),
        samples.mark(body, "Paragraph 30 says", Role.HIGHLIGHT, name="far"),
    )


@pytest.fixture
def pane(qtbot):
    pane = ReaderPane()
    qtbot.addWidget(pane)
    pane.resize(760, 600)
    pane.show()
    qtbot.waitUntil(lambda: pane.windowHandle().isExposed())
    return pane


@pytest.fixture
def reading(pane, body, marks, qtbot):
    """Return the pane with the article shown and the keys going to it."""
    pane.show_article(samples.article(), samples.version(body), marks, {"first": ("A point.",)})
    pane.activateWindow()
    pane.view.setFocus()
    qtbot.waitUntil(pane.view.hasFocus)
    return pane


@pytest.fixture
def choose(reading):
    """Return a function that selects a quote with the caret, as the keyboard does."""

    def select(quote):
        start = BODY.text.index(quote)
        reading.view.choose_passage(start, start + len(quote))
        return start, start + len(quote)

    return select
