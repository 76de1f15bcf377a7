"""The quick reader of variables agrees with graphql-core's on every value, and leaves the refusals to it."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse
from graphql.execution.values import get_variable_values
from hypothesis import given, settings
from hypothesis import strategies as st

from api.graphql_schema import schema
from api.reading import BadUserInputError
from api.reading.coercing import Coercion
from api.reading.document import variable_types

CORE = schema._schema  # noqa: SLF001 - Strawberry has no other way to the types
NODE: Any = parse("""
    query ($filter: OfferingFilter, $first: Int! = 7, $order: OfferingOrder = TITLE, $ids: [ID!]!, $include: Boolean,
           $due: Date, $paid: Decimal, $own: OwnOfferingFilter = {status: [DRAFT]}) { __typename }
""").definitions[0]
COERCION = Coercion(CORE, NODE, dict(variable_types(CORE, NODE)))

WORDS = st.sampled_from(
    ["", "x", "12.50", "1e3", "2026-02-28", "2026-02-30", "USD", "US", "en", "NEWEST", "DRAFT", "HOUR", "HOSTING"]
)
LEAVES = st.none() | st.booleans() | st.integers(-(2**31) - 1, 2**31) | st.floats(allow_nan=False) | WORDS
NAMES = st.sampled_from(
    [
        "category",
        "search",
        "priceAtMost",
        "unit",
        "amount",
        "currencyCode",
        "vendorId",
        "status",
        "deliveryCountry",
        "x",
    ]
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=8
)
VARIABLES = st.fixed_dictionaries(
    {"ids": st.lists(WORDS, max_size=3) | VALUES},
    optional={
        name: VALUES | likely
        for name, likely in {
            "filter": st.fixed_dictionaries(
                {}, optional={"search": WORDS, "category": st.lists(st.just("HOSTING")), "language": st.just(["en"])}
            ),
            "first": st.integers(0, 200),
            "order": st.sampled_from(["NEWEST", "TITLE", "RELEVANCE"]),
            "include": st.booleans(),
            "due": st.dates().map(str),
            "paid": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
            "own": st.fixed_dictionaries({}, optional={"status": st.just(["DRAFT"])}),
        }.items()
    },
)


@settings(max_examples=500)
@given(VARIABLES)
def test_both_readers_read_the_same_or_refuse_the_same(variables: dict[str, Any]) -> None:
    told = get_variable_values(CORE, NODE.variable_definitions, variables, max_errors=10)
    if isinstance(told, list):
        with pytest.raises(BadUserInputError) as refused:
            COERCION.values(variables)
        assert refused.value.message == " ".join(error.message for error in told)
    else:
        read = COERCION.values(variables)
        assert read == told.coerced
        assert repr(read) == repr(told.coerced)


def test_what_fits_is_read_without_graphql_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.reading.coercing.get_variable_values", None)
    given_values = {"ids": ["a"], "filter": {"category": ["HOSTING"], "search": "x"}, "order": None}
    assert set(COERCION.values(given_values)) == {"ids", "filter", "order", "first", "own"}
