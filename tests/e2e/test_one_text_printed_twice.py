"""What a script sees of articles that say nearly the same."""

from __future__ import annotations

LINES = [
    f"On day {n} the port of {name} stayed closed, and {n + 3} ships waited for a pilot near {name}."
    for n, name in enumerate(("Odesa", "Izmail", "Reni", "Varna", "Galati", "Burgas", "Mykolaiv"))
]


def bring_in(briefing, name, *lines):
    path = briefing.home / name
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return briefing.json("import", path).one["article"]


def test_the_copies_of_a_wire_story_are_listed(briefing):
    wire = bring_in(briefing, "a.txt", "Ports closed by ice", *LINES)
    copy = bring_in(briefing, "b.txt", "Ships wait", "Nobody knows for how long.", *LINES[1:])
    other = bring_in(
        briefing, "c.txt", "Rail", *(f"{n} trains ran late, again." for n in range(40))
    )

    one = briefing.json("article", "alike", wire).one
    assert (one["article"], one["title"], one["published"]) == (copy, "Ships wait", None)
    assert 0.4 <= one["likeness"] < 1
    assert briefing.json("article", "alike", copy).one["article"] == wire
    assert briefing.json("article", "alike", other).lines == []
    briefing.json("article", "delete", copy)
    assert briefing.json("article", "alike", wire).lines == []
