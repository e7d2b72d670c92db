"""Preview, export and print over a real library: all from the same bytes."""

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from briefing_app import app
from briefing_app.assets import seed
from briefing_app.domain import storytext
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.moment import Moment
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, edit_statement
from briefing_app.errors import ExportFailure
from briefing_app.gui.dialogs.export import ExportController, file_name
from briefing_app.gui.dialogs.exported import ExportedDialog
from briefing_app.gui.dialogs.printing import PrintController
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.preview.controller import PreviewController
from briefing_app.gui.preview.pane import PreviewPane
from briefing_app.settings import Settings


def today():
    return Moment(dt.date(2026, 1, 25))


class Room:
    """A library with the sample brief, and what works beside a window."""

    def __init__(self, qtbot, pages, tmp_path):
        self.qtbot = qtbot
        self.pages = pages
        self.services = app.open_library(tmp_path / "Test.briefinglib", Origin.WINDOW)
        texts = storytext.read(next(seed().glob("*.txt")).read_bytes())
        self.brief = self.services.desk.add_stories(None, texts, "Morning brief").id
        self.story = self.services.desk.brief(self.brief).stories[0]
        self.settings = Settings(tmp_path / "settings.toml")
        self.runner = JobRunner(QApplication.instance())
        self.window = QWidget()
        qtbot.addWidget(self.window)

    def edit(self, words):
        point = self.services.desk.story(self.story).part(Part.KEY_POINTS)[0].id
        self.services.desk.edit_story(
            Action.EDIT_STATEMENT,
            self.story,
            lambda story: edit_statement(story, point, words),
            burst=True,
        )

    def add(self, words):
        self.services.desk.edit_story(
            Action.ADD_KEY_POINT,
            self.story,
            lambda story: add_statement(
                story, self.services.history.new_id(), Part.KEY_POINTS, words
            ),
        )

    def text_of(self, data):
        return self.pages._thread.submit(text_of, data).result()


def text_of(data):
    """Return the words of a PDF; on pdfium's thread, as nowhere else is safe."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        texts = []
        for page in document:
            with closing(page), closing(page.get_textpage()) as words:
                texts.append(words.get_text_range())
    return " ".join("".join(texts).split())


@pytest.fixture
def room(qtbot, pages, tmp_path):
    room = Room(qtbot, pages, tmp_path)
    yield room
    room.runner.stop()
    room.services.close()


@pytest.fixture
def preview(qtbot, room):
    pane = PreviewPane(room.pages)
    qtbot.addWidget(pane)
    pane.resize(640, 800)
    controller = PreviewController(room.services, room.runner, today)
    controller.add_pane(pane)
    controller.show_brief(room.brief)
    controller.pane = pane
    yield controller
    controller.close()


def test_nothing_is_made_while_nobody_looks_and_the_pages_come_when_somebody_does(qtbot, preview):
    with qtbot.assertNotEmitted(preview.made, wait=150):
        pass
    with qtbot.waitSignal(preview.made):
        preview.pane.show()
    qtbot.waitUntil(preview.pane.is_drawn)
    assert preview.pane.sheets.count == 2


def test_the_preview_follows_each_edit(qtbot, room, preview):
    preview.pane.show()
    qtbot.waitUntil(preview.pane.is_drawn)
    for number in range(5):
        with qtbot.waitSignal(preview.made) as caught:
            room.add(f"Point made just now {number}")
        qtbot.waitUntil(preview.pane.is_drawn)
        assert f"Point made just now {number}" in room.text_of(caught.args[0].data)


def test_while_one_types_no_pages_are_made_and_at_a_pause_they_are(qtbot, room, preview):
    preview.pane.show()
    qtbot.waitUntil(preview.pane.is_drawn)
    made = []
    preview.made.connect(made.append)
    for number in range(10):
        room.edit(f"Letter {number}")
        qtbot.wait(60)
    assert made == []
    qtbot.waitUntil(lambda: bool(made))
    assert "Letter 9" in room.text_of(made[0].data)


def test_many_edits_in_a_row_end_with_the_last_one(qtbot, room, preview):
    preview.pane.show()
    qtbot.waitUntil(preview.pane.is_drawn)
    made = []
    preview.made.connect(made.append)
    for number in range(30):
        room.edit(f"Edit {number}")
        qtbot.wait(5)
    qtbot.waitUntil(lambda: bool(made) and "Edit 29" in room.text_of(made[-1].data))
    assert len(made) < 20


def test_the_pages_shown_are_the_bytes_that_are_exported(qtbot, room, preview, tmp_path):
    with qtbot.waitSignal(preview.made) as caught:
        preview.pane.show()
    export = ExportController(room.window, room.services, room.runner, room.settings, today)
    with qtbot.waitSignal(export.exported):
        export.export_to(room.brief, tmp_path / "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes() == caught.args[0].data


def test_a_brief_that_cannot_be_made_is_said_in_the_preview(qtbot, room, preview):
    room.services.desk.edit_brief(
        Action.EDIT_BRIEF, room.brief, lambda brief: replace(brief, style="nowhere")
    )
    preview.pane.show()
    qtbot.waitUntil(preview.pane.fault.isVisible)
    assert "nowhere" in preview.pane.fault.text()


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md", ".txt"])
def test_every_form_is_written_and_said_to_be_there(qtbot, room, tmp_path, suffix):
    export = ExportController(room.window, room.services, room.runner, room.settings, today)
    room.window.show()
    path = tmp_path / f"brief{suffix}"
    with qtbot.waitSignal(export.exported) as caught:
        export.export_to(room.brief, path)
    assert caught.args[0].path == path
    assert path.stat().st_size > 1000
    assert room.settings.now.export_folder == str(tmp_path)
    dialog = room.window.findChild(ExportedDialog)
    assert dialog.isVisible()
    assert path.name in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.close()


def test_the_text_form_is_the_seed_again(qtbot, room, tmp_path):
    export = ExportController(room.window, room.services, room.runner, room.settings, today)
    with qtbot.waitSignal(export.exported):
        export.export_to(room.brief, tmp_path / "copy.txt")
    assert (tmp_path / "copy.txt").read_bytes() == next(seed().glob("*.txt")).read_bytes()


def test_a_folder_that_is_gone_is_said_and_nothing_is_left(qtbot, room, tmp_path):
    export = ExportController(room.window, room.services, room.runner, room.settings, today)
    with qtbot.waitSignal(export.failed) as caught:
        export.export_to(room.brief, tmp_path / "gone" / "brief.pdf")
    assert isinstance(caught.args[0], ExportFailure)
    assert not (tmp_path / "gone").exists()


def test_the_save_dialog_offers_the_forms_the_folder_and_a_name(qtbot, room, tmp_path):
    room.settings.change(export_folder=str(tmp_path))
    export = ExportController(room.window, room.services, room.runner, room.settings, today)
    dialog = export.dialog("Morning: brief/1", ".pdf")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert len(dialog.nameFilters()) == 4
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "Morning brief 1 2026-01-25.pdf"
    dialog.filterSelected.emit(dialog.nameFilters()[2])
    assert Path(dialog.selectedFiles()[0]).name == "Morning brief 1 2026-01-25.md"
    assert dialog.defaultSuffix() == "md"
    dialog.deleteLater()


def test_a_title_becomes_a_name_that_every_system_takes():
    assert file_name('a/b\\c: "d"?') == "a b c d"
    assert file_name(" ... ") == "Brief"
    assert file_name("ä" * 200) == "ä" * 80


def test_what_is_printed_comes_from_the_same_bytes(qtbot, room, tmp_path):
    printing = PrintController(room.window, room.services, room.runner, room.pages, today)
    with qtbot.waitSignal(room.pages.opened):
        printing.print_brief(room.brief)
    qtbot.waitUntil(lambda: printing._dialog is not None)
    assert printing._dialog.minPage() == 1
    assert printing._dialog.maxPage() == 2
    printer = printing._dialog.printer()
    printing._dialog.hide()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(100)
    with qtbot.waitSignal(printing.printed) as caught:
        printing.print_to(printer)
    assert caught.args == [2]
    assert (tmp_path / "paper.pdf").stat().st_size > 5000
