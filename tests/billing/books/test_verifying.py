"""What verification finds beside broken chains: documents without their entry, and flows that may not exist."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.billing.books.verifying import BrokenLink
from services.billing.payments.recording import Means, Seen, record_payment
from tests.billing.market import ADMIN, NOW, Agreement, Market

CUT = "delete from posting p using journal_entry e where p.entry_id = e.id and e.kind = $1"


async def paid(market: Market) -> Agreement:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice, actor = await agreement.issue(), market.billing_admin
    seen = Seen(Decimal(520), "USD", Means.BANK_TRANSFER, NOW.date(), "TRX 1")
    await market.database.write(
        actor,
        lambda tx: record_payment(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, seen=seen, reason="Seen", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    return agreement


async def test_a_payment_without_its_entry_is_named(market: Market) -> None:
    agreement = await paid(market)
    assert await market.broken_link(agreement) is None
    await market.rows.execute("set session_replication_role = replica")
    await market.rows.execute(CUT, "PAYMENT_RECEIVED")
    await market.rows.execute("delete from journal_entry where kind = 'PAYMENT_RECEIVED'")
    await market.rows.execute("set session_replication_role = origin")
    assert await market.broken_link(agreement) == BrokenLink(
        agreement.id, None, "a payment that was received has no entry"
    )


async def test_a_flow_that_may_not_exist_is_named_though_the_entry_balances_and_the_chain_holds(market: Market) -> None:
    agreement = await paid(market)
    await market.rows.execute("delete from journal_flow where kind = 'PAYMENT_RECEIVED' and account = 'BANK'")
    assert await market.broken_link(agreement) == BrokenLink(
        agreement.id, 2, "an entry of the kind PAYMENT_RECEIVED does not post to BANK"
    )
