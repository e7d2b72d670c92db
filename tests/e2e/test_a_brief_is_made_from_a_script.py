"""A whole brief without a window: import, mark passages, write statements, export."""

from __future__ import annotations

import subprocess

import pytest

ARTICLE = b"""Ice closes the northern ferry route

The last ferry left Harbour Town on Tuesday before the strait froze over.
Operators expect the route to stay closed for at least two weeks.

Three thousand commuters now travel by bus, and the buses are full.
Freight is rerouted over the southern bridge, which adds four hours.
"""


@pytest.fixture
def article(briefing, tmp_path):
    """The id of an imported article."""
    path = tmp_path / "ice.txt"
    path.write_bytes(ARTICLE)
    return briefing.json("import", path).one["article"]


def test_a_whole_brief_from_articles_to_text(briefing, article, tmp_path):
    brief = briefing.json("brief", "new", "Morning brief").one["brief"]
    story = briefing.json(
        "story", "add", brief, "--headline", "Ferries stop", "--as-of", "2026-02-03T06:30"
    ).one["story"]
    made = briefing.json(
        "annotate", article, "--quote", "Three thousand commuters now travel by bus",
        "--as", "key-point", "--story", story,
    ).one  # fmt: skip
    briefing.json(
        "annotate", article, "--quote", "which adds four hours", "--as", "impact", "--story", story
    )
    written = briefing.json(
        "statement", "add", story, "--part", "narrative", "--text", "The strait froze."
    ).one["statement"]
    briefing.json(
        "statement", "add", story, "--part", "key-takeaways", "--text", "Winter was not planned for.",
        "--cite", made["annotation"],
    )  # fmt: skip
    briefing.json(
        "statement", "add", story, "--part", "impact", "--kind", "paragraph", "--at", "1",
        "--text", "Until the ice breaks:",
    )  # fmt: skip
    briefing.json("statement", "edit", written, "--text", "The strait froze on Tuesday.")

    briefing.json("export", brief, "--to", "brief.txt")

    assert made["brief"] == brief
    assert made["story"] == story
    assert (tmp_path / "brief.txt").read_text(encoding="utf-8") == (
        "Tue Feb  3 06:30:00 UTC 2026: # Ferries stop\n"
        "The Story:\n"
        "The strait froze on Tuesday.\n"
        "Key Points:\n"
        "- Three thousand commuters now travel by bus\n"
        "Key Takeaways:\n"
        "- Winter was not planned for.\n"
        "Impact Analysis:\n"
        "Until the ice breaks:\n"
        "- which adds four hours"
    )


def test_a_point_keeps_its_passage_as_evidence(briefing, article):
    made = briefing.json(
        "annotate", article, "--quote", "the buses are full", "--as", "takeaway",
        "--comment", "ask the operator",
    ).one  # fmt: skip

    (story,) = briefing.json("brief", "show", made["brief"]).one["stories"]
    (statement,) = story["statements"]
    (passage,) = briefing.json("show", article).one["annotations"]
    assert statement["id"] == made["statement"]
    assert statement["evidence"] == [made["annotation"]]
    assert passage["id"] == made["annotation"]
    assert passage["quote"] == "the buses are full"
    assert passage["comment"] == "ask the operator"


def test_without_a_story_the_point_goes_to_the_one_worked_on_last(briefing, article):
    first = briefing.json("annotate", article, "--quote", "the strait froze", "--as", "story").one
    second = briefing.json("annotate", article, "--quote", "four hours", "--as", "impact").one

    assert second["brief"] == first["brief"]
    assert second["story"] == first["story"]


def test_a_plain_highlight_makes_no_point(briefing, article):
    made = briefing.json("annotate", article, "--quote", "Freight", "--as", "highlight").one

    assert made["statement"] is None
    assert briefing.json("briefs").lines == []


@pytest.mark.parametrize(
    ("quote", "says"),
    [("submarine", "does not hold"), ("the", "times")],
    ids=["absent", "ambiguous"],
)
def test_a_quote_that_is_absent_or_ambiguous_is_an_error_that_says_which(
    briefing, article, quote, says
):
    result = briefing.json("annotate", article, "--quote", quote, "--as", "story", code=1)

    assert says in result.err
    assert briefing.json("show", article).one["annotations"] == []


def test_sources_are_printed_in_the_pdf(briefing, article, tool, tmp_path):
    made = briefing.json("annotate", article, "--quote", "Freight", "--as", "key-point").one
    briefing.json("export", made["brief"], "--to", "brief.pdf")

    text = subprocess.run(
        [tool("pdftotext"), "brief.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    assert "Sources" in text
    assert "Ice closes the northern ferry route" in text


def test_the_text_form_says_what_it_cannot_hold(briefing, article, tmp_path):
    made = briefing.json("annotate", article, "--quote", "Freight", "--as", "key-point").one

    result = briefing.json("export", made["brief"], "--to", "brief.txt")

    assert "1 link to a passage" in result.err
    assert (tmp_path / "brief.txt").exists()


def test_statements_and_stories_move_and_go(briefing):
    brief = briefing.json("brief", "new", "Order").one["brief"]
    one, two = (
        briefing.json("story", "add", brief, "--headline", name).one["story"]
        for name in ("One", "Two")
    )
    a, b = (
        briefing.json("statement", "add", one, "--part", "key-points", "--text", text).one[
            "statement"
        ]
        for text in ("a", "b")
    )

    briefing.json("story", "move", two, "--to", "1")
    briefing.json("statement", "move", b, "--to", "1")
    briefing.json("story", "edit", one, "--headline", "Uno", "--as-of", "2026-01-02")
    shown = briefing.json("brief", "show", brief).one
    assert [s["headline"] for s in shown["stories"]] == ["Two", "Uno"]
    assert shown["stories"][1]["as_of"] == "2026-01-02"
    assert [s["text"] for s in shown["stories"][1]["statements"]] == ["b", "a"]

    briefing.json("statement", "move", a, "--to", "1", "--part", "narrative")
    briefing.json("statement", "delete", b)
    briefing.json("story", "delete", two)
    (left,) = briefing.json("brief", "show", brief).one["stories"]
    assert [(s["part"], s["kind"]) for s in left["statements"]] == [("narrative", "paragraph")]


def test_for_a_reader_the_brief_is_shown_with_short_ids(briefing, article):
    made = briefing.json("annotate", article, "--quote", "Freight", "--as", "key-point").one

    out = briefing("--library", briefing.library, "brief", "show", made["brief"]).out

    assert f"{made['statement'][:8]}  - Freight" in out
