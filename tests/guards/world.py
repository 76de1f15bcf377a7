"""A marketplace with rows of every type, and everybody who might look at them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2

from core.settings import Settings
from demo.organizations import member_id, organization_id
from demo.seats import GUILD, HARBOR, LAKESIDE, OPERATOR, SEATS, DemoOrganization
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.first_event import first_event
from tests.guards.added import ADDED
from tests.journeys import play

LAST_YEAR = datetime.now(UTC).year - 1
REQUESTS = {file.stem: file.read_text() for file in sorted(Path(play.__file__).parent.glob("*.graphql"))}


@dataclass(frozen=True)
class Onlooker:
    """Somebody who asks: who they are, as the guard's own rules see it."""

    name: str
    kind: str
    organization_id: UUID
    member_id: UUID
    roles: frozenset[str]
    headers: Mapping[str, str] = field(repr=False)
    granted: frozenset[str] = frozenset()
    """The contracts on which they hold a grant in force."""


NOBODY = Onlooker("nobody", "ANONYMOUS", UUID(int=0), UUID(int=0), frozenset(), {})

OTHERS: tuple[tuple[str, DemoOrganization, tuple[str, ...]], ...] = (
    ("association.auditor", GUILD, ("AUDITOR",)),
    ("association.plain", GUILD, ()),
    ("vendor.signatory", LAKESIDE, ("SIGNATORY",)),
    ("vendor.finance", LAKESIDE, ("FINANCE",)),
    ("vendor.ungranted", LAKESIDE, ("DELIVERY",)),
    ("vendor.revoked", LAKESIDE, ("DELIVERY",)),
    ("operator.owner", OPERATOR, ("OWNER",)),
    ("operator.auditor", OPERATOR, ("AUDITOR",)),
    ("operator.plain", OPERATOR, ()),
    ("stranger.delivery", HARBOR, ("DELIVERY",)),
)


class World:
    """The rows, the names the journey gave them, and the onlookers."""

    def __init__(self, client: httpx2.AsyncClient, settings: Settings) -> None:
        self.client = client
        self.settings = settings
        self.names: dict[str, str] = {}
        self.onlookers: dict[str, Onlooker] = {"nobody": NOBODY}

    async def build(self, batch: "asyncpg.Connection[Any]", *, added: bool = True) -> None:
        """Seat everybody, play the journey, and what it leaves out; with `added`, there is a row of every type."""
        for seat in SEATS.values():
            self._seat(seat.name, seat.organization, member_id(seat), frozenset(seat.roles), seat.subject)
        for name, organization, roles in OTHERS:
            await self._join(batch, name, organization, roles)
        for request in REQUESTS:
            await self._play(request)
        await self._add_what_the_journey_leaves_out()
        for add in ADDED if added else ():
            await add(self, batch)
        lead = self.onlookers["vendor.delivery"]
        self.onlookers["vendor.delivery"] = replace(lead, granted=frozenset({self.names["contract"]}))

    async def ask(self, onlooker: str, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send a request as an onlooker."""
        response = await self.client.post(
            "/graphql",
            json={"query": query, "variables": dict(variables or {})},
            headers=dict(self.onlookers[onlooker].headers),
        )
        answer: dict[str, Any] = response.json()
        # what is left of a budget differs from one answer to the next
        answer.pop("extensions", None)
        return answer

    async def first(self, onlooker: str, query: str, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401  (JSON)
        """Subscribe as an onlooker, and hand back the first answer."""
        app: Any = self.client._transport.app  # type: ignore[attr-defined]  # noqa: SLF001 - the app itself, see there
        asked = {"query": query, "variables": dict(variables)}
        return await first_event(app, asked, self.onlookers[onlooker].headers)

    async def do(self, onlooker: str, mutation: str, selection: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Run a mutation that must succeed, and hand back its payload."""
        type_name = mutation[0].upper() + mutation[1:] + "Input"
        query = (
            f"mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ message }} }} }}"
        )
        answer = await self.ask(onlooker, query, {"input": variables})
        assert "errors" not in answer, answer
        payload: dict[str, Any] = answer["data"][mutation]
        assert payload["userErrors"] == [], (mutation, payload)
        return payload

    def _seat(
        self, name: str, organization: DemoOrganization, member: UUID, roles: frozenset[str], subject: str
    ) -> None:
        token = issue_token(
            SigningKeys(self.settings.signing_keys_dir),
            issuer=self.settings.issuer,
            audience=self.settings.issuer,
            subject=subject,
            lifetime=timedelta(hours=1),
            now=datetime.now(UTC),
        )
        self.onlookers[name] = Onlooker(
            name,
            organization.kind,
            organization_id(organization),
            member,
            roles,
            {"authorization": f"Bearer {token}"},
        )

    async def _join(
        self, batch: "asyncpg.Connection[Any]", name: str, organization: DemoOrganization, roles: tuple[str, ...]
    ) -> None:
        member = uuid4()
        await batch.execute(
            """insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
            values ($1, $2, $1, 'PERSON', $3, $4, $5, now())""",
            member,
            organization_id(organization),
            name,
            f"{name}@guard.example",
            sorted(roles),
        )
        await batch.execute("insert into subject values ('self', $1, $2, now())", name, member)
        self._seat(name, organization, member, frozenset(roles), name)

    async def _play(self, request: str) -> None:
        year = datetime.now(UTC).year
        text = REQUESTS[request].replace("{last_year}", str(year - 1)).replace("{next_year}", str(year + 1))
        notes = [line.removeprefix("#:").strip().split(" ", 1) for line in text.splitlines() if line.startswith("#:")]
        noted = {word: [rest for first, rest in notes if first == word] for word in ("seat", "variables", "capture")}
        variables = play.fill(json.loads(noted["variables"][0]), self.names)  # type: ignore[no-untyped-call]  # for strangers
        answer = await self.ask(noted["seat"][0], text, variables)
        assert "errors" not in answer, (request, answer)
        for capture in noted["capture"]:
            name, path = capture.split(" = ")
            self.names[name] = play.at(answer, path)  # type: ignore[no-untyped-call]  # the same

    async def _add_what_the_journey_leaves_out(self) -> None:
        await self._revoke_a_grant()
        await self._invite_and_draft()
        await self._leave_work_unbilled()
        await self._bill_a_period_and_void()

    async def _revoke_a_grant(self) -> None:
        who = {"email": "vendor.revoked@guard.example"}
        grant = {"contractId": self.names["contract"], "member": who, "role": "DELIVERY"}
        granted = await self.do("association.owner", "grantContractAccess", "grant { id }", grant)
        revoke = {"grantId": granted["grant"]["id"]}
        await self.do("association.owner", "revokeContractAccess", "grant { id }", revoke)

    async def _invite_and_draft(self) -> None:
        person = {"name": "Robin Vale", "email": "robin@lakeside.example", "roles": ["DELIVERY"]}
        await self.do("vendor.owner", "inviteMember", "invitation { id }", person)
        key = {"name": "Pipeline", "roles": ["CATALOG_MANAGER"]}
        await self.do("vendor.owner", "createApiKey", "apiKey { id }", key)
        draft = {"title": "Workshop moderation", "summary": "Not published yet."}
        await self.do("vendor.catalog", "createOffering", "offering { id }", draft)
        next_version = {"offeringId": self.names["offering"], "summary": "What the next version will say."}
        await self.do("vendor.catalog", "updateOffering", "offering { id }", next_version)

    async def _leave_work_unbilled(self) -> None:
        contract, day = self.names["contract"], f"{LAST_YEAR}-03-03"
        work = {
            "quantity": "4",
            "performedFrom": day,
            "performedTo": day,
            "performedBy": "LLS-0142",
            "description": "-",
        }
        recorded = await self.do(
            "vendor.delivery",
            "recordWork",
            "workRecords { id }",
            {"contractId": contract, "records": [{"lineKey": "admin", **work}, {"lineKey": "tickets", **work}]},
        )
        ids = [record["id"] for record in recorded["workRecords"]]
        submitted = await self.do(
            "vendor.delivery", "submitWork", "submission { id }", {"contractId": contract, "workRecordIds": ids[:1]}
        )
        decisions = [{"workRecordId": ids[0], "acceptedQuantity": "4"}]
        review = {"submissionId": submitted["submission"]["id"], "decisions": decisions}
        await self.do("association.acceptor", "reviewSubmission", "submission { id }", review)
        due = await self.ask(
            "association.owner",
            "query($id: ID!) { contract(id: $id) { obligations(first: 1) { edges { node { id dueOn } } } } }",
            {"id": contract},
        )
        occurrence = due["data"]["contract"]["obligations"]["edges"][0]["node"]
        met = {"occurrenceId": occurrence["id"], "status": "MET", "settledOn": occurrence["dueOn"]}
        await self.do("association.owner", "recordObligation", "occurrence { id }", met)

    async def _bill_a_period_and_void(self) -> None:
        line = {"key": "standby", "title": "Standby", "kind": "RECURRING", "rateCardKey": "administrator"}
        proposed = await self.do(
            "association.buyer",
            "proposeContract",
            "contract { id contentHash }",
            {
                "offeringId": self.names["offering"],
                "title": "Standby",
                "startsOn": f"{LAST_YEAR}-01-01",
                "endsOn": f"{LAST_YEAR}-12-31",
                "currencyCode": "USD",
                "paymentTermsDays": 30,
                "disclosureTier": "OPEN_BOOK",
                "lines": [{**line, "quantity": "5", "recurrence": "MONTHLY"}],
            },
        )
        contract = proposed["contract"]
        self.names["standby"] = contract["id"]
        sign = {"contractId": contract["id"], "contentHash": contract["contentHash"]}
        for signatory in ("vendor.owner", "association.owner"):
            await self.do(signatory, "signContract", "contract { id }", sign)
        period = {"startsOn": f"{LAST_YEAR}-01-01", "endsOn": f"{LAST_YEAR}-01-31"}
        bill = {"contractId": contract["id"], "period": period}
        issued = await self.do("operator.billing", "issueInvoice", "invoice { id }", bill)
        self.names["standbyInvoice"] = issued["invoice"]["id"]
        void = {"invoiceId": issued["invoice"]["id"], "reason": "wrong purchase order"}
        await self.do("operator.billing", "voidInvoice", "invoice { id }", void)
