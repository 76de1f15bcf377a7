from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from core.actor import ANONYMOUS
from core.db import Transaction
from core.errors import DomainError
from core.ids import new_id
from demo.organizations import member_id, organization_id
from demo.seats import GUILD, SEATS
from services.identity.membership import change_member_roles, end_membership
from tests.identity.conftest import Market
from tests.identity.forging import NOW


def changing(member: UUID, *roles: str) -> Callable[[Transaction], Awaitable[UUID]]:
    return lambda tx: change_member_roles(tx, actor=tx.actor, member_id=member, roles=roles)


def ending(member: UUID) -> Callable[[Transaction], Awaitable[UUID]]:
    return lambda tx: end_membership(tx, actor=tx.actor, member_id=member, now=tx.now)


def of(seat: str) -> UUID:
    return member_id(SEATS[seat])


async def test_new_roles_hold_from_the_next_request_on(market: Market) -> None:
    owner = await market.seat("association.owner")
    await market.write(owner, changing(of("association.buyer"), "FINANCE", "ACCEPTOR"))
    assert (await market.seat("association.buyer")).roles == {"ACCEPTOR", "FINANCE"}
    event = await market.batch.fetchrow("select type, before::text, after::text, actor_name from audit_event")
    assert event is not None
    assert tuple(event) == (
        "MEMBER_ROLES_CHANGED",
        '{"roles": ["PROCUREMENT"]}',
        '{"roles": ["ACCEPTOR", "FINANCE"]}',
        "Ingrid Solberg",
    )


async def test_who_has_left_is_nobody_at_the_next_request(market: Market) -> None:
    owner = await market.seat("association.owner")
    await market.write(owner, ending(of("association.buyer")))
    gone = await market.seat("association.buyer")
    assert (gone.kind, gone.roles, gone.subject) == ("ANONYMOUS", frozenset(), ("self", "seat:association.buyer"))
    for work in (ending(of("association.buyer")), changing(of("association.buyer"), "FINANCE")):
        assert await market.refusal(owner, work) == [("MEMBERSHIP_ENDED", "memberId")]
    ended = await market.batch.fetchval("select ended_at from member where id = $1", of("association.buyer"))
    assert ended == NOW


@pytest.mark.parametrize("make", [lambda member: changing(member, "FINANCE"), ending])
async def test_only_an_owner_of_the_same_organization(
    market: Market, make: Callable[[UUID], Callable[[Transaction], Awaitable[UUID]]]
) -> None:
    buyer = of("association.buyer")
    assert await market.refusal(ANONYMOUS, make(buyer)) == [("UNAUTHENTICATED", None)]
    assert await market.refusal(await market.seat("association.finance"), make(buyer)) == [("FORBIDDEN", None)]
    for seat in ("vendor.owner", "stranger.association", "operator.owner"):
        stranger = await market.seat(seat)
        assert await market.refusal(stranger, make(buyer)) == [("NOT_FOUND", "memberId")], seat
        assert await market.refusal(stranger, make(new_id())) == [("NOT_FOUND", "memberId")], seat


async def test_the_last_owner_stays(market: Market) -> None:
    owner = await market.seat("association.owner")
    last = [("LAST_OWNER", "memberId")]
    assert await market.refusal(owner, ending(owner.member_id)) == last
    assert await market.refusal(owner, changing(owner.member_id, "SIGNATORY")) == last
    await market.write(owner, changing(owner.member_id, "OWNER"))
    await market.write(owner, changing(of("association.buyer"), "OWNER"))
    await market.write(owner, ending(owner.member_id))
    assert (await market.seat("association.owner")).kind == "ANONYMOUS"


async def test_two_owners_who_remove_each_other_at_once_leave_one(market: Market) -> None:
    first = await market.seat("association.owner")
    await market.write(first, changing(of("association.buyer"), "OWNER"))
    second = await market.seat("association.buyer")
    tried = await asyncio.gather(
        market.write(first, ending(second.member_id)),
        market.write(second, ending(first.member_id)),
        return_exceptions=True,
    )
    assert [one.code() for one in tried if isinstance(one, DomainError)] == ["LAST_OWNER"]
    owners = "select count(*) from member where organization_id = $1 and 'OWNER' = any (roles) and ended_at is null"
    assert await market.batch.fetchval(owners, organization_id(GUILD)) == 1


async def test_roles_that_do_not_fit(market: Market) -> None:
    owner = await market.seat("association.owner")
    buyer = of("association.buyer")
    assert await market.refusal(owner, changing(buyer)) == [("NO_ROLE", "roles")]
    assert await market.refusal(owner, changing(buyer, "FINANCE", "CATALOG_MANAGER")) == [
        ("ROLE_NOT_FOR_ORGANIZATION", "roles.1")
    ]
