"""Does to a story what its rows ask for, and puts the caret where it belongs afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from briefing_app.domain.change import Action
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.story import one_line, set_evidence, set_kind
from briefing_app.errors import BriefingError, NotFound
from briefing_app.gui.composer import edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.moment import Moment
    from briefing_app.domain.story import Story
    from briefing_app.gui.composer.pane import ComposerPane
    from briefing_app.services.suite import Services


class Writing(QObject):
    """Turns each request into one edit of the desk: one step of undo."""

    failed = Signal(object)  # BriefingError, for the user
    lost = Signal()  # what was edited is gone, or the edit was refused: show what is true

    def __init__(self, pane: ComposerPane, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._services = services
        asks = pane.requests
        asks.text_edited.connect(self._on_text)
        asks.text_finished.connect(self._on_text_finished)
        asks.headline_edited.connect(self._on_headline)
        asks.headline_finished.connect(self._on_headline_finished)
        asks.as_of_edited.connect(self._on_as_of)
        asks.add_requested.connect(self._on_add)
        asks.split_requested.connect(self._on_split)
        asks.join_requested.connect(self._on_join)
        asks.paste_requested.connect(self._on_paste)
        asks.move_requested.connect(self._on_move)
        asks.kind_requested.connect(self._on_kind)
        asks.delete_requested.connect(self._on_delete)
        asks.unlink_requested.connect(self._on_unlink)

    def _edit(
        self, action: Action, story: str, edit: Callable[[Story], Story], *, typing: bool = False
    ) -> Story | None:
        """Edit a story; what cannot be done is said, and the pane shows what is true."""
        try:
            return self._services.desk.edit_story(action, story, edit, burst=typing)
        except NotFound:
            self.lost.emit()
        except BriefingError as error:
            self.failed.emit(error)
            self.lost.emit()
        return None

    def _on_text(self, story: str, statement: str, text: str) -> None:
        after = self._edit(Action.EDIT_STATEMENT, story, edits.text(statement, text), typing=True)
        view = self._pane.column.view(statement)
        if after is not None and view is not None:  # an edit that changed nothing was not told
            view.row.show_text(after.statement(statement).text)

    def _on_text_finished(self, story: str, statement: str) -> None:
        view = self._pane.column.view(statement)
        if view is not None and view.row.text() != one_line(view.row.text()):
            self._on_text(story, statement, one_line(view.row.text()))
        self._services.history.end_burst()

    def _on_headline(self, story: str, text: str) -> None:
        after = self._edit(
            Action.EDIT_HEADLINE, story, lambda old: replace(old, headline=text), typing=True
        )
        if after is not None and story == self._pane.story:
            self._pane.headline.show_text(after.headline)

    def _on_headline_finished(self, story: str) -> None:
        text = self._pane.headline.text()
        if text != one_line(text):
            self._on_headline(story, one_line(text))
        self._services.history.end_burst()

    def _on_as_of(self, story: str, moment: Moment | None) -> None:
        self._edit(Action.EDIT_AS_OF, story, lambda old: replace(old, as_of=moment))

    def _on_add(self, story: str, part: str, at: int, kind: str) -> None:
        new = self._services.history.new_id()
        self._edit(Action.ADD_STATEMENT, story, edits.add(new, Part(part), Kind(kind), at))
        self._pane.focus_statement(new)

    def _on_split(self, story: str, statement: str, at: int) -> None:
        new = self._services.history.new_id()
        self._edit(Action.SPLIT_STATEMENT, story, edits.split(statement, new, at))
        self._pane.focus_statement(new, 0)

    def _on_join(self, story: str, statement: str) -> None:
        before = self._services.desk.story(story)
        previous, at = edits.seam(before, statement)
        if self._edit(Action.JOIN_STATEMENTS, story, edits.join(statement)) is not None:
            self._pane.focus_statement(previous, at)

    def _on_paste(self, story: str, statement: str, lines: list[str]) -> None:
        ids = tuple(self._services.history.new_id() for _ in lines[1:])
        if self._edit(Action.PASTE_STATEMENTS, story, edits.paste(statement, ids, lines)):
            self._pane.focus_statement(ids[-1])

    def _on_move(self, story: str, statement: str, to: int, part: str) -> None:
        written = self._pane.focused_statement() == statement
        at = self._pane.caret()
        moved = self._edit(Action.MOVE_STATEMENT, story, edits.move(statement, to, Part(part)))
        if moved is not None and written:
            self._pane.focus_statement(statement, at)

    def _on_kind(self, story: str, statement: str, kind: str) -> None:
        self._edit(Action.EDIT_STATEMENT, story, lambda old: set_kind(old, statement, Kind(kind)))

    def _on_delete(self, story: str, statement: str) -> None:
        self._edit(Action.DELETE_STATEMENT, story, edits.remove(statement))

    def _on_unlink(self, story: str, statement: str, annotation: str) -> None:
        def edit(old: Story) -> Story:
            kept = tuple(
                link for link in old.statement(statement).evidence if link.annotation != annotation
            )
            return set_evidence(old, statement, kept)

        self._edit(Action.UNLINK_EVIDENCE, story, edit)
