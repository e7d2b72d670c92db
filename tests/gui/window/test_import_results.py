"""What came of the last imports, read again later, and failed files tried again."""

import struct

from PySide6.QtCore import QByteArray, QMimeData

BOX = b"".join(
    b"From olena@example.org Mon Nov 30 09:41:00 2026\n"
    b"From: Olena <olena@example.org>\nSubject: Report %d\nMessage-ID: <%d@example.org>\n"
    b"Date: Mon, 30 Nov 2026 09:41:00 +0200\n\nWhat report %d says stands here alone.\n\n"
    % (number, number, number)
    for number in range(3)
)


def bring_in(room, *paths):
    """Import, and wait for the end."""
    room.furniture.strip.close_strip.hide()
    room.desktop.imports.bring_in(paths)
    room.wait(room.furniture.strip.close_strip.isVisible)


def shown(room):
    room.do("import-results")
    lines = room.desktop.imports.results.lines()
    return [(line.name.rsplit("/", 1)[-1], line.status, line.words) for line in lines]


def test_a_box_is_one_line_and_the_results_are_there_after_a_restart(open_room, tmp_path):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (incoming / "box.mbox").write_bytes(BOX)
    (incoming / "broken.html").write_bytes(b"")
    room = open_room()
    room.wait_for_samples()
    bring_in(room, incoming)
    assert room.furniture.strip.text() == "3 imported, 1 failed."
    expected = [
        ("broken.html", "failed", "The file is empty."),
        ("box.mbox", "new", "3 imported."),
    ]
    assert shown(room) == expected
    room.leave()
    room.runner = None
    again = open_room()
    again.wait_for_samples()
    assert shown(again) == expected
    results = again.desktop.imports.results
    box = results.tree.topLevelItem(1)
    box.setExpanded(True)
    with again.qtbot.waitSignal(results.article_picked):
        results.tree.itemActivated.emit(box.child(2), 0)
    again.wait(lambda: title(again) == "Report 2")


def title(room):
    article = room.desktop.reader.article
    return room.services.articles.article(article).title if article else ""


def test_a_failed_file_is_tried_again_when_it_was_mended(room, tmp_path):
    good, bad, gone = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "gone.txt"
    good.write_text("Ferry report\n\nThe ferry runs again since Monday.", encoding="utf-8")
    bad.write_bytes(b"")
    gone.write_bytes(b"")
    bring_in(room, good, bad, gone)
    assert room.furniture.strip.text() == "1 imported, 2 failed."
    bad.write_text("Bridge report\n\nThe bridge was opened on Friday.", encoding="utf-8")
    gone.unlink()
    assert len(shown(room)) == 3
    room.furniture.strip.close_strip.hide()
    room.desktop.imports.results.all_again.click()
    room.wait(room.furniture.strip.close_strip.isVisible)
    assert room.furniture.strip.text() == "2 imported, 1 failed."
    lines = room.desktop.imports.results.lines()
    assert (lines[0].status, lines[0].words) == ("failed", "There is no such file.")
    assert len(lines) == 3
    assert room.desktop.imports.results.imports.count() == 1


def test_an_earlier_import_can_be_chosen(room, tmp_path):
    for name in ("first", "second"):
        file = tmp_path / f"{name}.txt"
        file.write_text(f"The {name} report\n\nThis is all that it says.", encoding="utf-8")
        bring_in(room, file)
    assert [name for name, _, _ in shown(room)] == ["second.txt"]
    imports = room.desktop.imports.results.imports
    assert imports.count() == 2
    imports.setCurrentIndex(1)
    imports.activated.emit(1)
    lines = room.desktop.imports.results.lines()
    assert [line.words for line in lines] == ["Imported: \u2068The first report\u2069"]


def test_what_is_erased_is_not_named_in_the_results(room, tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text("A secret report\n\nNobody is to know of it.", encoding="utf-8")
    bring_in(room, file)
    [line] = lines_of(room)
    room.desktop.imports.forget(frozenset({line.article}))
    assert shown(room) == []
    kept = [path.read_text() for path in tmp_path.glob("imports/*/*.json")]
    assert kept
    assert "secret" not in "".join(kept)


def lines_of(room):
    room.do("import-results")
    return room.desktop.imports.results.lines()


def test_a_library_into_which_nothing_came_says_so(room):
    assert shown(room) == []
    assert "Nothing has been imported yet" in room.desktop.imports.results._head.text()


def dropped(room, **contents):
    mime = QMimeData()
    listed = struct.pack("<I", 1) + bytes(72) + "Ice.eml".encode("utf-16-le").ljust(520, b"\0")
    kind = 'application/x-qt-windows-mime;value="{}"'
    mime.setData(kind.format("FileGroupDescriptorW"), QByteArray(listed))
    for name, data in contents.items():
        mime.setData(kind.format(name), QByteArray(data))
    room.furniture.strip.close_strip.hide()
    room.window.dropped.emit(mime)
    room.wait(room.furniture.strip.close_strip.isVisible)


def test_a_mail_that_is_dragged_out_of_outlook_comes_in(room):
    dropped(room, FileContents=b"From: a@example.org\nSubject: Ice\n\nThe strait froze over.\n")
    room.wait(lambda: title(room) == "Ice")
    assert shown(room) == [("Ice.eml", "new", "Imported: \u2068Ice\u2069")]


def test_a_mail_that_is_not_handed_over_says_what_to_do(room):
    dropped(room)
    assert room.furniture.strip.text().endswith(
        "Save the message as a file (File > Save As) and drop that."
    )
