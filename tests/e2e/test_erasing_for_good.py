"""What a script throws away, brings back and erases; and what a kill in the middle leaves."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time

from tests.unit.services.canary import WORD, files_with

TEXT = f"A title with {WORD}\n\nThe ice closed the route for {WORD} weeks.\n\nAn innocent end."


def bring_in(briefing, name, text):
    path = briefing.home / name
    path.write_text(text, encoding="utf-8")
    uid = briefing.json("import", path).one["article"]
    path.unlink()
    return uid


def test_a_thrown_away_article_is_listed_and_comes_back(briefing):
    uid = bring_in(briefing, "a.txt", TEXT)
    briefing.json("article", "delete", uid)

    row = briefing.json("trash", "list").one
    assert (row["id"], row["kind"], row["days"]) == (uid, "article", 30)
    assert briefing.json("trash", "restore", uid[:8]).one == {"article": uid}
    assert briefing.json("trash", "list").lines == []
    assert WORD in briefing.json("show", uid).out


def test_nothing_is_erased_without_a_yes(briefing):
    uid = bring_in(briefing, "a.txt", TEXT)

    asked = briefing("--library", briefing.library, "erase", "article", uid, code=1)

    assert f"A title with {WORD}" in asked.out
    assert "There is no undo. Say --yes if you mean it." in asked.err
    assert WORD in briefing.json("show", uid).out


def test_an_article_is_erased_to_the_last_byte_also_from_the_trash(briefing):
    first = bring_in(briefing, "a.txt", TEXT)
    second = bring_in(briefing, "b.txt", TEXT.replace("weeks", "months"))
    made = briefing.json("annotate", first, "--quote", "The ice closed", "--as", "key-point").one
    briefing.json("article", "delete", second)

    erased = briefing.json(
        "erase", "article", first, "--why", "licence", "--with-rows", "--yes"
    ).one
    assert erased["tidied"]
    briefing.json("story", "delete", made["story"])
    briefing.json("brief", "delete", made["brief"])
    briefing.json("trash", "empty", "--yes")

    assert files_with(briefing.library) == []
    assert briefing.json("trash", "list").lines == []
    undone = briefing("--library", briefing.library, "undo", "--json", code=1)
    assert "nothing to undo" in undone.err


def test_the_original_alone_can_go(briefing):
    uid = bring_in(briefing, "a.txt", TEXT)
    briefing.json("erase", "original", uid, "--yes")
    assert WORD in briefing.json("show", uid).out


def test_a_kill_in_the_middle_leaves_the_old_state_or_none_and_the_next_run_finishes(briefing):
    """Killed where it matters: as soon as the note of what is to be cleared away is on the disk."""
    large = "\n\n".join([TEXT, *(f"Paragraph {n} of it." for n in range(60_000))])
    uid = bring_in(briefing, "large.txt", large)
    kept = bring_in(briefing, "kept.txt", "Another title\n\n" + "Other words. " * 5000)
    whole = briefing.home / "whole"
    shutil.copytree(briefing.library, whole)
    chance = random.Random(4)
    outcomes = set()
    for attempt in range(5):
        shutil.rmtree(briefing.library)
        shutil.copytree(whole, briefing.library)
        run = subprocess.Popen(
            briefing.argv("--library", briefing.library, "erase", "article", uid, "--yes"),
            cwd=briefing.home,
            env=briefing.environment(),
            stdout=subprocess.DEVNULL,
        )
        marker = briefing.library / "erasing.json"
        while run.poll() is None and not marker.exists():
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.05) if attempt else 0)
        run.kill()
        run.wait()

        there = [json.loads(line)["id"] for line in briefing.json("articles").out.splitlines()]
        outcomes.add(uid in there)
        if uid in there:
            assert WORD in briefing.json("show", uid).out
            briefing.json("erase", "article", uid, "--yes")
        assert kept in [one["id"] for one in briefing.json("articles").lines]
        assert not marker.exists()
        assert files_with(briefing.library) == []
    assert outcomes
