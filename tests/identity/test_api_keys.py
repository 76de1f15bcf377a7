from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.actor import ANONYMOUS
from core.db import Transaction
from core.ids import encode
from services.identity.api_keys import SECRET_HASH, create_api_key, revoke_api_key
from services.identity.membership import change_member_roles, end_membership
from services.identity.secret_codes import SecretCode, new_code, opens
from tests.identity.conftest import Market
from tests.identity.forging import NOW


def creating(name: str = "CI", *roles: str) -> Callable[[Transaction], Awaitable[tuple[UUID, SecretCode]]]:
    return lambda tx: create_api_key(tx, actor=tx.actor, name=name, roles=roles, now=tx.now)


def revoking(key: UUID) -> Callable[[Transaction], Awaitable[UUID]]:
    return lambda tx: revoke_api_key(tx, actor=tx.actor, api_key_id=key, now=tx.now)


async def test_a_key_is_a_member_of_its_own(market: Market) -> None:
    owner = await market.seat("vendor.owner")
    key, secret = await market.write(owner, creating("Publishing pipeline", "CATALOG_MANAGER"))
    system = await market.actor(encode("key", key))
    assert (system.kind, system.name, system.roles) == ("VENDOR", "Publishing pipeline", frozenset({"CATALOG_MANAGER"}))
    assert system.organization_id == owner.organization_id
    row = await market.batch.fetchrow("select k.secret_hash, m.kind from api_key k join member m on m.id = k.member_id")
    assert row is not None
    assert (row["secret_hash"], row["kind"]) == (secret.digest, "SERVICE")
    assert await market.events() == [("API_KEY_CREATED", "Olivia Marsh")]


async def test_the_secret_is_kept_nowhere(market: Market) -> None:
    _, secret = await market.write(await market.seat("vendor.owner"), creating("CI", "DELIVERY"))
    assert secret.text.startswith("chs_")
    assert len(secret.text) == 4 + 43
    assert secret.text not in repr(secret)
    assert secret.text not in str([dict(each) for table in await market.everything() for each in table])


async def test_a_revoked_key_opens_nothing_at_once(market: Market) -> None:
    owner = await market.seat("vendor.owner")
    key, secret = await market.write(owner, creating("CI", "DELIVERY"))
    async with market.database.reading(ANONYMOUS) as connection:
        assert opens(secret.text, await connection.fetchval(SECRET_HASH, key))
        await market.write(owner, revoking(key))
        assert not opens(secret.text, await connection.fetchval(SECRET_HASH, key))
    assert (await market.actor(encode("key", key))).kind == "ANONYMOUS"
    assert await market.refusal(owner, revoking(key)) == [("API_KEY_REVOKED", "apiKeyId")]
    assert await market.batch.fetchval("select revoked_at from api_key") == NOW


async def test_ending_its_member_revokes_a_key(market: Market) -> None:
    owner = await market.seat("vendor.owner")
    key, _ = await market.write(owner, creating("CI", "DELIVERY"))
    system = await market.actor(encode("key", key))
    await market.write(owner, lambda tx: end_membership(tx, actor=owner, member_id=system.member_id, now=NOW))
    assert await market.batch.fetchval("select revoked_at from api_key") == NOW


@pytest.mark.parametrize(
    ("seat", "role"),
    [
        ("vendor.owner", "OWNER"),
        ("vendor.owner", "SIGNATORY"),
        ("vendor.owner", "BILLING_ADMIN"),
        ("association.owner", "ACCEPTOR"),
    ],
)
async def test_a_machine_does_not_own_sign_or_accept(market: Market, seat: str, role: str) -> None:
    owner = await market.seat(seat)
    refused = [("ROLE_NOT_FOR_ORGANIZATION", "roles.0")]
    assert await market.refusal(owner, creating("CI", role)) == refused
    key, _ = await market.write(owner, creating("CI", "AUDITOR"))
    system = await market.actor(encode("key", key))
    assert (
        await market.refusal(
            owner, lambda tx: change_member_roles(tx, actor=owner, member_id=system.member_id, roles=[role])
        )
        == refused
    )


async def test_who_may_not(market: Market) -> None:
    key, _ = await market.write(await market.seat("vendor.owner"), creating("CI", "DELIVERY"))
    assert await market.refusal(ANONYMOUS, creating("CI", "DELIVERY")) == [("UNAUTHENTICATED", None)]
    assert await market.refusal(ANONYMOUS, revoking(key)) == [("UNAUTHENTICATED", None)]
    system = await market.actor(encode("key", key))
    for other in (await market.seat("vendor.catalog"), system):
        assert await market.refusal(other, creating("CI", "DELIVERY")) == [("FORBIDDEN", None)]
        assert await market.refusal(other, revoking(key)) == [("FORBIDDEN", None)]
    for seat in ("stranger.vendor", "association.owner", "operator.owner"):
        assert await market.refusal(await market.seat(seat), revoking(key)) == [("NOT_FOUND", "apiKeyId")]


async def test_faults_are_told_together(market: Market) -> None:
    refused = await market.refusal(await market.seat("vendor.owner"), creating(""))
    assert refused == [("TEXT_BLANK", "name"), ("NO_ROLE", "roles")]


def test_a_secret_opens_its_own_hash_only() -> None:
    one, other = new_code("chs"), new_code("chs")
    assert opens(one.text, one.digest)
    assert not opens(one.text, other.digest)
    assert not opens(one.text, None)
    assert not opens("", bytes(32))
    assert not opens("\ud800", one.digest)


async def test_a_statement_that_fails_does_not_tell_what_was_bound_to_it(market: Market) -> None:
    fails = text("select length(:secret) / 0").bindparams(secret="chs_of-somebody")
    with pytest.raises(DBAPIError) as failed:
        await market.write(ANONYMOUS, lambda tx: tx.scalar(fails))
    assert "division by zero" in str(failed.value)
    assert "chs_of-somebody" not in str(failed.value)
