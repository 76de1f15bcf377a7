from __future__ import annotations

import pytest
from graphql import GraphQLError, parse, validate
from graphql.validation import OverlappingFieldsCanBeMergedRule

from api.limits import Limits, measure
from tests.api.limits.documents import SCHEMA, costs, counting, refusal

MESSAGE = (
    "The document asks for the same fields, or spreads fragments, in the same place too often: "
    "there are more than 5000 pairs to compare. Ask for each once."
)


def tree(levels: int, width: int) -> str:
    """The same object as often as `width`, in each of as many levels."""
    inner = tree(levels - 1, width) if levels > 1 else "{ roles }"
    return "{" + f"viewer {inner}" * width + "}"


SPREADS = " ".join(f"...F{at}" for at in range(101))
ATTACKS = {
    "one object": "{" + "viewer { roles }" * 600 + "}",
    "with arguments": "{" + 'node(id: "x") { id }' * 500 + "}",
    "objects in objects": tree(2, 30),
    "in fragments without a name": "{" + "... { viewer { roles } }" * 300 + "}",
    "one fragment each": f"{{ {SPREADS} }}"
    + "".join(f"fragment F{at} on Query {{ viewer {{ roles }} }}" for at in range(101)),
    "a fragment that nobody spreads": "{ __typename } fragment F on Query {" + "viewer { roles }" * 600 + "}",
    "a little in each of many definitions": "{ __typename }"
    + "".join(f"fragment F{at} on Query {{ {'viewer { roles }' * 30} }}" for at in range(20)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_validation_would_compare_for_long_is_refused_and_walked_over_a_few_times(name: str) -> None:
    document, visited = counting(ATTACKS[name])
    with pytest.raises(GraphQLError) as refused:
        measure(SCHEMA, document, Limits())
    assert (refused.value.extensions, refused.value.message) == ({"code": "TOO_MANY_REPEATS"}, MESSAGE)
    assert visited.selections <= 2 * 2000


def test_such_a_document_makes_the_rule_of_graphql_give_up() -> None:
    text = "{" + "__typename " * 1_200 + "}"
    assert refusal(text) == ("TOO_MANY_REPEATS", MESSAGE)
    (gave_up,) = validate(SCHEMA, parse(text), [OverlappingFieldsCanBeMergedRule])
    assert gave_up.message == "Validation aborted."


def test_pairs_are_those_of_the_same_key_in_the_same_place() -> None:
    # three pairs of the field and three of its only leaf; elsewhere, or under another key, nothing is compared
    text = "{ viewer { roles } viewer { roles } ...F other: viewer { roles } } fragment F on Query { viewer { roles } }"
    assert costs(text, repeats=6)
    assert refusal(text, repeats=5)[0] == "TOO_MANY_REPEATS"


def test_fragments_in_the_same_place_are_compared_too() -> None:
    text = "{ ...A ...B ...C ...A } " + " ".join(f"fragment {name} on Query {{ {name}: __typename }}" for name in "ABC")
    assert costs(text, repeats=3)
    assert refusal(text, repeats=2)[0] == "TOO_MANY_REPEATS"


def test_components_that_ask_for_the_same_are_let_through() -> None:
    components = [f"fragment C{at} on Viewer {{ organization {{ id name kind }} roles }}" for at in range(20)]
    assert costs("{ viewer { " + " ".join(f"...C{at}" for at in range(20)) + " } } " + " ".join(components))
