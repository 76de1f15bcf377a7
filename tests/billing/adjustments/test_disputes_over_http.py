"""Disputes of invoices over HTTP: raised, withdrawn and resolved by everybody who might, wrongly, and at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core.ids import encode, new_id
from services.billing.adjustments.disputing import DisputedLine
from tests.billing.adjustments.adjusting import disagreeing, dispute
from tests.billing.market import ADMIN
from tests.billing.trying import LONG, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from uuid import UUID

    from core.actor import Actor
    from tests.billing.desk import Desk
    from tests.billing.market import Agreement, Market
    from tests.billing.trying import Wrong

DISPUTES = "to dispute an invoice takes one of: association FINANCE, association OWNER"
RESOLVES = "to resolve a dispute of an invoice takes one of: operator BILLING_ADMIN"
DISPUTE = """status words currencyCode disputed { amount } upheld { amount } openedBy { name } resolvedBy { name }
  resolution creditNote { reasonCode total { amount } } evidence { id }
  lines { reasonCode words amount { amount } upheld { amount } }
  invoice { status disputed { amount } credited { amount } amountDue { amount } }"""
BLANK = Refused("TEXT_BLANK", "words", "write something here")
TWICE = "this line is named twice; once would be right"
NO_LINE = "the invoice has no such line"


def told(status: str, upheld: str = "0.00", resolution: str | None = None, **invoice: str) -> dict[str, Any]:
    """What a dispute of 100.00 of an invoice of 520.00 says of itself."""
    credited = upheld != "0.00"
    amounts = {"disputed": "0.00", "credited": "0.00", "amountDue": "520.00"} | invoice
    return {
        "status": status, "words": "This is not what we agreed", "currencyCode": "USD",
        "disputed": {"amount": "100.00"}, "upheld": {"amount": upheld}, "openedBy": {"name": "Kim"},
        "resolvedBy": {"name": "Kim"} if resolution else None, "resolution": resolution,
        "creditNote": {"reasonCode": "DISPUTE_UPHELD", "total": {"amount": upheld}} if credited else None,
        "evidence": [],
        "lines": [{"reasonCode": "QUANTITY", "words": "Too many hours", "amount": {"amount": "100.00"},
                   "upheld": {"amount": upheld}}],
        "invoice": {"status": "PARTLY_PAID" if credited else "ISSUED"}
        | {name: {"amount": amount} for name, amount in amounts.items()},
    }  # fmt: skip


@dataclass
class Billed:
    """An invoice of ten hours, 520.00 in all, and what could be said of it."""

    market: Market
    agreement: Agreement
    invoice_id: UUID
    line_id: UUID

    @classmethod
    async def of(cls, market: Market) -> Billed:
        agreement = await market.agree(ADMIN)
        await agreement.accept("admin", "10", date(2026, 2, 3))
        invoice_id = await agreement.issue(now=datetime.now(UTC))
        (line,) = await agreement.lines_of(invoice_id)
        return cls(market, agreement, invoice_id, line["id"])

    def id(self, prefix: str, row: UUID | None = None) -> str:
        """A public id under this contract; of nothing, unless a row is named."""
        return encode(prefix, self.agreement.id, row or new_id())

    async def dispute_invoice(self) -> Try:
        """A hundred of it."""
        line = {"invoiceLineId": self.id("ivl", self.line_id), "amount": "100", "reasonCode": "QUANTITY",
                "words": "Too many hours"}  # fmt: skip
        said = {"invoiceId": self.id("inv", self.invoice_id), "lines": [line], "words": "This is not what we agreed"}

        def of_line(code: str, at: str, message: str, **changed: object) -> Wrong:
            return {"lines": [line | changed]}, Refused(code, f"lines.0.{at}", message)

        most = "520.00 USD stand of line 1; at most that would be right"
        return Try(
            "disputeInvoice", "dispute", "InvoiceDispute", DISPUTE, said, self.market.finance, DISPUTES,
            unseen("invoiceId"), told("OPEN", disputed="100.00"),
            Refused("LINE_DISPUTED", "lines.0.invoiceLineId", "line 1 is disputed already"),
            [
                misnamed("invoiceId", self.id("con"), "inv"), ({"words": " "}, BLANK),
                ({"words": "x" * 4001},
                 Refused("TEXT_TOO_LONG", "words", "4001 characters are too many: at most 4000")),
                ({"invoiceId": self.id("inv")}, unseen("invoiceId", "invoice")),
                ({"lines": []}, Refused("NOTHING_DISPUTED", "lines", "name at least one line")),
                ({"lines": [line, line]}, Refused("NAMED_TWICE", "lines.1.invoiceLineId", TWICE)),
                ({"evidenceIds": [self.id("evd")]},
                 Refused("NOT_FOUND", "evidenceIds", "there is no such file under this contract")),
                of_line("NOT_FOUND", "invoiceLineId", NO_LINE, invoiceLineId=self.id("ivl")),
                of_line("MORE_THAN_BILLED", "amount", most, amount="520.01"),
                of_line("NOTHING_DISPUTED", "amount", "an amount above zero would be right", amount="0"),
                of_line("INVALID_AMOUNT", "amount", "0.001 has 3 decimals; USD has 2", amount="0.001"),
                of_line("TEXT_BLANK", "words", "write something here", words=" "),
            ],
        )  # fmt: skip

    async def withdraw_invoice_dispute(self) -> Try:
        """It is dropped."""
        return await self._ends(
            "withdrawInvoiceDispute", self.market.finance, DISPUTES, {"reason": "We found the record"},
            ended=told("WITHDRAWN", "0.00", "We found the record"), wrong=[SILENT, LONG],
        )  # fmt: skip

    async def resolve_invoice_dispute(self) -> Try:
        """Forty of the hundred are credited."""
        line = {"invoiceLineId": self.id("ivl", self.line_id), "amount": "40"}
        most = "100.00 USD are disputed; at most that would be right, and more than zero"
        other = Refused("NOT_FOUND", "upheld.0.invoiceLineId", "the dispute names no such line")
        more: list[Wrong] = [
            ({"upheld": [line | {"amount": amount}]}, Refused("INVALID_INPUT", "upheld.0.amount", most))
            for amount in ("100.01", "0")
        ]
        return await self._ends(
            "resolveInvoiceDispute", self.market.billing_admin, RESOLVES,
            {"upheld": [line], "resolution": "The time sheets say so"},
            ended=told("PARTLY_UPHELD", "40.00", "The time sheets say so", credited="40.00", amountDue="480.00"),
            wrong=[
                *more, ({"upheld": [line | {"invoiceLineId": self.id("ivl")}]}, other),
                ({"upheld": [line, line]}, Refused("NAMED_TWICE", "upheld.1.invoiceLineId", TWICE)),
                ({"resolution": " "}, BLANK._replace(field="resolution")),
            ],
        )  # fmt: skip

    async def _ends(
        self, name: str, right: Actor, takes: str, given: dict[str, Any], *, ended: dict[str, Any], wrong: list[Wrong]
    ) -> Try:
        """Something that ends a dispute, once."""
        about = DisputedLine(self.line_id, Decimal(100), "QUANTITY", "Too many hours")
        open_ = await dispute(self.agreement, self.invoice_id, about)
        gone = Refused("DISPUTE_NOT_OPEN", "disputeId", f"the dispute is {ended['status']}; an open one would be right")
        wrong += [misnamed("disputeId", self.id("inv"), "idp"),
                  ({"disputeId": self.id("idp")}, unseen("disputeId", "dispute"))]  # fmt: skip
        return Try(name, "dispute", "InvoiceDispute", DISPUTE, {"disputeId": self.id("idp", open_)} | given, right,
                   takes, unseen("disputeId"), ended, gone, wrong)  # fmt: skip


@pytest.mark.parametrize("act", ["dispute_invoice", "withdraw_invoice_dispute", "resolve_invoice_dispute"])
async def test_a_dispute_by_everybody_wrongly_and_at_once(market: Market, desk: Desk, act: str) -> None:
    billed = await Billed.of(market)
    attempt: Try = await getattr(billed, act)()
    members = (market.finance, market.billing_admin, market.acceptor, market.vendor_owner)
    await attempt.is_refused(desk, market, *(member for member in members if member is not attempt.right))
    await attempt.is_done_once(desk, market, market.finance, market.vendor_owner, market.billing_admin)
    assert await disagreeing(billed.agreement) == []
    other = await Billed.of(market)
    await (await getattr(other, act)()).is_answered_the_same(desk, market)
    assert await disagreeing(other.agreement) == []
