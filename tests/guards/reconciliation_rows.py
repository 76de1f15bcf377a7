"""The operator's books: a month that was closed in spite of an exception, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

PERIOD = """insert into accounting_period (id, starts_on, ends_on, status, {people}, override_requested_at,
    override_reason, reopened_at, reopen_reason)
select uuidv7(), $1::date, ($1::date + interval '1 month')::date - 1, 'OPEN', {values}, now(), 'Bank is slow', now(),
    'A bill came late'"""
ACTS = ("closed_by", "override_requested_by", "reopened_by")


async def add_books(_: World, batch: asyncpg.Connection[Any]) -> None:
    """Two persons close a month and open it again."""
    from tests.guards.world import LAST_YEAR  # noqa: PLC0415  (the world imports what is added to it)

    person = {"member_id": "uuidv7()", "name": "'Jo'", "email": "'jo@chapterhouse.example'", "organization_name": "'-'"}
    people = ", ".join(f"{act}_{part}" for act in ACTS for part in person)
    values = ", ".join(value for _ in ACTS for value in person.values())
    await batch.execute(f"{PERIOD.format(people=people, values=values)}".replace("$1", f"'{LAST_YEAR - 3}-01-01'"))
