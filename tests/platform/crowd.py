"""Fifty people of twenty-five organizations, the rows that are theirs, and what each of them is to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from core.actor import ANONYMOUS, Actor
from core.ids import encode, new_id
from core.settings import Settings
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
ASSOCIATIONS, VENDORS, CONTRACTS = 14, 10, 28
EMPTY_LISTS = "delivery_countries languages office_types deliverables exclusions assumptions buyer_inputs".split()
SEES_ALL = {"ASSOCIATION": {"OWNER", "ACCEPTOR"}, "VENDOR": {"OWNER"}, "OPERATOR": {"BILLING_ADMIN"}}

TABLES = {"member": "id", "api_key": "id", "contract_grant": "id"}
"""Whose rows everybody sees others of, each with its key; their policies are cheap enough to be asked all the time."""
EVERY_TABLE = TABLES | {"contract": "id", "contract_line": "id", "contract_line_cost": "line_id"}


def _seen(tables: dict[str, str]) -> str:
    """One statement that shows all that its reader sees of some tables; nobody but the policies holds anything back."""
    each = [
        f"'{table}', (select coalesce(json_agg(t.{key} order by t.{key}), '[]') from {table} t)"  # noqa: S608
        for table, key in tables.items()
    ]
    return f"select json_build_object({', '.join(each)})"


SEEN = _seen(TABLES)
SEEN_WITH_CONTRACTS = _seen(EVERY_TABLE)

ASKED = """query Mine($own: ID!, $foreign: ID!) {
  viewer { member { id } }
  contracts(first: 100) { edges { node { id title } } }
  own: contract(id: $own) { id }
  foreign: contract(id: $foreign) { id }
}"""

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Person:
    """One of them."""

    name: str
    actor: Actor
    token: str | None
    seen: dict[str, list[str]] = field(default_factory=dict)
    """What they see, by table, as ids in order."""
    answer: dict[str, Any] = field(default_factory=dict)
    """The `data` that ASKED is answered with."""
    body: bytes = b""
    """ASKED, with variables of theirs."""

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """What they send along."""
        token = [(b"authorization", f"Bearer {self.token}".encode())] if self.token else []
        return [(b"content-type", b"application/json"), (b"accept", b"application/json"), *token]


class Crowd:
    """Writes everybody and everything down, beside every policy, and says from scratch who is to see what."""

    def __init__(self, superuser: asyncpg.Connection[Any], settings: Settings) -> None:
        self.superuser = superuser
        self.settings = settings
        self.people: list[Person] = []
        self.organizations: dict[str, list[UUID]] = {"ASSOCIATION": [], "VENDOR": [], "OPERATOR": []}
        self.rows: Rows = {}

    async def gather(self) -> list[Person]:
        """Return the fifty, with what each of them is to be shown."""
        async with self.superuser.transaction():
            for at in range(ASSOCIATIONS):
                association = await self._organization("ASSOCIATION", at)
                await self._member(association, "ASSOCIATION", f"owner of association {at}", "OWNER")
                if at < 8:
                    await self._member(association, "ASSOCIATION", f"acceptor of association {at}", "ACCEPTOR")
            delivering = [await self._vendor(at) for at in range(VENDORS)]
            operator = await self._organization("OPERATOR", 0)
            await self._member(operator, "OPERATOR", "billing of the operator", "BILLING_ADMIN")
            await self._member(operator, "OPERATOR", "somebody at the operator")
            self.people += [Person("nobody", ANONYMOUS, None), Person("a stranger", ANONYMOUS, self._token("stranger"))]
            for at in range(CONTRACTS):
                await self._contract(at, delivering)
        for table, key in EVERY_TABLE.items():
            # ids come as text, in the order that PostgreSQL sorts uuid by
            found = await self.superuser.fetch(f"select * from {table} t order by {key}")  # noqa: S608
            self.rows[table] = [dict(row) for row in found]
        for person in self.people:
            self._expect(person)
        return self.people

    async def _vendor(self, at: int) -> Actor:
        vendor = await self._organization("VENDOR", at)
        await self._member(vendor, "VENDOR", f"owner of vendor {at}", "OWNER")
        if at < 4:
            await self._member(vendor, "VENDOR", f"somebody at vendor {at}", "DELIVERY")
        offering = {"id": vendor, "vendor_id": vendor, "created_at": LONG_AGO}
        await self._insert("offering", status="DRAFT", **offering)
        lists: dict[str, list[str]] = {key: [] for key in EMPTY_LISTS}
        version = {"number": 1, "title": "-", "summary": "", "deepest_disclosure_tier": "OPEN_BOOK", **lists}
        await self._insert("offering_version", offering_id=vendor, **offering, **version)
        return await self._member(vendor, "VENDOR", f"delivery of vendor {at}", "DELIVERY")

    async def _organization(self, kind: str, at: int) -> UUID:
        organization = new_id()
        self.organizations[kind].append(organization)
        fee = {"platform_fee_percent": 3} if kind == "OPERATOR" else {}
        place = {"country_code": "US", "time_zone": "UTC", "created_at": LONG_AGO}
        await self._insert("organization", id=organization, kind=kind, name=f"{kind} {at}", **place, **fee)
        service = await self._row_of_member(organization, "SERVICE", f"machine of {kind} {at}", [])
        shared = {"organization_id": organization, "member_id": service, "created_at": LONG_AGO}
        await self._insert("api_key", id=new_id(), name="-", secret_hash=b"", created_by_member_id=service, **shared)
        return organization

    async def _member(self, organization: UUID, kind: str, name: str, *roles: str) -> Actor:
        member = await self._row_of_member(organization, "PERSON", name, list(roles))
        await self._insert("subject", issuer="self", subject=str(member), person_id=member, bound_at=LONG_AGO)
        actor = Actor(kind, organization, member, member, name, f"{member}@crowd.example", "", frozenset(roles))
        self.people.append(Person(name, actor, self._token(str(member))))
        return actor

    async def _row_of_member(self, organization: UUID, kind: str, name: str, roles: list[str]) -> UUID:
        member = new_id()
        whose = {"organization_id": organization, "person_id": member, "kind": kind, "created_at": LONG_AGO}
        await self._insert("member", id=member, name=name, email=f"{member}@crowd.example", roles=roles, **whose)
        return member

    async def _contract(self, at: int, delivering: list[Actor]) -> None:
        """Every other one is signed by its vendor, and so open book; each is granted to one who delivers."""
        association = self.organizations["ASSOCIATION"][at % ASSOCIATIONS]
        granted = delivering[at % VENDORS]
        vendor, contract, digest = granted.organization_id, new_id(), f"{at:064x}"
        parties = {"association_id": association, "vendor_id": vendor}
        await self._insert(
            "contract",
            id=contract,
            **parties,
            offering_id=vendor,
            offering_version_id=vendor,
            revision=1,
            status="PROPOSED",
            title=f"Contract {at}",
            starts_on=LONG_AGO.date(),
            ends_on=LONG_AGO.date() + timedelta(days=3650),
            time_zone="UTC",
            currency_code="USD",
            payment_terms_days=30,
            disclosure_tier="OPEN_BOOK",
            platform_fee_percent=3,
            total_value_minor=100,
            content_hash=digest,
            offer_expires_on=LONG_AGO.date() + timedelta(days=3650),
            proposed_at=LONG_AGO + timedelta(days=at),
            vendor_signed_at=LONG_AGO + timedelta(days=at) if at % 2 else None,
        )
        of_contract = {"contract_id": contract, **parties}
        await self._insert(
            "contract_revision",
            **of_contract,
            number=1,
            document="{}",
            content_hash=digest,
            recorded_at=LONG_AGO,
            **granted.signature,
        )
        line, money = new_id(), {"currency_code": "USD", "value_minor": 100}
        kind = {"kind": "UNIT", "rate_card_key": "unit", "unit_price": 1, "quantity": 1, "acceptance_criteria": []}
        place = {"revision": 1, "position": 0, "key": f"line-{at}", "title": "-"}
        await self._insert("contract_line", id=line, **of_contract, **place, **kind, **money)
        await self._insert("contract_line_cost", line_id=line, unit_cost=1, salt=b"", commitment="", **of_contract)
        period = asyncpg.Range(LONG_AGO, LONG_AGO + timedelta(days=3650))
        days = {"starts_on": LONG_AGO.date(), "ends_on": LONG_AGO.date(), "effective": period}
        acts = {"granted_at": LONG_AGO, **granted.signature, **granted.signed("granted_by")}
        await self._insert("contract_grant", id=new_id(), **of_contract, role="DELIVERY", **days, **acts)

    def _expect(self, person: Person) -> None:
        person.seen = {table: list(self._theirs(person.actor, table)) for table in self.rows}
        contracts = [row for row in self.rows["contract"] if str(row["id"]) in person.seen["contract"]]
        others = [row for row in self.rows["contract"] if row not in contracts]
        ids = [encode("con", row["id"]) for row in contracts]
        foreign = encode("con", others[0]["id"] if others else new_id())
        nodes = [
            {"id": encode("con", row["id"]), "title": row["title"]}
            for row in sorted(contracts, key=lambda row: row["proposed_at"], reverse=True)
        ]
        member = {"member": {"id": encode("mem", person.actor.member_id)}} if person.actor is not ANONYMOUS else None
        person.answer = {
            "viewer": member,
            "contracts": {"edges": [{"node": node} for node in nodes]},
            "own": {"id": ids[-1]} if ids else None,
            "foreign": None,
        }
        variables = {"own": ids[-1] if ids else foreign, "foreign": foreign}
        person.body = orjson.dumps({"query": ASKED, "variables": variables})

    def _theirs(self, actor: Actor, table: str) -> Iterator[str]:
        """Who sees what, said once more and from scratch."""
        granted = {row["contract_id"] for row in self.rows["contract_grant"] if row["member_id"] == actor.member_id}
        for row in self.rows[table]:
            if table in {"member", "api_key"}:
                sees = actor.organization_id == row["organization_id"] and (table == "member" or "OWNER" in actor.roles)
            elif table == "contract_grant":
                sees = _is_party(actor, row) or row["member_id"] == actor.member_id
            elif table == "contract_line_cost":
                sees = _is_party(actor, row) and self._reads_cost(actor, row)
            else:
                sees = _is_party(actor, row) or row.get("contract_id", row.get("id")) in granted
            if sees:
                yield str(row[EVERY_TABLE[table]])

    def _reads_cost(self, actor: Actor, row: dict[str, Any]) -> bool:
        signed = {it["id"] for it in self.rows["contract"] if it["vendor_signed_at"]}
        return "ACCEPTOR" not in actor.roles and (actor.kind != "ASSOCIATION" or row["contract_id"] in signed)

    def _token(self, subject: str) -> str:
        issuer, now = self.settings.issuer, datetime.now(UTC)
        keys = SigningKeys(self.settings.signing_keys_dir)
        life = timedelta(hours=1)
        return issue_token(keys, issuer=issuer, audience=issuer, subject=subject, lifetime=life, now=now)

    async def _insert(self, table: str, **columns: object) -> None:
        places = ", ".join(f"${at}" for at in range(1, len(columns) + 1))
        await self.superuser.execute(
            f"insert into {table} ({', '.join(columns)}) values ({places})",  # noqa: S608 - our own words
            *columns.values(),
        )


def _is_party(actor: Actor, row: dict[str, Any]) -> bool:
    parties = {"ASSOCIATION": row["association_id"], "VENDOR": row["vendor_id"], "OPERATOR": actor.organization_id}
    return parties.get(actor.kind) == actor.organization_id and bool(actor.roles & SEES_ALL[actor.kind])
