"""Tags: how they are kept, compared, added, removed and renamed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.article import tag_key
from briefing_app.domain.tags import LENGTH, renaming, retagged, tag_of


@given(st.text())
def test_any_text_becomes_a_tag_that_stays_as_it_is(typed):
    tag = tag_of(typed)
    assert tag_of(tag) == tag
    assert len(tag) <= LENGTH
    assert tag == tag.strip() == unicodedata.normalize("NFC", tag)
    assert not set(tag) & set(',"\n\t')


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)))
def test_no_two_tags_of_an_article_are_spellings_of_one(tags, add, remove):
    found = retagged(tags, add, remove)
    keys = [tag_key(tag) for tag in found]
    assert len(keys) == len(set(keys))
    assert not {tag_key(tag) for tag in remove if tag not in add} & set(keys) - set(
        map(tag_key, add)
    )


def test_renaming_to_another_case_keeps_the_tag():
    assert renaming("aid", "Aid")(("energy", "aid")) == ("energy", "Aid")
    assert renaming("aid", "Aid")(("energy",)) == ("energy",)
