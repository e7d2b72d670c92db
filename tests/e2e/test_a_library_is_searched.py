"""Searching from a script."""

from __future__ import annotations


def _titles(result):
    return [line["title"] for line in result.lines]


def test_a_search_shows_what_was_found_and_where(briefing, tmp_path):
    (tmp_path / "ferry.txt").write_text("Ferries\n\nThe night ferry to Łódź stopped at noon.")
    (tmp_path / "bus.txt").write_text("Buses\n\nNo ferry today.")
    briefing("import", str(tmp_path / "ferry.txt"), str(tmp_path / "bus.txt"))
    found = briefing.json("search", "ferry", "lodz")
    (hit,) = found.lines
    assert briefing.json("search", "ferry", "-harbour", "-lodz", "--best").one["title"] == "Buses"
    marked = [hit["snippet"][start:end] for start, end in hit["marks"]]
    assert (hit["kind"], marked) == ("article", ["ferry", "Łódź"])
    assert sorted(_titles(briefing.json("search", "ferry"))) == ["Buses", "Ferries"]
    assert _titles(briefing.json("search", "--best", "title:ferr*")) == ["Ferries"]
    assert (
        _titles(briefing.json("search", "--limit", "1", "ferry"))
        == _titles(briefing.json("search", "ferry"))[:1]
    )
    assert _titles(briefing.json("search", "ferry", "added:2000")) == []
    assert "The night ferry" in briefing("search", "noon").out


def test_a_wrong_query_is_explained_and_the_rest_is_found(briefing, tmp_path):
    (tmp_path / "bus.txt").write_text("Buses\n\nNo ferry today.")
    briefing("import", str(tmp_path / "bus.txt"))
    wrong = briefing("--json", "search", "ferry", "befor:2026", code=2)
    assert _titles(wrong) == ["Buses"]
    assert "“befor:” is not a field; the fields are title:" in wrong.err
    assert "is not a date" in briefing("search", "after:2026-13-01", code=2).err
    assert "only words to leave out" in briefing("search", "-harbour", code=2).err


def test_searches_are_saved_renamed_and_deleted(briefing):
    made = briefing.json("searches", "save", "Ferries", "title:ferry", "-bus").one
    assert made["query"] == "title:ferry -bus"
    assert briefing.json("searches", "list").lines == [made]
    briefing("searches", "rename", made["id"][:8], "Boats")
    assert briefing.json("searches", "list").one["name"] == "Boats"
    assert "befor:" in briefing("searches", "save", "Wrong", "befor:2026", code=2).err
    briefing("searches", "delete", made["id"][:8])
    assert briefing.json("searches", "list").lines == []
