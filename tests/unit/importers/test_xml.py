"""XML of strangers."""

from __future__ import annotations

import tracemalloc

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import xml
from tests.hostile import xmls


def test_elements_and_attributes_are_found_whatever_their_namespace():
    root = xml.parse(b'<a xmlns="n" xmlns:x="m"><!-- no --><x:b x:c="1">\xd1\x96</x:b></a>')
    (found,) = xml.named(root, "b")
    assert (xml.local(found), xml.attribute(found, "c"), found.text) == ("b", "1", "і")
    assert xml.attribute(found, "d") == ""
    assert len(root) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"])
def test_entities_are_refused_in_every_encoding(encoding):
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSource, match=r"entities of its own|not well-formed"):
            xml.parse(xmls.laughs(encoding))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_an_entity_that_is_used_many_times_is_refused():
    with pytest.raises(UnreadableSource, match="entities of its own"):
        xml.parse(xmls.quadratic())


def test_no_file_of_this_computer_comes_in(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="entities of its own"):
        xml.parse(xmls.outside(str(secret)))


def test_a_document_type_that_lies_elsewhere_is_not_loaded(tmp_path):
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ENTITY x "expanded"><!ATTLIST a b CDATA "given">', encoding="utf-8")
    root = xml.parse(f'<!DOCTYPE a SYSTEM "file://{dtd}"><a>one&x; two</a>'.encode())
    assert root.attrib == {}
    assert "expanded" not in "".join(root.itertext())


@pytest.mark.parametrize("recover", [False, True])
def test_what_is_nested_too_deep_is_refused(recover):
    with pytest.raises(UnreadableSource, match="nested too deep"):
        xml.parse(xmls.deep(100_000), recover=recover)


def test_an_element_of_many_attributes_is_parsed():
    assert len(xml.parse(xmls.attributes(300_000)).attrib) == 300_000


@pytest.mark.parametrize("data", [b"", b"\0", b"text", b"<a><b></a>", b"<a>\xff</a>", b"<a/><a/>"])
def test_what_is_no_xml_is_damaged(data):
    with pytest.raises(UnreadableSource, match="line 1"):
        xml.parse(data)


def test_slips_can_be_passed_over():
    root = xml.parse(b"<a><b>Tom & Jerry</b><c>x</a>", recover=True)
    assert [xml.local(element) for element in root.iter()] == ["a", "b", "c"]


def test_nothing_at_all_is_damaged_even_if_slips_are_passed_over():
    with pytest.raises(UnreadableSource, match="damaged"):
        xml.parse(b"", recover=True)
