"""Every object type, every kind of actor, every path: each sees what is theirs, and nothing else."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from graphql import GraphQLObjectType, get_named_type, is_non_null_type

from api.graphql_schema import schema
from api.reading.declare import NODES, declaration_of
from core.connecting import connected
from core.ids import encode
from demo.organizations import organization_id
from demo.seats import GUILD, LAKESIDE
from tests.databases import OneDatabase
from tests.guards.conftest import Proved
from tests.guards.paths import Path, paths, text_of
from tests.guards.rules import READS_COST, RULES
from tests.guards.world import LAST_YEAR, World
from tests.worlds import marketplace

GRAPHQL = schema._schema  # noqa: SLF001 - the guard walks the schema itself
COST_FIELDS = {"unitCost", "standardCost", "cost", "grossMargin", "markupPercent", "vendorMargin", "platformFee"}


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with marketplace(database, tmp_path_factory.mktemp("world")) as world:
        yield world


async def rows_by_type(superuser_url: str) -> dict[str, dict[str, Any]]:
    """Every row that there is, by type and public id, read beside every policy."""
    async with connected(superuser_url, variable="the superuser") as connection:
        return await _rows_by_type(connection)


async def _rows_by_type(connection: "asyncpg.Connection[Any]") -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    contracts = [dict(row) for row in await connection.fetch("select * from contract")]
    for prefix, cls in NODES.items():
        declared = declaration_of(cls)
        if declared is None or declared.name not in GRAPHQL.type_map:
            continue
        relation: Any = declared.relation
        table = TABLES.get(declared.name) or relation.__tablename__
        rows = [dict(row) for row in await connection.fetch(f"select * from {table}")]  # noqa: S608 - our own names
        for row in rows:
            row["contracts"] = [it for it in contracts if it["association_id"] == row.get("id")]
        found[declared.name] = {encode(prefix, *(row[part] for part in declared.key)): row for row in rows}
    return found


TABLES = {"Offering": "offering", "OfferingVersion": "offering_version"}


def ids_in(value: object) -> Iterator[str]:
    """The ids at the end of a path's answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "id":
                yield inner
            else:
                yield from ids_in(inner)
    elif isinstance(value, list):
        for item in value:
            yield from ids_in(item)


def arguments(world: World) -> dict[str, str]:
    """What to give to a path's arguments other than `id`."""
    period = f'{{startsOn: "{LAST_YEAR}-01-01", endsOn: "{LAST_YEAR}-12-31"}}'
    return {
        "contractId": f'"{world.names["contract"]}"',
        "vendorId": f'"{encode("org", organization_id(LAKESIDE))}"',
        "siteId": f'"{world.names["site"]}"',
        "memberNumber": '"104233"',
        "period": period,
        "startsAt": f'"{LAST_YEAR}-01-01T00:00:00Z"',
        "endsAt": f'"{LAST_YEAR}-12-31T00:00:00Z"',
        "courseKeys": '["ethics"]',
        "platformFeePreview.month": f'"{LAST_YEAR + 1}-12-01"',
        "platformFeePreview.currencyCode": '"USD"',
        "asOf": f'"{LAST_YEAR + 1}-12-31"',
        "organizationId": f'"{encode("org", organization_id(GUILD))}"',
        "enrolledFrom": f'"{LAST_YEAR}-01-01"',
        "enrolledUntil": f'"{LAST_YEAR}-12-31"',
        "statements.period": f'{{startsOn: "{LAST_YEAR}-01-01", endsOn: "{LAST_YEAR + 2}-12-31"}}',
    }


def variables(rows: dict[str, dict[str, Any]], path: Path) -> list[dict[str, str]]:
    """What to begin a path with: for `contract(id:)` and its like, every id that there is of the type it answers."""
    root = path[0]
    if "id" not in root.field.args:
        return [{}]
    target = get_named_type(root.field.type)
    return [{"id": public_id} for public_id in rows.get(target.name, {})]


async def test_every_path_shows_to_each_only_what_is_theirs(
    world: World, database: OneDatabase, proved: Proved
) -> None:
    rows = await rows_by_type(database.superuser_url)
    missing = {name for name in rows if name not in RULES}
    assert not missing, f"the guard has no rule for {sorted(missing)}"
    without_rows = {name for name, of_type in rows.items() if not of_type}
    assert not without_rows, f"the guard's world has no row of {sorted(without_rows)}"

    proven: Counter[str] = Counter()
    unseen: dict[str, str] = {}
    for path in paths(GRAPHQL):
        target = path[-1].target
        is_node = target.name in rows
        text = " ".join(step.name for step in path)
        query = text_of(path, "id" if is_node else "__typename", arguments(world))
        seen_by_any = False
        for onlooker in world.onlookers.values():
            for given in variables(rows, path):
                answer = await world.ask(onlooker.name, query, given)
                assert "errors" not in answer, (text, onlooker.name, answer)
                if not is_node:
                    seen_by_any |= target.name in str(answer["data"])
                    continue
                for public_id in ids_in(answer["data"]):
                    seen_by_any = True
                    row = rows[target.name].get(public_id)
                    assert row is not None, (text, onlooker.name, public_id)
                    assert RULES[target.name](onlooker, row), f"{onlooker.name} sees {target.name} by {text}"
            proven[target.name] += 1
        if not seen_by_any:
            unseen[text] = target.name
    reached = set(proven)
    objects = {
        name
        for name, type_ in GRAPHQL.type_map.items()
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
    }
    payloads = {name for name in objects if name.endswith("Payload")}
    assert objects - payloads - reached - {"Query", "Mutation", "Subscription", "UserError"} == set()
    assert unseen == {}, "paths that show nothing to anybody prove nothing"
    paths_proven = sum(proven.values())
    proved(f"{len(reached)} types x {len(world.onlookers)} actors, on every path: {paths_proven} proven")


async def test_every_row_is_looked_up_by_its_id_by_those_alone_who_may(
    world: World, database: OneDatabase, proved: Proved
) -> None:
    rows = await rows_by_type(database.superuser_url)
    looked_up = 0
    for type_name, of_type in rows.items():
        promised = _never_null(type_name)
        query = f"query($id: ID!) {{ node(id: $id) {{ id ... on {type_name} {{ {' '.join(promised)} __typename }} }} }}"
        for public_id, row in of_type.items():
            for onlooker in world.onlookers.values():
                answer = await world.ask(onlooker.name, query, {"id": public_id})
                if not RULES[type_name](onlooker, row):
                    assert answer == {"data": {"node": None}}, (type_name, onlooker.name)
                else:
                    node = answer["data"]["node"]
                    assert node["id"] == public_id, (type_name, onlooker.name)
                    hidden = [name for name, value in node.items() if value is None]
                    assert hidden == [], "what may not be null is null because a row is hidden"
                looked_up += 1
    proved(f"{looked_up} look-ups by id proven")


def _never_null(type_name: str) -> list[str]:
    """The edges that a type promises, as selections."""
    type_ = GRAPHQL.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    return [
        f"{name} {{ __typename }}"
        for name, field in type_.fields.items()
        if is_non_null_type(field.type) and isinstance(get_named_type(field.type), GraphQLObjectType)
    ]


async def test_every_subscription_tells_each_only_what_is_theirs(
    world: World, database: OneDatabase, proved: Proved
) -> None:
    rows = await rows_by_type(database.superuser_url)
    root = GRAPHQL.subscription_type
    assert root is not None
    told = 0
    for name, field in root.fields.items():
        type_name = get_named_type(field.type).name
        query = f"subscription($id: ID!) {{ {name}(id: $id) {{ id }} }}"
        for public_id, row in rows[type_name].items():
            for onlooker in world.onlookers.values():
                theirs = RULES[type_name](onlooker, row)
                expected = {"data": {name: {"id": public_id} if theirs else None}}
                assert await world.first(onlooker.name, query, {"id": public_id}) == expected, (name, onlooker.name)
                told += 1
    proved(f"{told} subscriptions begun")


async def test_cost_is_read_by_the_roles_that_read_cost(world: World, database: OneDatabase, proved: Proved) -> None:
    rows = await rows_by_type(database.superuser_url)
    shown: dict[str, set[str]] = defaultdict(set)
    asked = 0
    for path in paths(GRAPHQL):
        names = COST_FIELDS & set(path[-1].target.fields)
        if not names or path[0].name in {"node", "invoicePreview"}:
            continue
        leaves = " ".join(f"{name} {{ amount }}" if _is_object(path, name) else name for name in sorted(names))
        query = text_of(path, leaves, arguments(world))
        given = {"id": _begun_with(path, world, rows)} if "id" in path[0].field.args else {}
        for onlooker in world.onlookers.values():
            answer = await world.ask(onlooker.name, query, given)
            assert "errors" not in answer, (onlooker.name, answer)
            asked += 1
            if any(_values(answer["data"], names)):
                shown[path[-1].target.name].add(onlooker.name)
    vendors_own = {"vendor.owner", "vendor.catalog", "vendor.finance"}
    assert shown.pop("RateCardEntry") <= vendors_own
    for type_name, names in shown.items():
        assert names <= READS_COST, type_name
    assert shown["OpenBook"] == READS_COST
    proved(f"{asked} questions for a cost answered as role and tier say")


def _is_object(path: Path, name: str) -> bool:
    return isinstance(get_named_type(path[-1].target.fields[name].type), GraphQLObjectType)


def _begun_with(path: Path, world: World, rows: dict[str, dict[str, Any]]) -> str:
    """What the journey left, of the types that it is about; of others any row."""
    named = {"Contract": "contract", "Invoice": "invoice", "Offering": "offering", "WorkRecord": "admin"}
    target = path[0].target.name
    return world.names[named[target]] if target in named else next(iter(rows[target]))


def _values(value: object, names: set[str]) -> Iterator[object]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and inner is not None:
                yield inner
            else:
                yield from _values(inner, names)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, names)
