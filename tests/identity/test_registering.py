from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from core.actor import ANONYMOUS
from core.db import Transaction
from services.identity.registering import register_organization
from tests.identity.conftest import Market
from tests.identity.forging import NOW

RIGHT = {"kind": "VENDOR", "name": "Quay Support", "country_code": "PT", "time_zone": "Europe/Lisbon"}


def registering(**changed: str) -> Callable[[Transaction], Awaitable[UUID]]:
    return lambda tx: register_organization(tx, actor=tx.actor, now=tx.now, **(RIGHT | changed))


async def test_the_operators_owner_registers_an_organization(market: Market) -> None:
    new = await market.write(await market.seat("operator.owner"), registering(name=" Quay Support "))
    row = await market.batch.fetchrow("select * from organization where id = $1", new)
    assert row is not None
    assert dict(row) == RIGHT | {"id": new, "platform_fee_percent": None, "created_at": NOW}
    assert await market.events() == [("ORGANIZATION_REGISTERED", "Ada Novak")]


@pytest.mark.parametrize("seat", ["operator.billing", "vendor.owner", "association.owner"])
async def test_nobody_else_does(market: Market, seat: str) -> None:
    assert await market.refusal(await market.seat(seat), registering()) == [("FORBIDDEN", None)]


async def test_nobody_does_without_a_token(market: Market) -> None:
    assert await market.refusal(ANONYMOUS, registering()) == [("UNAUTHENTICATED", None)]


async def test_every_fault_is_told_at_once(market: Market) -> None:
    wrong = registering(kind="OPERATOR", name="", country_code="XX", time_zone="Mars/Olympus")
    assert await market.refusal(await market.seat("operator.owner"), wrong) == [
        ("ONE_OPERATOR", "kind"),
        ("TEXT_BLANK", "name"),
        ("UNKNOWN_COUNTRY", "countryCode"),
        ("UNKNOWN_TIME_ZONE", "timeZone"),
    ]
