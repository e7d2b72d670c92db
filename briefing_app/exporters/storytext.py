"""The text form of stories, as `briefing_app.domain.storytext` prints it.

It is the program's own interchange form, so it is made from the stories, not from the document tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.storytext import HEADINGS, print_stories, text_of
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.exporters.base import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.content import Content
    from briefing_app.domain.story import Story
    from briefing_app.exporters.style import Style
    from briefing_app.progress import Progress


def write(content: Content, style: Style, progress: Progress) -> Written:
    """Return the stories as text; what the form cannot hold is named in the warnings."""
    del style
    progress.check()
    data = print_stories(text_of(story) for story in content.stories)
    return Written(data, warnings=tuple(_lost(content)))


def _lost(content: Content) -> Iterator[Remark]:
    names = [section.name.strip() for section in content.sections if section.name.strip()]
    if names:
        said = QT_TRANSLATE_NOOP("errors", "Left out, as the text form has no sections: {names}")
        yield Remark(said, (("names", ", ".join(names)),))
    for story in content.stories:
        yield from _lost_of(story)


def _lost_of(story: Story) -> Iterator[Remark]:
    links = sum(len(statement.evidence) for statement in story.statements)
    if links:
        many = QT_TRANSLATE_NOOP("errors", "Left out of “{headline}”: {count} links to passages")
        single = QT_TRANSLATE_NOOP("errors", "Left out of “{headline}”: 1 link to a passage")
        values = (("headline", story.headline), ("count", str(links)))
        yield Remark(many if links > 1 else single, values)
    others = [s for s in story.statements if s.part not in HEADINGS and s.text.strip()]
    if others:
        parts = ", ".join(dict.fromkeys(s.part.value.replace("-", " ") for s in others))
        said = QT_TRANSLATE_NOOP("errors", "Left out of “{headline}”: {parts}")
        yield Remark(said, (("headline", story.headline), ("parts", parts)))
