from __future__ import annotations

from typing import Any

import pytest
from graphql import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from api.limits import Cost, Limits, charge, measure
from api.limits.errors import CostTooLargeError
from tests.api.limits.documents import SCHEMA, cost, costs, counting, refusal
from tests.api.limits.shop import SCHEMA as SHOP
from tests.api.limits.shop import documents, slow_cost

HUGE = Limits(
    **dict.fromkeys(("depth", "aliases", "root_fields", "edges", "fields", "repeats"), 10**6),
    largest_cost=10**15,
    capacity=10**15,
)
sizes = st.none() | st.integers(-5, 150)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nothing comes back, and yet it is a request
        ("{ __typename }", 1),
        # an object, and what is read from the same row is free
        ('{ node(id: "x") { id } }', 1),
        ('{ contract(id: "x") { totalValue { amount currencyCode } marginBand { floorPercent } } }', 1),
        # an object of its own row inside
        ('{ contract(id: "x") { vendor { name } } }', 2),
        # a list without pages is taken to have ten
        ('{ contract(id: "x") { lines { key unitPrice { amount } } } }', 11),
        # a connection, and as many objects as its page has; what says where it lies is free
        ("{ offerings { nodes { id } } }", 21),
        ("{ offerings(first: 7) { edges { cursor node { id vendor { id } } } pageInfo { endCursor } } }", 15),
        ("{ offerings(last: 7) { nodes { id } } }", 8),
        ("{ offerings { edges { cursor } nodes { id } } }", 41),
        ("{ offerings { pageInfo { endCursor } } }", 1),
        # counting rows: once for the total, once for each of eight facets
        ("{ offerings { totalCount } }", 51),
        ("{ offerings { facets { field values { value count } } } }", 1 + 8 * 50),
        # pages in pages
        ("{ contracts(first: 10) { nodes { workRecords(first: 5) { nodes { evidence { id } } totalCount } } } }", 1071),
        # as many objects as ids
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        # what is asked of several types is counted for each
        ('{ node(id: "x") { ... on Contract { lines { key } } ... on Invoice { lines { quantity } } } }', 21),
        # the same asked for twice comes back once
        ("{ viewer { ...A } viewer { ...A organization { name } } } fragment A on Viewer { organization { id } }", 2),
        # what is skipped counts
        ("{ viewer { organization @skip(if: true) { id } } }", 2),
        # a write, and what is read after it
        ("mutation { publishOffering(input: {}) { offering { id vendor { id } } userErrors { code } } }", 13),
        ("mutation { recordWork(input: {}) { workRecords { id } } }", 21),
    ],
)  # fmt: skip
def test_what_operations_cost(text: str, expected: int) -> None:
    assert cost(text) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"first": 3}, 1 + 3 * (1 + 1 + 20)),
        ({"first": None}, 1 + 20 * 22),
        ({}, 1 + 20 * 22),
        ({"first": 3, "last": 5}, 1 + 3 * (1 + 1 + 5)),
        # what is refused when it is bound costs as the nearest that is not
        ({"first": -1}, 1 + 1 * 22),
        ({"first": 10**9}, 1 + 100 * 22),
        ({"first": "many"}, 1 + 100 * 22),
    ],
)
def test_sizes_that_are_variables(variables: dict[str, Any], expected: int) -> None:
    text = """query ($first: Int, $last: Int) {
        contracts(first: $first) { nodes { workRecords(last: $last, first: null) { nodes { id } } } }
    }"""
    assert cost(text, **variables) == expected


@pytest.mark.parametrize(("given_ids", "expected"), [(["a"] * 4, 4), (["a"] * 500, 100), ([], 1), ("a", 1), (None, 1)])
def test_ids_that_are_a_variable(given_ids: object, expected: int) -> None:
    assert cost("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=given_ids) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [("0", 2), ("-3", 2), ("101", 101), ("9" * 5000, 101), ('"x"', 101), ("1.5", 101), ("[1]", 101), ("null", 21)],
)
def test_sizes_that_are_literals(size: str, expected: int) -> None:
    assert cost(f"{{ offerings(first: {size}) {{ nodes {{ id }} }} }}") == expected


def test_every_operation_of_a_document_has_its_cost() -> None:
    found = costs("query A { ...F } query B { ...F viewer { roles } } fragment F on Query { contracts { totalCount } }")
    assert {name: one.of({}) for name, one in found.items()} == {"A": 51, "B": 52}


@settings(max_examples=60)
@given(documents(), sizes, sizes, st.integers(0, 99))
def test_a_cost_is_what_a_walk_that_opens_everything_finds(
    text: str, first: int | None, last: int | None, more: int
) -> None:
    document = parse(text)
    (found,) = measure(SHOP, document, HUGE).values()
    shorter, longer = ({"first": (first or 20) + by, "last": (last or 20) + by} for by in (0, more))
    for variables in ({"first": first, "last": last}, shorter, longer):
        assert found.of(variables) == slow_cost(document, variables)
    assert found.least <= found.of(shorter) <= found.of(longer)


def test_what_is_too_large_whatever_its_variables_are_is_refused_at_once() -> None:
    text = "{ contracts(first: 100) { nodes { workRecords(first: 100) { nodes { evidence { id } } } } } }"
    message = (
        "The operation may answer with 110201 objects; at most 20000 are allowed. "
        "Ask for shorter pages, or for fewer lists inside each other."
    )
    assert refusal(text) == ("COST_TOO_LARGE", message)


def test_what_is_too_large_by_its_variables_is_refused_by_the_request() -> None:
    (one,) = costs(
        "query ($n: Int) { contracts(first: $n) { nodes { workRecords(first: $n) { nodes { id } } } } }"
    ).values()
    assert charge(one, {"n": 99}, Limits(largest_cost=10_000)) == 1 + 99 * (1 + 1 + 99)
    with pytest.raises(CostTooLargeError, match=r"^The operation may answer with 10201 objects; "):
        charge(one, {"n": 100}, Limits(largest_cost=10_000))


def test_a_cost_has_an_end() -> None:
    cost = Cost(10**30)
    assert (cost.of({}), cost.least) == (1_000_000_000, 1_000_000_000)


def test_root_fields_are_counted_by_their_keys() -> None:
    text = "{ viewer { roles } viewer { roles } ...F a: __typename } fragment F on Query { contracts { totalCount } }"
    assert costs(text, root_fields=3)
    assert refusal(text, root_fields=2) == (
        "TOO_MANY_ROOT_FIELDS",
        "An operation asks for 3 fields of Query; at most 2 are allowed.",
    )


def test_edges_are_counted_wherever_they_are_reached() -> None:
    text = (
        "{ contracts { totalCount nodes { ...F } edges { node { ...F } } } } fragment F on Contract { vendor { name } }"
    )
    # contracts, their count, and the vendor twice
    assert costs(text, edges=4)
    assert refusal(text, edges=3) == (
        "TOO_MANY_EDGES",
        "An operation asks for at most 3 fields that are read from rows of their own.",
    )


def test_an_operation_is_walked_over_a_few_times() -> None:
    edges = " ".join(f"e{at}: vendor {{ id name }}" for at in range(50))
    document, visited = counting(f"{{ ...A }} fragment A on Query {{ contracts {{ nodes {{ {edges} }} }} }}")
    measure(SCHEMA, document, Limits())
    # once for its extent; for its repeats once from the fragment, once from the operation; once for its cost
    assert visited.selections <= 4 * (1 + 1 + 1 + 50 * 3)


@pytest.mark.parametrize(
    "text",
    [
        "{ nothing { of { the } kind } }",
        "{ viewer { ...Nowhere } }",
        "{ viewer { roles { id } } }",
        "{ viewer }",
        "{ viewer { } }",
        "{ offerings(first: $undeclared) { nodes(ids: 3) { id } } }",
        "{ nodes(ids: null) { id } }",
        "{ nodes { id } }",
        "{ viewer { ... on Nothing { id } ... on String { id } ... on OfferingFilter { id } ... on Contract { id } } }",
        "{ ...A } fragment A on Nothing { id } fragment A on Viewer { id } fragment B on String { ...A }",
        "query A { __typename } query A { __typename } { __typename }",
        "subscription { anything }",
        "mutation { nothing { id } }",
        "type T { id: ID } scalar S",
        "{ viewer @include(if: 3) @skip { roles } }",
        "{ a: viewer { roles } a: contracts { nodes { id } } }",
        "{ __schema { nothing { name } } __type { nothing } }",
    ],
)
def test_what_validation_will_refuse_is_left_to_it(text: str) -> None:
    assert all(one.of({}) >= 1 for one in costs(text).values())
