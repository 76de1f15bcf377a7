"""Alerts about the margin: raised once, cleared once, and shown to those alone whose tier and role open the band."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from core.actor import SYSTEM
from core.db import Database, Transaction
from core.ids import encode
from services.billing.open_book.alerting import contracts_to_review, review_margin
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, Agreement, Market
from tests.billing.open_book.costs import enter
from tests.databases import OneDatabase

ALERTS = """query($id: ID!) { contract(id: $id) {
    marginAlerts(first: 10) { nodes { kind costBasis floorPercent ceilingPercent clearedAt
        figures { price { amount } cost { amount } grossMarginPercent } } }
} audit(contractId: $id, first: 50) { nodes { type } } }"""


async def sweep(database: OneDatabase, agreement: Agreement, *, at_once: int = 1) -> list[bool]:
    """What the worker does about one contract, if it finds it."""
    batch = Database(database.batch_url)
    try:

        async def review(tx: Transaction) -> bool:
            if agreement.id not in await contracts_to_review(tx, most=100_000):
                return False
            return await review_margin(tx, contract_id=agreement.id, now=NOW)

        return await asyncio.gather(*(batch.write(SYSTEM, review, now=NOW, request_id="sweep") for _ in range(at_once)))
    finally:
        await batch.close()


async def shown(desk: Desk, reader: Any, agreement: Agreement) -> Any:  # noqa: ANN401  (JSON)
    return await desk.ask(reader, ALERTS, id=encode("con", agreement.id))


async def test_a_squeeze_is_raised_once_and_cleared_once(market: Market, desk: Desk, database: OneDatabase) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    assert await sweep(database, agreement) == [False]
    cost = await enter(desk, agreement, "admin", "500.00")
    assert sorted(await sweep(database, agreement, at_once=3)) == [False, False, True]
    assert await sweep(database, agreement) == [False]
    answer = await shown(desk, market.finance, agreement)
    (alert,) = answer["contract"]["marginAlerts"]["nodes"]
    assert alert == {
        "kind": "SQUEEZE", "costBasis": "ACTUAL", "floorPercent": "10.00", "ceilingPercent": "35.00", "clearedAt": None,
        "figures": {"price": {"amount": "520.00"}, "cost": {"amount": "500.00"}, "grossMarginPercent": "3.85"},
    }  # fmt: skip
    await enter(desk, agreement, "admin", "400.00", supersedes=cost["id"])
    assert await sweep(database, agreement) == [True]
    answer = await shown(desk, market.vendor_owner, agreement)
    (alert,) = answer["contract"]["marginAlerts"]["nodes"]
    assert alert["clearedAt"] is not None
    events = [event["type"] for event in answer["audit"]["nodes"]]
    assert [event for event in events if "ALERT" in event] == ["MARGIN_ALERT_CLEARED", "MARGIN_ALERT_RAISED"]


async def test_an_alert_is_shown_as_far_as_the_band_is_open(market: Market, desk: Desk, database: OneDatabase) -> None:
    for tier, kinds in (("BAND", ["EXCESS"]), ("CLOSED", [])):
        agreement = await market.agree(ADMIN, disclosure_tier=tier, margin_ceiling_percent=20)
        await agreement.accept("admin", "10", date(2026, 2, 3))
        assert await sweep(database, agreement) == [True]
        for reader, expected in ((market.finance, kinds), (market.acceptor, []), (market.vendor_owner, ["EXCESS"])):
            answer = await shown(desk, reader, agreement)
            alerts = answer["contract"]["marginAlerts"]["nodes"]
            assert [alert["kind"] for alert in alerts] == expected
            assert len(answer["audit"]["nodes"]) == len(expected), "the trail tells no more than the alerts"
            if reader is market.finance:
                assert all(alert["figures"] is None for alert in alerts)
