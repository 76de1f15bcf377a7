"""A database that is there and built, with everything that a peer has to know of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.building.actors import actor
from bench.building.build import create, fill, is_built
from bench.building.contracts import LEAD
from bench.peer import BenchDatabase, Reader
from bench.place import APP_LOGIN, OWNER, UNFENCED_LOGIN
from bench.questions import questions
from cli.migrating import behind, migrate
from core.pool import ACTOR_SETTINGS
from demo.seats import token

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.building.size import Size
    from bench.place import Server


def opened(server: Server, size: Size, say: Callable[[str], None], *, anew: bool = False) -> BenchDatabase:
    """Open the database of a size, in today's schema; built if it is not there, migrated if it is."""
    settings = server.settings(size.database)
    if not anew and asyncio.run(is_built(server, size)):
        if asyncio.run(behind(settings.owner_url, variable="MIGRATION_DATABASE_URL")):
            migrate(settings)
            asyncio.run(server.query("vacuum (analyze)", database=size.database))
    else:
        say(f"building {size.database}, once; it stays in .data/bench …")
        asyncio.run(create(server, size))
        migrate(settings)
        asyncio.run(fill(server, size.database, size, say))
    asyncio.run(server.query(f"grant {APP_LOGIN} to {UNFENCED_LOGIN}"))
    return described(server, size.database)


def described(server: Server, database: str) -> BenchDatabase:
    """What there is to know of a database that is built."""
    settings = server.settings(database)
    lead = actor(LEAD)
    (row,) = asyncio.run(server.query(f"select app.granted('{lead.member_id}') as granted", database=database))
    reader = dict(zip(ACTOR_SETTINGS, replace(lead, granted=row["granted"]).remembered_settings, strict=True))
    return BenchDatabase(
        name=database,
        socket_folder=server.host,
        app_user=APP_LOGIN,
        app_url=settings.app_url,
        batch_url=settings.batch_url,
        owner_url=server.url(OWNER, database),
        superuser_url=server.url("postgres", database),
        unfenced_url=server.url(UNFENCED_LOGIN, database),
        reader=Reader(LEAD, reader, token(settings, LEAD)),
        questions=asyncio.run(questions(server, database)),
    )
