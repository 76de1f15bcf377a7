from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import ConfigurationError, OidcIssuer
from services.identity import fetching
from services.identity.fetching import LARGEST_BYTES
from services.identity.outside_issuers import REFETCH_SECONDS, RETRY_SECONDS, STALE_SECONDS, OutsideIssuer
from services.identity.signing_keys import SigningKeys, rotate
from services.identity.tokens import TokenRefused, verify
from tests.identity.forging import NOW, claims, signed
from tests.identity.provider import Provider, a_provider
from tests.identity.test_signing_keys import Clock


@pytest.fixture
def keys(tmp_path: Path) -> SigningKeys:
    return SigningKeys(tmp_path)


@pytest.fixture
def provider(keys: SigningKeys) -> Iterator[Provider]:
    with a_provider(keys) as provider:
        yield provider


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(provider: Provider, clock: Clock) -> OutsideIssuer:
    configured = OidcIssuer(issuer=provider.url, audience="chapterhouse", jwks_uri=provider.jwks_uri)
    return OutsideIssuer(configured, clock=clock)


def a_token(provider: Provider, **changed: object) -> str:
    return signed(provider.keys, claims(iss=provider.url, aud="chapterhouse", **changed))


async def verified(issuer: OutsideIssuer, token: str) -> tuple[str, str]:
    return (await verify(token, {issuer.issuer: issuer})).subject(NOW)


async def refusal(issuer: OutsideIssuer, token: str) -> str:
    with pytest.raises(TokenRefused) as refused:
        await verified(issuer, token)
    return refused.value.code


async def test_a_token_of_a_configured_issuer_proves_its_subject(provider: Provider, issuer: OutsideIssuer) -> None:
    assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert provider.asked == ["/jwks"]


async def test_its_key_set_is_found_by_discovery(provider: Provider) -> None:
    issuer = OutsideIssuer(OidcIssuer(issuer=provider.url, audience="chapterhouse"))
    assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert provider.asked == ["/.well-known/openid-configuration", "/jwks"]


@pytest.mark.parametrize("discovery", [{"issuer": "https://other.example"}, {"jwks_uri": None}, {"jwks_uri": "//x"}])
async def test_a_discovery_document_that_is_not_the_issuers_own_is_not_believed(
    provider: Provider, discovery: dict[str, object]
) -> None:
    provider.discovery = {"issuer": provider.url, "jwks_uri": provider.jwks_uri} | discovery
    issuer = OutsideIssuer(OidcIssuer(issuer=provider.url, audience="chapterhouse"))
    assert await refusal(issuer, a_token(provider)) == "TOKEN_ISSUER_UNAVAILABLE"
    assert "/jwks" not in provider.asked


async def test_a_token_for_another_audience_is_refused(provider: Provider, issuer: OutsideIssuer) -> None:
    token = signed(provider.keys, claims(iss=provider.url, aud="another-client"))
    assert await refusal(issuer, token) == "TOKEN_INVALID"


async def test_one_issuers_key_does_not_sign_for_another(provider: Provider, tmp_path: Path) -> None:
    with a_provider(SigningKeys(tmp_path / "other")) as other:
        issuers = {
            each.url: OutsideIssuer(OidcIssuer(issuer=each.url, audience="chapterhouse", jwks_uri=each.jwks_uri))
            for each in (provider, other)
        }
        forged = signed(other.keys, claims(iss=provider.url, aud="chapterhouse"))
        with pytest.raises(TokenRefused, match="not valid"):
            (await verify(forged, issuers)).subject(NOW)
        assert other.asked == []


async def test_random_kids_cause_one_fetch_a_minute(provider: Provider, issuer: OutsideIssuer, clock: Clock) -> None:
    for at in range(50):
        assert await refusal(issuer, signed(provider.keys, claims(iss=provider.url), kid=f"random {at}")) == (
            "TOKEN_INVALID"
        )
    assert provider.asked == ["/jwks"]
    clock.now += REFETCH_SECONDS
    for at in range(50):
        await refusal(issuer, signed(provider.keys, claims(iss=provider.url), kid=f"other {at}"))
    assert provider.asked == ["/jwks"] * 2


async def test_a_new_key_is_fetched_when_its_first_token_comes(
    provider: Provider, issuer: OutsideIssuer, clock: Clock, tmp_path: Path
) -> None:
    await verified(issuer, a_token(provider))
    rotate(tmp_path)
    assert await refusal(issuer, a_token(provider)) == "TOKEN_INVALID"
    clock.now += REFETCH_SECONDS
    assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert provider.asked == ["/jwks"] * 2


async def test_those_who_ask_at_once_share_one_fetch(provider: Provider, issuer: OutsideIssuer) -> None:
    provider.wait = threading.Event()
    token = a_token(provider)
    asking = [asyncio.create_task(verified(issuer, token)) for _ in range(50)]
    await asyncio.to_thread(provider.heard.wait, 10)
    asking.pop().cancel()
    provider.wait.set()
    assert await asyncio.gather(*asking) == [(provider.url, "someone")] * 49
    assert provider.asked == ["/jwks"]


@pytest.mark.parametrize(
    ("cache_control", "seconds"),
    [("public, max-age=600", 600), ("max-age=0", 60), ("no-cache", 3600), ("MAX-AGE=999999999", 24 * 3600)],
)
async def test_keys_are_fresh_for_as_long_as_their_server_says(
    provider: Provider, issuer: OutsideIssuer, clock: Clock, cache_control: str, seconds: float
) -> None:
    provider.headers["Cache-Control"] = cache_control
    await verified(issuer, a_token(provider))
    clock.now += seconds - 1
    await verified(issuer, a_token(provider))
    assert len(provider.asked) == 1
    clock.now += 1
    await verified(issuer, a_token(provider))
    assert len(provider.asked) == 2


async def test_while_an_issuer_is_down_its_keys_serve_for_a_day(
    provider: Provider, issuer: OutsideIssuer, clock: Clock
) -> None:
    provider.headers["Cache-Control"] = "max-age=600"
    await verified(issuer, a_token(provider))
    provider.status = 500
    clock.now += 600
    for _ in range(10):
        clock.now += (REFETCH_SECONDS - 1) / 10
        assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert len(provider.asked) == 2
    clock.now += STALE_SECONDS
    assert await refusal(issuer, a_token(provider)) == "TOKEN_ISSUER_UNAVAILABLE"
    provider.status = 200
    assert await refusal(issuer, a_token(provider)) == "TOKEN_ISSUER_UNAVAILABLE"
    clock.now += RETRY_SECONDS
    assert await verified(issuer, a_token(provider)) == (provider.url, "someone")
    assert len(provider.asked) == 4


@pytest.mark.parametrize(
    "bad",
    [
        {"status": 404},
        {"status": 302, "headers": {"Location": "/elsewhere"}},
        {"body": b"<html>"},
        {"body": b"[]"},
        {"body": b'{"keys": []}'},
        {"body": b'{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "a"}]}'},
        {"body": b'{"keys": ' + b" " * LARGEST_BYTES + b"[]}"},
    ],
    ids=["absent", "redirect", "html", "list", "empty", "shared secret", "large"],
)
async def test_keys_that_cannot_be_had(provider: Provider, issuer: OutsideIssuer, bad: dict[str, object]) -> None:
    vars(provider).update(bad)
    assert await refusal(issuer, a_token(provider)) == "TOKEN_ISSUER_UNAVAILABLE"
    assert provider.asked == ["/jwks"]


async def test_a_slow_issuer_is_given_up(
    provider: Provider, issuer: OutsideIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_SECONDS", 0.1)
    provider.wait = threading.Event()
    assert await refusal(issuer, a_token(provider)) == "TOKEN_ISSUER_UNAVAILABLE"
    provider.wait.set()


async def test_nobody_listening(provider: Provider) -> None:
    configured = OidcIssuer(issuer="https://id.example", audience="a", jwks_uri="http://127.0.0.1:1/jwks")
    token = signed(provider.keys, claims(iss="https://id.example", aud="a"))
    assert await refusal(OutsideIssuer(configured), token) == "TOKEN_ISSUER_UNAVAILABLE"


@pytest.mark.parametrize(
    "configured",
    [
        OidcIssuer(issuer="http://id.example", audience="a"),
        OidcIssuer(issuer="https://id.example", audience="a", jwks_uri="http://id.example/jwks"),
        OidcIssuer(issuer="https://id.example", audience="a", jwks_uri="http://127.0.0.1.example/jwks"),
        OidcIssuer(issuer="https://id.example:port", audience="a"),
    ],
)
def test_keys_that_would_come_unprotected_are_refused_at_the_start(configured: OidcIssuer) -> None:
    with pytest.raises(ConfigurationError, match="must come over https"):
        OutsideIssuer(configured)
