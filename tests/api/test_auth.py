from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from starlette.datastructures import Headers

from api.auth import AuthenticationError, Authenticator
from core.actor import ANONYMOUS, Actor
from core.db import Database
from core.ids import encode, new_id
from core.settings import ConfigurationError, OidcIssuer, Settings
from demo.organizations import member_id, organization_id, seed_organizations
from demo.seats import GUILD, HARBOR, LAKESIDE, SEATS, token
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.databases import OneDatabase
from tests.identity.forging import signed_with_hmac, unsigned
from tests.identity.provider import Provider, a_provider


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    with a_provider(SigningKeys(tmp_path / "provider")) as provider:
        yield provider


@pytest.fixture
def settings(database: OneDatabase, tmp_path: Path, provider: Provider) -> Settings:
    outside = OidcIssuer(issuer=provider.url, audience="chapterhouse", jwks_uri=provider.jwks_uri)
    return database.settings(tmp_path, oidc_issuers=[outside])


@pytest.fixture
async def authenticator(database: OneDatabase, settings: Settings) -> AsyncIterator[Authenticator]:
    batch = await asyncpg.connect(database.batch_url)
    await seed_organizations(batch)
    # Whoever owns the guild also delivers for Lakeside.
    await batch.execute(
        """insert into member select uuidv7(), $1, $2, 'PERSON', 'Ingrid Solberg', 'both@lakeside.example',
        '{DELIVERY}', now() on conflict do nothing""",
        organization_id(LAKESIDE),
        member_id(SEATS["association.owner"]),
    )
    await batch.close()
    opened = Database(settings.app_url)
    await opened.open()
    yield Authenticator(settings, opened)
    await opened.close()


def headers(bearer: str, **others: str) -> Headers:
    return Headers(
        {"Authorization": f"Bearer {bearer}"} | {name.replace("_", "-"): each for name, each in others.items()}
    )


def a_token(settings: Settings, **changed: object) -> str:
    values: dict[str, object] = {
        "issuer": settings.issuer,
        "audience": settings.issuer,
        "subject": "seat:vendor.catalog",
        "lifetime": timedelta(minutes=10),
        "now": datetime.now(UTC),
    }
    return issue_token(SigningKeys(settings.signing_keys_dir), **(values | changed))  # type: ignore[arg-type]


async def refusal(authenticator: Authenticator, given: Headers) -> tuple[str, int]:
    with pytest.raises(AuthenticationError) as refused:
        await authenticator.authenticate(given)
    challenged = "WWW-Authenticate" in refused.value.headers
    assert challenged == (refused.value.status == 401)
    return refused.value.code, refused.value.status


async def test_no_token_is_nobody(authenticator: Authenticator) -> None:
    assert await authenticator.authenticate(Headers({})) is ANONYMOUS
    assert await authenticator.authenticate(Headers({"X-Organization": "rubbish"})) is ANONYMOUS


async def test_a_seats_token_is_its_member(authenticator: Authenticator, settings: Settings) -> None:
    given = headers(token(settings, "vendor.catalog"))
    assert await authenticator.authenticate(given) == Actor(
        kind="VENDOR",
        organization_id=organization_id(LAKESIDE),
        member_id=member_id(SEATS["vendor.catalog"]),
        person_id=member_id(SEATS["vendor.catalog"]),
        name="Mateo Reyes",
        email="catalog@lakeside.example",
        organization_name="Lakeside Learning Services",
        roles=frozenset({"CATALOG_MANAGER"}),
        subject=("self", "seat:vendor.catalog"),
    )
    spelled = Headers({"authorization": given["authorization"].replace("Bearer", "bEARER ")})
    assert (await authenticator.authenticate(spelled)).name == "Mateo Reyes"


async def test_a_subject_that_is_a_member_of_nothing_is_nobody_but_keeps_its_name(
    authenticator: Authenticator, settings: Settings, provider: Provider
) -> None:
    assert await authenticator.authenticate(headers(a_token(settings, subject="stranger"))) == Actor(
        kind="ANONYMOUS", subject=("self", "stranger")
    )
    outside = issue_token(
        provider.keys,
        issuer=provider.url,
        audience="chapterhouse",
        # the subject of somebody else's token, at another issuer, is somebody else
        subject="seat:vendor.catalog",
        lifetime=timedelta(minutes=1),
        now=datetime.now(UTC),
    )
    assert await authenticator.authenticate(headers(outside)) == Actor(
        kind="ANONYMOUS", subject=(provider.url, "seat:vendor.catalog")
    )


async def test_who_is_in_two_organizations_says_for_which_they_act(
    authenticator: Authenticator, settings: Settings
) -> None:
    bearer = token(settings, "association.owner")
    assert await refusal(authenticator, headers(bearer)) == ("ORGANIZATION_REQUIRED", 400)
    for organization, kind, roles in (
        (GUILD, "ASSOCIATION", {"OWNER", "SIGNATORY"}),
        (LAKESIDE, "VENDOR", {"DELIVERY"}),
    ):
        given = headers(bearer, X_Organization=encode("org", organization_id(organization)))
        actor = await authenticator.authenticate(given)
        assert (actor.kind, actor.organization_id, actor.roles) == (
            kind,
            organization_id(organization),
            frozenset(roles),
        )


async def test_an_organization_one_is_no_member_of_looks_like_none_at_all(
    authenticator: Authenticator, settings: Settings
) -> None:
    bearer = token(settings, "vendor.catalog")
    strange = (organization_id(HARBOR), organization_id(GUILD), new_id())
    answers = {await authenticator.authenticate(headers(bearer, X_Organization=encode("org", one))) for one in strange}
    assert answers == {Actor(kind="ANONYMOUS", subject=("self", "seat:vendor.catalog"))}


@pytest.mark.parametrize("text", ["", "rubbish", "mem_AAAAAAAAAAAAAAAAAAAAAA", "org_", "org_AAAA", "org_é"])
async def test_an_organization_that_is_no_id(authenticator: Authenticator, settings: Settings, text: str) -> None:
    given = Headers(
        raw=[(b"authorization", f"Bearer {a_token(settings)}".encode()), (b"x-organization", text.encode())]
    )
    assert await refusal(authenticator, given) == ("ORGANIZATION_INVALID", 400)


async def test_tokens_that_will_not_do(authenticator: Authenticator, settings: Settings, provider: Provider) -> None:
    now, kid = datetime.now(UTC), SigningKeys(settings.signing_keys_dir).newest.kid
    claims = {"iss": settings.issuer, "aud": settings.issuer, "sub": "seat:vendor.owner", "nbf": 0, "exp": 2**40}
    by_the_provider = {"issuer": settings.issuer, "audience": settings.issuer, "subject": "seat:vendor.owner"}
    cases = {
        "expired": (a_token(settings, now=now - timedelta(minutes=11)), "TOKEN_EXPIRED"),
        "not yet": (a_token(settings, now=now + timedelta(minutes=5)), "TOKEN_NOT_YET_VALID"),
        "for another": (a_token(settings, audience="https://elsewhere.example"), "TOKEN_INVALID"),
        "foreign": (a_token(settings, issuer="https://elsewhere.example"), "TOKEN_INVALID"),
        "unsigned": (unsigned(claims, kid=kid), "TOKEN_INVALID"),
        "shared secret": (signed_with_hmac(b"", claims, kid=kid), "TOKEN_INVALID"),
        "another issuer's key": (
            issue_token(provider.keys, lifetime=timedelta(hours=1), now=now, **by_the_provider),
            "TOKEN_INVALID",
        ),
        "large": ("x" * 10_000, "TOKEN_INVALID"),
        "rubbish": ("rubbish", "TOKEN_INVALID"),
    }
    for name, (bearer, code) in cases.items():
        assert await refusal(authenticator, headers(bearer)) == (code, 401), name


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token abc", "abc"])
async def test_a_header_that_is_no_bearer_token(authenticator: Authenticator, given: str) -> None:
    assert await refusal(authenticator, Headers({"Authorization": given})) == ("TOKEN_INVALID", 401)


async def test_two_tokens_are_one_too_many(authenticator: Authenticator, settings: Settings) -> None:
    bearer = f"Bearer {a_token(settings)}".encode()
    given = Headers(raw=[(b"authorization", bearer), (b"authorization", bearer)])
    assert await refusal(authenticator, given) == ("TOKEN_INVALID", 401)


async def test_an_issuer_that_cannot_be_reached(
    authenticator: Authenticator, settings: Settings, provider: Provider
) -> None:
    provider.status = 500
    bearer = a_token(settings, issuer=provider.url, audience="chapterhouse")
    assert await refusal(authenticator, headers(bearer)) == ("TOKEN_ISSUER_UNAVAILABLE", 503)


async def test_an_issuer_twice_or_ourselves_is_refused_at_the_start(settings: Settings) -> None:
    outside = settings.oidc_issuers[0]
    ourselves = OidcIssuer(issuer=settings.issuer, audience="a", jwks_uri="https://id.example/jwks")
    for issuers in ([outside, outside], [ourselves]):
        with pytest.raises(ConfigurationError, match="twice, or this API itself"):
            Authenticator(settings.model_copy(update={"oidc_issuers": issuers}), Database(settings.app_url))
