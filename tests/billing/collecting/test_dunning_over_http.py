"""Pausing and resuming dunning over HTTP: by everybody who might, wrongly, and at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core.ids import encode, new_id
from services.billing.collecting.pausing import pause_dunning
from tests.billing.market import ADMIN, NOW
from tests.billing.trying import LONG, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from tests.billing.desk import Desk
    from tests.billing.market import Market

CONFIGURES = "to configure taxes, rates of exchange, dunning and tolerances takes one of: operator BILLING_ADMIN"
PAUSED = Refused("DUNNING_PAUSED", "invoiceId", "its dunning is paused already")
NOT_PAUSED = Refused("DUNNING_NOT_PAUSED", "invoiceId", "its dunning is not paused")


async def attempt(market: Market, name: str) -> Try:
    """A step of dunning of an invoice, which is paused first if it has to be."""
    agreement, actor = await market.agree(ADMIN, retainage_percent=Decimal(10)), market.billing_admin
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice_id = await agreement.issue()
    wrong = [
        SILENT, LONG, misnamed("invoiceId", encode("con", agreement.id), "inv"),
        ({"invoiceId": encode("inv", agreement.id, new_id())}, unseen("invoiceId", "invoice")),
    ]  # fmt: skip
    given: dict[str, Any] = {"invoiceId": encode("inv", agreement.id, invoice_id), "reason": "They asked for time"}
    shown = {"reason": "They asked for time", "pausedBy": {"name": "Kim"}} if name == "pauseDunning" else None
    if shown is None:
        await market.database.write(
            actor,
            lambda tx: pause_dunning(
                tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id, reason="Wait", now=NOW
            ),
            now=NOW,
            request_id="test",
        )
    return Try(
        name, "invoice", "Invoice", "dunningPause { reason pausedBy { name } }", given, actor, CONFIGURES,
        unseen("invoiceId"), {"dunningPause": shown}, PAUSED if shown else NOT_PAUSED, wrong,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["pauseDunning", "resumeDunning"])
async def test_a_pause_by_everybody_wrongly_and_at_once(market: Market, desk: Desk, name: str) -> None:
    auditor, owner = (market.member("OPERATOR", market.operator, role) for role in ("AUDITOR", "OWNER"))
    step = await attempt(market, name)
    await step.is_refused(desk, market, market.finance, market.acceptor, market.vendor_owner, auditor, owner)
    await step.is_done_once(desk, market)
    await (await attempt(market, name)).is_answered_the_same(desk, market)
