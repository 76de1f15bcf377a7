"""Drafts over HTTP: prepared, issued and discarded by everybody who might, wrongly, and at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.ids import encode, new_id
from services.billing.invoices.drafts import draft_invoice
from tests.billing.market import ADMIN, FEBRUARY, NOW
from tests.billing.trying import LONG, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from tests.billing.desk import Desk
    from tests.billing.market import Agreement, Market

TAKES = "to preview, issue and void invoices takes one of: operator BILLING_ADMIN"
INVOICE = """kind status servicePeriod { startsOn endsOn } currencyCode subtotal { amount } taxTotal { amount }
  total { amount } amountDue { amount } lines { description quantity unitPrice { amount } amount { amount } }"""
PERIOD = {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}


def told(status: str, due: str) -> dict[str, Any]:
    """What an invoice of ten hours says of itself."""
    return {
        "kind": "INVOICE", "status": status, "servicePeriod": PERIOD, "currencyCode": "USD",
        "subtotal": {"amount": "520.00"}, "taxTotal": {"amount": "0.00"}, "total": {"amount": "520.00"},
        "amountDue": {"amount": due},
        "lines": [{"description": "Admin", "quantity": "10", "unitPrice": {"amount": "52.00"},
                   "amount": {"amount": "520.00"}}],
    }  # fmt: skip


def prepares(market: Market, agreement: Agreement) -> Try:
    """A draft of February."""
    backwards = {"startsOn": "2026-02-28", "endsOn": "2026-02-01"}
    early = {"startsOn": "2026-01-01", "endsOn": "2026-01-31"}
    return Try(
        "draftInvoice", "invoice", "Invoice", INVOICE,
        {"contractId": encode("con", agreement.id), "period": PERIOD}, market.billing_admin, TAKES,
        unseen("contractId"), told("DRAFT", "0.00"),
        Refused("NOTHING_TO_BILL", "period", "nothing done by 2026-02-28 is accepted and not yet billed"),
        [
            ({"period": early}, Refused("NOTHING_TO_BILL", "period",
                                        "nothing done by 2026-01-31 is accepted and not yet billed")),
            ({"period": backwards}, Refused("INVALID_INPUT", "period.endsOn",
                                            "the period ends on 2026-02-01, before it starts on 2026-02-28")),
            ({"contractId": encode("con", new_id())}, unseen("contractId")),
            misnamed("contractId", "con_", "con"),
        ],
    )  # fmt: skip


async def ends(market: Market, agreement: Agreement, name: str) -> Try:
    """A draft is issued, or discarded."""
    actor = market.billing_admin
    key = await market.database.write(
        actor,
        lambda tx: draft_invoice(
            tx, actor=actor, contract_id=agreement.id, starts_on=FEBRUARY[0], ends_on=FEBRUARY[1], now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    discards = name == "discardInvoiceDraft"
    status, due = ("DISCARDED", "0.00") if discards else ("ISSUED", "520.00")
    con = encode("con", agreement.id)
    return Try(
        name, "invoice", "Invoice", INVOICE,
        {"invoiceId": encode("inv", agreement.id, key.id)} | ({"reason": "Too early"} if discards else {}),
        actor, TAKES, unseen("invoiceId"), told(status, due),
        Refused("NOT_DRAFT", "invoiceId", f"it is {status}: only a DRAFT is issued or discarded"),
        [
            *([SILENT, LONG] if discards else []), misnamed("invoiceId", con, "inv"),
            ({"invoiceId": encode("inv", agreement.id, new_id())}, unseen("invoiceId", "invoice")),
        ],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["draftInvoice", "issueInvoiceDraft", "discardInvoiceDraft"])
async def test_a_draft_by_everybody_wrongly_and_at_once(market: Market, desk: Desk, name: str) -> None:
    async def attempt() -> Try:
        agreement = await market.agree(ADMIN)
        await agreement.accept("admin", "10", date(2026, 2, 3))
        return prepares(market, agreement) if name == "draftInvoice" else await ends(market, agreement, name)

    auditor = market.member("OPERATOR", market.operator, "AUDITOR")
    act = await attempt()
    await act.is_refused(desk, market, market.finance, market.acceptor, market.vendor_owner, auditor)
    await act.is_done_once(desk, market)
    await (await attempt()).is_answered_the_same(desk, market)
    numbered = await market.all("select 1 from invoice where vendor_id = $1 and number is not null", market.vendor)
    assert len(numbered) == (2 if name == "issueInvoiceDraft" else 0)
