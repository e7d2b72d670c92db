from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QWidget

from briefing_app.gui.importing.incoming import (
    Pasted,
    addresses_of,
    files_of,
    is_welcome,
    text_of,
)
from briefing_app.gui.importing.results import Line, ResultsDialog
from briefing_app.gui.importing.strip import ImportStrip


def mime(*, urls=(), html="", text=""):
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    return data


def strip_in_a_window(qtbot):
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window)
    window.resize(800, 400)
    strip = ImportStrip(window)
    strip.move(200, 300)  # not where the pointer is
    with qtbot.waitActive(window):
        window.show()
    window.setFocus()
    return window, strip


def test_files_are_taken_and_addresses_are_not():
    dropped = mime(urls=["file:///tmp/a%20b.html", "https://news.example/x", "file://host/share"])
    assert files_of(dropped) == (Path("/tmp/a b.html"),)


def test_a_page_keeps_its_mark_up_and_a_text_is_a_text():
    assert text_of(mime(html="<p>Hi</p>", text="Hi")) == Pasted(b"<p>Hi</p>", "text/html")
    assert text_of(mime(text="Hi")) == Pasted(b"Hi", "text/plain")
    assert text_of(mime(text="  \n")) is None


def test_what_cannot_be_imported_is_not_welcome():
    assert is_welcome(mime(urls=["file:///tmp/a.txt"]))
    assert is_welcome(mime(text="Hi"))
    assert not is_welcome(mime(urls=["ftp://news.example/x"]))


def test_an_address_alone_is_offered_to_be_fetched():
    address = "https://news.example/x"
    assert is_welcome(mime(urls=[address]))
    assert addresses_of(mime(urls=[address], html=f"<a href='{address}'>x</a>")) == (address,)
    assert addresses_of(mime(text=f" {address}\n", html=f"<a href='{address}'>x</a>")) == (address,)
    assert addresses_of(mime(text=f"See {address}")) == ()
    assert addresses_of(mime(urls=["file:///tmp/a.txt", address])) == ()


def test_the_strip_shows_progress_with_cancel_then_the_end(qtbot):
    strip = ImportStrip()
    qtbot.addWidget(strip)
    strip.show_progress(2, 20, "page.html")
    assert strip.text() == "Importing 3 of 20: \u2068page.html\u2069"
    assert strip.cancel.isVisible()
    with qtbot.waitSignal(strip.cancel_requested):
        strip.cancel.click()
    strip.show_end("19 imported, 1 failed.")
    assert not strip.cancel.isVisible()
    with qtbot.waitSignal(strip.results_requested):
        strip.show_results.click()


def test_the_strip_goes_by_itself_unless_it_is_to_stay(qtbot):
    _window, strip = strip_in_a_window(qtbot)
    strip.show_end("2 imported.", stay=False, after=1)
    qtbot.waitUntil(strip.isHidden)
    strip.show_end("1 imported, 1 failed.", after=1)
    qtbot.wait(50)  # nothing tells that it does not go
    assert strip.isVisible()


def test_an_import_that_begins_meanwhile_keeps_the_strip(qtbot):
    _window, strip = strip_in_a_window(qtbot)
    strip.show_end("2 imported.", stay=False, after=1)
    strip.show_progress(0, 0, "")
    qtbot.wait(50)  # the same
    assert strip.isVisible()


def test_the_strip_does_not_go_from_under_the_keyboard(qtbot):
    window, strip = strip_in_a_window(qtbot)
    strip.show_end("2 imported.", stay=False, after=1)
    strip.show_results.setFocus()
    qtbot.wait(50)  # the same
    assert strip.isVisible()
    window.setFocus()
    qtbot.waitUntil(strip.isHidden)


def test_a_line_has_the_name_of_its_file_the_remarks_and_the_folder_in_a_tooltip(qtbot, tmp_path):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    folder = tmp_path / "a <b> & c"
    lines = (
        Line("Pasted text", "new", "Imported"),
        Line(str(folder / "page.html"), "new", "Imported", remarks=("Two pictures are missing.",)),
    )
    dialog.show_lines("2 imported, 1 with a remark.", lines)
    remarked, plain = dialog.tree.topLevelItem(0), dialog.tree.topLevelItem(1)
    assert remarked.text(0) == "\u2068page.html\u2069\nImported\nTwo pictures are missing."
    shown = QTextDocumentFragment.fromHtml(remarked.toolTip(0)).toPlainText()
    assert shown == str(folder)
    assert plain.text(0) == "\u2068Pasted text\u2069\nImported"
    assert plain.toolTip(0) == ""


def test_failures_stand_first_with_their_reason(qtbot):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    lines = (
        Line("good.txt", "new", "Imported", article="a1"),
        Line("bad.html", "failed", "The file is empty."),
    )
    dialog.show_lines("1 imported, 1 failed.", lines)
    assert [dialog.tree.topLevelItem(at).text(0) for at in range(2)] == [
        "\u2068bad.html\u2069\nThe file is empty.",
        "\u2068good.txt\u2069\nImported",
    ]
    with qtbot.waitSignal(dialog.article_picked) as opened:
        dialog.tree.itemActivated.emit(dialog.tree.topLevelItem(1), 0)
    assert opened.args == ["a1"]


BOX = Line(
    "/in/box.mbox",
    "new",
    "2 imported, 1 failed.",
    again="/in/box.mbox",
    inside=(
        Line("Ice", "new", "Imported", article="a1"),
        Line("plan.pdf", "failed", "It is damaged."),
        Line("Snow", "new", "Imported", article="a2"),
    ),
)


def test_a_file_with_much_in_it_is_one_line_that_unfolds(qtbot):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    quiet = replace(BOX, name="/in/other.mbox", inside=BOX.inside[::2])
    dialog.show_lines("4 imported, 1 failed.", (quiet, BOX))
    box, other = dialog.tree.topLevelItem(0), dialog.tree.topLevelItem(1)
    assert box.text(0) == "\u2068box.mbox\u2069\n2 imported, 1 failed."
    assert (box.isExpanded(), other.isExpanded(), other.childCount()) == (True, False, 0)
    assert [box.child(at).text(0).splitlines()[0] for at in range(3)] == [
        "\u2068plan.pdf\u2069",
        "\u2068Ice\u2069",
        "\u2068Snow\u2069",
    ]
    other.setExpanded(True)
    assert other.childCount() == 2
    with qtbot.waitSignal(dialog.article_picked) as opened:
        dialog.tree.itemActivated.emit(other.child(1), 0)
    assert opened.args == ["a2"]


def test_of_thousands_in_a_file_the_first_are_shown(qtbot):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    many = tuple(Line(f"Mail {at}", "new", "Imported", article=f"a{at}") for at in range(3_000))
    dialog.show_lines("3,000 imported.", (replace(BOX, inside=many),))
    box = dialog.tree.topLevelItem(0)
    box.setExpanded(True)
    assert box.childCount() == 501
    assert box.child(500).text(0) == "and 2500 more"
    dialog.tree.itemActivated.emit(box.child(500), 0)


def test_what_failed_can_be_tried_again_one_or_all(qtbot):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    lines = (
        BOX,
        Line("/in/bad.html", "failed", "The file is empty.", again="/in/bad.html"),
        Line("/in/good.txt", "new", "Imported", again="/in/good.txt"),
        Line("Clipboard", "failed", "There is no text in it."),
    )
    dialog.show_lines("x", lines)
    assert not dialog.again.isEnabled()
    box = dialog.tree.topLevelItem(2)
    box.child(0).setSelected(True)
    with qtbot.waitSignal(dialog.again_asked) as one:
        dialog.again.click()
    assert one.args == [("/in/box.mbox",)]
    with qtbot.waitSignal(dialog.again_asked) as every:
        dialog.all_again.click()
    assert set(every.args[0]) == {"/in/box.mbox", "/in/bad.html"}
    dialog.show_busy(busy=True)
    assert not dialog.again.isEnabled()
    assert not dialog.all_again.isEnabled()


def test_a_long_reason_is_shown_to_its_end(qtbot):
    dialog = ResultsDialog()
    qtbot.addWidget(dialog)
    long = "The reason goes on and on. " * 12
    dialog.show_lines("x", (Line("a.pdf", "failed", long), Line("b.pdf", "failed", "Short.")))
    dialog.show()
    tree = dialog.tree
    heights = [tree.visualItemRect(tree.topLevelItem(at)).height() for at in range(2)]
    assert heights[0] >= heights[1] + 2 * tree.fontMetrics().height()
    dialog.resize(360, 460)
    narrow = tree.visualItemRect(tree.topLevelItem(0)).height
    qtbot.waitUntil(lambda: narrow() > heights[0])
