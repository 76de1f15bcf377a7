"""What the statements look like: a changed one is seen in review. `UPDATE_STATEMENTS=1` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from core.ids import encode
from tests.committed import committed

if TYPE_CHECKING:
    from tests.reading.conftest import Ask

FOLDER = Path(__file__).parent / "statements"
GOOD = encode("good", UUID(int=1))

OPERATIONS: dict[str, tuple[str, dict[str, object]]] = {
    "object": ("query ($id: ID!) { good(id: $id) { id title price { amount } maker { name } } }", {"id": GOOD}),
    "list": ("query ($id: ID!) { good(id: $id) { sales { quantity total { amount currencyCode } } } }", {"id": GOOD}),
    "node": ("query ($id: ID!) { node(id: $id) { id ... on Good { madeAt } } }", {"id": GOOD}),
    "page": (
        (
            "query ($f: GoodFilter)"
            " { goods(filter: $f, orderBy: NEWEST, first: 2) { nodes { title } pageInfo { hasNextPage } } }"
        ),
        {"f": {"state": ["OFFERED"]}},
    ),
    "count": ("{ goods { totalCount } }", {}),
    "long_key": (f"query ($id: ID!) {{ good(id: $id) {{ {'a' * 64}: title }} }}", {"id": GOOD}),
}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_statement(ask: Ask, name: str) -> None:
    text, variables = OPERATIONS[name]
    statement = (await ask(text, **variables)).sql + "\n"
    assert statement == committed(FOLDER / f"{name}.sql", statement)
