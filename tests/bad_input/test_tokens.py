from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from demo.seats import SEATS
from services.identity.signing_keys import SigningKeys
from tests.bad_input.clerk import Clerk, text_of
from tests.identity.forging import part, signed, signed_with, signed_with_hmac, unsigned

pytestmark = pytest.mark.asyncio(loop_scope="session")


def claims(clerk: Clerk, **changed: object) -> dict[str, Any]:
    """What a token of the vendor's owner says, but for what is changed."""
    now, issuer = int(datetime.now(UTC).timestamp()), clerk.world.settings.issuer
    right = {
        "iss": issuer,
        "aud": issuer,
        "sub": SEATS["vendor.owner"].subject,
        "iat": now,
        "nbf": now,
        "exp": now + 600,
    }
    return {name: value for name, value in (right | {"jti": "1"} | changed).items() if value is not None}


def keys(clerk: Clerk) -> SigningKeys:
    return SigningKeys(clerk.world.settings.signing_keys_dir)


async def refused(clerk: Clerk, token: str) -> list[str]:
    """Send a mutation with the token; it is refused as a whole, with the challenge of RFC 6750."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    body = json.dumps({"query": text_of("createOffering"), "variables": {"input": {"title": "Forged"}}})
    answer = await clerk.post("nobody", body.encode(), headers)
    assert answer.headers["www-authenticate"] == 'Bearer realm="chapterhouse", error="invalid_token"'
    return await clerk.errors(answer, 401)


async def test_the_token_that_the_others_differ_from_is_taken(clerk: Clerk) -> None:
    token = signed(keys(clerk), claims(clerk))
    answer = await clerk.post(
        "nobody",
        b'{"query": "{ viewer { roles } }"}',
        {"content-type": "application/json", "authorization": f"Bearer {token}"},
    )
    assert answer.json()["data"] == {"viewer": {"roles": ["OWNER", "SIGNATORY"]}}


async def test_an_expired_token(clerk: Clerk) -> None:
    long_ago = int((datetime.now(UTC) - timedelta(hours=2)).timestamp())
    assert await refused(clerk, signed(keys(clerk), claims(clerk, exp=long_ago + 600))) == ["TOKEN_EXPIRED"]


async def test_a_token_of_tomorrow(clerk: Clerk) -> None:
    tomorrow = int((datetime.now(UTC) + timedelta(days=1)).timestamp())
    token = signed(keys(clerk), claims(clerk, nbf=tomorrow, exp=tomorrow + 600))
    assert await refused(clerk, token) == ["TOKEN_NOT_YET_VALID"]


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
async def test_an_unsigned_token(clerk: Clerk, alg: str) -> None:
    kid = keys(clerk).newest.kid
    assert await refused(clerk, unsigned(claims(clerk), alg=alg, kid=kid)) == ["TOKEN_INVALID"]


async def test_a_token_signed_with_the_public_key_as_a_secret(clerk: Clerk) -> None:
    newest = keys(clerk).newest
    public = newest.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert await refused(clerk, signed_with_hmac(public, claims(clerk), kid=newest.kid)) == ["TOKEN_INVALID"]


async def test_a_foreign_token(clerk: Clerk) -> None:
    foreign = Ed25519PrivateKey.generate()
    theirs = claims(clerk, iss="https://elsewhere.example")
    assert await refused(clerk, signed_with(foreign, theirs, kid="theirs")) == ["TOKEN_INVALID"]
    ours = claims(clerk)
    assert await refused(clerk, signed_with(foreign, ours, kid=keys(clerk).newest.kid)) == ["TOKEN_INVALID"]
    assert await refused(clerk, signed_with(foreign, ours, kid="unknown")) == ["TOKEN_INVALID"]


async def test_a_token_for_another_audience(clerk: Clerk) -> None:
    token = signed(keys(clerk), claims(clerk, aud="https://elsewhere.example"))
    assert await refused(clerk, token) == ["TOKEN_INVALID"]


async def test_a_tampered_token(clerk: Clerk) -> None:
    header, _, signature = signed(keys(clerk), claims(clerk, sub="someone")).split(".")
    assert await refused(clerk, f"{header}.{part(claims(clerk))}.{signature}") == ["TOKEN_INVALID"]


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "nbf", "sub"])
async def test_a_token_without_a_claim_that_it_needs(clerk: Clerk, claim: str) -> None:
    assert await refused(clerk, signed(keys(clerk), claims(clerk, **{claim: None}))) == ["TOKEN_INVALID"]


@pytest.mark.parametrize("token", ["x", "a.b.c", "....", "e30.e30.", "%", "x" * 60_000])
async def test_a_token_that_is_none(clerk: Clerk, token: str) -> None:
    assert await refused(clerk, token) == ["TOKEN_INVALID"]
