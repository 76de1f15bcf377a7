"""What the code believes of its tables is what the migrations made: columns, types, what may be null, and the keys."""

from __future__ import annotations

import importlib
import pkgutil

import asyncpg
import pytest
from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

import core
import services
from tests.databases import OneDatabase

FOUND = """
select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
    coalesce(a.attnum = any (key.conkey), false) as in_key
from pg_attribute a
left join pg_constraint key on key.conrelid = a.attrelid and key.contype = 'p'
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
order by a.attname
"""
NULL_WITHIN_A_TRANSACTION = {
    (
        "contract",
        "content_hash",
    ): "a contract is written before its document; a deferred MATCH FULL wants both at commit",
}
SAME_TYPE = {"varchar": "text", "float": "double precision"}
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


def tables() -> dict[str, Table]:
    for package in (core, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".keeper"):
                importlib.import_module(module.name)
    return dict(SQLModel.metadata.tables)


def type_of(column: Column[object]) -> str:
    name = column.type.compile(DIALECT).lower().replace(", ", ",")
    return SAME_TYPE.get(name, name)


TABLES = tables()


@pytest.mark.parametrize("name", sorted(TABLES))
async def test_a_table_is_as_its_class_says(database: OneDatabase, name: str) -> None:
    owner = await asyncpg.connect(database.owner_url)
    try:
        found = await owner.fetch(FOUND, name)
    finally:
        await owner.close()
    declared = [
        (
            column.name,
            type_of(column),
            bool(column.nullable) or (name, column.name) in NULL_WITHIN_A_TRANSACTION,
            column.primary_key,
        )
        for column in TABLES[name].columns
    ]
    assert sorted(declared) == [(row["name"], row["type"], row["nullable"], row["in_key"]) for row in found]
