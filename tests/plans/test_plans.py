"""Each read has its SQL committed beside it: a changed plan is seen in review. UPDATE_STATEMENTS=1 writes them anew."""

from __future__ import annotations

import pytest

from api.graphql_schema import schema
from tests.committed import committed
from tests.plans.layout import laid_out
from tests.plans.operations import FOLDER, OF_EACH_ROOT, OPERATIONS, Operation

GRAPHQL = schema._schema  # noqa: SLF001 - Strawberry has no other way to the types


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_statement_is_as_committed(operation: Operation) -> None:
    sql = operation.reading.sql
    statement = laid_out(sql)
    assert "".join(statement.split()) == "".join(sql.split())
    assert statement == committed(FOLDER / f"{operation.name}.sql", statement)


def test_every_field_of_query_has_its_statement() -> None:
    assert GRAPHQL.query_type is not None
    assert {operation.name for operation in OF_EACH_ROOT} == set(GRAPHQL.query_type.fields)


@pytest.mark.parametrize("kind", ["sql", "explain"])
def test_nothing_is_left_of_an_operation_that_is_gone(kind: str) -> None:
    assert {file.stem for file in FOLDER.glob(f"*.{kind}")} == {operation.name for operation in OPERATIONS}
