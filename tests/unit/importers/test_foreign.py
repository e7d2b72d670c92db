"""Office files that are not read say what can be done."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import foreign
from briefing_app.importers.base import Document
from tests.hostile.zips import packed
from tests.unit.importers.office import FILES, read

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_OPEN = "application/vnd.oasis.opendocument."


def test_an_outlook_message_with_a_document_attached_is_not_one_of_them():
    streams = "__substg1.0_37010102 WordDocument".encode("utf-16-le")
    assert not foreign.IMPORTER.accepts(Document("a.msg", _OLD + streams))


@pytest.mark.parametrize(
    ("name", "data", "said", "next_step"),
    [
        ("a.doc", (FILES / "report.doc").read_bytes(), "old kind", "save it as .docx"),
        ("a", _OLD + "WordDocument".encode("utf-16-le"), "old kind", "save it as .docx"),
        ("a.doc", b"\xdb\xa5-\0\0\0", "old kind", "save it as .docx"),
        ("a.xls", _OLD + "Workbook".encode("utf-16-le"), "spreadsheet", "PDF"),
        ("a.docx", _OLD + "EncryptedPackage".encode("utf-16-le"), "password", "without one"),
        ("a.xlsx", packed({"xl/workbook.xml": "<a/>"}), "spreadsheet", "PDF"),
        ("a.zip", packed({"ppt/presentation.xml": "<a/>"}), "presentation", "PDF"),
        ("a.odp", packed({"mimetype": _OPEN + "presentation"}), "presentation", "PDF"),
        ("a.ods", packed({"mimetype": _OPEN + "spreadsheet"}), "spreadsheet", "PDF"),
        ("a.odg", packed({"mimetype": _OPEN + "graphics"}), "drawing", "PDF"),
    ],
)
def test_each_says_what_it_is_and_what_to_do(name, data, said, next_step):
    with pytest.raises(UnreadableSource, match=said) as caught:
        read(name, data)
    assert next_step in caught.value.next_step
