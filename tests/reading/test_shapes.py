"""Shapes stay few: values are bound, and only what changes the SQL makes another plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from api.reading import BadUserInputError, InvalidIdError, PageTooLargeError, Plans
from api.reading.errors import RequestError
from core.actor import ANONYMOUS, Actor
from core.ids import encode
from tests.reading.conftest import ACTOR, SCHEMA

if TYPE_CHECKING:
    from tests.reading.conftest import Ask

GOODS = """
    query ($first: Int, $filter: GoodFilter, $order: GoodOrder, $named: Boolean = false) {
      goods(first: $first, filter: $filter, orderBy: $order) { nodes { id title @include(if: $named) } }
    }
"""


def statements(plans: Plans, *asked: dict[str, object], actor: Actor = ACTOR, text: str = GOODS) -> int:
    for variables in asked:
        assert plans.reading(plans.ask(text, None, variables), actor) is not None
    return len(plans.statements)


def test_values_do_not_make_shapes() -> None:
    plans = Plans(SCHEMA)
    makers = [encode("maker", UUID(int=number)) for number in range(5)]
    many: list[dict[str, object]] = [
        {
            "first": number + 1,
            "filter": {
                "title": f"good_{number}",
                "maker": maker,
                "makers": makers[:number],
                "state": ["OFFERED"][:number],
            },
        }
        for number, maker in enumerate(makers)
    ]
    # a list of one enum value may have a condition of its own
    assert statements(plans, *many) == 2
    assert statements(plans, *many, actor=Actor(kind="VENDOR", organization_id=UUID(int=7))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"first": 1}),
        ({"first": None}, {"first": 1}),
        ({"filter": {}}, {"filter": {"title": "a"}}),
        ({"filter": {"title": None}}, {"filter": {"title": "a"}}),
        ({"filter": {"priced": True}}, {"filter": {"priced": False}}),
        ({"filter": {"onlyState": "OFFERED"}}, {"filter": {"onlyState": "RETIRED"}}),
        ({"order": "TITLE"}, {"order": "NEWEST"}),
        ({"named": True}, {"named": False}),
    ],
)
def test_what_changes_the_statement_makes_a_shape(one: dict[str, object], other: dict[str, object]) -> None:
    assert statements(Plans(SCHEMA), one, other, one, other) == 2


def test_the_kind_of_reader_and_the_prefix_of_a_node_make_shapes() -> None:
    plans = Plans(SCHEMA)
    assert statements(plans, {}) == 1
    assert statements(plans, {}, actor=ANONYMOUS) == 2
    node = "query ($id: ID!) { node(id: $id) { id } }"
    ids: list[dict[str, object]] = [{"id": encode("good", UUID(int=number))} for number in range(5)]
    assert statements(plans, *ids, text=node) == 3
    assert statements(plans, {"id": encode("maker", UUID(int=1))}, text=node) == 4


def test_plans_and_documents_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.reading.plan.STATEMENTS", 20_000)
    monkeypatch.setattr("api.reading.plan.DOCUMENTS", 3_000)
    plans = Plans(SCHEMA)
    for number in range(30):
        assert plans.reading(plans.ask(f"{{ goods(first: {number + 1}) {{ nodes {{ id }} }} }}", None, {}), ACTOR)
    assert 0 < len(plans.statements) < 20
    assert 0 < len(plans.documents) < 6
    assert plans.statements.weight <= 20_000
    assert plans.documents.weight <= 3_000


@pytest.mark.parametrize("evil", ["'; drop table good; --", "' or '1'='1", "$1", "\\", '"', "%s %(a)s", "{}", ":p1"])
async def test_values_never_reach_the_statement(ask: Ask, evil: str) -> None:
    answer = await ask(
        "query ($f: GoodFilter) { goods(filter: $f) { totalCount } }", f={"title": evil, "language": [evil]}
    )
    assert answer.json == {"goods": {"totalCount": 0}}
    assert answer.values.count(evil) == 1
    assert [evil] in answer.values
    literal = evil.replace("\\", "\\\\").replace('"', '\\"')
    answer = await ask(f'{{ goods(filter: {{title: "{literal}"}}) {{ totalCount }} }}')
    assert answer.json == {"goods": {"totalCount": 0}}
    assert evil in answer.values


@pytest.mark.parametrize(
    "bad", ["", "good", "good_", "nonsense", "good_AAAA", encode("maker", UUID(int=1)), "good_" + "é" * 22]
)
async def test_an_id_of_another_type(ask: Ask, bad: str) -> None:
    with pytest.raises(InvalidIdError) as refused:
        await ask("query ($id: ID!) { good(id: $id) { title } }", id=bad)
    assert refused.value.extensions == {"code": "INVALID_ID"}
    assert refused.value.message == "id must be an id that begins with good_."
    with pytest.raises(InvalidIdError, match=r"makers must be an id that begins with maker_\."):
        await ask(
            "query ($f: GoodFilter) { goods(filter: $f) { totalCount } }", f={"makers": [encode("good", UUID(int=1))]}
        )


@pytest.mark.parametrize("bad", ["", "x", "x_AAAA", "good_AAAA", "sale_" + "A" * 22])
async def test_an_id_of_no_type(ask: Ask, bad: str) -> None:
    for query, variables in (
        ("query ($id: ID!) { node(id: $id) { id } }", {"id": bad}),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [bad]}),
    ):
        with pytest.raises(InvalidIdError):
            await ask(query, **variables)


async def test_a_hundred_and_one_ids(ask: Ask) -> None:
    with pytest.raises(PageTooLargeError):
        await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[encode("good", UUID(int=1))] * 101)


@pytest.mark.parametrize(
    "variables",
    [
        {"first": "1"},
        {"filter": {"color": "red"}},
        {"filter": {"state": ["SOLD"]}},
        {"filter": {"offeredFrom": "yesterday"}},
        {"filter": {"title": "a\x00b"}},
        {"filter": {"title": "a\ud800b"}},
        {"filter": {"makers": 1.5}},
        {"order": "CHEAPEST"},
    ],
)
async def test_variables_that_do_not_fit(ask: Ask, variables: dict[str, object]) -> None:
    with pytest.raises(BadUserInputError) as refused:
        await ask(GOODS, **variables)
    assert refused.value.extensions == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    "text",
    [
        'query ($v: ID = "good_AAAAAAAAAAAAAAAAAAAAAQ") { good(id: $v) { title } }',
        'query ($v: ID = "good_AAAAAAAAAAAAAAAAAAAAAQ") { nodes(ids: [$v]) { id } }',
        'query ($v: ID = "maker_AAAAAAAAAAAAAAAAAAAAAQ") { goods(filter: {makers: [$v]}) { totalCount } }',
        "query ($v: GoodState = OFFERED) { goods(filter: {state: [RETIRED, $v]}) { totalCount } }",
        'query ($v: Date = "2026-02-01") { goodsOf(days: {startsOn: $v}) { title } }',
        "query ($v: Boolean = true) { goods { totalCount @skip(if: $v) } }",
        "query ($v: Boolean = true) { goods @include(if: $v) { totalCount } }",
    ],
)
async def test_a_variable_that_is_null_where_nothing_may_be(ask: Ask, text: str) -> None:
    assert (await ask(text)).json
    with pytest.raises(BadUserInputError, match="must not be null"):
        await ask(text, v=None)


@pytest.mark.parametrize(
    "text",
    [
        "{ ping }",
        "{ ping goods { totalCount } }",
        "{ __schema { queryType { name } } }",
        "mutation { buy(sale: 1) { count } }",
    ],
)
def test_what_is_not_planned_is_left_to_the_executor(text: str) -> None:
    plans = Plans(SCHEMA)
    assert not plans.ask(text, None, {}).operation.whole


def test_several_operations_of_which_none_is_chosen_are_refused() -> None:
    with pytest.raises(RequestError, match="A, B"):
        Plans(SCHEMA).ask("query A { __typename } query B { __typename }", None, {})
