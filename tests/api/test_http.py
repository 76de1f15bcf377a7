from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import httpx2
import pytest
from sqlalchemy import text

from core.db import Transaction
from services.catalog import drafting
from tests.digests import digests
from tests.guards.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

WENT_WRONG = "something went wrong here; sending it again with the same Idempotency-Key is safe"
CREATE = "mutation($title: String!) { createOffering(input: {title: $title}) { offering { id } userErrors { code } } }"


async def post(world: World, seat: str, query: str, variables: object = None, **headers: str) -> httpx2.Response:
    everything = {**world.onlookers[seat].headers, "content-type": "application/json", **headers}
    body = json.dumps({"query": query, "variables": variables or {}})
    return await world.client.post("/graphql", content=body, headers=everything)


async def get(world: World, seat: str, **parameters: str) -> httpx2.Response:
    headers = {**world.onlookers[seat].headers, "accept": "application/json"}
    return await world.client.get("/graphql", params=parameters, headers=headers)


def codes(answer: httpx2.Response) -> list[str]:
    body = answer.json()
    assert body.get("data") is None
    return [error["extensions"]["code"] for error in body["errors"]]


async def test_every_answer_says_which_request_it_answers(world: World) -> None:
    answers = [
        await post(world, "vendor.owner", "{ viewer { roles } }"),
        await post(world, "vendor.owner", "{"),
        await post(world, "nobody", "{ viewer { roles } }", authorization="Bearer nonsense"),
        await world.client.post("/graphql", content=b"nonsense", headers={"content-type": "application/json"}),
        await get(world, "vendor.owner", query="{ viewer { roles } }"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 401, 400, 200]
    assert len({UUID(answer.headers["x-request-id"]) for answer in answers}) == len(answers)


async def test_an_event_names_the_request_that_made_it(world: World, superuser: asyncpg.Connection[Any]) -> None:
    answer = await post(world, "vendor.catalog", CREATE, {"title": "Traced"})
    made = await superuser.fetchval(
        "select type from audit_event where request_id = $1", answer.headers["x-request-id"]
    )
    assert made == "OFFERING_CREATED"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ viewer {", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ viewer }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ contract { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query($id: ID!) { contract(id: $id) { id } }", {}, "BAD_USER_INPUT"),
        ("query($id: ID!) { contract(id: $id) { id } }", {"id": None}, "BAD_USER_INPUT"),
        ("query($id: ID!) { contract(id: $id) { id } }", {"id": {}}, "BAD_USER_INPUT"),
        (CREATE, {}, "BAD_USER_INPUT"),
        (CREATE, {"title": 1}, "BAD_USER_INPUT"),
        ("subscription { nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_is_wrong_with_a_request_has_a_code(
    world: World, query: str, variables: Mapping[str, object], code: str
) -> None:
    answer = await post(world, "vendor.owner", query, variables)
    assert codes(answer) == [code]


async def test_a_defect_of_ours_is_told_in_a_word(
    world: World,
    superuser: asyncpg.Connection[Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = await digests(superuser)

    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("salt 4f2a of cost 38.00 in /srv/chapterhouse")

    monkeypatch.setattr(drafting, "create_offering", fail)
    answer = await post(world, "vendor.catalog", CREATE, {"title": "Broken"})
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert (error["message"], error["extensions"]) == (WENT_WRONG, {"code": "INTERNAL_SERVER_ERROR"})
    for word in ("RuntimeError", "salt", "38.00", "/srv", "Traceback", "create_offering("):
        assert word not in answer.text
    assert "salt 4f2a" in capsys.readouterr().out
    assert await digests(superuser) == before


async def test_a_defect_while_reading_is_told_in_a_word(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("salt 4f2a")

    monkeypatch.setattr("api.reading.plan.Plans.reading", fail)
    answer = await post(world, "vendor.catalog", "{ viewer { roles } }")
    assert answer.status_code == 500
    assert answer.json() == {"errors": [{"message": WENT_WRONG, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}


async def test_queries_by_get(world: World) -> None:
    answer = await get(
        world,
        "association.owner",
        query="query One($id: ID!) { contract(id: $id) { title } } query Other { viewer { roles } }",
        operationName="One",
        variables=json.dumps({"id": world.names["contract"]}),
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["data"] == {"contract": {"title": "LMS administration"}}


@pytest.mark.parametrize("variables", ["{", "[]", "1"])
async def test_variables_by_get_that_are_none(world: World, variables: str) -> None:
    answer = await get(world, "nobody", query="{ __typename }", variables=variables)
    assert (answer.status_code, codes(answer)) == (400, ["BAD_REQUEST"])


async def test_a_mutation_by_get_is_refused(world: World, superuser: asyncpg.Connection[Any]) -> None:
    before = await digests(superuser)
    query = 'mutation { createOffering(input: {title: "By GET"}) { offering { id } } }'
    answer = await get(world, "vendor.catalog", query=query)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert codes(answer) == ["METHOD_NOT_ALLOWED"]
    both = "query A { viewer { roles } } " + query.replace("mutation", "mutation B")
    answer = await get(world, "vendor.catalog", query=both, operationName="B")
    assert codes(answer) == ["METHOD_NOT_ALLOWED"]
    assert await digests(superuser) == before


async def test_introspection_beside_planned_fields(world: World) -> None:
    query = """query($id: ID!) {
        __schema { queryType { name } }
        __type(name: "Money") { fields { name } }
        viewer { member { name } roles }
        contract(id: $id) { title lines { key } }
        missing: node(id: $id) { ... on Offering { title } }
        __typename }"""
    answer = await post(world, "association.owner", query, {"id": world.names["contract"]})
    assert answer.json()["data"] == {
        "__schema": {"queryType": {"name": "Query"}},
        "__type": {"fields": [{"name": "amount"}, {"name": "currencyCode"}]},
        "viewer": {"member": {"name": "Ingrid Solberg"}, "roles": ["OWNER", "SIGNATORY"]},
        "contract": {
            "title": "LMS administration",
            "lines": [{"key": key} for key in ("admin", "tickets", "cutover", "roster")],
        },
        "missing": {},
        "__typename": "Query",
    }


async def test_an_id_that_is_none_beside_introspection(world: World) -> None:
    answer = await post(world, "association.owner", '{ __schema { queryType { name } } contract(id: "x") { id } }')
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["INVALID_ID"]


async def test_two_mutations_run_in_order_each_on_its_own(world: World, superuser: asyncpg.Connection[Any]) -> None:
    query = """mutation($nowhere: ID!) {
        first: createOffering(input: {title: "First of two"}) { offering { id } userErrors { code } }
        refused: publishOffering(input: {offeringId: $nowhere}) { offering { id } userErrors { code } }
        last: createOffering(input: {title: "Second of two"}) { offering { id } userErrors { code } } }"""
    answer = await post(world, "vendor.catalog", query, {"nowhere": "off_AaIAEg2TcCW-7GsLMd7Qsw"})
    data = answer.json()["data"]
    assert list(data) == ["first", "refused", "last"]
    assert data["refused"] == {"offering": None, "userErrors": [{"code": "NOT_FOUND"}]}
    made = await superuser.fetch(
        """select v.title, e.xmin::text from audit_event e join offering_version v on v.offering_id = e.object_id
        where e.request_id = $1 order by e.id""",
        answer.headers["x-request-id"],
    )
    assert [row["title"] for row in made] == ["First of two", "Second of two"]
    assert len({row["xmin"] for row in made}) == 2


async def test_the_page_for_people(world: World) -> None:
    answer = await world.client.get("/graphql", headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "GraphiQL" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods(world: World, method: str) -> None:
    assert (await world.client.request(method, "/graphql")).status_code == 405


async def test_what_a_client_got_wrong_is_not_logged_because_it_may_be_a_secret(
    world: World, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = 'mutation { acceptInvitation(input: {code: "chi_secret", nothing: 1}) { member { id } } }'
    assert codes(await post(world, "nobody", wrong)) == ["GRAPHQL_VALIDATION_FAILED"]
    out, err = capfd.readouterr()
    assert "chi_secret" not in out + err + caplog.text


async def test_a_mutation_that_takes_too_long_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dawdle(tx: Transaction, **_: object) -> None:
        await tx.execute(text("set local statement_timeout = '50ms'"))
        await tx.execute(text("select pg_sleep(30)"))

    monkeypatch.setattr(drafting, "create_offering", dawdle)
    answer = await post(world, "vendor.catalog", CREATE, {"title": "Slow"})
    assert (answer.status_code, codes(answer)) == (503, ["STATEMENT_TIMEOUT"])


@pytest.mark.parametrize("operation", ["query", "mutation"])
async def test_a_document_that_is_too_long_is_not_read_to_its_end(world: World, operation: str) -> None:
    answer = await post(world, "nobody", f"{operation} {{ {'__typename ' * 100_000} }}")
    assert codes(answer) == ["GRAPHQL_PARSE_FAILED"]
    (error,) = answer.json()["errors"]
    assert error["message"] == "Syntax Error: Document contains more than 5000 tokens. Parsing aborted."
