"""Pictures of pages, read through a real Tesseract where there is one."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path

import pytest

from briefing_app.errors import Cancelled, PicturesOnly, UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool
from briefing_app.importers.scans import tesseract
from briefing_app.importers.scans.tesseract import Engine, Sheet
from briefing_app.progress import NoProgress
from briefing_app.services.recognising import Reader, Wishes, languages_of
from tests.unit.services import scans

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)
NOWHERE = Wishes(program="/nowhere/tesseract")


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


def reader(pool, wishes=None):
    return Reader(pool, lambda: wishes or Wishes(), lambda: "en_GB")


def planted(tmp_path, lines):
    """Return a program that calls itself Tesseract."""
    if sys.platform == "win32":
        pytest.skip("a script is no program on Windows")
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n" + lines, encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@needs_tesseract
def test_a_scanned_pdf_becomes_an_article_with_a_block_for_each_paragraph(pool):
    data = scans.scan("PDF", scans.page(*scans.FIRST, title=scans.TITLE), scans.page(*scans.SECOND))
    imported = reader(pool).read(Document("scan.pdf", data), NoProgress())

    (article,) = imported.articles
    assert imported.format == "PDF read by Tesseract"
    assert article.title == scans.TITLE
    assert article.body.included_text().split("\n") == [
        " ".join(scans.FIRST).replace("week- end", "weekend"),
        " ".join(scans.SECOND),
    ]
    assert [block.page for block in article.body.blocks] == [1, 1, 2]
    assert ("text", "read by Tesseract") in article.origins
    assert article.language == "en"
    assert imported.warnings == ()


@needs_tesseract
@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("TIFF", "a.tif"), ("JPEG", "a.jpg")])
def test_a_picture_is_read(pool, kind, name):
    data = scans.scan(kind, scans.page(*scans.FIRST, title=scans.TITLE))
    imported = reader(pool).read(Document(name, data), NoProgress())
    assert imported.format == "Picture read by Tesseract"
    assert imported.articles[0].title == scans.TITLE
    assert "as the captain says." in imported.articles[0].body.text


@needs_tesseract
def test_an_empty_page_is_said_to_hold_no_text(pool):
    with pytest.raises(UnreadableSource, match="finds no text"):
        reader(pool).read(Document("a.png", scans.scan("PNG", scans.page())), NoProgress())


@pytest.mark.parametrize(
    ("kind", "said"),
    [("PDF", "This PDF holds pictures of pages and no text"), ("PNG", "a picture")],
)
def test_without_tesseract_a_sentence_says_what_to_install(pool, kind, said):
    data = scans.scan(kind, scans.page(*scans.SECOND))
    with pytest.raises(PicturesOnly, match=said) as caught:
        reader(pool, NOWHERE).read(Document(f"a.{kind.lower()}", data), NoProgress())
    assert "install Tesseract" in caught.value.next_step


def test_a_damaged_picture_is_said_to_be_damaged(pool):
    data = scans.scan("PNG", scans.page(*scans.SECOND))[:20] + b"\0" * 200
    with pytest.raises(UnreadableSource, match="damaged"):
        reader(pool).read(Document("a.png", data), NoProgress())


def test_a_picture_of_millions_of_pixels_is_refused(pool):
    from PIL import Image

    data = scans.scan("PNG", Image.new("1", (20_000, 20_000)))
    with pytest.raises(UnreadableSource, match="too large"):
        reader(pool).read(Document("a.png", data), NoProgress())


def test_a_tesseract_that_hangs_is_ended_and_so_is_one_that_is_cancelled(tmp_path):
    mark = tmp_path / "began"
    program = planted(tmp_path, f"echo $$ > {mark}\nexec sleep 600\n")
    engine, sheet = Engine(program, ("eng",)), Sheet(b"P5 1 1 255\n\0", 300)
    with pytest.raises(UnreadableSource, match=r"more than 0\.5 seconds"):
        tesseract.recognise(engine, sheet, ("eng",), NoProgress(), seconds=0.5)
    assert not Path(f"/proc/{mark.read_text().strip()}").exists()

    stop = threading.Event()

    class Watched(NoProgress):
        def check(self):
            if stop.is_set():
                raise Cancelled

    threading.Timer(0.3, stop.set).start()
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        tesseract.recognise(engine, sheet, ("eng",), Watched())
    assert time.monotonic() - begin < 60
    assert not Path(f"/proc/{mark.read_text().strip()}").exists()


def test_a_tesseract_that_fails_says_why(tmp_path):
    program = planted(tmp_path, "echo 'Error opening data file' >&2\nexit 1\n")
    with pytest.raises(UnreadableSource, match="Error opening data file"):
        tesseract.recognise(
            Engine(program, ("eng",)), Sheet(b"P5 1 1 255\n\0", 0), ("eng",), NoProgress()
        )


def test_a_tesseract_is_asked_for_its_languages(tmp_path):
    program = planted(tmp_path, "printf 'List of available languages (3):\\neng\\nosd\\nukr\\n'\n")
    assert tesseract.find(program) == Engine(program, ("eng", "ukr"))
    assert tesseract.find(str(tmp_path / "none")) is None


@pytest.mark.parametrize(
    ("there", "wished", "system", "chosen"),
    [
        (("eng", "ukr", "deu"), (), "uk_UA.UTF-8", ("ukr", "eng")),
        (("eng", "ukr"), (), "en_GB", ("eng",)),
        (("eng", "ukr"), ("ukr", "pol"), "en_GB", ("ukr",)),
        (("eng",), ("ukr",), "C", ("eng",)),
        (("fra",), (), "de_DE", ("fra",)),
    ],
)
def test_languages_are_those_wished_for_or_else_the_system_s_and_english(
    there, wished, system, chosen
):
    assert languages_of(there, wished, system) == chosen


def test_a_tesseract_without_a_language_says_what_to_do():
    with pytest.raises(UnreadableSource, match="no language"):
        languages_of((), (), "en")
