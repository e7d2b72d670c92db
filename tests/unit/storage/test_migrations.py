"""A library that grew by migrations and one made from the models are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from briefing_app.errors import StorageFailure
from briefing_app.storage import schema
from briefing_app.storage.connection import writing_engine
from briefing_app.storage.migrate import configuration, upgrade
from briefing_app.storage.opening import create_tables


@pytest.fixture
def connect(tmp_path):
    engines = []

    def connect_to(name):
        engine = writing_engine(tmp_path / name)
        engines.append(engine)
        return engine.connect()

    yield connect_to
    for engine in engines:
        engine.dispose()


def _migrated(connect):
    with connect("migrated") as connection:
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        upgrade(connection, Path("x"))
        connection.commit()
        return _tables(connection)


def _tables(connection):
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row.name: _clauses(row.sql) for row in rows}


def _clauses(sql):
    """Return a table's clauses in an order of their own: constraints are named in any."""
    return sorted(
        re.split(
            ", (?=CONSTRAINT)",
            re.sub(r"\s+", " ", sql).replace("( ", "(").removesuffix(")").strip(),
        )
    )


def test_the_models_and_the_migrations_make_the_same_tables(connect):
    migrated = _migrated(connect)
    with connect("fresh") as connection:
        create_tables(connection)
        assert _tables(connection) == migrated
        connection.commit()


# the test above compares those indexes by their words
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_the_migrations_lack_nothing_that_the_models_have(connect):
    _migrated(connect)
    with connect("migrated") as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, schema.METADATA) == []
        connection.rollback()


def _ours(_object, name, _kind, _reflected, _other):
    return "_fts" not in str(name)


def test_the_newest_migration_is_the_revision_of_the_models(connect):
    with connect("any") as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        assert script.get_current_head() == schema.REVISION
        connection.rollback()


def test_a_file_of_a_newer_version_is_refused(connect):
    with connect("newer") as connection:
        create_tables(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StorageFailure, match="newer version"):
            upgrade(connection, Path("Mine.briefinglib"))
        connection.rollback()
