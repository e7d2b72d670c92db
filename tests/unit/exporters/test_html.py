from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.statement import Part
from briefing_app.exporters import html
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import cited_content, content, row, seed_story, story

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Collects the elements of a page and checks that they are nested."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def page(made):
    return Page(html.write(made, load_style(), NoProgress()).data.decode())


def test_every_word_of_the_sample_story_is_there_in_order():
    words = iter(page(content(seed_story())).text.split())
    for statement in seed_story().statements:
        for word in statement.text.split():
            assert word in words


def test_nothing_is_loaded_from_anywhere():
    found = page(cited_content(story(row(Part.KEY_POINTS, "x", "n1", "n3")), title="Brief"))
    assert {tag for tag, _ in found.elements}.isdisjoint({"script", "img", "link", "iframe"})
    assert not any("src" in attrs for _, attrs in found.elements)
    addresses = [attrs["href"] for _, attrs in found.elements if "href" in attrs]
    assert addresses == ["#story-1-source-1", "https://www.example.org/peace?id=7"]


def test_a_number_of_a_source_leads_to_its_entry():
    found = page(cited_content(story(row(Part.KEY_POINTS, "x", "n3"))))
    ids = {attrs["id"] for _, attrs in found.elements if "id" in attrs}
    targets = {
        attrs["href"][1:] for _, attrs in found.elements if attrs.get("href", "").startswith("#")
    }
    assert targets
    assert targets <= ids


def test_headings_go_down_without_a_gap():
    found = page(content(seed_story(), title="Brief"))
    levels = [int(tag[1]) for tag, _ in found.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 3, 3, 3, 3]


def test_the_page_names_its_language_and_title():
    made = content(seed_story(), language="de")
    text = html.write(made, load_style(), NoProgress()).data.decode()
    assert '<html lang="de" dir="ltr">' in text
    assert f"<title>{seed_story().headline}</title>" in text


@pytest.mark.parametrize(
    "text",
    ['<img src="x" onerror="y">', "</p></article><script>1</script>", "a<b AT&T &lt;", "{}%s'\""],
)
def test_markup_in_a_story_stays_text(text):
    found = page(content(story(row(Part.KEY_POINTS, text), headline=text), title=f"On {text}"))
    assert {tag for tag, _ in found.elements}.isdisjoint({"img", "script"})
    assert found.text.count(text) == 3


@given(st.text(max_size=60))
def test_any_text_gives_a_page_with_the_same_elements(text):
    made = content(story(row(Part.KEY_POINTS, f"x{text}"), headline=f"x{text}"), title="Brief")
    plain = content(story(row(Part.KEY_POINTS, "x"), headline="x"), title="Brief")
    assert [tag for tag, _ in page(made).elements] == [tag for tag, _ in page(plain).elements]
