"""What foreign keys would have refused: asked once of whole tables, not once for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncpg

FOREIGN_KEYS: Final = """
select con.conname, con.conrelid::regclass::text as referencing, con.confrelid::regclass::text as referenced,
    array_agg(quote_ident(here.attname) order by at) as columns,
    array_agg(quote_ident(there.attname) order by at) as keys
from pg_constraint con
cross join lateral unnest(con.conkey, con.confkey) with ordinality as pair(here_number, there_number, at)
join pg_attribute here on here.attrelid = con.conrelid and here.attnum = pair.here_number
join pg_attribute there on there.attrelid = con.confrelid and there.attnum = pair.there_number
where con.contype = 'f' and con.connamespace = 'public'::regnamespace
group by con.oid, con.conname, con.conrelid, con.confrelid"""


async def orphans(connection: asyncpg.Connection[Any]) -> dict[str, int]:
    """Count, for each foreign key that does not hold, the rows that point at nothing."""
    wrong = {}
    for key in await connection.fetch(FOREIGN_KEYS):
        pairs = list(zip(key["columns"], key["keys"], strict=True))
        given = " and ".join(f"h.{here} is not null" for here, _ in pairs)
        same = " and ".join(f"t.{there} = h.{here}" for here, there in pairs)
        count = await connection.fetchval(
            f"select count(*) from {key['referencing']} h "  # noqa: S608 - names of our own tables
            f"where {given} and not exists (select from {key['referenced']} t where {same})"
        )
        if count:
            wrong[key["conname"]] = count
    return wrong
