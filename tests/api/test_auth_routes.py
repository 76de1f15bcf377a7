from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers

from api import auth_routes
from api.auth import AuthenticationError, Authenticator
from core.actor import ANONYMOUS, Actor
from core.db import Database
from core.ids import encode, new_id
from core.settings import Settings
from demo.organizations import seed_organizations
from demo.seats import SEATS
from services.identity.acting import MEMBERSHIPS, acting
from services.identity.api_keys import create_api_key, revoke_api_key
from services.identity.public_keys import public_keys
from services.identity.signing_keys import SigningKeys, rotate
from tests.databases import OneDatabase

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Door:
    """The routes around tokens, and an API key of Lakeside's."""

    http: httpx2.AsyncClient
    authenticator: Authenticator
    database: Database
    owner: Actor
    client_id: str
    secret: str

    async def post(self, form: dict[str, str], **headers: str) -> httpx2.Response:
        return await self.http.post("/oauth/token", data=form, headers=headers)

    async def enter(self, bearer: str) -> Actor:
        return await self.authenticator.authenticate(Headers({"Authorization": f"Bearer {bearer}"}))


@pytest.fixture
async def door(database: OneDatabase, settings: Settings) -> AsyncIterator[Door]:
    batch = await asyncpg.connect(database.batch_url)
    await seed_organizations(batch)
    await batch.close()
    opened = Database(settings.app_url)
    await opened.open()
    subject = ("self", SEATS["vendor.owner"].subject)
    async with opened.reading(ANONYMOUS) as connection:
        owner = acting(subject, await connection.fetch(MEMBERSHIPS, *subject), organization_id=None)
    key, secret = await opened.write(
        owner,
        lambda tx: create_api_key(tx, actor=owner, name="CI", roles=["CATALOG_MANAGER"], now=tx.now),
        now=datetime.now(UTC),
        request_id="test",
    )
    authenticator = Authenticator(settings, opened)
    app = Starlette(routes=auth_routes.auth_routes(settings, opened, authenticator))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=settings.issuer) as http:
        yield Door(http, authenticator, opened, owner, encode("key", key), secret.text)
    await opened.close()


def basic(client_id: str, secret: str) -> str:
    return f"Basic {base64.b64encode(f'{client_id}:{secret}'.encode()).decode()}"


async def test_a_key_is_exchanged_for_a_short_token(door: Door) -> None:
    in_the_form = {"grant_type": "client_credentials", "client_id": door.client_id, "client_secret": door.secret}
    for answer in (
        await door.post(in_the_form),
        await door.post({"grant_type": "client_credentials"}, Authorization=basic(door.client_id, door.secret)),
    ):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        body = answer.json()
        bearer = body.pop("access_token")
        assert body == {"token_type": "Bearer", "expires_in": 600}
        system = await door.enter(bearer)
        assert (system.kind, system.name, system.roles) == ("VENDOR", "CI", frozenset({"CATALOG_MANAGER"}))
        assert system.subject == ("self", door.client_id)


async def test_a_revoked_keys_tokens_open_nothing(door: Door) -> None:
    form = {"grant_type": "client_credentials", "client_id": door.client_id, "client_secret": door.secret}
    bearer = (await door.post(form)).json()["access_token"]
    async with door.database.reading(door.owner) as connection:
        key = await connection.fetchval("select id from api_key where revoked_at is null order by created_at desc")
    await door.database.write(
        door.owner,
        lambda tx: revoke_api_key(tx, actor=door.owner, api_key_id=key, now=tx.now),
        now=datetime.now(UTC),
        request_id="test",
    )
    assert (await door.enter(bearer)).kind == "ANONYMOUS"
    answer = await door.post(form)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_every_wrong_client_looks_the_same(door: Door) -> None:
    answers = [
        await door.post({"grant_type": "client_credentials"}, Authorization=basic(client_id, secret))
        for client_id, secret in (
            (door.client_id, "chs_wrong"),
            (door.client_id, ""),
            (door.client_id, door.secret + "x"),
            (encode("key", new_id()), door.secret),
            ("", door.secret),
            ("rubbish", door.secret),
            ("org_AAAAAAAAAAAAAAAAAAAAAA", door.secret),
            ("\N{SNOWMAN}", "\N{SNOWMAN}\0"),
        )
    ]
    assert {(answer.status_code, answer.text, answer.headers["www-authenticate"]) for answer in answers} == {
        (401, answers[0].text, 'Basic realm="chapterhouse"')
    }
    assert answers[0].json()["error"] == "invalid_client"
    assert door.secret not in answers[0].text


@pytest.mark.parametrize(
    ("form", "error", "status"),
    [
        ({}, "invalid_request", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"grant_type": "client_credentials"}, "invalid_client", 401),
        ({"grant_type": "client_credentials", "client_id": "key_a"}, "invalid_client", 401),
        ({"grant_type": "client_credentials", "scope": "everything"}, "invalid_scope", 400),
        ({"grant_type": "client_credentials", "note": "x" * 4096}, "invalid_request", 413),
    ],
)
async def test_forms_that_will_not_do(door: Door, form: dict[str, str], error: str, status: int) -> None:
    answer = await door.post(form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&grant_type=client_credentials",
        b"grant_type=%ff",
        b"\xff",
        b"&".join(b"a%d=1" % at for at in range(50)),
    ],
)
async def test_bodies_that_are_no_form(door: Door, body: bytes) -> None:
    answer = await door.http.post("/oauth/token", content=body, headers=FORM)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_other_media_types_and_methods(door: Door) -> None:
    answer = await door.http.post("/oauth/token", json={"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert (await door.http.get("/oauth/token")).status_code == 405


async def test_credentials_are_sent_once(door: Door) -> None:
    form = {"grant_type": "client_credentials", "client_id": door.client_id, "client_secret": door.secret}
    header = basic(door.client_id, door.secret)
    answer = await door.post(form, Authorization=header)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    other = {"grant_type": "client_credentials", "client_id": encode("key", new_id())}
    assert (await door.post(other, Authorization=header)).json()["error"] == "invalid_request"
    same = {"grant_type": "client_credentials", "client_id": door.client_id}
    assert (await door.post(same, Authorization=header)).status_code == 200


@pytest.mark.parametrize("given", ["Bearer abc", "Basic", "Basic !!!", "Basic YQ==", "Basic /w==", "Basic \xe9"])
async def test_a_header_that_is_not_basic(door: Door, given: str) -> None:
    request = door.http.build_request("POST", "/oauth/token", data={"grant_type": "client_credentials"})
    request.headers = httpx2.Headers([*request.headers.raw, (b"authorization", given.encode("latin-1"))])
    answer = await door.http.send(request)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_a_body_that_does_not_come_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_routes, "LONGEST_FORM_SECONDS", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"grant_type="
        await asyncio.sleep(5)

    answer = await door.http.post("/oauth/token", content=slowly(), headers=FORM)
    assert (answer.status_code, answer.json()["error"]) == (408, "invalid_request")


async def test_our_keys_are_published_and_verify_our_tokens(door: Door, settings: Settings) -> None:
    answer = await door.http.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert public_keys(answer.json()).keys() == {SigningKeys(settings.signing_keys_dir).newest.kid}
    assert "d" not in answer.json()["keys"][0]
    rotate(settings.signing_keys_dir)
    form = {"grant_type": "client_credentials", "client_id": door.client_id, "client_secret": door.secret}
    assert (await door.enter((await door.post(form)).json()["access_token"])).name == "CI"
    assert len((await door.http.get("/.well-known/jwks.json")).json()["keys"]) == 2


async def test_clients_that_configure_themselves(door: Door, settings: Settings) -> None:
    metadata = (await door.http.get("/.well-known/oauth-authorization-server")).json()
    assert metadata["issuer"] == settings.issuer
    assert metadata["token_endpoint"] == f"{settings.issuer}/oauth/token"
    assert metadata["jwks_uri"] == f"{settings.issuer}/.well-known/jwks.json"
    assert metadata["grant_types_supported"] == ["client_credentials"]


async def test_a_key_itself_is_no_bearer_token(door: Door) -> None:
    with pytest.raises(AuthenticationError) as refused:
        await door.enter(door.secret)
    assert refused.value.code == "TOKEN_INVALID"
