"""Sends what is wrong as a client would, and sees that nothing comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type

from api.graphql_schema import schema
from tests.digests import digests
from tests.guards.world import LAST_YEAR, World

if TYPE_CHECKING:
    import asyncpg
    import httpx2

TERM = {"startsOn": f"{LAST_YEAR}-01-01", "endsOn": f"{LAST_YEAR}-12-31"}
USD = {"currencyCode": "USD"}


class Clerk:
    """One marketplace, and a superuser who looks at all of its rows."""

    def __init__(self, world: World, superuser: asyncpg.Connection[Any]) -> None:
        self.world = world
        self.names = world.names
        self.superuser = superuser

    async def lay_out(self) -> None:
        """Have what can go wrong: a contract that one party signed, and work that waits for its review."""
        contract = (
            await self.world.do("association.buyer", "proposeContract", "contract { id contentHash }", self.proposal())
        )["contract"]
        self.names |= {"proposed": contract["id"], "proposedHash": contract["contentHash"]}
        await self.world.do("vendor.owner", "signContract", "contract { id }", self.signature())
        recorded = await self.world.do("vendor.delivery", "recordWork", "workRecords { id }", self.work())
        self.names["waiting"] = recorded["workRecords"][0]["id"]
        submit = {"contractId": self.names["contract"], "workRecordIds": [self.names["waiting"]]}
        submitted = await self.world.do("vendor.delivery", "submitWork", "submission { id }", submit)
        self.names["waitingSubmission"] = submitted["submission"]["id"]
        band = {**self.offering(), "deepestDisclosureTier": "BAND"}
        drafted = await self.world.do("vendor.catalog", "createOffering", "offering { id }", band)
        self.names["bandOffering"] = drafted["offering"]["id"]
        publish = {"offeringId": drafted["offering"]["id"]}
        await self.world.do("vendor.catalog", "publishOffering", "offering { id }", publish)

    def offering(self, **changed: object) -> dict[str, Any]:
        """An offering that could be created and published, but for what is changed."""
        return {
            "title": "Course hosting",
            "summary": "Hosting of courses.",
            "category": "HOSTING",
            "deliveryCountries": ["US"],
            "languages": ["en"],
            "timeZone": "America/Chicago",
            "deepestDisclosureTier": "OPEN_BOOK",
            "scope": {"deliverables": ["A site"]},
            "rateCard": [self.rate()],
            **changed,
        }

    def rate(self, **changed: object) -> dict[str, Any]:
        """One rate of that offering's card."""
        return {
            "key": "hour",
            "title": "An hour",
            "officeType": "BACK_OFFICE",
            "unit": "HOUR",
            "unitCost": {"amount": "30", **USD},
            "unitPrice": {"amount": "40", **USD},
            **changed,
        }

    def proposal(self, *lines: Mapping[str, object], **changed: object) -> dict[str, Any]:
        """A contract that could be proposed, but for what is changed."""
        return {
            "offeringId": self.names["offering"],
            "title": "One more contract",
            **TERM,
            "currencyCode": "USD",
            "paymentTermsDays": 30,
            "disclosureTier": "OPEN_BOOK",
            "lines": list(lines or (self.line(),)),
            **changed,
        }

    def line(self, **changed: object) -> dict[str, Any]:
        """One line of that contract."""
        hours = {
            "key": "admin",
            "title": "Administration",
            "kind": "TIME_AND_MATERIALS",
            "rateCardKey": "administrator",
        }
        return {
            **hours,
            "quantity": "10",
            "quantityBasis": "ESTIMATE",
            "notToExceed": {"amount": "520", **USD},
            **changed,
        }

    def work(self, **changed: object) -> dict[str, Any]:
        """Work on the contract in force, but for what is changed of its one record."""
        day = f"{LAST_YEAR}-04-07"
        record = {
            "lineKey": "admin",
            "quantity": "5",
            "performedFrom": day,
            "performedTo": day,
            "performedBy": "LLS-0142",
        }
        return {"contractId": self.names["contract"], "records": [{**record, "description": "Enrolments", **changed}]}

    def decision(self, **changed: object) -> dict[str, Any]:
        """A review of the waiting work, but for what is changed of its one decision."""
        decision = {"workRecordId": self.names["waiting"], "acceptedQuantity": "5", **changed}
        return {"submissionId": self.names["waitingSubmission"], "decisions": [decision]}

    def signature(self, **changed: object) -> dict[str, Any]:
        """A signature under the contract that waits for the association's."""
        return {"contractId": self.names["proposed"], "contentHash": self.names["proposedHash"], **changed}

    async def refusals(self, seat: str, mutation: str, given: Mapping[str, object]) -> list[tuple[str, str | None]]:
        """Send a mutation that changes nothing; return the code and the field of each of its refusals."""
        answer = await self.send(seat, text_of(mutation), {"input": given})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert "errors" not in body, body
        *objects, errors = body["data"][mutation].values()
        assert objects == [None] * len(objects), body
        assert errors, "nothing was refused"
        for error in errors:
            print(mutation, error)
            assert len(error["message"]) > 10, error
        return [(error["code"], error["field"]) for error in errors]

    async def errors(self, answer: httpx2.Response, status: int = 200) -> list[str]:
        """Return the codes of an answer that is an error as a whole."""
        assert answer.status_code == status, answer.text
        body = answer.json()
        assert body.get("data") is None, body
        for error in body["errors"]:
            print(error)
            assert len(error["message"]) > 10, error
        return [error["extensions"]["code"] for error in body["errors"]]

    async def send(self, seat: str, query: str, variables: Mapping[str, object] | None = None) -> httpx2.Response:
        """Send a request; whatever its answer, no row may be another than before."""
        body = json.dumps({"query": query, "variables": dict(variables or {})})
        return await self.post(seat, body.encode(), {"content-type": "application/json"})

    async def post(
        self, seat: str, content: bytes, headers: Mapping[str, str], path: str = "/graphql"
    ) -> httpx2.Response:
        """Send a body as it is; whatever the answer, no row may be another than before."""
        before = await digests(self.superuser)
        everything = {**self.world.onlookers[seat].headers, **headers}
        answer = await self.world.client.post(path, content=content, headers=everything)
        assert await digests(self.superuser) == before
        assert answer.status_code < 500, answer.text
        return answer


def text_of(mutation: str) -> str:
    """The request for a mutation that asks for as little as possible."""
    declared = schema._schema.mutation_type.fields[mutation]  # type: ignore[union-attr]  # noqa: SLF001
    payload = get_named_type(declared.type)
    assert isinstance(payload, GraphQLObjectType)
    asked = [
        f"{name} {{ __typename }}" if isinstance(get_named_type(field.type), GraphQLObjectType) else name
        for name, field in payload.fields.items()
        if name != "userErrors" and not isinstance(field.type, GraphQLNonNull)
    ]
    words = f"{' '.join(asked)} userErrors {{ code field message }}"
    kind = declared.args["input"].type
    return f"mutation($input: {kind}) {{ {mutation}(input: $input) {{ {words} }} }}"
