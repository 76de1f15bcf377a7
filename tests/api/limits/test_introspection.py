from __future__ import annotations

import pytest
from graphql import execute_sync, get_introspection_query, parse, validate

from api.limits import Limits, measure
from tests.api.limits.documents import SCHEMA, cost, counting, refusal

EVERYTHING = get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)


@pytest.mark.parametrize("text", [get_introspection_query(), EVERYTHING], ids=["usual", "everything"])
def test_the_query_that_tools_send_is_let_through(text: str) -> None:
    assert 1000 < cost(text) < Limits().largest_cost / 3


def test_all_of_the_schema_costs_what_it_has() -> None:
    found = execute_sync(SCHEMA, parse(EVERYTHING)).data
    assert found is not None
    types, directives = found["__schema"]["types"], found["__schema"]["directives"]
    lists = ("fields", "inputFields", "enumValues", "interfaces", "possibleTypes")
    fields = [field for type_ in types for field in type_["fields"] or ()]
    had = sum(len(type_[name] or ()) for type_ in types for name in lists)
    had += sum(len(each["args"]) for each in [*fields, *directives])
    assert cost(EVERYTHING) == len(types) + len(directives) + had


def test_a_list_of_the_schema_costs_what_it_has() -> None:
    assert cost("{ __schema { types { name } } }") == len(SCHEMA.type_map)
    assert cost("{ __schema { directives { name } } }") == len(SCHEMA.directives)
    assert cost("{ __schema { queryType { name ofType { name } } } }") == 1


def test_types_of_fields_of_types_cost_more_with_each_level() -> None:
    inner, found = "name", []
    for _ in range(6):
        inner = f"fields {{ type {{ {inner} }} }}"
        found.append(f"{{ __schema {{ types {{ {inner} }} }} }}")
    assert cost(found[1]) > 2.5 * cost(found[0])
    assert refusal(found[4])[0] == "COST_TOO_LARGE"


def test_many_introspections_in_one_request_are_refused() -> None:
    fragments = EVERYTHING[EVERYTHING.index("fragment") :]
    body = EVERYTHING[EVERYTHING.index("__schema") : EVERYTHING.index("fragment")].strip().removesuffix("}")
    text = "{" + "".join(f"a{at}: {body}" for at in range(8)) + "}" + fragments
    assert refusal(text, fields=10_000, aliases=200)[0] == "COST_TOO_LARGE"


def test_deep_references_are_refused_by_their_depth() -> None:
    text = "{ __schema { types { " + "ofType { " * 20 + "name" + " }" * 23
    assert refusal(text) == ("TOO_DEEP", "Fields are nested 23 deep; at most 15 are allowed.")


def test_lists_inside_each_other_that_cost_little_here_are_refused_by_the_rule_of_graphql() -> None:
    text = '{ __type(name: "Node") { possibleTypes { fields { type { fields { name } } } } } }'
    document, visited = counting(text)
    measure(SCHEMA, document, Limits())
    assert visited.selections == 3 * 6
    assert [error.message for error in validate(SCHEMA, parse(text))] == ["Maximum introspection depth exceeded"]
