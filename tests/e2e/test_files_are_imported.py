"""`import` and `read`: files, folders and standard input."""

from __future__ import annotations

import json
import subprocess

import pytest

NOTE = b"A plain note\n\nIts first paragraph says little.\n\nIts second says more.\n"
PAGE = b"""<!doctype html><html lang="en"><head><title>Ice closes the route</title></head>
<body><article><h1>Ice closes the route</h1>
<p>The last ferry left on Tuesday before the strait froze over from shore to shore.</p>
<p>Operators expect the route to stay closed for at least two weeks, they said on Monday.</p>
<script>document.write("never")</script></article></body></html>"""
MARKDOWN = (
    b"# Four hours longer\n\nFreight goes over the *southern* bridge.\n\n- by lorry\n- by rail\n"
)


@pytest.fixture
def pile(tmp_path):
    """A folder with three good files, one of them a folder deeper."""
    folder = tmp_path / "pile"
    (folder / "deeper").mkdir(parents=True)
    (folder / "note.txt").write_bytes(NOTE)
    (folder / "page.html").write_bytes(PAGE)
    (folder / "deeper" / "bridge.md").write_bytes(MARKDOWN)
    return folder


def test_a_folder_is_imported_with_all_that_is_in_it(briefing, pile):
    records = briefing.json("import", pile).lines

    assert sorted(record["title"] for record in records) == [
        "A plain note",
        "Four hours longer",
        "Ice closes the route",
    ]
    assert {record["status"] for record in records} == {"new"}
    listed = briefing.json("articles").lines
    assert {row["id"] for row in listed} == {record["article"] for record in records}


def test_a_file_that_is_there_already_is_a_duplicate_and_no_failure(briefing, pile):
    first = briefing.json("import", pile / "note.txt").one
    second = briefing.json("import", pile / "note.txt").one

    assert (second["status"], second["article"]) == ("duplicate", first["article"])
    assert len(briefing.json("articles").lines) == 1


def test_one_bad_file_is_named_and_the_others_are_imported(briefing, pile):
    (pile / "broken.html").write_bytes(b"\x00\x01\x02" * 50)
    (pile / "empty.txt").write_bytes(b"")

    result = briefing.json("import", pile, pile / "absent.txt", code=1)

    by_status = {}
    for record in result.lines:
        by_status.setdefault(record["status"], set()).add(record["path"].rpartition("pile")[2][1:])
    assert by_status["new"] == {"note.txt", "page.html", "deeper/bridge.md"}
    assert by_status["failed"] >= {"empty.txt", "absent.txt"}
    for name in by_status["failed"]:
        assert name in result.err
    assert all(r["reason"] for r in result.lines if r["status"] == "failed")
    assert len(briefing.json("articles").lines) == 3


def test_standard_input_is_imported(briefing):
    record = briefing.json("import", "-", stdin=NOTE).one

    assert record["path"] == "-"
    assert record["title"] == "A plain note"


@pytest.mark.parametrize(
    "hostile",
    [
        b"\xff\xfe\x00\xd8" * 9,
        b"\x1b]0;owned\x07\x1b[2J" * 20,
        b"<" * 100_000,
        b"{" * 100_000,
        b"\x00" * 5000,
        b"- " * 50_000,
    ],
    ids=["lone surrogates", "terminal commands", "angles", "braces", "zeros", "bullets"],
)
def test_hostile_standard_input_is_read_or_refused_and_never_commands_the_terminal(
    briefing, hostile
):
    run = subprocess.run(
        briefing.argv("--library", briefing.library, "import", "-"),
        cwd=briefing.home,
        env=briefing.environment(),
        input=hostile,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert run.returncode in (0, 1)
    assert b"Traceback" not in run.stderr
    assert b"\x1b" not in run.stdout + run.stderr


def test_each_line_is_printed_as_soon_as_its_file_is_safe(briefing, pile):
    """The first line can be read while later files are still coming in, and it is on disk then."""
    for number in range(40):
        (pile / f"more{number}.txt").write_bytes(b"Note %d\n\nText of it.\n" % number)

    with subprocess.Popen(
        briefing.argv("--library", briefing.library, "import", "--json", pile),
        cwd=briefing.home,
        env=briefing.environment(),
        stdout=subprocess.PIPE,
    ) as run:
        first = json.loads(run.stdout.readline())
        run.kill()
        run.wait()

    assert briefing.json("show", first["article"]).one["id"] == first["article"]


def test_reading_needs_no_library(briefing, pile):
    record = briefing("read", pile / "page.html", "--json").one

    assert record["format"]
    assert record["title"] == "Ice closes the route"
    assert record["language"] == "en"
    assert "The last ferry left on Tuesday" in record["text"]
    assert "document.write" not in record["text"]
    assert {"kind", "text", "included"} <= set(record["blocks"][0])
    assert not briefing.library.exists()


def test_reading_a_story_file_gives_its_stories(briefing, seed):
    record = briefing("read", seed, "--json").one

    assert record["title"].startswith("Ukraine and Russia Agree")
    assert record["published"] == "2026-01-25T04:53:41Z"
    assert "Key Points:" in record["text"]


def test_reading_names_what_cannot_be_read(briefing, pile):
    result = briefing("read", pile / "note.txt", pile / "absent.txt", "--json", code=1)

    good, bad = result.lines
    assert good["title"] == "A plain note"
    assert set(bad) == {"path", "error"}
    assert bad["path"].endswith("absent.txt")
    assert "absent.txt" in result.err


def test_articles_are_searched(briefing, pile):
    briefing.json("import", pile)

    assert [row["title"] for row in briefing.json("articles", "--search", "bridge").lines] == [
        "Four hours longer"
    ]


def test_an_article_is_shown_whole(briefing, pile):
    article = briefing.json("import", pile / "deeper" / "bridge.md").one["article"]

    shown = briefing.json("show", article[:6]).one

    assert shown["id"] == article
    assert shown["text"].splitlines()[-2:] == ["by lorry", "by rail"]
    assert [block["kind"] for block in shown["blocks"]][-2:] == ["item", "item"]
    assert "southern bridge" in briefing("--library", briefing.library, "show", article).out


def test_a_brief_with_a_slip_comes_in_as_an_article_with_a_warning(briefing, tmp_path):
    file = tmp_path / "slip.md"
    file.write_text("# One\n\nStray words.\n\n## The Story\n\nFine.\n", encoding="utf-8")
    done = briefing.json("import", file)
    assert done.one["status"] == "new"
    assert "as an article" in done.one["remarks"][0]
    assert "Line 3" in done.err
