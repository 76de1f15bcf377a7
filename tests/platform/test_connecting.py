"""A database that cannot be used is told in one line: which URL, what is wrong, what to do."""

import socket
from collections.abc import Iterator
from unittest.mock import patch

import asyncpg
import pytest

from core.connecting import DatabaseUnusableError, check
from core.database_url import with_database, with_user
from tests.databases import OneDatabase, Server


def told(url: str) -> str:
    with pytest.raises(DatabaseUnusableError) as refusal:
        check(url, variable="DATABASE_URL")
    line = str(refusal.value)
    assert "\n" not in line
    return line


@pytest.fixture
def impostor(postgres: Server) -> Iterator[str]:
    """A login that has to show its password."""
    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    postgres.execute("create role impostor login password 'right'")
    rules.write_text(f"local all impostor scram-sha-256\n{before}")
    postgres.execute("select pg_reload_conf()")
    yield "impostor"
    rules.write_text(before)
    postgres.execute("select pg_reload_conf()")
    postgres.execute("drop role impostor")


def test_nothing_listens_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert told(f"postgresql://app:hush@127.0.0.1:{port}/market") == (
        f"DATABASE_URL (app@127.0.0.1:{port}/market): nothing answers there: start PostgreSQL, or correct host and port"
    )


def test_no_such_socket() -> None:
    assert told("postgresql://app@/market?host=/nowhere") == (
        "DATABASE_URL (app@/nowhere/market): nothing answers there: start PostgreSQL, or correct host and port"
    )


def test_a_missing_role(database: OneDatabase) -> None:
    line = told(database.url("nobody_here"))
    assert line.endswith('role "nobody_here" does not exist: make it, for instance with `chapterhouse migrate`')


def test_a_missing_database(database: OneDatabase) -> None:
    line = told(with_database(database.owner_url, "nowhere"))
    assert line.endswith("there is no database nowhere: create it, owned by the role that migrates")


def test_a_wrong_password(database: OneDatabase, impostor: str) -> None:
    place = with_user(database.owner_url, impostor)
    check(place.replace("impostor@", "impostor:right@"), variable="DATABASE_URL")
    line = told(place.replace("impostor@", "impostor:wrong@"))
    assert line.endswith("the password of impostor is wrong: correct it in the URL")
    assert "wrong@" not in line


def test_an_older_postgresql(database: OneDatabase) -> None:
    older = asyncpg.types.ServerVersion(17, 4, 0, "final", 0)
    with patch.object(asyncpg.Connection, "get_server_version", lambda _: older):
        assert told(database.app_url).endswith("this is PostgreSQL 17; Chapterhouse needs 18 or newer")
