"""What is packed in the database comes back as it was, and a bit that changed is noticed."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from briefing_app.errors import StorageFailure
from briefing_app.storage.packing import PackedBytes, PackedJSON, PackedText

LONG = "Der Hafen öffnet am Dienstag. 港口周二开放。 " * 60
THINGS = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("text", PackedText),
    Column("list", PackedJSON),
    Column("data", PackedBytes),
)


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as bare:
        engine = create_engine("sqlite://", creator=lambda: bare)
        with engine.connect() as connection:
            THINGS.create(connection)
            yield connection


def bare(connection, column):
    return connection.exec_driver_sql(f"SELECT {column} FROM things").scalar_one()


@pytest.mark.parametrize("text", ["", "short", LONG, None])
def test_a_text_comes_back(connection, text):
    connection.execute(insert(THINGS), [{"text": text}])
    assert connection.execute(select(THINGS.c.text)).scalar_one() == text


def test_a_long_text_takes_less_room(connection):
    connection.execute(insert(THINGS), [{"text": LONG, "list": [["paragraph", 0, 7]] * 99}])
    assert len(bare(connection, "text")) < len(LONG.encode()) / 4
    assert len(bare(connection, "list")) < 100


def test_a_list_comes_back(connection):
    blocks = [["heading", 0, 9, {"level": 2}], ["paragraph", 10, 400]] * 30
    connection.execute(insert(THINGS), [{"list": blocks}])
    assert connection.execute(select(THINGS.c.list)).scalar_one() == blocks


@pytest.mark.parametrize(
    "data", [b"", b"<p>" * 999, os.urandom(5000), b"BrfZ" + os.urandom(50), None]
)
def test_bytes_come_back_whatever_they_are(connection, data):
    connection.execute(insert(THINGS), [{"data": data}])
    assert connection.execute(select(THINGS.c.data)).scalar_one() == data


def test_what_does_not_pack_is_kept_as_it_is(connection):
    noise = os.urandom(5000)
    connection.execute(insert(THINGS), [{"data": noise}])
    assert bare(connection, "data") == noise


def test_what_an_older_version_wrote_plain_is_read(connection):
    connection.exec_driver_sql(
        "INSERT INTO things VALUES (1, ?, ?, ?)", (LONG, json.dumps([[1]]), b"<p>" * 9)
    )
    row = connection.execute(select(THINGS)).one()
    assert (row.text, row.list, row.data) == (LONG, [[1]], b"<p>" * 9)


def test_a_damaged_text_does_not_keep_the_library_shut(receive, services, folder, open_again):
    (article,) = receive(("Harbour", LONG))
    services.close()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as file:
        packed = bytearray(file.execute("SELECT text FROM article_body").fetchone()[0])
        packed[len(packed) // 2] ^= 1
        file.execute("UPDATE article_body SET text = ?", (bytes(packed),))
        file.commit()

    again = open_again()
    assert again.articles.article(article).title == "Harbour"
    with pytest.raises(StorageFailure, match="damaged"):
        again.articles.version(article)
