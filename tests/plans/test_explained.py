"""How PostgreSQL goes about each planned query on many rows, whatever the values: committed, and seen in review.

UPDATE_STATEMENTS=1 writes the shapes anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.actor import Actor
from core.db import Database
from tests.committed import committed
from tests.databases import OneDatabase, Server
from tests.plans.large import SMALL, make_large
from tests.plans.lists import KINDS, listings
from tests.plans.operations import FOLDER, OPERATIONS, Operation
from tests.plans.shapes import Plan, nodes, plan_of, shape

COUNTED_WHOLE = {
    "invoices": {"invoice"},
    "billingRuns": {"billing_run"},
    "billingRunPreview": {"contract"},
    "trialBalance": {"posting", "journal_entry"},
}
"""The operator counts all invoices there are, and adds up the whole journal."""
SHORT = {
    "accountingPeriods.LATEST": "a year has twelve",
    "accountingPeriods.EARLIEST": "a year has twelve",
    "contract.grants.NEWEST": "a contract has few",
    "contract.grants.ENDS_FIRST": "a contract has few",
    "contract.marginAlerts.NEWEST": "a contract has few",
    "contract.gainshareAgreements.NEWEST": "a contract has few",
    "contract.gainshares.NEWEST": "a contract has few",
    "contract.lmsSites.NAME": "a contract has few",
    "contract.lmsSites.NEWEST": "a contract has few",
    "ownOfferings.TITLE": "a vendor has few, and titles are those of their versions",
}
"""Lists that are sorted when they are read, and why they may."""


@pytest.fixture(scope="module")
def large(postgres: Server, database: OneDatabase) -> OneDatabase:
    asyncio.run(make_large(postgres, database))
    return database


@pytest.fixture
async def app(large: OneDatabase) -> AsyncIterator[Database]:
    app = Database(large.app_url)
    await app.open()
    yield app
    await app.close()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_the_plan_is_as_committed(app: Database, operation: Operation) -> None:
    async with app.reading(operation.actor) as connection:
        plan = await plan_of(connection, operation.reading.sql, len(operation.reading.values))
    assert shape(plan) == committed(FOLDER / f"{operation.name}.explain", shape(plan))
    assert tables_scanned(plan) <= SMALL | COUNTED_WHOLE.get(operation.name, set())


@pytest.mark.parametrize("kind", KINDS)
async def test_every_order_of_every_list_is_that_of_an_index(app: Database, kind: str) -> None:
    sorts = set()
    async with app.reading(Actor(kind=kind)) as connection:
        for listing in listings(kind):
            plan = await plan_of(connection, listing.reading.sql, len(listing.reading.values))
            assert tables_scanned(plan) <= SMALL
            # what is known to be empty is read from no table
            if any(
                node["Node Type"] == "Sort" and any("Relation Name" in below for below in nodes(node))
                for node in nodes(plan)
            ):
                sorts.add(str(listing))
    assert sorts == set(SHORT)


def tables_scanned(plan: Plan) -> set[str]:
    return {node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"}
