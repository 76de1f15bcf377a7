from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.db import Transaction
from core.errors import DomainError
from core.ids import new_id
from demo.organizations import organization_id
from demo.seats import GUILD, LAKESIDE
from services.identity.inviting import OPEN_FOR, accept_invitation, invite_member, withdraw_invitation
from services.identity.registering import register_organization
from services.identity.secret_codes import SecretCode
from tests.identity.conftest import Market
from tests.identity.forging import NOW

Work = Callable[[Transaction], Awaitable[tuple[UUID, SecretCode]]]
OUTSIDE = "https://id.example"


def inviting(
    name: str = "Nora Lind",
    email: str = "nora@guild.example",
    roles: tuple[str, ...] = ("FINANCE",),
    of: UUID | None = None,
) -> Work:
    return lambda tx: invite_member(
        tx, actor=tx.actor, organization_id=of, name=name, email=email, roles=roles, now=tx.now
    )


def accepting(code: SecretCode | str) -> Callable[[Transaction], Awaitable[UUID]]:
    text = code if isinstance(code, str) else code.text
    return lambda tx: accept_invitation(tx, actor=tx.actor, code=text, now=tx.now)


def withdrawing(invitation: UUID) -> Callable[[Transaction], Awaitable[UUID]]:
    return lambda tx: withdraw_invitation(tx, actor=tx.actor, invitation_id=invitation, now=tx.now)


async def test_whoever_has_the_code_becomes_the_member(market: Market) -> None:
    owner = await market.seat("association.owner")
    invitation, code = await market.write(owner, inviting(" Nora Lind ", roles=("FINANCE", "AUDITOR", "FINANCE")))
    nora = await market.actor("nora", issuer=OUTSIDE)
    assert (nora.kind, nora.subject) == ("ANONYMOUS", (OUTSIDE, "nora"))

    member = await market.write(nora, accepting(code))

    now_nora = await market.actor("nora", issuer=OUTSIDE)
    assert now_nora == Actor(
        kind="ASSOCIATION",
        organization_id=organization_id(GUILD),
        organization_name="National Guild of Water Inspectors",
        member_id=member,
        person_id=now_nora.person_id,
        name="Nora Lind",
        email="nora@guild.example",
        roles=frozenset({"AUDITOR", "FINANCE"}),
        subject=(OUTSIDE, "nora"),
    )
    assert await market.events() == [("MEMBER_INVITED", "Ingrid Solberg"), ("INVITATION_ACCEPTED", "Nora Lind")]
    row = await market.batch.fetchrow("select * from invitation")
    assert row is not None
    assert (row["id"], row["accepted_at"], row["accepted_member_id"]) == (invitation, NOW, member)
    assert row["expires_at"] == NOW + timedelta(days=14)


async def test_the_code_is_kept_nowhere(market: Market) -> None:
    _, code = await market.write(await market.seat("association.owner"), inviting())
    assert code.text.startswith("chi_")
    assert len(code.text) == 4 + 43
    assert code.text not in repr(code)
    row = await market.batch.fetchrow("select * from invitation")
    assert row is not None
    assert row["code_hash"] == code.digest
    assert code.text not in str([dict(each) for table in await market.everything() for each in table])


async def test_a_code_works_once_and_for_fourteen_days(market: Market) -> None:
    owner = await market.seat("association.owner")
    _, code = await market.write(owner, inviting())
    nora, other = await market.actor("nora"), await market.actor("other")
    not_open = [("INVITATION_NOT_OPEN", "code")]
    assert await market.refusal(nora, accepting("chi_made-up")) == not_open
    assert await market.refusal(nora, accepting("")) == not_open
    assert await market.refusal(nora, accepting(code), now=NOW + OPEN_FOR) == not_open
    await market.write(nora, accepting(code), now=NOW + OPEN_FOR - timedelta(seconds=1))
    assert await market.refusal(await market.actor("nora"), accepting(code)) == not_open
    assert await market.refusal(other, accepting(code)) == not_open
    assert (await market.actor("other")).kind == "ANONYMOUS"


async def test_fifty_who_present_one_code_at_once_are_one_member(market: Market) -> None:
    _, code = await market.write(await market.seat("association.owner"), inviting())
    bearers = [await market.actor(f"bearer {at}") for at in range(50)]
    tried = await asyncio.gather(*(market.write(one, accepting(code)) for one in bearers), return_exceptions=True)
    codes = [one.code() if isinstance(one, DomainError) else type(one) for one in tried]
    assert sorted(map(str, codes)) == sorted(map(str, [UUID, *["INVITATION_NOT_OPEN"] * 49]))


async def test_nobody_without_a_token_accepts(market: Market) -> None:
    _, code = await market.write(await market.seat("association.owner"), inviting())
    assert await market.refusal(ANONYMOUS, accepting(code)) == [("UNAUTHENTICATED", None)]


async def test_who_is_a_member_already_is_not_one_twice(market: Market) -> None:
    owner = await market.seat("association.owner")
    _, code = await market.write(owner, inviting())
    _, twin = await market.write(owner, inviting(email="NORA@guild.example"))
    assert await market.refusal(owner, inviting(email="BUYER@guild.example")) == [("ALREADY_MEMBER", "email")]
    assert await market.refusal(owner, accepting(code)) == [("ALREADY_MEMBER", None)]
    await market.write(await market.actor("nora"), accepting(code))
    assert await market.refusal(await market.actor("another"), accepting(twin)) == [("ALREADY_MEMBER", None)]


async def test_one_person_is_a_member_of_two_organizations(market: Market) -> None:
    guild, vendor = await market.seat("association.owner"), await market.seat("vendor.owner")
    _, code = await market.write(vendor, inviting())
    await market.write(guild, accepting(code))
    people = await market.batch.fetch(
        "select distinct person_id from member where name in ('Ingrid Solberg', 'Nora Lind')"
    )
    assert len(people) == 1
    assert (await market.events())[-1] == ("INVITATION_ACCEPTED", "Nora Lind")


@pytest.mark.parametrize(
    "seat",
    ["vendor.catalog", "vendor.delivery", "association.buyer", "association.acceptor", "operator.billing"],
)
async def test_only_an_owner_invites(market: Market, seat: str) -> None:
    assert await market.refusal(await market.seat(seat), inviting()) == [("FORBIDDEN", None)]


async def test_nobody_invites_without_a_token(market: Market) -> None:
    assert await market.refusal(ANONYMOUS, inviting()) == [("UNAUTHENTICATED", None)]
    assert await market.refusal(await market.actor("no member"), inviting()) == [("UNAUTHENTICATED", None)]


async def test_every_fault_is_told_at_once(market: Market) -> None:
    owner = await market.seat("association.owner")
    assert await market.refusal(owner, inviting(" ", "nobody", ())) == [
        ("TEXT_BLANK", "name"),
        ("NOT_AN_EMAIL_ADDRESS", "email"),
        ("NO_ROLE", "roles"),
    ]
    assert await market.refusal(owner, inviting("N" * 201, "a@b.c" * 60, ("DELIVERY", "FINANCE", "BILLING_ADMIN"))) == [
        ("TEXT_TOO_LONG", "name"),
        ("NOT_AN_EMAIL_ADDRESS", "email"),
        ("ROLE_NOT_FOR_ORGANIZATION", "roles.0"),
        ("ROLE_NOT_FOR_ORGANIZATION", "roles.2"),
    ]
    assert await market.refusal(owner, inviting("Nora\nLind")) == [("NAME_NOT_PRINTABLE", "name")]


@pytest.mark.parametrize(
    ("seat", "role"),
    [
        ("vendor.owner", "ACCEPTOR"),
        ("vendor.owner", "PROCUREMENT"),
        ("operator.owner", "FINANCE"),
        ("operator.owner", "SIGNATORY"),
    ],
)
async def test_a_role_fits_the_kind_of_organization(market: Market, seat: str, role: str) -> None:
    refused = [("ROLE_NOT_FOR_ORGANIZATION", "roles.0")]
    assert await market.refusal(await market.seat(seat), inviting(roles=(role,))) == refused


async def test_another_organizations_members_are_its_own_owners_to_invite(market: Market) -> None:
    vendor, operator = await market.seat("vendor.owner"), await market.seat("operator.owner")
    guild, harbor = organization_id(GUILD), (await market.seat("stranger.vendor")).organization_id
    assert await market.refusal(vendor, inviting(of=harbor)) == [("FORBIDDEN", None)]
    assert await market.refusal(vendor, inviting(of=guild)) == [("NOT_FOUND", "organizationId")]
    assert await market.refusal(operator, inviting(of=new_id())) == [("NOT_FOUND", "organizationId")]
    assert await market.refusal(operator, inviting(of=guild, roles=("OWNER",))) == [("FIRST_OWNER_ONLY", None)]
    mine = await market.write(vendor, inviting(of=organization_id(LAKESIDE)))
    assert mine is not None


async def test_the_operator_invites_the_first_owner_of_a_new_organization(market: Market) -> None:
    operator = await market.seat("operator.owner")
    new = await market.write(
        operator,
        lambda tx: register_organization(
            tx,
            actor=operator,
            kind="ASSOCIATION",
            name="Bridge Keepers",
            country_code="NL",
            time_zone="Europe/Amsterdam",
            now=NOW,
        ),
    )
    assert await market.refusal(operator, inviting(of=new, roles=("FINANCE",))) == [("FIRST_OWNER_ONLY", None)]
    _, mistyped = await market.write(operator, inviting(of=new, roles=("OWNER", "SIGNATORY")))
    _, right = await market.write(operator, inviting(of=new, roles=("OWNER", "SIGNATORY")))
    keeper = await market.actor("keeper")
    assert await market.refusal(keeper, accepting(mistyped)) == [("INVITATION_NOT_OPEN", "code")]
    await market.write(keeper, accepting(right))
    keeper = await market.actor("keeper")
    assert (keeper.organization_id, keeper.roles) == (new, frozenset({"OWNER", "SIGNATORY"}))
    assert await market.refusal(operator, inviting(of=new, roles=("OWNER",))) == [("FIRST_OWNER_ONLY", None)]
    await market.write(keeper, inviting(email="second@bridges.example"))


async def test_an_invitation_is_withdrawn_by_its_own_owner_alone(market: Market) -> None:
    owner = await market.seat("association.owner")
    invitation, code = await market.write(owner, inviting())
    for seat in ("stranger.association", "vendor.owner", "operator.owner"):
        refused = await market.refusal(await market.seat(seat), withdrawing(invitation))
        assert refused == [("NOT_FOUND", "invitationId")], seat
    assert await market.refusal(await market.seat("association.buyer"), withdrawing(invitation)) == [
        ("FORBIDDEN", None)
    ]
    await market.write(owner, withdrawing(invitation))
    assert await market.refusal(owner, withdrawing(invitation)) == [("INVITATION_NOT_OPEN", "invitationId")]
    assert await market.refusal(await market.actor("nora"), accepting(code)) == [("INVITATION_NOT_OPEN", "code")]
