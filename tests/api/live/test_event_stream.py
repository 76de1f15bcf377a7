"""Subscriptions over server-sent events, as a client reads them from the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from tests.api.live.conftest import Town
from tests.guards.world import LAST_YEAR

pytestmark = pytest.mark.asyncio(loop_scope="module")

INVOICE = "subscription($id: ID!) { invoice(id: $id) { status } }"


@asynccontextmanager
async def events(
    town: Town, onlooker: str, query: str, variables: Mapping[str, Any], **headers: str
) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
    """Open a stream, and hand over its events; comments, which show that it lives, are left out."""

    async def read(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, Any]]:
        name = ""
        async for line in lines:
            word, _, rest = line.partition(":")
            if word == "event":
                name = rest.strip()
            elif word == "data":
                yield name, json.loads(rest) if rest.strip() else None

    asked = {"query": query, "variables": dict(variables)}
    sent = {"accept": "text/event-stream", **town.world.onlookers[onlooker].headers, **headers}
    async with (
        httpx2.AsyncClient(base_url=town.url, timeout=60) as client,
        client.stream("POST", "/graphql", json=asked, headers=sent) as response,
    ):
        assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        yield read(response.aiter_lines())


async def rest_of(stream: AsyncIterator[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [event async for event in stream]


async def test_an_invoice_is_told_at_once_and_again_when_it_is_paid(town: Town) -> None:
    invoice = {"id": town.world.names["invoice"]}
    due = "query($id: ID!) { invoice(id: $id) { amountDue { amount currencyCode } } }"
    owed = (await town.world.ask("operator.billing", due, invoice))["data"]["invoice"]["amountDue"]
    async with events(town, "association.owner", INVOICE, invoice) as stream:
        assert await anext(stream) == ("next", {"data": {"invoice": {"status": "PARTLY_PAID"}}})
        paid = {
            "invoiceId": invoice["id"],
            "amount": owed,
            "method": "BANK_TRANSFER",
            "receivedOn": f"{LAST_YEAR + 1}-01-02",
            "reference": "the rest",
            "reason": "It arrived",
        }
        await town.world.do("operator.billing", "recordPayment", "payment { id }", paid)
        assert await anext(stream) == ("next", {"data": {"invoice": {"status": "PAID"}}})


async def test_an_invoice_is_told_again_when_it_is_voided(town: Town) -> None:
    asked = {"id": town.world.names["standbyInvoice"]}
    data = await town.world.ask("operator.billing", "query($id: ID!) { invoice(id: $id) { contract { id } } }", asked)
    bill = {
        "contractId": data["data"]["invoice"]["contract"]["id"],
        # a month that nothing in the world bills
        "period": {"startsOn": f"{LAST_YEAR}-04-01", "endsOn": f"{LAST_YEAR}-04-30"},
    }
    invoice = (await town.world.do("operator.billing", "issueInvoice", "invoice { id }", bill))["invoice"]
    async with events(town, "association.owner", INVOICE, invoice) as stream:
        assert await anext(stream) == ("next", {"data": {"invoice": {"status": "ISSUED"}}})
        void = {"invoiceId": invoice["id"], "reason": "wrong purchase order"}
        await town.world.do("operator.billing", "voidInvoice", "invoice { id }", void)
        assert await anext(stream) == ("next", {"data": {"invoice": {"status": "VOID"}}})


@pytest.mark.parametrize("onlooker", ["nobody", "stranger.delivery", "vendor.ungranted"])
async def test_whoever_may_not_see_it_hears_so_and_no_more(town: Town, onlooker: str) -> None:
    async with events(town, onlooker, INVOICE, {"id": town.world.names["invoice"]}) as stream:
        assert await rest_of(stream) == [("next", {"data": {"invoice": None}}), ("complete", None)]


async def test_a_stream_ends_when_the_grant_behind_it_does(town: Town) -> None:
    who = {"email": "vendor.ungranted@guard.example"}
    grant = {"contractId": town.world.names["contract"], "member": who, "role": "DELIVERY"}
    granted = await town.world.do("association.owner", "grantContractAccess", "grant { id }", grant)
    async with events(town, "vendor.ungranted", INVOICE, {"id": town.world.names["invoice"]}) as stream:
        name, told = await anext(stream)
        assert (name, told["data"]["invoice"] is None) == ("next", False)
        revoke = {"grantId": granted["grant"]["id"]}
        await town.world.do("association.owner", "revokeContractAccess", "grant { id }", revoke)
        assert await rest_of(stream) == [("next", {"data": {"invoice": None}}), ("complete", None)]


async def test_a_query_is_answered_as_a_stream_of_one(town: Town) -> None:
    async with events(town, "nobody", "{ __typename }", {}) as stream:
        (name, told), end = await rest_of(stream)
        assert (name, told["data"], end) == ("next", {"__typename": "Query"}, ("complete", None))


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        (INVOICE, {"accept": "application/json"}, 406, "NOT_ACCEPTABLE"),
        (INVOICE, {"authorization": "Bearer nonsense"}, 401, "TOKEN_INVALID"),
        ("subscription { nothing }", {}, 200, "GRAPHQL_VALIDATION_FAILED"),
        (
            'subscription { a: invoice(id: "x") { id } b: invoice(id: "y") { id } }',
            {},
            200,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ('subscription { invoice(id: "con_AAAA") { id } }', {}, 200, "INVALID_ID"),
    ],
)
async def test_what_is_refused_opens_no_stream(
    town: Town, query: str, headers: dict[str, str], status: int, code: str
) -> None:
    asked = {"query": query, "variables": {"id": town.world.names["invoice"]}}
    async with httpx2.AsyncClient(base_url=town.url) as client:
        answer = await client.post("/graphql", json=asked, headers={"accept": "text/event-stream"} | headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == [code]


async def test_a_mutation_by_get_is_refused_in_a_stream_too(town: Town) -> None:
    async with httpx2.AsyncClient(base_url=town.url) as client:
        answer = await client.get(
            "/graphql",
            params={"query": "mutation { withdrawInvitation { __typename } }"},
            headers={"accept": "text/event-stream"},
        )
    assert answer.status_code in {200, 405}
    assert answer.headers["content-type"] == "application/json"


async def test_many_follow_one_invoice_and_all_of_them_hear(town: Town) -> None:
    invoice = {"id": town.world.names["standbyInvoice"]}

    async def one() -> tuple[str, Any]:
        async with events(town, "association.owner", INVOICE, invoice) as stream:
            return await anext(stream)

    told = await asyncio.gather(*(one() for _ in range(30)))
    assert told == [("next", {"data": {"invoice": {"status": "VOID"}}})] * 30
