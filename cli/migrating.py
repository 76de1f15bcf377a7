"""Bringing a database to a version, and the logins that use it into being."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

import migrations
from core.connecting import DatabaseUnusableError, connected
from core.database_roles import APP, BATCH, GROUPS, prepare_logins
from core.settings import Settings

BEHIND = "the database is at version {found}, this code needs {wanted}: run `chapterhouse migrate`"

LOCK_NOT_AVAILABLE = "55P03"


def migrate(settings: Settings, *, down_to: str | None = None) -> list[str]:
    """Upgrade the database as its owner and make its missing logins; answers the names of the logins it made.

    `down_to` downgrades to that version instead (`base`: to nothing), and makes no login.
    Refused with DatabaseUnusableError and ConfigurationError, before anything is changed. Not from inside a loop.
    """
    url = settings.owner_url
    asyncio.run(_reachable(url))
    try:
        if down_to is not None:
            command.downgrade(_config(url), down_to)
            return []
        command.upgrade(_config(url), "head")
    except CommandError as error:
        raise DatabaseUnusableError(f"MIGRATION_DATABASE_URL: {error}: run the code that knows this version") from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise DatabaseUnusableError(
            "MIGRATION_DATABASE_URL: running code held a lock for too long, and the version under way was undone: "
            "run it again"
        ) from None
    return asyncio.run(_prepare(settings))


async def behind(url: str, *, variable: str) -> str | None:
    """Say in one line what migrations are missing; None when the database is where this code wants it."""
    async with connected(url, variable=variable) as connection:
        # A role that may not read it has not been put into its group: `migrate` mends that as well.
        exists = await connection.fetchval(
            "select coalesce(has_table_privilege(to_regclass('public.alembic_version'), 'SELECT'), false)"
        )
        found = await connection.fetchval("select version_num from alembic_version") if exists else "nothing"
    wanted = ScriptDirectory.from_config(_config(url)).get_current_head()
    return None if found == wanted else BEHIND.format(found=found, wanted=wanted)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


async def _reachable(url: str) -> None:
    async with connected(url, variable="MIGRATION_DATABASE_URL") as owner:
        may = await owner.fetchrow(
            "select has_database_privilege(current_database(), 'CREATE') as build, "
            "(select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as roles, "
            "current_user as name, "
            "(select string_agg(rolname, ', ' order by rolname) from pg_roles where rolname = any ($1) "
            "and not pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION')) as others",
            GROUPS,
        )
    assert may is not None, "a SELECT without FROM has one row"
    if not may["build"]:
        raise DatabaseUnusableError(
            f"MIGRATION_DATABASE_URL: {may['name']} may not create schemas here: let it own the database"
        )
    if not may["roles"]:
        raise DatabaseUnusableError(
            f"MIGRATION_DATABASE_URL: {may['name']} may not make roles: ALTER ROLE {may['name']} CREATEROLE"
        )
    if may["others"]:
        raise DatabaseUnusableError(
            f"MIGRATION_DATABASE_URL: another owner made {may['others']} on this server: "
            f"GRANT {may['others']} TO {may['name']} WITH ADMIN OPTION"
        )


async def _prepare(settings: Settings) -> list[str]:
    async with connected(settings.owner_url, variable="MIGRATION_DATABASE_URL") as owner:
        # Whoever serves tells from it whether the database is where the code wants it.
        await owner.execute(f"grant select on alembic_version to {APP}, {BATCH}")
        if settings.database_url is None:
            return []
        return await prepare_logins(owner, app_url=settings.app_url, batch_url=settings.batch_url)
