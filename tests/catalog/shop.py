"""A marketplace of two vendors and two associations, and a way to ask its catalog as any of their members."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from api.context import RequestContext
from api.graphql_schema import schema
from api.reading import Plans, execute_asked
from core.actor import ANONYMOUS, Actor
from core.db import Database
from core.ids import new_id
from core.sealing import MasterKeys
from core.settings import Settings
from services.delivery.blobs import LocalFolder

PLANS = Plans(schema)


def rate(key: str = "administrator", **changes: object) -> dict[str, Any]:
    entry = {
        "key": key,
        "title": "LMS administrator",
        "officeType": "BACK_OFFICE",
        "unit": "HOUR",
        "unitCost": {"amount": "38.00", "currencyCode": "USD"},
        "unitPrice": {"amount": "52.00", "currencyCode": "USD"},
    }
    return entry | changes


def level(**changes: object) -> dict[str, Any]:
    promise = {
        "key": "first-response",
        "metric": "FIRST_RESPONSE_WITHIN_MINUTES",
        "thresholdMinutes": 240,
        "targetPercent": "95.00",
        "period": "MONTH",
    }
    return promise | changes


COMPLETE: dict[str, Any] = {
    "title": "Managed LMS administration",
    "summary": "Accounts, enrolments, course publishing and certificates.",
    "category": "LMS_ADMINISTRATION",
    "deliveryCountries": ["MX", "US"],
    "languages": ["en", "es"],
    "timeZone": "America/Chicago",
    "deepestDisclosureTier": "OPEN_BOOK",
    "scope": {
        "deliverables": ["Roster kept in step"],
        "exclusions": ["Course authoring"],
        "assumptions": ["Questions are answered within two working days"],
        "buyerInputs": ["A roster by the 5th"],
    },
    "rateCard": [rate()],
    "serviceLevels": [level()],
}


def complete(**changes: object) -> dict[str, Any]:
    return copy.deepcopy(COMPLETE) | changes


CREATE = """mutation ($input: CreateOfferingInput!) {
  createOffering(input: $input) { offering { id status } userErrors { field code } }
}"""
UPDATE = """mutation ($input: UpdateOfferingInput!) {
  updateOffering(input: $input) { offering { id status draft { number title } } userErrors { field code } }
}"""
PUBLISH = """mutation ($input: PublishOfferingInput!) {
  publishOffering(input: $input) { offering { id status currentVersion { id number } } userErrors { field code } }
}"""
RETIRE = """mutation ($input: RetireOfferingInput!) {
  retireOffering(input: $input) { offering { id status retiredAt } userErrors { field code } }
}"""
DISCARD = """mutation ($input: DiscardDraftInput!) {
  discardDraft(input: $input) { offering { id title draft { id } } userErrors { field code } }
}"""


@dataclass(frozen=True)
class Shop:
    """The organizations, and the database they are in; `rows` sees everything."""

    rows: asyncpg.Connection[Any]
    app: Database
    lakeside: UUID
    rival: UUID
    guild: UUID
    verein: UUID

    @property
    def catalog(self) -> Actor:
        return self.member("VENDOR", self.lakeside, "CATALOG_MANAGER")

    @property
    def stranger(self) -> Actor:
        return self.member("VENDOR", self.rival, "OWNER")

    @property
    def buyer(self) -> Actor:
        return self.member("ASSOCIATION", self.guild, "PROCUREMENT")

    @property
    def everybody_else(self) -> list[Actor]:
        """One of each kind of reader who is not of the vendor."""
        return [
            ANONYMOUS,
            self.stranger,
            self.buyer,
            self.member("ASSOCIATION", self.verein, "OWNER"),
            self.member("OPERATOR", new_id(), "OWNER", "BILLING_ADMIN"),
        ]

    def member(self, kind: str, organization_id: UUID, *roles: str) -> Actor:
        return Actor(
            kind,
            organization_id=organization_id,
            member_id=UUID(int=organization_id.int ^ 1),
            name="Ada",
            email="ada@example.org",
            organization_name="Example",
            roles=frozenset(roles),
        )

    async def ask(self, actor: Actor, document: str, **variables: object) -> dict[str, Any]:
        """Answer a document as `actor`; an error that is no userError fails the test."""
        asked = PLANS.ask(document, None, variables)
        reading = PLANS.reading(asked, actor)
        if reading is not None:
            async with self.app.reading(actor) as connection:
                planned: dict[str, Any] = orjson.loads((await reading.read(connection))["data"])
                return planned
        context = RequestContext(
            actor, self.app, LocalFolder(Path()), Settings(_env_file=None), MasterKeys({}), "request"
        )
        answer = await execute_asked(asked, context)
        assert not answer.errors, answer.errors
        executed: dict[str, Any] = orjson.loads(orjson.dumps(answer.data))
        return executed

    async def act(self, document: str, actor: Actor | None = None, **given: object) -> dict[str, Any]:
        """Run one mutation as the vendor's catalog manager unless told otherwise, and hand back its payload."""
        payload: dict[str, Any]
        (payload,) = (await self.ask(actor or self.catalog, document, input=given)).values()
        return payload

    async def refusals(
        self, document: str, actor: Actor | None = None, **given: object
    ) -> list[tuple[str | None, str]]:
        """The fields and codes a mutation is refused by; checks that it hands back nothing."""
        payload = await self.act(document, actor, **given)
        assert payload["offering"] is None
        return [(error["field"], error["code"]) for error in payload["userErrors"]]

    async def drafted(self, content: Mapping[str, Any], actor: Actor | None = None) -> str:
        payload = await self.act(CREATE, actor, **content)
        assert payload["userErrors"] == []
        return str(payload["offering"]["id"])

    async def published(self, content: Mapping[str, Any], actor: Actor | None = None) -> str:
        offering = await self.drafted(content, actor)
        payload = await self.act(PUBLISH, actor, offeringId=offering)
        assert payload["userErrors"] == []
        return offering

    async def counts(self) -> list[int]:
        """How many rows each table of the catalog has, and the audit trail."""
        tables = "offering offering_version rate_card_entry rate_card_cost service_level catalog_listing audit_event"
        return [await self.rows.fetchval(f"select count(*) from {table}") for table in tables.split()]  # noqa: S608


async def open_shop(rows: asyncpg.Connection[Any], app: Database) -> Shop:
    """Register the organizations; what an earlier test of the file left behind stays."""
    organizations = {
        "lakeside": ("VENDOR", "Lakeside Learning Services", "US"),
        "rival": ("VENDOR", "Cenote Capacitación", "MX"),
        "guild": ("ASSOCIATION", "National Guild of Water Inspectors", "US"),
        "verein": ("ASSOCIATION", "Verein der Brunnenbauer", "DE"),
    }
    ids = {name: new_id() for name in organizations}
    await rows.executemany(
        "insert into organization (id, kind, name, country_code, time_zone, created_at)"
        " values ($1, $2, $3, $4, 'UTC', now())",
        [(ids[name], *organization) for name, organization in organizations.items()],
    )
    await app.open()
    return Shop(rows, app, **ids)
