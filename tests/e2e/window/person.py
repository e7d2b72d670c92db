"""A person at the window: sees what is shown, and has nothing but keys, a mouse and files.

Every key goes to the window that has the focus and every click to a place in it, so that Qt finds out
by itself which part is meant, as it does for a real keyboard and a real mouse.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDropEvent,
    QGuiApplication,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget

from briefing_app import app
from briefing_app.domain.change import Origin
from briefing_app.domain.statement import Part
from briefing_app.gui import fonts
from briefing_app.gui.run import Start
from briefing_app.settings import Settings
from tests.dragging import entering, moving

PATIENCE = 20_000  # ms; a busy machine is no failure
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """The whole program on a library of its own, and what one can do with it."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.folder = folder
        self.library = folder / "Test.briefinglib"
        self.acts = 0  # clicks and keys that are no prose
        self.start = None

    # coming and going

    def open_program(self):
        """Start the program and wait until the library is there."""
        fonts.register()
        settings = Settings(self.folder / "settings.toml")
        settings.change(
            theme="light", import_folder=str(self.folder), export_folder=str(self.folder)
        )
        opening = partial(app.open_library, self.library, Origin.WINDOW)
        application = QApplication.instance()
        application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self.start = Start(application, settings, self.library, opening, app.rest_of_window)
        self.window = self.start.window
        self.window.resize(1440, 900)
        self.window.show()
        self.until(lambda: self.start.desktop is not None)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.furniture = self.start._furniture
        self.services = self.start.services

    def close_program(self):
        """Close the window as its button does, and let everything go."""
        if self.start is None:
            return
        for box in self.window.findChildren(QDialog):
            box.close()
        closed = self.window.close()
        self.start.end()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.start = None
        assert closed

    # hands

    def keys(self, *presses):
        """Press keys one after the other: `Key_K`, or with another held `(CTRL, Key_Z)`."""
        for press in presses:
            held, key = press if isinstance(press, tuple) else (NONE, press)
            QTest.keyClick(self._focused(), key, held)
            self.acts += 1

    def type(self, prose):
        """Type a text into whatever has the keyboard."""
        for letter in prose:
            QTest.keyClick(self._focused(), letter)

    def click(self, widget, at=None):
        """Click on a widget (in its middle), where it can be seen."""
        self.acts += 1
        self._mouse(QTest.mouseClick, widget, widget.rect().center() if at is None else at)

    def drag(self, widget, start, end):
        """Press in a widget, move, let go."""
        self.acts += 1
        middle = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
        self._mouse(QTest.mousePress, widget, start)
        for place in (start + QPoint(12, 0), middle, end):
            self._move(widget, place)
        over = widget.window()
        QTest.mouseRelease(over.windowHandle(), LEFT, NONE, widget.mapTo(over, end))

    def choose(self, button, words):
        """Open a menu by its button and click on the line that begins with `words`."""
        # the button's own loop runs while its menu is open
        with _Answer(self, QApplication.activePopupWidget, partial(self._pick, words=words)):
            self.click(button)

    def choose_at(self, widget, at, words):
        """Open the menu of a place with the right button and click on the line that begins so."""
        self.acts += 1
        self._mouse(QTest.mouseClick, widget, at, Qt.MouseButton.RightButton)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        self._pick(QApplication.activePopupWidget(), words=words)

    def open_article(self, words):
        """Click on the row of an article and wait until it is open."""
        self.until(lambda: any(each.startswith(words) for each in self.titles()))
        at = next(n for n, each in enumerate(self.titles()) if each.startswith(words))
        rows = self.window.articles.list
        rows.scrollTo(rows.rows.index(at, 0))
        self.click(rows.viewport(), rows.visualRect(rows.rows.index(at, 0)).center())
        self.until(lambda: self.reading().startswith(words))

    def select(self, quote):
        """Draw the mouse over a passage."""
        start, end = self.place_of(quote)
        self.drag(self.view.viewport(), start, end)
        assert self.quote() == quote

    def drop(self, *paths, on):
        """Drag files from elsewhere over a part of the window and let them go."""
        self.acts += 1
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        handle = self.window.windowHandle()
        place = on.mapTo(self.window, on.rect().center())
        enter = entering(place, mime)
        QApplication.sendEvent(handle, enter)
        assert enter.isAccepted(), "the window does not take these files"
        QApplication.sendEvent(handle, moving(place, mime))
        QApplication.sendEvent(
            handle, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, LEFT, NONE)
        )

    def answering(self, *answers):
        """Return a watch that answers the next dialogs, each with its own `answer(dialog)`."""
        return _Answer(self, _dialog_in_front, *answers)

    # eyes

    def until(self, seen):
        """Wait until something can be seen."""

        def look():
            self._manage_windows()
            return bool(seen())

        self.qtbot.waitUntil(look, timeout=PATIENCE)

    def until_saved(self):
        """Wait until the status bar says that everything is on the disk."""
        self.until(lambda: self.status().startswith(("Saved", "All saved")))

    def status(self):
        """Return the words at the left of the status bar."""
        return self.window.status._saved.text()

    def menu_words(self, name):
        """Return what a command is called just now."""
        return self.window.actions_[name].text()

    def titles(self):
        """Return the titles in the list of articles."""
        model = self.window.articles.list.rows
        return [model.row(at).title for at in range(model.rowCount())]

    def reading(self):
        """Return the title of the open article."""
        article = self.start.desktop.reader.article
        return self.services.articles.article(article).title if article else ""

    def quote(self):
        """Return the passage that is selected in the reader."""
        chosen = self.view.chosen()
        return self.view._version.body.text[slice(*chosen)] if chosen else ""

    def highlights(self):
        """Return role letter and words of every highlight of the open article, in its order."""
        return [(one.role.letter, one.target.exact) for one in self.view.annotations]

    def rows(self, part):
        """Return the texts of a part in the composer."""
        return [view.row.text() for view in self.composer.column.card(part).views()]

    def chips(self, part):
        """Return the words on the chips of a part."""
        card = self.composer.column.card(part)
        return [(view.chip if view.chip.isVisible() else card.chip).text() for view in card.views()]

    def row(self, part, at):
        """Return a row of the composer."""
        return self.composer.column.card(part).views()[at].row

    def written(self):
        """Return the texts of all parts in the composer with the headline, as one value."""
        return (self.composer.headline.text(), *(tuple(self.rows(part)) for part in MAIN))

    @property
    def view(self):
        """Return the text of the open article."""
        return self.furniture.reader.view

    @property
    def composer(self):
        """Return the right pane."""
        return self.furniture.composer

    @property
    def strip(self):
        """Return the strip that tells of an import."""
        return self.furniture.strip

    def place_of(self, quote):
        """Scroll to a passage; return where it begins and ends. Units: px of the text."""
        view = self.view
        found = view.document().find(quote)
        assert not found.isNull(), quote
        start, end = QTextCursor(found), QTextCursor(found)
        start.setPosition(found.selectionStart())
        end.setPosition(found.selectionEnd())
        scroll = view.verticalScrollBar()
        top = view.cursorRect(start).top()
        if top < 0 or view.cursorRect(end).bottom() > view.viewport().height() - 60:
            scroll.setValue(scroll.value() + top - view.viewport().height() // 3)
        return view.cursorRect(start).center(), view.cursorRect(end).center()

    # inside

    def _focused(self):
        self.until(lambda: QGuiApplication.focusWindow() is not None)
        return QGuiApplication.focusWindow()

    def _manage_windows(self):
        """Give the keyboard to the window on top, where no window manager does it (soon)."""
        if not QGuiApplication.focusWindow():
            (QApplication.activeModalWidget() or self.window).activateWindow()

    def _pick(self, menu, *, words):
        action = next(each for each in menu.actions() if each.text().startswith(words))
        assert action.isEnabled(), words
        self.click(menu, menu.actionGeometry(action).center())

    def _mouse(self, do, widget, at, button=LEFT):
        self.until(lambda: widget.isVisible() and widget.window().windowHandle() is not None)
        over = widget.window()
        place = widget.mapTo(over, at)
        assert _is_seen(widget, over, place), f"{widget} is covered or out of sight"
        do(over.windowHandle(), button, NONE, place)

    def _move(self, widget, at):
        QTest.mouseMove(widget.window().windowHandle(), widget.mapTo(widget.window(), at))


MAIN = (Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT)


def name_a_file(person, dialog, *paths):
    """Type names into the field of a file dialog and press Enter."""
    assert isinstance(dialog, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    person.until(field.hasFocus)
    person.keys((CTRL, Qt.Key.Key_A))
    names = " ".join(f'"{path}"' for path in paths) if len(paths) > 1 else str(paths[0])
    person.type(names)
    person.keys(Qt.Key.Key_Escape) if _completes(field) else None
    person.keys(Qt.Key.Key_Return)


def words_of(dialog):
    """Return all labels of a dialog."""
    return [label.text() for label in dialog.findChildren(QLabel)]


def _completes(field):
    completer = field.completer()
    return completer is not None and completer.popup().isVisible()


def _is_seen(widget: QWidget, over: QWidget, place: QPoint) -> bool:
    under = over.childAt(place) or over
    return under is widget or widget.isAncestorOf(under)


def _dialog_in_front():
    box = QApplication.activeModalWidget()
    return box if box is not None and box.isVisible() and box.isActiveWindow() else None


class _Answer(QObject):
    """Waits beside the program, whose own loop runs while a dialog is open, and answers it."""

    def __init__(self, person, find, *answers):
        super().__init__()
        self._person = person
        self._find = find
        self._answers = list(answers)
        self._answered = None
        self._fault = None
        self._watch = QTimer(self)
        self._watch.setInterval(20)
        self._watch.timeout.connect(self._look)

    def __enter__(self):
        self._watch.start()
        return self

    def __exit__(self, *fault):
        if fault[0] is None:
            self._person.until(lambda: not self._answers)
        self._watch.stop()
        if self._fault is not None:
            raise self._fault

    def _look(self):
        box = self._find()
        if box is None or box is self._answered:
            return
        self._answered = box
        answer = self._answers.pop(0)  # before it acts: the next dialog may come up in it
        if not self._answers:
            self._watch.stop()
        try:
            answer(box)
        except BaseException as fault:  # noqa: BLE001 (told to the test, once the dialog is shut)
            self._fault = fault
            box.close()
