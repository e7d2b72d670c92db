"""Plain text, the story form and Markdown, through the registry."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from briefing_app.assets import seed
from briefing_app.domain import storytext
from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.wire import (
    document_from,
    document_json,
    imported_from,
    imported_json,
)
from briefing_app.progress import NoProgress


def read(name: str, text: str | bytes, **known):
    data = text if isinstance(text, bytes) else text.encode()
    return registry.read(Document(name, data, **known), NoProgress())


def article(name: str, text: str | bytes, **known):
    (found,) = read(name, text, **known).articles
    return found


def kinds(found) -> list[tuple[str, str]]:
    return [(b.kind.value, found.body.text[b.start : b.end]) for b in found.body.blocks]


def test_the_first_line_is_the_title_where_a_blank_line_follows_it():
    found = article("a.txt", "A title\n\nOne.\n\nTwo.")
    assert found.title == "A title"
    assert found.body.text == "One.\nTwo."
    assert ("title", "first line") in found.origins


def test_else_the_title_is_the_name_of_the_file():
    found = article("press_review 12.txt", "One.\nTwo.")
    assert (found.title, found.body.text) == ("press review 12", "One.\nTwo.")


def test_a_paste_without_a_title_is_known_by_its_first_words():
    found = article("Clipboard", "word " * 40, media_type="text/plain")
    assert found.title.startswith("word word")
    assert found.title.endswith("…")
    assert len(found.title) <= 81


def test_lines_that_were_broken_by_hand_are_one_paragraph():
    text = (
        "Title\n\nThe ministers of both countries met on Monday\n"
        "in the capital and spoke for four hours, then\nleft.\n\nEnd."
    )
    assert article("a.txt", text).body.text.split("\n") == [
        text.split("\n\n")[1].replace("\n", " "),
        "End.",
    ]


def test_bullets_are_items_and_a_line_of_dashes_is_a_rule():
    found = article("a.txt", "Title\n\nIntro:\n- one\n* two\n3. three\n\n-----\n\nEnd")
    assert kinds(found) == [
        ("paragraph", "Intro:"),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("rule", ""),
        ("paragraph", "End"),
    ]


def test_a_text_in_arabic_runs_from_right_to_left():
    assert article("a.txt", "عنوان\n\nاجتمع الوزراء يوم الاثنين في العاصمة.").direction == "rtl"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "no text"),
        (b"%PDF-1.7\n", "PDF is damaged"),
        (bytes(range(256)) * 40, "does not hold text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "picture"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.txt", data)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    with pytest.raises(UnreadableSource, match="at most 20 MB"):
        read("a.txt", b"x" * 20_000_001)


def test_the_story_form_is_known_by_its_content_and_gives_stories():
    (path,) = sorted(seed().glob("*.txt"))
    data = path.read_bytes()

    found = read("anything.dat", data)

    assert found.articles == ()
    assert found.stories == storytext.read(data)


def test_a_story_file_that_cannot_be_read_names_the_line():
    text = b"# Headline\nThe Story:\nFine.\nSun Jan 99 04:53:41 UTC 2026: # Two\n"
    with pytest.raises(UnreadableSource, match="Line 4"):
        read("a.txt", text)


MARKDOWN = """---
title: Talks resume
author: [Ann Lee, Bo Ek]
date: 2026-01-25
url: https://news.example/talks
lang: en
---
# Talks resume

Both sides **agreed *at last*** to [meet](https://news.example/meet).

- one
- two
  1. three

> A quote.

| a | b |
|---|---|
| 1 | 2 |

```
x  =  1
```

![a map](map.png)

---
<script>alert(1)</script>
"""


def test_markdown_becomes_blocks_and_spans():
    found = article("talks.md", MARKDOWN)

    assert kinds(found) == [
        ("paragraph", "Both sides agreed at last to meet."),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("quote", "A quote."),
        ("table", "a\tb\n1\t2"),
        ("code", "x  =  1"),
        ("image", ""),
        ("rule", ""),
        ("paragraph", "<script>alert(1)</script>"),
    ]
    assert [(b.level, b.ordered) for b in found.body.blocks[1:4]] == [
        (1, False),
        (1, False),
        (2, True),
    ]
    assert [found.body.text[s.start : s.end] for s in found.body.spans] == [
        "agreed at last",
        "at last",
        "meet",
    ]


def test_front_matter_fills_the_fields_and_says_so():
    found = article("talks.md", MARKDOWN)
    assert found.title == "Talks resume"
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.published.iso == "2026-01-25"
    assert found.url == "https://news.example/talks"
    assert dict(found.origins)["authors"] == "front matter"


def test_front_matter_that_is_broken_does_not_stop_the_text():
    found = article("a.md", "---\ntitle: [unclosed\n---\n# Real\n\nText.")
    assert (found.title, found.body.text) == ("Real", "Text.")


def test_front_matter_cannot_make_objects():
    found = article("a.md", "---\ntitle: !!python/object/apply:os.system ['true']\n---\nText.")
    assert (found.title, found.body.text) == ("a", "Text.")


def test_a_link_that_runs_a_script_is_no_link():
    assert article("a.md", "[x](javascript:alert(1)) y").body.spans == ()


BRIEF = """---
title: "Morning brief"
date: "2026-01-25"
---

# First headline

*Sun Jan 25 04:53:41 UTC 2026*

## The Story

A paragraph\\. *[1, 3]*

## Impact Analysis

It depends:

- on one

Closing.

## Sources

1. An article

# Second headline

## Key Points

- a point
"""


@pytest.mark.parametrize("name", ["brief.md", "brief.txt"])
def test_stories_in_markdown_come_back_as_stories(name):
    found = read(name, BRIEF)

    assert found.title == "Morning brief"
    assert storytext.print_stories(found.stories).decode() == (
        "Sun Jan 25 04:53:41 UTC 2026: # First headline\nThe Story:\nA paragraph.\n"
        "Impact Analysis:\nIt depends:\n- on one\nClosing.\n\n"
        "# Second headline\nKey Points:\n- a point"
    )


def test_stories_in_markdown_with_a_slip_come_in_as_an_article_and_say_why():
    found = read("a.md", "# One\n\nStray words.\n\n## The Story\n\nFine.\n")
    assert found.articles[0].body.text == "Stray words.\nThe Story\nFine."
    assert "Line 3" in str(found.warnings[1])


def test_an_article_with_a_heading_key_points_stays_an_article():
    found = read("a.md", "# Budget\n\nIntro.\n\n## Key points\n\n- one\n")
    assert found.stories == ()
    assert found.articles[0].title == "Budget"


@pytest.mark.parametrize("text", [MARKDOWN, BRIEF, "# One\nKey Points:\n- a\n"])
def test_what_is_read_passes_as_json_both_ways(text):
    found = read("a.md", text)
    assert imported_from(json.loads(json.dumps(imported_json(found))), b"") == found


def test_a_document_passes_as_json_and_bytes():

    document = Document(
        "a", b"\0x", "text/html", "https://a.example/", dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    )
    assert document_from(json.loads(json.dumps(document_json(document))), b"\0x") == document


@pytest.mark.parametrize(
    ("data", "said", "next_step"),
    [
        (b"\x7fELF\x02\x01", "This is a program, and not a text that can be read.", ""),
        (b"RIFF1234WAVE", "This is a picture or sound, and not", "Save its text"),
        (b"\x1f\x8b\x08", "This is a compressed file, and not", "Unpack it"),
    ],
)
def test_what_is_no_text_is_named_with_what_can_be_done_and_no_more(data, said, next_step):
    with pytest.raises(UnreadableSource) as caught:
        read("thing", data)
    assert str(caught.value).startswith(said)
    assert caught.value.next_step.startswith(next_step)
    assert bool(caught.value.next_step) == bool(next_step)


def test_a_file_that_is_too_large_is_refused_with_its_size_and_a_next_step():
    with pytest.raises(UnreadableSource, match=r"21\.0 MB, and at most 20 MB") as caught:
        read("a.txt", b"a" * 21_000_000)
    assert "Split it" in caught.value.next_step
