"""What the composer asks for. One object, shared by its widgets, so that nothing is handed on twice.

Stories, statements, briefs and annotations are ids; parts and kinds are their values; places count
code points in a text, and rows in a part.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Requests(QObject):
    """The widgets emit them, and whoever owns the stories listens.

    `read_only` is whether nothing may be edited: then rows can be read and copied only.
    """

    read_only = False

    text_edited = Signal(str, str, str)  # story, statement, text
    text_finished = Signal(str, str)  # story, statement: its row was left
    headline_edited = Signal(str, str)
    headline_finished = Signal(str)
    as_of_edited = Signal(str, object)  # story, Moment | None

    add_requested = Signal(str, str, int, str)  # story, part, index (-1: the usual one), kind
    split_requested = Signal(str, str, int)  # story, statement, at
    join_requested = Signal(str, str)  # a statement with the one before it
    paste_requested = Signal(str, str, list)  # story, statement, its text and those behind it
    move_requested = Signal(str, str, int, str)  # story, statement, index after lifting out, part
    kind_requested = Signal(str, str, str)
    delete_requested = Signal(str, str)

    chip_activated = Signal(str)  # annotation
    link_requested = Signal(str, str)  # story, statement: with the passage chosen in the reader
    unlink_requested = Signal(str, str, str)  # story, statement, annotation

    story_picked = Signal(str)
    story_add_requested = Signal()
    story_move_requested = Signal(str, int)
    story_remove_requested = Signal(str)
    brief_picked = Signal(str)
    brief_new_requested = Signal()
    brief_rename_requested = Signal(str)
    brief_delete_requested = Signal(str)
    sample_requested = Signal()

    left = Signal()  # Esc: back to the reader
    focus_left = Signal(str, int, int)  # statement, -1 up or 1 down, x of the caret in px
    caret_moved = Signal(object)  # the row
    dragged = Signal(str, object)  # statement, where the mouse is on the screen
    dropped = Signal(str, object)
    drag_cancelled = Signal()
