"""Each mail that means harm is answered, and the next one is read."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool
from briefing_app.progress import NoProgress
from tests.hostile import mail
from tests.unit.importers.mail.outlook import container, embedded, item


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


def read(pool, data, name="a.eml"):
    return pool.read(Document(name, data), NoProgress())


@pytest.mark.parametrize(
    "make",
    [
        mail.nested_parts,
        mail.nested_mails,
        mail.many_parts,
        mail.long_header,
        mail.many_fields,
        mail.long_subject,
        mail.quotes,
        mail.numbered_parameter,
        mail.same_boundary,
        mail.wrong_charsets,
        mail.unseen,
        mail.addresses,
        mail.archive,
    ],
)
def test_the_text_is_read_all_the_same(pool, make):
    found = read(pool, make())
    assert any(mail.TEXT in article.body.text for article in found.articles)


@pytest.mark.parametrize(
    "make",
    [
        mail.boundaries,
        mail.flowed,
        mail.quoted,
        mail.tables,
        mail.links,
        mail.tar_pit,
        mail.attributes,
    ],
)
def test_others_are_read_or_answered_with_a_sentence(pool, make):
    try:
        found = read(pool, make())
    except UnreadableSource as error:
        assert str(error).endswith(".")  # noqa: PT017 (either of the two is right)
        assert "seconds" not in str(error)  # noqa: PT017 (as above)
    else:
        assert found.articles


def test_mails_nested_deep_are_said_and_not_handed_on(pool):
    found = read(pool, mail.nested_mails())
    assert found.children == ()
    assert any("20 levels" in str(remark) for remark in found.warnings)


def test_no_name_of_what_is_attached_leads_anywhere(pool):
    found = read(pool, mail.unseen())
    assert [child.name for child in found.children] == ["fdp.exe"]
    assert found.articles[0].title == "abc"


def test_a_box_of_nothing_has_a_reason(pool):
    with pytest.raises(UnreadableSource, match="no text in these mails"):
        read(pool, mail.empty_box())


def test_a_line_of_20_mb_does_not_stop_the_mails_behind_it(pool):
    found = read(pool, mail.box_line())
    assert "longer than" in str(found.warnings[0])
    (rest,) = found.children
    assert read(pool, rest.data).articles[0].body.text == mail.TEXT


def test_a_ring_of_folders_has_a_reason(pool):
    with pytest.raises(UnreadableSource, match="Outlook"):
        read(pool, mail.outlook_loop(), "a.msg")


@pytest.mark.parametrize("make", [mail.packed_rtf, mail.braces])
def test_rtf_that_swells_is_bounded(pool, make):
    packed = make() if make is mail.packed_rtf else _stored(make())
    data = container(item({"0037": "x", "1000": mail.TEXT}, {"1009": packed}))
    assert read(pool, data, "a.msg").articles


def test_many_mails_in_a_mail_are_bounded(pool):
    inside = tuple(embedded(item({"0037": "x", "1000": "y"}, head=24)) for _ in range(700))
    found = read(pool, container(item({"0037": "x", "1000": mail.TEXT}, attached=inside)), "a.msg")
    assert len(found.articles) == 500


def _stored(rtf: bytes) -> bytes:
    size = len(rtf).to_bytes(4, "little")
    return size + size + b"MELA" + b"\0" * 4 + rtf
