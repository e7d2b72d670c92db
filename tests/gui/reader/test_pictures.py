"""Pictures of articles: decoded within limits, at the size of the screen, and only from the library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageIOHandler

from briefing_app.domain.article import BlockKind
from briefing_app.gui import theme, tokens
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.reader import pictures as module
from briefing_app.gui.reader.pictures import NOTHING, Pictures, decode, size_of
from briefing_app.gui.reader.plates import TALLEST, fitted
from tests.gui.reader import painted, samples

BLUE = painted.picture(300, 200)
WIDE = painted.picture(1600, 400, "#a02020")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><image href="x.png"/></svg>'


@pytest.fixture
def runner(qapp):
    runner = JobRunner(qapp)
    yield runner
    runner.stop()


@pytest.fixture
def library(runner):
    """Return a function that gives the pictures of a library that holds some bytes."""

    def make(*held):
        return Pictures({painted.digest(data): data for data in held}.get, runner)

    return make


def with_pictures(*datas, alt="A dam", caption=""):
    parts = []
    for number, data in enumerate(datas):
        parts.append((BlockKind.PARAGRAPH, f"Paragraph {number} says something."))
        parts.append((BlockKind.IMAGE, "", {"alt": alt, "asset": painted.digest(data)}))
        if caption:
            parts.append((BlockKind.CAPTION, caption))
    return samples.body(*parts, (BlockKind.PARAGRAPH, "The end."))


def show(pane, pictures, body):
    pane.view.take_pictures(pictures)
    pane.show_article(samples.article(), samples.version(body), (), {})


def has(pane, colour, share=0.05):
    """Tell whether a colour takes a share of what is seen."""
    seen = pane.view.viewport().grab().toImage()
    wanted, found, looked = QColor(colour).rgb(), 0, 0
    for x in range(0, seen.width(), 5):
        for y in range(0, seen.height(), 5):
            looked += 1
            found += seen.pixel(x, y) == wanted
    return found > share * looked


@pytest.mark.parametrize("format_", ["png", "jpeg", "webp"])
def test_a_picture_of_each_format_is_decoded_at_the_size_that_is_asked_for(qapp, format_):
    data = painted.picture(40, 20, format_=format_)

    assert size_of(data) == QSize(40, 20)
    assert decode(data, 20, 10).size() == QSize(20, 10)


def test_the_first_picture_of_a_gif_is_shown(qapp):
    assert size_of(painted.GIF) == QSize(2, 1)
    assert not decode(painted.GIF, 2, 1).isNull()


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"not a picture",
        SVG,
        BLUE[:12],
        b"BM" + BLUE[2:],
        b"\xff\xd8\xff" + BLUE,
        painted.huge(0, 4),
    ],
    ids=["gone", "empty", "text", "svg", "cut", "bmp", "not-jpeg", "no-width"],
)
def test_what_is_no_picture_has_no_size(qapp, data):
    assert size_of(data) == NOTHING


def test_a_picture_that_would_take_too_much_memory_is_not_decoded(qapp, library):
    library()  # sets the limit

    assert decode(painted.huge(40_000, 40_000), 40_000, 40_000).isNull()


def test_a_picture_that_was_taken_on_its_side_stands_upright(qapp):
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    turned = QImageIOHandler.Transformation.TransformationRotate90
    data = painted.written(image, "jpeg", turned)

    assert size_of(data) == QSize(20, 60)
    assert decode(data, 10, 30).size() == QSize(10, 30)


def test_a_picture_is_as_wide_as_the_column_at_most_and_never_too_tall():
    assert fitted(QSize(300, 200), 660, 1.0).toTuple() == (300, 200)
    assert fitted(QSize(1320, 400), 660, 1.0).toTuple() == (660, 200)
    assert fitted(QSize(100, 5000), 660, 1.0).height() == TALLEST
    assert fitted(QSize(300, 200), 1320, 2.0).toTuple() == (600, 400)
    assert fitted(QSize(300, 200), 150, 1.0).toTuple() == (150, 100)


def test_a_picture_of_the_library_is_shown(pane, library, qtbot):
    show(pane, library(BLUE), with_pictures(BLUE))

    qtbot.waitUntil(lambda: has(pane, "#2060c0"))


def test_a_drawing_without_a_ground_can_be_seen_in_the_dark(qapp, pane, library, qtbot):
    drawing = QImage(300, 200, QImage.Format.Format_ARGB32)
    drawing.fill(QColor("transparent"))
    drawing.setPixelColor(9, 9, QColor("black"))
    data = painted.written(drawing)
    theme.apply(qapp, tokens.DARK)
    try:
        show(pane, library(data), with_pictures(data))

        qtbot.waitUntil(lambda: has(pane, "#ffffff"))
    finally:
        theme.apply(qapp, tokens.LIGHT)


def test_a_wide_picture_is_scaled_to_the_column_and_follows_it(pane, library, qtbot):
    show(pane, library(WIDE), with_pictures(WIDE))
    qtbot.waitUntil(lambda: has(pane, "#a02020"))

    pane.resize(400, 600)

    view = pane.view
    qtbot.waitUntil(lambda: has(pane, "#a02020"))
    assert view.document().size().width() <= view.viewport().width()


def test_a_picture_that_is_not_held_leaves_its_description(pane, library, qtbot):
    pictures = library()
    with qtbot.waitSignal(pictures.measured):
        show(pane, pictures, with_pictures(BLUE))

    assert "A dam" in pane.view.toPlainText()
    assert not has(pane, "#2060c0", 0)


def test_a_picture_that_breaks_off_leaves_its_description(pane, library, qtbot):
    cut = WIDE[: len(WIDE) // 2]
    pictures = library(cut)
    show(pane, pictures, with_pictures(cut))

    qtbot.waitUntil(lambda: pictures.size(painted.digest(cut)) == NOTHING)
    assert "A dam" in pane.view.toPlainText()


def test_a_caption_that_says_the_same_stands_once(pane, library):
    show(pane, library(BLUE), with_pictures(BLUE, caption="A dam, in May. Photo: agency"))

    assert pane.view.toPlainText().count("A dam") == 1


def test_what_is_read_stays_in_place_when_the_pictures_get_their_room(pane, library, qtbot):
    many = [painted.picture(300 + number, 300) for number in range(9)]
    body = with_pictures(*many)
    pictures = library(*many)
    show(pane, pictures, body)
    view = pane.view
    start = body.text.index("Paragraph 7")
    view.choose_passage(start, start + 9)
    before = view.cursorRect().top()

    qtbot.waitUntil(lambda: pictures.size(painted.digest(many[8])) is not None)

    assert abs(view.cursorRect().top() - before) < 40
    assert view.chosen() == (start, start + 9)


def test_few_decoded_pictures_are_held(pane, library, qtbot, monkeypatch):
    one = painted.picture(600, 400)
    monkeypatch.setattr(module, "HELD", 3 * 600 * 400 * 4)
    many = [painted.picture(600, 400, f"#20{number:02x}c0") for number in range(30)]
    pictures = library(*many)
    show(pane, pictures, with_pictures(*many))
    scroll = pane.view.verticalScrollBar()
    qtbot.waitUntil(lambda: scroll.maximum() > 30 * 400)

    for number in range(30):
        scroll.setValue(scroll.maximum() * number // 29)
        pane.view.viewport().repaint()
        qtbot.wait(5)
        assert pictures.held <= 3 * 600 * 400 * 4

    assert len(one) < 600 * 400
    qtbot.waitUntil(lambda: has(pane, "#201dc0"))


def test_without_a_library_there_is_a_placeholder(pane):
    pane.view.take_pictures(None)
    pane.show_article(samples.article(), samples.version(with_pictures(BLUE)), (), {})

    assert "Picture, not kept: A dam" in pane.view.toPlainText()


def test_nothing_is_shown_that_is_named_and_not_held(pane, library, tmp_path, qtbot):
    file = tmp_path / "own.png"
    file.write_bytes(BLUE)
    body = samples.body(
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.IMAGE, "", {"alt": "", "asset": str(file)}),
        (BlockKind.IMAGE, "", {"alt": "", "asset": file.as_uri()}),
    )
    pictures = library()
    with qtbot.waitSignal(pictures.measured):
        show(pane, pictures, body)

    assert not has(pane, "#2060c0", 0)


def test_a_selection_across_a_picture_is_the_text_on_both_sides(pane, library):
    body = with_pictures(BLUE, WIDE)
    show(pane, library(BLUE, WIDE), body)

    pane.view.choose_passage(10, len(body.text))

    assert pane.view.chosen() == (10, len(body.text))
    assert pane.view.createMimeDataFromSelection().text() == body.text[10:]


def test_the_pictures_of_an_article_go_with_it(pane, library, qtbot):
    pictures = library(BLUE)
    show(pane, pictures, with_pictures(BLUE))
    qtbot.waitUntil(lambda: pictures.held > 0)

    pane.show_nothing(imported=True)

    assert pictures.held == 0
