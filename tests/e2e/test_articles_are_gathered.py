"""Tags, collections and sorted lists from the command line, as somebody types them."""

from __future__ import annotations

import pytest


@pytest.fixture
def library(briefing, tmp_path):
    for number, (title, day, source) in enumerate(
        (
            ("Zebra crossing", "2026-01-20", "Herald"),
            ("“Élan” is back", "2026-01-25", "gazette"),
            ("Apple harvest", "", ""),
        )
    ):
        head = f'title: "{title}"\n' + (f"date: {day}\nsource: {source}\n" if day else "")
        file = tmp_path / f"{number}.md"
        file.write_text(f"---\n{head}---\n\nA ferry was seen by {number} people.\n")
        briefing.json("import", file)
    return briefing.json


def titles(rows):
    return [row["title"] for row in rows]


def test_a_list_is_sorted_narrowed_and_cut(library):
    def listed(*args):
        return titles(library("articles", "list", *args).lines)

    assert listed("--sort", "title") == ["Apple harvest", "“Élan” is back", "Zebra crossing"]
    assert listed("--sort", "newest") == ["“Élan” is back", "Zebra crossing", "Apple harvest"]
    assert listed("--sort", "oldest") == ["Zebra crossing", "“Élan” is back", "Apple harvest"]
    assert listed("--sort", "outlet") == ["“Élan” is back", "Zebra crossing", "Apple harvest"]
    assert listed("--limit", "1") == ["Apple harvest"]
    assert listed("--query", "zebra") == ["Zebra crossing"]


def test_tags_are_put_on_found_renamed_and_deleted(library):
    first, second, _ = [row["id"] for row in library("articles").lines]
    made = library("article", "tag", first, second, "+energy", "+Aid").lines
    assert [one["tags"] for one in made] == [["energy", "Aid"]] * 2
    library("article", "tag", second, "-aid")
    assert library("tags", "list").lines == [
        {"tag": "energy", "articles": 2},
        {"tag": "Aid", "articles": 1},
    ]
    assert library("tags", "rename", "energy", "power").lines == [{"tag": "power", "articles": 2}]
    assert len(library("articles", "list", "--tag", "POWER").lines) == 2
    assert len(library("articles", "list", "--query", "tag:power -tag:aid").lines) == 1
    library("tags", "delete", "power")
    library("undo")
    assert library("tags", "list").lines[0] == {"tag": "power", "articles": 2}


def test_collections_are_made_filled_and_emptied(library):
    first, second, _ = [row["id"] for row in library("articles").lines]
    grid = library("collections", "new", "Power grid").lines[0]["id"]
    library("collections", "new", "Peace talks")
    assert library("collections", "add", "power GRID", first, second).lines == [
        {"id": grid, "added": 2}
    ]
    library("collections", "remove", grid[:8], first)
    rows = library("articles", "list", "--collection", "Power grid").lines
    assert [row["id"] for row in rows] == [second]
    library("collections", "rename", grid, "Grid")
    library("collections", "move", "Peace talks", "--before", "Grid")
    listed = library("collections", "list").lines
    assert [(one["name"], one["articles"]) for one in listed] == [("Peace talks", 0), ("Grid", 1)]
    library("collections", "delete", "Grid")
    assert len(library("collections", "list").lines) == 1


def test_blocks_are_listed_put_in_and_left_out(library):
    (row, *_) = library("articles", "list").lines
    (block, *_) = library("article", "blocks", row["id"]).lines
    assert (block["number"], block["included"]) == (1, True)

    (block, *_) = library("article", "blocks", row["id"], "--out", "1").lines
    assert block["included"] is False
    (shown,) = library("show", row["id"]).lines
    assert "ferry" not in shown["text"]

    library("undo")
    (shown,) = library("show", row["id"]).lines
    assert "ferry" in shown["text"]
