"""A vendor is paid its part of the cash that was received, by somebody who did not accept the work, and no more."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import text

from services.billing.payments.reclaiming import SettlementNotPaid
from services.billing.payments.releasing import MoreThanProceeds, NoPayeeAccount
from services.delivery.reviewing import FourEyes
from tests.billing.market import NOW, Market
from tests.billing.payments.till import till_of

ALL = {"BANK": 1560, "PLATFORM_FEE_INCOME": -1560}


async def test_nothing_is_paid_before_cash_is_received(market: Market) -> None:
    till = await till_of(market)
    with pytest.raises(MoreThanProceeds):
        await till.release()
    with pytest.raises(MoreThanProceeds):
        await till.release("0.01")


async def test_of_a_part_of_the_cash_the_vendor_has_its_part_rounded_down(market: Market) -> None:
    till = await till_of(market)
    await till.record("100.01")
    with pytest.raises(MoreThanProceeds):
        await till.release("97.01")
    first = await till.release()
    paid = await market.one("select * from settlement where id = $1", first)
    # 10001 x 50440 / 52000 = 9700.97
    assert (paid["status"], paid["amount_minor"], paid["reference"]) == ("PAID", 9700, "OUT-2")
    await till.record("419.99", reference="TRX-2")
    await till.release()
    assert await till.ledger() == ALL
    with pytest.raises(MoreThanProceeds):
        await till.release("0.01")


async def test_twenty_releases_at_once_pay_the_vendor_once(market: Market) -> None:
    till = await till_of(market)
    await till.record("520")
    outcomes = await asyncio.gather(*(till.release("504.40") for _ in range(20)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, MoreThanProceeds: 19}
    assert await till.ledger() == ALL


async def test_a_settlement_is_taken_back_once(market: Market) -> None:
    till = await till_of(market)
    await till.record("520")
    settlement_id = await till.release("100")
    outcomes = await asyncio.gather(*(till.unrelease(settlement_id) for _ in range(10)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, SettlementNotPaid: 9}
    assert (await till.entries())[-2:] == ["SETTLEMENT_PAID", "SETTLEMENT_REVERSED"]
    await till.release()
    assert await till.ledger() == ALL


async def test_who_accepted_the_work_does_not_release_the_money(market: Market) -> None:
    till = await till_of(market)
    await till.record("520")
    await market.rows.execute(
        "update decision set decided_by_person_id = $1 where contract_id = $2",
        market.billing_admin.person_id, till.agreement.id,
    )  # fmt: skip
    with pytest.raises(FourEyes):
        await till.release()
    await till.release(by=market.member("OPERATOR", market.operator, "BILLING_ADMIN"))


async def test_without_an_account_at_stripe_a_vendor_is_paid_by_bank(market: Market) -> None:
    till = await till_of(market)
    await till.record("520")
    with pytest.raises(NoPayeeAccount):
        await till.release(reference=None)


async def test_an_association_sees_no_settlement_for_it_tells_the_platform_fee(market: Market) -> None:
    till = await till_of(market)
    await till.record("520")
    await till.release()
    seen = "select count(*) from settlement where contract_id = $1"

    for reader, count in ((market.finance, 0), (market.vendor_owner, 1), (market.billing_admin, 1)):
        async with market.database.transaction(reader, now=NOW, request_id="test") as tx:
            statement = text(seen.replace("$1", ":id")).bindparams(id=till.agreement.id)
            assert await tx.scalar(statement) == count
    told = await market.all("select before, after from audit_event where contract_id = $1", till.agreement.id)
    assert not any("50440" in str(row) or "504.40" in str(row) for row in told)
