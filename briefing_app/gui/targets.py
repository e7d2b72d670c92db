"""Where points go: the choice of another story by a few letters, for good or for one point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.gui.finder.rows import Find

if TYPE_CHECKING:
    from briefing_app.gui.finder.box import FinderBox
    from briefing_app.services.desk import Desk

NEW = "new-story"


class TargetPicker(QObject):
    """Lists the stories of the open brief, then those of the others, then a new one."""

    picked = Signal(str)  # a story from now on
    picked_once = Signal(str, int, int, str)  # a story for this passage and role only
    new_asked = Signal()  # a story made from the open article

    def __init__(self, box: FinderBox, desk: Desk) -> None:
        super().__init__(box)
        self._box = box
        self._desk = desk
        self._brief = ""
        self._once: tuple[int, int, str] | None = None
        box.text_changed.connect(self._asked)
        box.chosen.connect(self._chosen)

    def ask(self, brief_id: str) -> None:
        """Ask where points go from now on."""
        self._brief, self._once = brief_id, None
        self._box.open()

    def ask_once(self, brief_id: str, start: int, end: int, role: str) -> None:
        """Ask where this one point goes."""
        self._brief, self._once = brief_id, (start, end, role)
        self._box.open()

    @Slot(str)
    def _asked(self, text: str) -> None:
        words = text.casefold().split()
        rows = tuple(
            row
            for row in self._stories()
            if all(word in f"{row.note} {row.title}".casefold() for word in words)
        )
        if self._once is None:
            title = self.tr("New story from this article")
            rows = (*rows, Find(NEW, NEW, title, icon="plus"))
        self._box.show_rows(rows)

    @Slot(object)
    def _chosen(self, row: Find) -> None:
        if row.kind == NEW:
            self.new_asked.emit()
        elif self._once is not None:
            self.picked_once.emit(row.id, *self._once)
        else:
            self.picked.emit(row.id)

    def _stories(self) -> tuple[Find, ...]:
        briefs = sorted(self._desk.briefs(), key=lambda brief: brief.id != self._brief)
        found: dict[str, Find] = {}
        for brief in briefs:
            for number, story in enumerate(self._desk.brief(brief.id).stories, 1):
                if story not in found:
                    title = self._desk.story(story).headline or self.tr("Story without a headline")
                    own = brief.id == self._brief
                    note = str(number) if own else brief.title
                    found[story] = Find("story", story, title, note, "file-text")
        return tuple(found.values())
