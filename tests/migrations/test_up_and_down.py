"""From an empty database to the newest version, back to nothing, and up again to the very same."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import asyncpg

from cli.migrating import migrate
from tests.databases import OneDatabase, Server

OURS = """
select 'relation ' || relname from pg_class where relnamespace = 'public'::regnamespace
union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
union all select 'type ' || typname from pg_type where typnamespace = 'public'::regnamespace
union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
union all select 'extension ' || extname from pg_extension
order by 1
"""
NOTHING = ["extension plpgsql", "schema public"]
ALEMBICS_OWN = [
    "relation alembic_version",
    "relation alembic_version_pkc",
    "type _alembic_version",
    "type alembic_version",
]


def what_is_there(database: OneDatabase) -> list[str]:
    async def look() -> list[str]:
        connection = await asyncpg.connect(database.superuser_url)
        try:
            return [row[0] for row in await connection.fetch(OURS)]
        finally:
            await connection.close()

    return asyncio.run(look())


def dump(postgres: Server, database: OneDatabase) -> list[str]:
    done = subprocess.run(
        [Path(postgres.programs) / "pg_dump", "--schema-only", database.superuser_url],
        check=True,
        capture_output=True,
        text=True,
    )
    # pg_dump writes a random word into these two lines
    return [line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


def test_up_down_and_up_again(postgres: Server, tmp_path: Path) -> None:
    with postgres.clone("template0") as database:
        settings = database.settings(tmp_path)
        assert what_is_there(database) == NOTHING

        migrate(settings)
        first = dump(postgres, database)
        assert any(line.startswith("CREATE TABLE public.contract ") for line in first)

        migrate(settings, down_to="base")
        assert what_is_there(database) == sorted(NOTHING + ALEMBICS_OWN)

        migrate(settings)
        assert dump(postgres, database) == first
