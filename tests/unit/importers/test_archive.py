"""Zip archives hand on what is inside."""

from __future__ import annotations

import zipfile

import pytest

from briefing_app.domain.bundle import FORMAT
from briefing_app.errors import UnreadableSource
from briefing_app.importers import zipped
from briefing_app.importers.base import stem
from tests.hostile import zips
from tests.unit.importers.office import docx, p, read

TEXT = "Title\n\nText."


def names(imported) -> list[str]:
    return [child.name for child in imported.children]


def test_each_file_is_a_document_of_its_own():
    found = read("a.zip", zips.packed({"x/": b"", "x/b.txt": TEXT, "c.docx": docx(p("Word."))}))
    assert names(found) == ["a.zip › x/b.txt", "a.zip › c.docx"]
    assert found.articles == ()
    assert [read(child.name, child.data).articles[0].body.text for child in found.children] == [
        "Text.",
        "Word.",
    ]


def test_a_file_inside_is_named_without_its_archive():
    assert stem("a.zip › b.zip › dir/my_page.html") == "my page"
    assert stem("a.zip › my_page.html") == "my page"


def test_archives_inside_are_opened_to_a_depth():
    assert names(read("a.zip", zips.nested(2))) == ["a.zip › inner.zip › inner.zip › a.txt"]
    with pytest.raises(UnreadableSource, match="cannot be unpacked"):
        read("a.zip", zips.nested(3))


def test_an_archive_that_comes_from_deep_inside_others_is_refused():
    with pytest.raises(UnreadableSource, match="more than 3 levels"):
        read("m.eml › a.zip › b.eml › c.zip", zips.packed({"a.txt": TEXT}))


def test_a_document_that_is_an_archive_stays_one_even_if_it_is_called_zip():
    found = read("a.zip", zips.packed({"b.zip": docx(p("Word."))}))
    assert names(found) == ["a.zip › b.zip"]


def test_what_systems_leave_and_the_parts_of_a_saved_page_are_no_documents():
    files = {
        "__MACOSX/._a.txt": "x",
        "d/.DS_Store": "x",
        "Thumbs.db": "x",
        "page.html": "<html><p>x",
        "page_files/frame.html": "<html><p>x",
        "other_files/a.txt": TEXT,
    }
    found = read("a.zip", zips.packed(files))
    assert names(found) == ["a.zip › page.html", "a.zip › other_files/a.txt"]
    assert found.warnings == ()


def test_what_no_format_takes_is_left_out_and_named():
    files = {
        "a.txt": TEXT,
        "b.mp3": "ID3",
        "c.png": b"\x89PNG\r\n\x1a\n",
        "d.txt": b"",
        "e.exe": b"MZ\x90",
    }
    found = read("a.zip", zips.packed(files))
    assert names(found) == ["a.zip › a.txt"]
    (said,) = map(str, found.warnings)
    assert said.startswith("Left out, as no format takes them: b.mp3, c.png")
    assert said.endswith("(+1).")
    with pytest.raises(UnreadableSource, match=r"None of the files.*b\.mp3"):
        read("a.zip", zips.packed({"b.mp3": "ID3"}))


def test_a_bundle_of_our_own_is_opened_and_not_imported():
    files = {"manifest.json": f'{{"format": "{FORMAT}", "version": 1}}', "a.txt": TEXT}
    with pytest.raises(UnreadableSource, match="bundle") as caught:
        read("a.zip", zips.packed(files))
    assert "Open a bundle" in caught.value.next_step


@pytest.mark.parametrize("manifest", ["{}", "[", "[" * 100_000, '{"format": 1}', "\0"])
def test_any_other_manifest_is_a_file_like_others(manifest):
    files = {"manifest.json": manifest, "a.txt": TEXT}
    assert "a.zip › a.txt" in names(read("a.zip", zips.packed(files)))


def test_names_that_lead_outside_are_left_out_and_named():
    found = read("a.zip", zips.packed({"../../x.txt": TEXT, "a.txt": TEXT}))
    assert names(found) == ["a.zip › a.txt"]
    assert "lead outside" in str(found.warnings[0])
    with pytest.raises(UnreadableSource, match="lead outside"):
        read("a.zip", zips.packed({"../../x.txt": TEXT}))


def test_a_locked_archive_says_so():
    with pytest.raises(UnreadableSource, match="password") as caught:
        read("a.zip", zips.locked({"a.txt": TEXT}))
    assert "Unpack it" in caught.value.next_step


def test_one_damaged_file_does_not_cost_the_others():
    data = zips.packed({"a.txt": TEXT, "b.txt": TEXT + " More."}, zipfile.ZIP_STORED)
    found = read("a.zip", data.replace(b"More.", b"Less!"))
    assert names(found) == ["a.zip › a.txt"]
    assert "b.txt" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zips.bomb(150), "times its size"),
        (zips.packed({"a.zip": zips.bomb(150)}), "times its size"),
        (zips.wide(30, 5), "larger than 100 MB"),
        (zips.crowd(5001), "more than 5000"),
        (zips.packed({"a.zip": zips.crowd(3000), "b.zip": zips.crowd(3000)}), "more than 5000"),
        (zips.packed({}), "no files"),
        (zips.packed({"a/": b""}), "no files"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_an_archive_beyond_the_limits_is_refused(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.zip", data)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Єдина Україна.txt".encode("cp866"), "Єдина Україна.txt"),
        ("审计计划检查.txt".encode("gb2312"), "审计计划检查.txt"),
        ("Звіт.txt".encode(), "Звіт.txt"),
        ("Müller Straße.txt".encode("cp437"), "Müller Straße.txt"),
    ],
)
def test_names_are_read_in_the_encoding_of_the_system_that_wrote_them(raw, shown):
    data = zips.packed({"x" * len(raw): TEXT}).replace(b"x" * len(raw), raw)
    assert names(read("a.zip", data)) == [f"a.zip › {shown}"]


def test_what_may_be_unpacked_is_what_an_answer_may_hold():
    from briefing_app.importers.process import LARGEST_FILES

    assert zipped.LARGEST <= LARGEST_FILES
