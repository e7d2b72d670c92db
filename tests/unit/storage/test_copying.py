"""Long statements can be stopped, though SQLite asks nobody on the way."""

import sqlite3
import threading
from contextlib import closing

import pytest

from briefing_app.errors import Cancelled
from briefing_app.storage.copying import interruptible

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


class Progress:
    def __init__(self):
        self.stopped = threading.Event()

    def step(self, done, total, note=""):
        pass

    def check(self):
        if self.stopped.is_set():
            raise Cancelled


def test_a_statement_without_end_is_stopped():
    progress = Progress()
    with closing(sqlite3.connect(":memory:")) as connection:
        threading.Timer(0.1, progress.stopped.set).start()
        with pytest.raises(Cancelled), interruptible(connection, progress):
            connection.execute(ENDLESS).fetchone()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_error_of_the_statement_is_told_as_itself():
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        interruptible(connection, Progress()),
    ):
        connection.execute("SELECT * FROM nowhere")
    assert not any(thread.name == "watch for cancel" for thread in threading.enumerate())
