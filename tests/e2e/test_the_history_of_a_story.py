"""What a script sees of a history, and how it goes back."""

from __future__ import annotations


def test_a_story_is_taken_back_to_how_it_was(briefing):
    brief = briefing.json("brief", "new", "Morning brief").one["brief"]
    story = briefing.json("story", "add", brief, "--headline", "Ferries stop").one["story"]
    row = briefing.json(
        "statement", "add", story, "--part", "key-points", "--text", "The route is closed."
    ).one["statement"]
    briefing.json("statement", "edit", row, "--text", "The route is open.")

    wrote, added, made = briefing.json("history", "--story", story).lines

    assert [one["action"] for one in (made, added, wrote)] == [
        "add-story",
        "add-statement",
        "edit-statement",
    ]
    shown = briefing(
        "--library", briefing.library, "history", "--story", story, "--show", wrote["moment"][:8]
    )
    assert "~ key points: The route is [-closed-][+open+]." in shown.out
    back = briefing.json("history", "--story", story, "--restore", added["moment"]).one
    assert back == {"story": story, "moment": added["moment"], "missing": 0}
    assert "The route is closed." in briefing.json("brief", "show", brief).out
    undone = briefing.json("undo").one
    assert undone["action"] == "restore-state"
    assert "The route is open." in briefing.json("brief", "show", brief).out


def test_a_moment_that_is_not_there_is_refused(briefing):
    brief = briefing.json("brief", "new", "Morning brief").one["brief"]
    failed = briefing(
        "--library", briefing.library, "history", "--brief", brief, "--show", "ffffffffff", code=1
    )
    assert "There is no moment" in failed.err
