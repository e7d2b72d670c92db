"""Documents are read ahead, and given back in order."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.services.ahead import failed, in_order, known, result_of


class Source:
    """Documents that count how many of them were asked for."""

    def __init__(self, count, size=1):
        self.taken = 0
        self._documents = [Document(str(number), b"x" * size) for number in range(count)]

    def __iter__(self):
        for document in self._documents:
            self.taken += 1
            yield document


def at_once(some):
    return [known(one.name) for one in some]


def test_all_come_back_in_order():
    found = [(one.name, result_of(reading)) for one, reading in in_order(Source(500), at_once)]
    assert found == [(str(number), str(number)) for number in range(500)]


def test_more_and_more_are_begun_together_while_none_has_to_be_waited_for():
    runs = []

    def begin(some):
        runs.append(len(some))
        return at_once(some)

    assert len(list(in_order(Source(500), begin))) == 500
    assert runs[0] == 4
    assert max(runs) > 60


def test_what_is_read_slowly_is_not_taken_far_ahead():
    source, waited, at_work = Source(50), [], []

    def begin(some):
        at_work.extend(Future() for _ in some)
        return at_work[-len(some) :]

    results = in_order(source, begin, lambda: waited.append(True))
    for number in range(20):
        _, reading = next(results)
        assert source.taken <= number + 5
        reading.set_result(None)
    assert len(waited) == 20


def test_large_documents_are_not_taken_far_ahead():
    source = Source(40, size=1_000_000)
    for number, _ in enumerate(in_order(source, at_once), 1):
        assert source.taken - number <= 9


def test_those_that_were_begun_are_called_off_at_the_end():
    begun = []

    def begin(some):
        begun.extend(Future() for _ in some)
        return begun[-len(some) :]

    results = in_order(Source(9), begin)
    next(results)
    results.close()
    assert [reading.cancelled() for reading in begun] == [False, True, True, True]


def test_one_that_cannot_be_read_says_why():
    error = UnreadableSource("It is gone.")
    assert result_of(failed(error)) is error
    with pytest.raises(ZeroDivisionError):
        result_of(failed(ZeroDivisionError()))
