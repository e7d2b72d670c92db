"""What a check of a library finds, each time it is really there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.soundness import Fault
from briefing_app.errors import Cancelled, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.storage.checking import check
from briefing_app.storage.elsewhere import original_file
from briefing_app.storage.writer import FILE


@pytest.fixture
def worked_in(folder, services, receive, receive_file):
    """Return the digest of the one large original of a closed library in which much was done."""
    harbour, grid = receive(
        ("Harbour opens", "The port said: three weeks late. 港口周二开放了第二个码头。"),
        ("Grid failures", "Power was lost in four districts."),
    )
    _, digest = receive_file("Report")
    services.articles.edit(harbour, lambda one: replace(one, tags=("Ports", "Überfahrt")))
    services.articles.set_state((grid,), State.ARCHIVED)
    services.articles.set_state((grid,), State.READING)
    services.reading.annotate(harbour, 0, 13, Role.KEY_POINT)
    services.desk.new_brief("Evening brief")
    services.history.undo()
    services.articles.delete((grid,))
    services.history.undo()
    services.history.redo()
    services.close()
    return digest


def _harm(folder, *statements):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def _found(folder):
    report = check(folder, NoProgress())
    return [(finding.fault, str(finding.remark)) for finding in report.findings]


def test_a_library_in_which_much_was_done_is_sound(folder, worked_in):
    report = check(folder, NoProgress())
    assert report.findings == ()
    assert report.sound
    assert (report.texts, report.originals) == (3, 3)
    assert report.changes > 20
    assert {path.name for path in folder.iterdir()} == {FILE, "write.lock", "originals"}


def test_a_library_at_work_is_checked_beside_its_writer(folder, services, receive):
    receive(("Harbour", "The port."))

    class Edit:
        def step(self, done, total, note=""):
            services.desk.new_brief(note)
            services.history.flush()

        def check(self):
            pass

    assert check(folder, Edit()).findings == ()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE article_body SET text = replace(text, 'districts', 'Districts')",
        "UPDATE article_body SET text = x'789c00' WHERE version_id = 2",
        "UPDATE article_body SET text = CAST(x'ff5f' AS TEXT) WHERE version_id = 2",
        "UPDATE article_body SET blocks = '[[\"paragraph\",0,99999]]' WHERE version_id = 2",
        "UPDATE article_body SET blocks = 'no JSON' WHERE version_id = 2",
    ],
)
def test_a_text_that_was_changed_names_its_article(folder, worked_in, harm):
    _harm(folder, harm)
    assert _found(folder) == [(Fault.TEXT, "The text of “Grid failures” is not what was imported.")]


def test_an_original_in_the_database_that_was_changed_names_its_article(folder, worked_in):
    _harm(
        folder,
        "UPDATE original SET data = x'00' WHERE digest = (SELECT original FROM article_version "
        "WHERE id = 1)",
    )
    assert _found(folder) == [
        (Fault.ORIGINAL, "The original of “Harbour opens” is not what was imported.")
    ]


def test_a_file_with_a_flipped_bit_names_its_article(folder, worked_in):
    with original_file(folder, worked_in).open("r+b") as file:
        file.seek(777_777)
        byte = file.read(1)[0]
        file.seek(777_777)
        file.write(bytes([byte ^ 1]))
    assert _found(folder) == [
        (Fault.ORIGINAL, "The original of “Report” is not what was imported.")
    ]


def test_a_missing_file_names_its_article(folder, worked_in):
    original_file(folder, worked_in).unlink()
    (finding,) = check(folder, NoProgress()).findings
    assert str(finding.remark) == "The original of “Report” is missing."
    assert finding.name == worked_in
    assert len(finding.articles) == 1


def test_a_file_too_many_is_told_and_is_no_harm(folder, worked_in):
    (folder / "originals" / "ab").mkdir(exist_ok=True)
    (folder / "originals" / "ab" / ("ab" * 32)).write_bytes(b"x" * 2_000_000)
    report = check(folder, NoProgress())
    assert [finding.fault for finding in report.findings] == [Fault.SPARE]
    assert "2.0 MB" in str(report.findings[0].remark)
    assert report.sound


def test_rows_that_point_to_nothing_are_counted(folder, worked_in):
    _harm(folder, "UPDATE annotation SET article_id = 99")
    assert _found(folder) == [
        (Fault.ROW, "1 rows of “annotation” belong to a “article” that is not there.")
    ]


def test_an_article_without_a_text_is_named(folder, worked_in):
    _harm(folder, "UPDATE article SET current_id = NULL WHERE title = 'Report'")
    assert _found(folder) == [(Fault.ROW, "“Report” has no text of its own.")]


@pytest.mark.parametrize(
    "harm",
    [
        (
            "INSERT INTO article_fts_0000 (article_fts_0000, rowid, title, authors, source, body) "
            "VALUES ('delete', 3, 'Report', '', '', 'The text of Report.')"
        ),
        "INSERT INTO article_fts_0000 (rowid, title) VALUES (99, 'Nobody')",
        "INSERT INTO statement_fts (statement_fts) VALUES ('delete-all')",
    ],
)
def test_an_index_that_does_not_fit_is_told(folder, worked_in, harm):
    _harm(folder, harm)
    ((fault, words),) = _found(folder)
    assert fault is Fault.INDEX
    assert "The search index of" in words


def test_tags_that_are_looked_up_wrongly_are_counted(folder, worked_in):
    _harm(folder, "DELETE FROM article_tag WHERE tag = 'ports'")
    assert _found(folder) == [(Fault.INDEX, "1 tags of articles are looked up wrongly.")]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE article SET state = 'new' WHERE title = 'Grid failures'",
        "UPDATE article SET deleted_at = NULL",
        "UPDATE article SET deleted_at = 1 WHERE title = 'Report'",
    ],
)
def test_a_field_that_nobody_wrote_is_counted(folder, worked_in, harm):
    _harm(folder, harm)
    assert _found(folder) == [
        (Fault.JOURNAL, "1 fields are not what the journal says was written last.")
    ]


def test_a_damaged_page_is_told(folder, worked_in):
    whole = bytearray((folder / FILE).read_bytes())
    size = int.from_bytes(whole[16:18], "big")
    whole[size * 12 : size * 13] = b"\xa5" * size
    (folder / FILE).write_bytes(whole)
    assert Fault.FILE in {fault for fault, _ in _found(folder)}


@pytest.mark.parametrize("content", [b"", b"\0" * 70_000, b"holiday" * 10_000])
def test_a_file_that_is_no_library_any_more_is_told(folder, worked_in, content):
    (folder / FILE).write_bytes(content)
    ((fault, words),) = _found(folder)
    assert fault is Fault.FILE
    assert words.startswith("The database is damaged")


def test_a_file_that_was_cut_short_is_told(folder, worked_in):
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: len(whole) // 2])
    assert {fault for fault, _ in _found(folder)} >= {Fault.FILE}


def test_a_library_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageFailure, match="could not be used"):
        check(tmp_path / "Gone.briefinglib", NoProgress())


@pytest.mark.parametrize("note", ["looking through the file", "comparing the texts"])
def test_cancel_is_heard(folder, worked_in, note):
    class Stop:
        now = ""

        def step(self, done, total, note=""):
            self.now = note

        def check(self):
            if self.now == note:
                raise Cancelled

    with pytest.raises(Cancelled):
        check(folder, Stop())
