"""Copies of a text are told from other texts by a few bytes, in any script."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from briefing_app.domain.likeness import ALIKE, DRAWERS, bands, likeness, sketch

WORDS = """ice port ferry closes reopened minister said on the night that all ships and crews would
wait for a pilot near harbour after storm damage repairs took six weeks longer than planned
"""
HAN = "港口因冰封閉輪船等待引水員修理風暴損壞部長昨晚表示計劃六週時間更長渡輪重新開放"


def prose(seed, count=300):
    chance = random.Random(seed)
    words = WORDS.split()
    return " ".join(chance.choice(words) for _ in range(count))


def han(seed, count=300):
    chance = random.Random(seed)
    return "".join(chance.choice(HAN) for _ in range(count))


def alike(one, other):
    return likeness(sketch(one), sketch(other))


@pytest.mark.parametrize("write", [prose, han])
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text[: len(text) * 6 // 10],
        lambda text: "Another headline\nAnd another lead of one line.\n" + text,
        lambda text: text[len(text) // 2 :] + " " + text[: len(text) // 2],
        lambda text: text.replace("storm", "gale").replace("風", "雨"),
        lambda text: text + "\nShare this story with your friends, and support us today.",
    ],
    ids=["cut", "lead", "moved", "words", "template"],
)
def test_an_edited_copy_is_alike_and_is_found_by_a_key(write, edit):
    text, copy = write(1), edit(write(1))
    assert alike(text, copy) >= ALIKE
    assert set(bands(sketch(text))) & set(bands(sketch(copy)))


@pytest.mark.parametrize("write", [prose, han])
def test_the_same_words_in_another_order_are_another_text(write):
    assert alike(write(1), write(2)) < ALIKE


def test_line_ends_make_no_difference():
    text = prose(1)
    assert sketch(text.replace(" ", "\n", 40)) == sketch(text)


def test_a_short_text_tells_nothing_and_is_like_none():
    assert sketch("Too short to tell.") == b""
    assert likeness(b"", b"") == 0
    assert bands(b"") == ()


def test_a_text_of_few_shingles_is_like_itself():
    text = prose(3, 90)
    assert b"\0\0" in sketch(text)  # some drawers stay empty
    assert alike(text, text) == 1
    assert alike(text, prose(4, 90)) < ALIKE


def test_broken_characters_are_no_reason_to_fail():
    assert len(sketch(prose(1) + "\ud800")) == 2 * DRAWERS


def test_what_is_known_is_the_same_in_every_process():
    code = (
        "from briefing_app.domain.likeness import sketch; import sys;"
        "print(sketch(sys.stdin.read()).hex())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=prose(1), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == sketch(prose(1)).hex()
