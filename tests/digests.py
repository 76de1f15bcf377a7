"""What is in a database, table by table, as one digest each: for tests that say that nothing was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    import asyncpg

TABLES = """
    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and not n.nspname like 'pg_toast%'
    order by 1"""


async def digests(superuser: asyncpg.Connection[Any]) -> dict[str, str | None]:
    """Digest every row of every table; the connection has to be one that sees them all."""
    tables = [row[0] for row in await superuser.fetch(TABLES)]
    each = [
        f"select '{table}', (select md5(string_agg(t::text, '' order by t::text)) from {table} t)"  # noqa: S608
        for table in tables
    ]
    return {row[0]: row[1] for row in await superuser.fetch(" union all ".join(each))}


async def every_row(superuser: asyncpg.Connection[Any]) -> set[tuple[str, str]]:
    """Return each row of every table, written as text."""
    tables = [row[0] for row in await superuser.fetch(TABLES)]
    each = [f"select '{table}', t::text from {table} t" for table in tables]  # noqa: S608
    return {(row[0], row[1]) for row in await superuser.fetch(" union all ".join(each))}
