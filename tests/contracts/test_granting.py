from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from core.ids import RowKey, new_id
from services.contracts.granting import Grantee, grant_contract_access
from tests.contracts.fair import NOW, ROSTER, TODAY, Fair
from tests.contracts.test_signing import outcome


async def by_email(fair: Fair, contract_id: UUID, email: str, role: str = "DELIVERY_LEAD") -> RowKey:
    return await fair.write(
        "association.owner",
        grant_contract_access,
        contract_id=contract_id,
        grantee=Grantee(email=email),
        role=role,
        starts_on=None,
        ends_on=None,
    )


async def in_force(fair: Fair) -> tuple[UUID, datetime]:
    """A contract that is in force by the database's own clock."""
    now = datetime.now(UTC)
    start = now.date() - timedelta(days=1)
    return await fair.activate(ROSTER, now=now, starts_on=start, ends_on=start + timedelta(days=365)), now


async def test_access_is_granted_from_today_to_the_contracts_end(fair: Fair) -> None:
    contract_id = await fair.activate()
    email = fair["vendor.delivery"].email
    grant = await by_email(fair, contract_id, email.upper())
    row = await fair.row("select * from contract_grant where id = $1", grant.id)
    assert (row["role"], row["email"], row["organization_name"]) == ("DELIVERY_LEAD", email, "Vendor")
    assert (row["starts_on"], row["ends_on"]) == (TODAY, date(2026, 12, 31))
    assert row["effective"].lower == datetime(2026, 1, 10, 6, tzinfo=UTC)
    assert row["effective"].upper == datetime(2027, 1, 1, 6, tzinfo=UTC)
    assert row["granted_by_name"] == "association.owner"
    event = await fair.row("select * from audit_event where object_id = $1", grant.id)
    assert event["type"] == "CONTRACT_ACCESS_GRANTED"


async def test_a_grant_opens_the_contract_and_a_revoked_one_closes_it_at_once(fair: Fair) -> None:
    contract_id, now = await in_force(fair)
    assert not await fair.sees("vendor.delivery", contract_id)
    grant = await fair.grant(contract_id, now=now)
    async with fair.database.reading(fair["vendor.delivery"]) as held:
        assert await held.fetchval("select id from contract where id = $1", contract_id) == contract_id
        await fair.revoke(grant, seat="vendor.owner", now=now)
        assert await held.fetchval("select id from contract where id = $1", contract_id) is None
    assert not await fair.sees("vendor.second", contract_id)
    again = await fair.grant(contract_id, now=now)
    assert again != grant
    assert await fair.sees("vendor.delivery", contract_id)


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.buyer", "FORBIDDEN"),
        ("vendor.owner", "FORBIDDEN"),
        ("operator.billing", "FORBIDDEN"),
        ("other.owner", "NOT_FOUND"),
        ("rival.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_grant(fair: Fair, seat: str, code: str) -> None:
    contract_id = await fair.activate()
    assert [told for told, _ in await fair.refused(fair.grant(contract_id, seat=seat))] == [code]


async def test_a_stranger_and_nobody_answer_the_same(fair: Fair) -> None:
    contract_id = await fair.activate()
    for email in ("nobody@nowhere.example", fair["rival.delivery"].email, fair["other.owner"].email, "%", ""):
        assert await fair.refused(by_email(fair, contract_id, email)) == [("MEMBER_NOT_FOUND", "member")]
    for stranger in ("rival.delivery", "operator.billing"):
        assert await fair.refused(fair.grant(contract_id, to=stranger)) == [("MEMBER_NOT_FOUND", "member")]


async def test_a_member_who_has_left_is_not_found(fair: Fair) -> None:
    contract_id = await fair.activate()
    await fair.rows.execute("update member set ended_at = $2 where id = $1", fair["vendor.second"].member_id, NOW)
    assert await fair.refused(fair.grant(contract_id, to="vendor.second")) == [("MEMBER_NOT_FOUND", "member")]


@pytest.mark.parametrize("grantee", [Grantee(), Grantee(email="a@b.example", member_id=new_id())])
async def test_a_member_is_named_in_one_way(fair: Fair, grantee: Grantee) -> None:
    contract_id = await fair.activate()
    asked = fair.write(
        "association.owner",
        grant_contract_access,
        contract_id=contract_id,
        grantee=grantee,
        role="DELIVERY",
        starts_on=None,
        ends_on=None,
    )
    assert await fair.refused(asked) == [("INVALID_INPUT", "member")]


@pytest.mark.parametrize(
    ("to", "role", "fits"),
    [
        ("vendor.delivery", "DELIVERY", True),
        ("vendor.delivery", "LMS_ADMINISTRATOR", True),
        ("vendor.delivery", "AUDITOR", True),
        ("vendor.delivery", "ACCEPTOR", False),
        ("association.second", "ACCEPTOR", True),
        ("association.second", "AUDITOR", True),
        ("association.second", "DELIVERY_LEAD", False),
        ("association.second", "DELIVERY", False),
        ("association.second", "LMS_ADMINISTRATOR", False),
    ],
)
async def test_a_role_is_one_of_the_members_party(fair: Fair, to: str, role: str, fits: bool) -> None:
    contract_id = await fair.activate()
    if fits:
        assert await fair.grant(contract_id, to=to, role=role)
    else:
        assert await fair.refused(fair.grant(contract_id, to=to, role=role)) == [("ROLE_DOES_NOT_FIT", "role")]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2026, 1, 9), None, "startsOn"),
        (None, date(2027, 1, 1), "endsOn"),
        (date(2026, 3, 1), date(2026, 2, 1), "endsOn"),
    ],
)
async def test_a_grant_lies_between_today_and_the_contracts_end(
    fair: Fair, starts_on: date | None, ends_on: date | None, field: str
) -> None:
    contract_id = await fair.activate()
    asked = fair.grant(contract_id, starts_on=starts_on, ends_on=ends_on)
    assert await fair.refused(asked) == [("GRANT_OUTSIDE_CONTRACT", field)]


async def test_days_overlap_once(fair: Fair) -> None:
    contract_id = await fair.activate()
    await fair.grant(contract_id, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28))
    overlapping = fair.grant(contract_id, starts_on=date(2026, 2, 28), ends_on=date(2026, 3, 31))
    assert await fair.refused(overlapping) == [("ALREADY_GRANTED", "member")]
    assert await fair.grant(contract_id, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    assert await fair.grant(contract_id, role="DELIVERY", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28))


async def test_twenty_identical_grants_are_one(fair: Fair) -> None:
    contract_id = await fair.activate()
    done = await asyncio.gather(*(outcome(fair.grant(contract_id)) for _ in range(20)))
    assert sorted(done) == ["ALREADY_GRANTED"] * 19 + ["DONE"]


async def test_only_an_active_contract_is_opened(fair: Fair) -> None:
    contract_id = await fair.propose()
    assert await fair.refused(fair.grant(contract_id)) == [("CONTRACT_NOT_ACTIVE", "contractId")]


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.buyer", "FORBIDDEN"),
        ("vendor.delivery", "FORBIDDEN"),
        ("operator.billing", "FORBIDDEN"),
        ("rival.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_revoke(fair: Fair, seat: str, code: str) -> None:
    contract_id, now = await in_force(fair)
    grant = await fair.grant(contract_id, now=now)
    assert [told for told, _ in await fair.refused(fair.revoke(grant, seat=seat, now=now))] == [code]


async def test_a_grant_is_revoked_once(fair: Fair) -> None:
    contract_id = await fair.activate()
    grant = await fair.grant(contract_id)
    done = await asyncio.gather(*(outcome(fair.revoke(grant)) for _ in range(10)))
    assert sorted(done) == ["ALREADY_REVOKED"] * 9 + ["DONE"]
    assert await fair.refused(fair.revoke(grant)) == [("ALREADY_REVOKED", "grantId")]
    assert await fair.refused(fair.revoke(RowKey(contract_id, new_id()))) == [("NOT_FOUND", "grantId")]
