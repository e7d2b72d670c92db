"""A pane with the sample story in it, and an owner that keeps the story as a desk would."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from briefing_app import app
from briefing_app.assets import seed
from briefing_app.domain import storytext
from briefing_app.domain.brief import add_story, new_brief
from briefing_app.domain.change import Origin
from briefing_app.domain.content import CitedPassage
from briefing_app.domain.statement import Evidence, Part
from briefing_app.domain.story import Story, set_evidence
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.composer.pane import ComposerPane
from briefing_app.settings import Settings
from tests.gui.composer.room import Desk


@pytest.fixture(scope="session")
def looks(qapp):
    fonts.register()
    theme.apply(qapp, tokens.LIGHT)


def sample_story() -> Story:
    ids = (f"s{n}" for n in itertools.count())
    text = storytext.read(next(seed().glob("*.txt")).read_bytes())[0]
    return storytext.to_story(text, lambda: next(ids))


@dataclass
class Stage:
    """A pane on the screen, and the story that it was last told."""

    pane: ComposerPane
    story: Story
    passages: dict[str, CitedPassage] = field(default_factory=dict)

    def show(self, story: Story | None = None) -> None:
        self.story = story or self.story
        self.pane.show_story(self.story, self.passages, {"art": "Reuters"})
        QApplication.processEvents()

    def row(self, part: Part, at: int):
        return self.pane.column.card(part).views()[at].row


@pytest.fixture
def stage(qtbot, looks):
    story = sample_story()
    first = story.part(Part.KEY_POINTS)[0]
    story = set_evidence(story, first.id, (Evidence("a1"), Evidence("a2")))
    second = story.part(Part.KEY_POINTS)[1]
    story = set_evidence(story, second.id, (Evidence("a3"),))
    passages = {
        "a1": CitedPassage("a1", "art", "took place in Abu Dhabi", 2),
        "a2": CitedPassage("a2", "art", "on January 24", 3),
        "a3": CitedPassage("a3", "art", "A second round", 9, page=4),
    }
    pane = ComposerPane()
    qtbot.addWidget(pane)
    pane.resize(440, 1600)
    brief = add_story(new_brief("b", "sec", "Morning brief"), story.id, "l1")
    pane.show_briefs({"b": "Morning brief", "c": "Evening brief"})
    pane.show_brief(brief, {story.id: story.headline}, story.id)
    stage = Stage(pane, story, passages)
    stage.show()
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    return stage


@pytest.fixture
def desk(qtbot, looks, tmp_path):
    services = app.open_library(tmp_path / "Test.briefinglib", Origin.WINDOW)
    desk = Desk(qtbot, services, Settings(tmp_path / "settings.toml"))
    yield desk
    desk.controller.close()
    services.close()
