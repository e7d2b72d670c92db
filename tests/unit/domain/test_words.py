"""A selection that ends inside a word takes the whole of it."""

import pytest

from briefing_app.domain.words import whole_words


@pytest.mark.parametrize(
    ("text", "drawn", "taken"),
    [
        ("Three transformers burned out.", "ree transf", "Three transformers"),
        ("Three transformers burned out.", "transformers burned", "transformers burned"),
        ("Three transformers burned out.", " transformers ", " transformers "),
        ("Three transformers burned out.", "burned ou", "burned out"),
        ("It isn’t so.", "isn", "isn’t"),
        ("It cost 1,250.50 dollars.", "cost 1", "cost 1,250.50"),
        ("So he left. Then", "lef", "left"),
        ("a well-known man", "know", "known"),
        ("Наступ триває досі", "туп трив", "Наступ триває"),
        ("cafe\u0301s close", "caf", "cafe\u0301s"),
        ("停电影响了一百万人", "影响", "影响"),
        ("ไฟฟ้าดับทั่วประเทศ", "ดับ", "ดับ"),
        ("NATO説明会", "NAT", "NATO"),
    ],
)
def test_a_cut_word_is_taken_whole(text, drawn, taken):
    start = text.index(drawn)
    first, last = whole_words(text, start, start + len(drawn))
    assert text[first:last] == taken


def test_the_ends_of_a_text_are_ends_of_words():
    assert whole_words("word", 0, 4) == (0, 4)
    assert whole_words("word", 1, 3) == (0, 4)
    assert whole_words("", 0, 0) == (0, 0)
