"""Each test file has a database of its own, migrated, and connects to it as the roles that production has."""

import asyncpg
import pytest

from core.database_roles import unfit_to_serve
from tests.databases import OneDatabase


async def test_the_app_login_may_serve(database: OneDatabase) -> None:
    connection = await asyncpg.connect(database.app_url)
    try:
        assert await unfit_to_serve(connection) is None
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        ("postgres", "is a superuser"),
        ("chapterhouse_owner", "owns the database"),
        ("chapterhouse_api_batch", "is a member of chapterhouse_batch"),
    ],
)
async def test_no_role_that_sees_every_row_may_serve(database: OneDatabase, user: str, reason: str) -> None:
    connection = await asyncpg.connect(database.url(user))
    try:
        refusal = await unfit_to_serve(connection)
        assert refusal is not None
        assert f"connects as {user}, who {reason}" in refusal
    finally:
        await connection.close()


async def test_a_fresh_database_is_nobody_elses(database: OneDatabase, fresh_database: OneDatabase) -> None:
    assert database.name != fresh_database.name
    owner = await asyncpg.connect(fresh_database.owner_url)
    try:
        assert await owner.fetchval("select count(*) from organization") == 0
    finally:
        await owner.close()
