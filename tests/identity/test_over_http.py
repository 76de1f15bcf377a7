from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from core.ids import encode
from core.settings import Settings
from demo.organizations import member_id, organization_id
from demo.seats import GUILD, LAKESIDE, OPERATOR, SEATS, token
from demo.seed import seed
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.databases import OneDatabase
from tests.serving import serving

ORGANIZATION = encode("org", organization_id(LAKESIDE))
VIEWER = """{ viewer {
    member { id name email kind } organization { id name kind countryCode timeZone } roles grants { totalCount } } }"""


class Api:
    """The whole API, as one client or another asks it."""

    def __init__(self, http: httpx2.AsyncClient, settings: Settings) -> None:
        self.http = http
        self.settings = settings

    def bearer(self, subject: str) -> str:
        if subject in SEATS:
            return token(self.settings, subject)
        return issue_token(
            SigningKeys(self.settings.signing_keys_dir),
            issuer=self.settings.issuer,
            audience=self.settings.issuer,
            subject=subject,
            lifetime=timedelta(minutes=5),
            now=datetime.now(UTC),
        )

    async def send(self, query: str, variables: object = None, **headers: str) -> httpx2.Response:
        return await self.http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)

    async def ask(self, seat: str | None, query: str, variables: object = None, **headers: str) -> dict[str, Any]:
        if seat is not None:
            headers["Authorization"] = f"Bearer {self.bearer(seat)}"
        answer = await self.send(query, variables, **headers)
        body: dict[str, Any] = answer.json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    async def change(
        self, seat: str | None, name: str, selection: str, values: object = None, **headers: str
    ) -> dict[str, Any]:
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation M($input: {kind}!) {{ {name}(input: $input) {{ {selection} userErrors {{ field code }} }} }}"
        payload: dict[str, Any] = (await self.ask(seat, query, {"input": values or {}}, **headers))[name]
        return payload


@pytest.fixture
async def api(fresh_database: OneDatabase, tmp_path: Path) -> AsyncIterator[Api]:
    own = fresh_database.settings(tmp_path)
    await seed(own)
    await seed(own)
    async with serving(own) as http:
        yield Api(http, own)


async def test_the_viewer(api: Api) -> None:
    assert (await api.ask("vendor.catalog", VIEWER))["viewer"] == {
        "member": {
            "id": encode("mem", member_id(SEATS["vendor.catalog"])),
            "name": "Mateo Reyes",
            "email": "catalog@lakeside.example",
            "kind": "PERSON",
        },
        "organization": {
            "id": ORGANIZATION,
            "name": "Lakeside Learning Services",
            "kind": "VENDOR",
            "countryCode": "US",
            "timeZone": "America/Chicago",
        },
        "roles": ["CATALOG_MANAGER"],
        "grants": {"totalCount": 0},
    }
    assert await api.ask(None, VIEWER) == {"viewer": None}
    assert await api.ask("a stranger", VIEWER) == {"viewer": None}


async def test_a_bad_token_is_a_challenge_and_nothing_else(api: Api) -> None:
    answer = await api.send(VIEWER, Authorization="Bearer rubbish")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="chapterhouse", error="invalid_token"'
    error = {"message": "the token is not valid here", "extensions": {"code": "TOKEN_INVALID"}}
    assert answer.json() == {"errors": [error]}


async def test_from_an_invitation_to_a_member(api: Api) -> None:
    selection = "invitation { id name roles acceptedAt } code"
    invited = await api.change(
        "association.owner",
        "inviteMember",
        selection,
        {"name": "Nora Lind", "email": "nora@guild.example", "roles": ["FINANCE"]},
    )
    assert invited["userErrors"] == []
    assert invited["invitation"] | {"id": ""} == {
        "id": "",
        "name": "Nora Lind",
        "roles": ["FINANCE"],
        "acceptedAt": None,
    }

    accepted = await api.change(
        "nora", "acceptInvitation", "member { name roles organization { name } }", {"code": invited["code"]}
    )
    assert accepted == {
        "member": {
            "name": "Nora Lind",
            "roles": ["FINANCE"],
            "organization": {"name": "National Guild of Water Inspectors"},
        },
        "userErrors": [],
    }
    again = await api.change("nora", "acceptInvitation", "member { id }", {"code": invited["code"]})
    assert again == {"member": None, "userErrors": [{"field": "code", "code": "INVITATION_NOT_OPEN"}]}
    nobody = await api.change(None, "acceptInvitation", "member { id }", {"code": invited["code"]})
    assert nobody == {"member": None, "userErrors": [{"field": None, "code": "UNAUTHENTICATED"}]}

    listed = await api.ask(
        "association.owner",
        "{ viewer { organization { members(first: 10) { totalCount nodes { name } }"
        " invitations(filter: {open: false}) { nodes { id acceptedAt } }"
        " open: invitations(filter: {open: true}) { totalCount } } } }",
    )
    organization = listed["viewer"]["organization"]
    assert [one["name"] for one in organization["members"]["nodes"]] == [
        "Helen Brandt",
        "Ingrid Solberg",
        "Nora Lind",
        "Priya Raman",
        "Samuel Okafor",
    ]
    (found,) = organization["invitations"]["nodes"]
    assert found["id"] == invited["invitation"]["id"]
    assert found["acceptedAt"] is not None
    assert organization["open"] == {"totalCount": 0}


async def test_acceptance_with_an_idempotency_key_is_answered_twice(api: Api) -> None:
    invited = await api.change(
        "association.owner", "inviteMember", "code", {"name": "N", "email": "n@guild.example", "roles": ["AUDITOR"]}
    )
    key = {"Idempotency-Key": "accept-1"}
    once = await api.change("nora", "acceptInvitation", "member { id }", {"code": invited["code"]}, **key)
    twice = await api.change("nora", "acceptInvitation", "member { id }", {"code": invited["code"]}, **key)
    assert once["member"] is not None
    assert once == twice


async def test_a_secret_is_not_shown_again(api: Api) -> None:
    key = {"Idempotency-Key": "key-1"}
    values = {"name": "CI", "roles": ["CATALOG_MANAGER"]}
    once = await api.change("vendor.owner", "createApiKey", "apiKey { id name } secret", values, **key)
    twice = await api.change("vendor.owner", "createApiKey", "apiKey { id name } secret", values, **key)
    assert once["secret"].startswith("chs_")
    assert twice == once | {"secret": None}


async def test_a_vendors_own_system_works_until_its_key_is_revoked(api: Api) -> None:
    made = await api.change(
        "vendor.owner",
        "createApiKey",
        "apiKey { id member { kind email roles } } secret",
        {"name": "CI", "roles": ["CATALOG_MANAGER"]},
    )
    assert made["apiKey"]["member"] == {"kind": "SERVICE", "email": None, "roles": ["CATALOG_MANAGER"]}
    form = {
        "grant_type": "client_credentials",
        "client_id": made["apiKey"]["id"],
        "client_secret": made["secret"],
    }
    issued = (await api.http.post("/oauth/token", data=form)).json()
    bearer = {"Authorization": f"Bearer {issued['access_token']}"}
    assert (await api.ask(None, "{ viewer { member { name } } }", **bearer))["viewer"] == {"member": {"name": "CI"}}

    revoked = await api.change(
        "vendor.owner", "revokeApiKey", "apiKey { revokedAt member { endedAt } }", {"apiKeyId": made["apiKey"]["id"]}
    )
    assert revoked["userErrors"] == []
    assert revoked["apiKey"]["revokedAt"] == revoked["apiKey"]["member"]["endedAt"] is not None
    assert (await api.ask(None, "{ viewer { member { name } } }", **bearer))["viewer"] is None
    assert (await api.http.post("/oauth/token", data=form)).status_code == 401


async def test_members_are_managed(api: Api) -> None:
    buyer = encode("mem", member_id(SEATS["association.buyer"]))
    changed = await api.change(
        "association.owner", "changeMemberRoles", "member { roles }", {"memberId": buyer, "roles": ["FINANCE"]}
    )
    assert changed == {"member": {"roles": ["FINANCE"]}, "userErrors": []}
    refused = await api.change(
        "association.owner", "changeMemberRoles", "member { roles }", {"memberId": buyer, "roles": ["DELIVERY"]}
    )
    assert refused["userErrors"] == [{"field": "roles.0", "code": "ROLE_NOT_FOR_ORGANIZATION"}]
    other = await api.change("association.owner", "endMembership", "member { id }", {"memberId": ORGANIZATION})
    assert other == {"member": None, "userErrors": [{"field": "memberId", "code": "INVALID_ID"}]}
    ended = await api.change("association.owner", "endMembership", "member { name endedAt }", {"memberId": buyer})
    assert ended["userErrors"] == []
    assert ended["member"]["endedAt"] is not None
    assert await api.ask("association.buyer", VIEWER) == {"viewer": None}


async def test_an_organization_is_registered_by_an_operators_owner_only(api: Api) -> None:
    values = {"kind": "VENDOR", "name": "Quay Support", "countryCode": "PT", "timeZone": "Europe/Lisbon"}
    refused = await api.change("operator.billing", "registerOrganization", "organization { id }", values)
    assert refused == {"organization": None, "userErrors": [{"field": None, "code": "FORBIDDEN"}]}


LISTS = """query ($id: ID!) { organization(id: $id) {
    name members { totalCount } invitations { totalCount } apiKeys { totalCount } } }"""


async def test_what_strangers_see_of_an_organization(api: Api) -> None:
    await api.change("vendor.owner", "createApiKey", "secret", {"name": "CI", "roles": ["DELIVERY"]})
    await api.change(
        "vendor.owner", "inviteMember", "code", {"name": "N", "email": "n@lakeside.example", "roles": ["DELIVERY"]}
    )
    vendor, guild, operator = (encode("org", organization_id(one)) for one in (LAKESIDE, GUILD, OPERATOR))
    nothing = {"members": {"totalCount": 0}, "invitations": {"totalCount": 0}, "apiKeys": {"totalCount": 0}}
    for seat in ("stranger.vendor", "association.owner", "operator.billing", "nobody", None):
        public = (await api.ask(seat, LISTS, {"id": vendor}))["organization"]
        assert public == {"name": "Lakeside Learning Services"} | nothing, seat
    assert (await api.ask("vendor.delivery", LISTS, {"id": vendor}))["organization"] == {
        "name": "Lakeside Learning Services",
        "members": {"totalCount": 4},
        "invitations": {"totalCount": 0},
        "apiKeys": {"totalCount": 0},
    }
    assert (await api.ask("vendor.owner", LISTS, {"id": vendor}))["organization"] == {
        "name": "Lakeside Learning Services",
        "members": {"totalCount": 4},
        "invitations": {"totalCount": 1},
        "apiKeys": {"totalCount": 1},
    }
    for seat in ("stranger.vendor", "stranger.association", "vendor.owner", None):
        assert (await api.ask(seat, LISTS, {"id": guild}))["organization"] is None, seat
    assert (await api.ask("operator.billing", LISTS, {"id": guild}))["organization"] is not None
    assert (await api.ask(None, LISTS, {"id": operator}))["organization"] is not None


async def test_nodes_of_another_organization(api: Api) -> None:
    made = await api.change("vendor.owner", "createApiKey", "apiKey { id }", {"name": "CI", "roles": ["DELIVERY"]})
    invited = await api.change(
        "vendor.owner",
        "inviteMember",
        "invitation { id }",
        {"name": "N", "email": "n@l.example", "roles": ["DELIVERY"]},
    )
    ids = [made["apiKey"]["id"], invited["invitation"]["id"], encode("mem", member_id(SEATS["vendor.owner"]))]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert (await api.ask("vendor.owner", query, {"ids": ids}))["nodes"] == [{"id": one} for one in ids]
    for seat in ("stranger.vendor", "association.owner", "operator.billing", "nobody", None):
        assert (await api.ask(seat, query, {"ids": ids}))["nodes"] == [None] * 3, seat
    assert (await api.ask("vendor.catalog", query, {"ids": ids}))["nodes"] == [None, None, {"id": ids[2]}]
