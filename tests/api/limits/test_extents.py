from __future__ import annotations

import pytest
from graphql import GraphQLError, validate

from api.limits import Limits, measure
from tests.api.limits.documents import SCHEMA, costs, counting, refusal


def nested(fields: int) -> str:
    """As many fields inside each other."""
    return "{" * fields + "__typename" + "}" * fields if fields == 1 else f"{{viewer{nested(fields - 1)}}}"


def bomb(fragments: int) -> str:
    """Fragments that hold twice what the next one holds."""
    doubled = "".join(
        f"fragment F{at} on Organization {{ a: id b: id ...F{at + 1} ...on Organization {{ ...F{at + 1} }} }}"
        for at in range(fragments)
    )
    return f"{{ viewer {{ organization {{ ...F0 }} }} }} {doubled} fragment F{fragments} on Organization {{ id }}"


def test_depth_counts_fields_inside_fields() -> None:
    assert set(costs(nested(15))) == {""}
    assert refusal(nested(16)) == ("TOO_DEEP", "Fields are nested 16 deep; at most 15 are allowed.")


def test_depth_goes_through_fragments_whether_named_or_not() -> None:
    text = (
        "{ viewer { ...A } } fragment A on Viewer { ... { organization { ...B } } } fragment B on Organization { id }"
    )
    assert costs(text, depth=3)
    assert refusal(text, depth=2) == ("TOO_DEEP", "Fields are nested 3 deep; at most 2 are allowed.")


def test_a_long_chain_of_fragments_is_refused_and_overflows_nothing() -> None:
    chain = "".join(f"fragment F{at} on Query {{ ...F{at + 1} }} " for at in range(500))
    first_last = f"{{ ...F0 }} {chain} fragment F500 on Query {{ __typename }}"
    definitions = [f"fragment F{at} on Query {{ ...F{at + 1} }}" for at in reversed(range(500))]
    last_first = f"fragment F500 on Query {{ __typename }} {' '.join(definitions)} {{ ...F0 }}"
    for text in (first_last, last_first):
        assert refusal(text, fields=200_000) == ("TOO_DEEP", "Fields and fragments are nested more than 100 deep.")


def test_inline_fragments_inside_each_other_are_refused() -> None:
    text = "{" + "... {" * 120 + "__typename" + "}" * 121
    assert refusal(text) == ("TOO_DEEP", "Fields and fragments are nested more than 100 deep.")


def test_aliases_are_counted_wherever_their_fragment_is_spread() -> None:
    text = "{ a: viewer { ...Twice } b: viewer { ...Twice } } fragment Twice on Viewer { c: roles d: roles }"
    assert costs(text, aliases=6)
    assert refusal(text, aliases=5) == ("TOO_MANY_ALIASES", "An operation has 6 aliases; at most 5 are allowed.")


def test_fields_are_counted_wherever_their_fragment_is_spread_and_in_each_definition() -> None:
    text = "query A { ...F } query B { ...F } fragment F on Query { __typename viewer { roles } }"
    # each operation asks for a fragment of three fields, and the fragment is looked at by itself
    assert costs(text, fields=11)
    assert refusal(text, fields=10) == (
        "TOO_MANY_FIELDS",
        "A document asks for at most 10 fields, those of a fragment counted wherever it is spread.",
    )


def test_a_fragment_that_nobody_spreads_counts_too() -> None:
    assert (
        refusal("{ __typename } fragment F on Query { a: __typename b: __typename }", fields=2)[0] == "TOO_MANY_FIELDS"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on Query { ...A }",
        "{ viewer { ...A } } fragment A on Viewer { me: member { ...B } } fragment B on Member { ... { ...A } }",
        "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
    ],
)
def test_a_circle_of_fragments_is_refused_as_validation_would(text: str) -> None:
    code, message = refusal(text)
    assert code == "GRAPHQL_VALIDATION_FAILED"
    assert message in {f"The fragment {name!r} spreads itself, directly or through others." for name in "AB"}


@pytest.mark.parametrize("fragments", [9, 40, 100])
def test_a_bomb_of_fragments_is_refused_after_looking_at_each_selection_once(fragments: int) -> None:
    document, visited = counting(bomb(fragments))
    with pytest.raises(GraphQLError) as refused:
        measure(SCHEMA, document, Limits())
    assert (refused.value.extensions or {})["code"] == ("TOO_MANY_FIELDS" if fragments < 100 else "TOO_DEEP")
    assert visited.selections <= 5 * fragments + 4


def test_what_was_refused_would_have_been_valid() -> None:
    document, _ = counting(bomb(9))
    assert validate(SCHEMA, document) == []


@pytest.mark.parametrize("name", ["depth", "aliases", "root_fields", "edges", "fields", "repeats", "largest_cost"])
def test_a_limit_that_lets_nothing_through_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be at least 1, not 0$"):
        Limits(**{name: 0})


def test_a_budget_that_could_never_pay_for_an_operation_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^capacity must be at least largest_cost, 20000, not 19999: "):
        Limits(capacity=19_999)
