"""Adding the samples: one step of undo, tied to words that are really there."""

import tomllib

import pytest

from briefing_app.assets import resource, seed
from briefing_app.domain.annotation import occurrences
from briefing_app.domain.moment import parse_iso
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Options
from briefing_app.services.sampling import read_sample

FILES = [resource("samples", f"abu-dhabi-talks.{kind}") for kind in ("md", "toml")]


@pytest.fixture
def add(services):
    """Return a function that adds the samples, and returns what it made."""

    def add():
        sample = read_sample(next(seed().glob("*.txt")), *FILES)
        sampled = services.sampling.add(sample, "Sample brief", NoProgress())
        services.history.refresh()
        return sampled

    return add


def story_of(services, sampled):
    (story,) = services.desk.brief(sampled.brief).stories
    return services.desk.story(story)


def test_every_source_that_the_file_names_becomes_a_passage(services, add):
    sampled = add()
    text = services.articles.version(sampled.article).body.text
    story = story_of(services, sampled)
    links = [link for each in story.statements for link in each.evidence]
    rows = tomllib.loads(FILES[1].read_text(encoding="utf-8"))["source"]
    assert len(links) == len(rows)
    for row in rows:
        assert len(occurrences(text, row["quote"])) == 1
    quotes = {services.reading.annotation(link.annotation).target.exact for link in links}
    assert quotes == {row["quote"] for row in rows}


def test_the_sample_brief_is_printed_as_the_seed_byte_for_byte(services, add, seed_bytes):
    sampled = add()
    content = services.exporting.content(sampled.brief, parse_iso("2026-01-25"))
    made = services.exporting.render(content, ".txt", Options(), NoProgress())
    assert made.data == seed_bytes


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(services, add):
    sampled = add()
    story = story_of(services, sampled)
    services.history.undo()
    services.history.flush()
    assert services.history.next_undo is None
    assert services.articles.counts().all == 0
    assert services.desk.briefs() == ()
    services.history.redo()
    assert story_of(services, sampled) == story
    assert len(services.reading.annotations(sampled.article)) == 16


def test_a_second_sample_brief_rests_on_the_same_article_and_passages(services, add):
    first, second = add(), add()
    assert (second.article, second.brief != first.brief) == (first.article, True)
    assert len(services.reading.annotations(first.article)) == 16
    mine, other = story_of(services, first), story_of(services, second)
    assert [s.evidence for s in mine.statements] == [s.evidence for s in other.statements]


def test_after_undo_the_samples_can_be_added_again(services, add):
    first = add()
    services.history.undo()
    again = add()
    assert again.article != first.article
    assert all(services.reading.passages(story_of(services, again)).values())
