"""Credit notes, debit notes and corrected invoices over HTTP: by everybody who might, wrongly, and at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from core.ids import encode, new_id
from tests.billing.adjustments.adjusting import credit, disagreeing
from tests.billing.market import ADMIN, TICKETS
from tests.billing.trying import LONG, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from tests.billing.desk import Desk
    from tests.billing.market import Agreement, Market
    from tests.billing.trying import Wrong

TAKES = "to issue and void credit notes, debit notes and corrected invoices takes one of: operator BILLING_ADMIN"
WHY = {"reason": "Counted twice"}
NOTE = """status reasonCode reason currencyCode subtotal { amount } taxTotal { amount } total { amount }
  applied { amount } retained { amount } refundable { amount } voidReason
  lines { position quantity unit amount { amount } tax { amount } freesSources }
  invoice { status credited { amount } amountDue { amount } }"""
INVOICE = """kind status adjustmentReason subtotal { amount } total { amount } amountDue { amount }
  corrects { id status credited { amount } amountDue { amount } }
  lines { description quantity unit unitPrice { amount } amount { amount } }"""


def usd(**amounts: str) -> dict[str, dict[str, str]]:
    return {name: {"amount": amount} for name, amount in amounts.items()}


class Billed:
    """An invoice of ten hours and twenty tickets, 650.00 in all, and what could be done with it."""

    def __init__(self, market: Market, agreement: Agreement, invoice_id: Any, lines: list[Any]) -> None:  # noqa: ANN401
        self.market, self.agreement, self.invoice_id = market, agreement, invoice_id
        self.id = encode("inv", agreement.id, invoice_id)
        self.line_ids = lines
        self.hours, self.tickets = (encode("ivl", agreement.id, line) for line in lines)

    @classmethod
    async def of(cls, market: Market) -> Billed:
        agreement = await market.agree(ADMIN, TICKETS)
        await agreement.accept("admin", "10", date(2026, 2, 3))
        await agreement.accept("tickets", "20", date(2026, 2, 4))
        invoice_id = await agreement.issue(now=datetime.now(UTC))
        return cls(market, agreement, invoice_id, [line["id"] for line in await agreement.lines_of(invoice_id)])

    def unknown(self, prefix: str) -> str:
        """The id of nothing under this contract."""
        return encode(prefix, self.agreement.id, new_id())

    def wrong_invoice(self) -> list[Wrong]:
        return [
            SILENT, LONG, ({"invoiceId": self.unknown("inv")}, unseen("invoiceId", "invoice")),
            misnamed("invoiceId", encode("con", self.agreement.id), "inv"),
        ]  # fmt: skip

    async def issue_credit_note(self) -> Try:
        """Four of ten hours, by quantity, and all tickets, freed."""
        lines: list[dict[str, Any]] = [
            {"invoiceLineId": self.hours, "quantity": "4"},
            {"invoiceLineId": self.tickets, "freesSources": True},
        ]
        no_line = Refused("NOT_FOUND", "lines.0.invoiceLineId", "the invoice has no such line")
        return Try(
            "issueCreditNote", "creditNote", "CreditNote", NOTE,
            {"invoiceId": self.id, "lines": lines, "reasonCode": "QUANTITY"} | WHY,
            self.market.billing_admin, TAKES, unseen("invoiceId"),
            {"status": "ISSUED", "reasonCode": "QUANTITY", "currencyCode": "USD", "voidReason": None} | WHY
            | usd(subtotal="338.00", taxTotal="0.00", total="338.00", applied="338.00", retained="0.00",
                  refundable="0.00")
            | {"lines": [
                {"position": 1, "quantity": "4", "unit": "HOUR", "freesSources": False}
                | usd(amount="208.00", tax="0.00"),
                {"position": 2, "quantity": "20", "unit": "TICKET", "freesSources": True}
                | usd(amount="130.00", tax="0.00"),
            ], "invoice": {"status": "PARTLY_PAID"} | usd(credited="338.00", amountDue="312.00")},
            Refused("NOTHING_TO_CREDIT", "lines.1", "a quantity above zero and up to 0 would be right"),
            [
                *self.wrong_invoice(),
                self.of_line(lines, Refused("MORE_THAN_BILLED", "lines.0.quantity",
                             "10 HOUR stand of line 1, not 10.0001"), quantity="10.0001"),
                self.of_line(lines, Refused("NOTHING_TO_CREDIT", "lines.0.quantity",
                             "a quantity above zero and up to 10 would be right"), quantity="0"),
                self.of_line(lines, Refused("QUANTITY_OR_AMOUNT", "lines.0",
                             "a quantity and an amount were given; one of them would be right"), amount="1"),
                self.of_line(lines, Refused("MORE_THAN_BILLED", "lines.0.amount",
                             "520.00 USD stand of line 1; at most that would be right"),
                             amount="520.01", quantity=None),
                self.of_line(lines, Refused("INVALID_AMOUNT", "lines.0.amount", "0.001 has 3 decimals; USD has 2"),
                             amount="0.001", quantity=None),
                self.of_line(lines, no_line, invoiceLineId=self.unknown("ivl")),
                self.of_line(lines, Refused("NOT_THE_WHOLE_LINE", "lines.0.freesSources",
                             "line 1 was credited before, or would be in part; free nothing, or credit all at once"),
                             freesSources=True),
                ({"lines": [lines[0], lines[0]]}, Refused("NAMED_TWICE", "lines.1.invoiceLineId",
                                                          "this line is named twice; once would be right")),
                ({"lines": []}, Refused("NOTHING_TO_CREDIT", "lines",
                                        "nothing of value stands in what would be credited")),
            ],
        )  # fmt: skip

    @staticmethod
    def of_line(lines: list[dict[str, Any]], refused: Refused, **changed: object) -> Wrong:
        """Something else said of the first line."""
        return {"lines": [lines[0] | changed, *lines[1:]]}, refused

    async def void_credit_note(self) -> Try:
        """A note of all that the invoice asks."""
        note = await credit(self.agreement, self.invoice_id)
        (number,) = (await self.market.one("select number from credit_note where id = $1", note)).values()
        voided = {"creditNoteId": encode("crn", self.agreement.id, note), "reason": "Credited the wrong one"}
        return Try(
            "voidCreditNote", "creditNote", "CreditNote",
            "status voidReason total { amount } invoice { status credited { amount } amountDue { amount } }", voided,
            self.market.billing_admin, TAKES, unseen("creditNoteId"),
            {"status": "VOID", "voidReason": "Credited the wrong one"} | usd(total="650.00")
            | {"invoice": {"status": "ISSUED"} | usd(credited="0.00", amountDue="650.00")},
            Refused("CREDIT_NOTE_VOID", "creditNoteId", f"credit note {number} is void already"),
            [
                SILENT, LONG,
                ({"creditNoteId": self.unknown("crn")}, unseen("creditNoteId", "credit note")),
                misnamed("creditNoteId", self.id, "crn"),
            ],
        )  # fmt: skip

    async def issue_debit_note(self) -> Try:
        """A rate that was forgotten; asked twice without a key it is charged twice."""
        lines = [{"invoiceLineId": self.hours, "amount": "12.50", "words": "Night rate"}]
        blank = Refused("TEXT_BLANK", "lines.0.words", "write something here")
        return Try(
            "issueDebitNote", "invoice", "Invoice", INVOICE, {"invoiceId": self.id, "lines": lines} | WHY,
            self.market.billing_admin, TAKES, unseen("invoiceId"),
            {"kind": "DEBIT_NOTE", "status": "ISSUED", "adjustmentReason": "Counted twice"}
            | usd(subtotal="12.50", total="12.50", amountDue="12.50")
            | {"corrects": {"id": self.id, "status": "ISSUED"} | usd(credited="0.00", amountDue="650.00"), "lines": [
                {"description": "Night rate", "quantity": "1", "unit": "LUMP_SUM"}
                | usd(unitPrice="12.50", amount="12.50")
            ]},
            None,
            [
                *self.wrong_invoice(),
                self.of_line(lines, blank, words=" "),
                self.of_line(lines, Refused("NOTHING_TO_DEBIT", "lines.0.amount",
                                            "an amount above zero would be right"), amount="0"),
                self.of_line(lines, Refused("INVALID_AMOUNT", "lines.0.amount", "0.001 has 3 decimals; USD has 2"),
                             amount="0.001"),
                ({"lines": []}, Refused("NOTHING_TO_DEBIT", "lines", "name at least one line")),
                ({"lines": lines * 2}, Refused("NAMED_TWICE", "lines.1.invoiceLineId",
                                               "this line is named twice; once would be right")),
            ],
        )  # fmt: skip

    async def correct_invoice(self) -> Try:
        """The tickets do not belong on it."""
        (number,) = (await self.market.one("select number from invoice where id = $1", self.invoice_id)).values()
        return Try(
            "correctInvoice", "invoice", "Invoice", INVOICE, {"invoiceId": self.id, "leaveOut": [self.tickets]} | WHY,
            self.market.billing_admin, TAKES, unseen("invoiceId"),
            {"kind": "CORRECTED_INVOICE", "status": "ISSUED", "adjustmentReason": "Counted twice"}
            | usd(subtotal="520.00", total="520.00", amountDue="520.00")
            | {"corrects": {"id": self.id, "status": "PAID"} | usd(credited="650.00", amountDue="0.00"), "lines": [
                {"description": "Admin", "quantity": "10", "unit": "HOUR"}
                | usd(unitPrice="52.00", amount="520.00")
            ]},
            Refused("INVOICE_CREDITED", "invoiceId", f"invoice {number} is credited in part; void that first"),
            [
                *self.wrong_invoice(),
                ({"leaveOut": [self.unknown("ivl")]}, Refused("NOT_FOUND", "leaveOut.0",
                                                              "the invoice has no such line")),
                ({"leaveOut": [self.hours, self.tickets]}, Refused("NOTHING_TO_CORRECT", "leaveOut",
                    "nothing of value is left to bill; issue a credit note instead")),
            ],
        )  # fmt: skip


@pytest.mark.parametrize("act", ["issue_credit_note", "void_credit_note", "issue_debit_note", "correct_invoice"])
async def test_a_note_by_everybody_wrongly_and_at_once(market: Market, desk: Desk, act: str) -> None:
    billed = await Billed.of(market)
    auditor = market.member("OPERATOR", market.operator, "AUDITOR")
    attempt: Try = await getattr(billed, act)()
    await attempt.is_refused(desk, market, market.finance, market.acceptor, market.vendor_owner, auditor)
    await attempt.is_done_once(desk, market, market.finance, market.vendor_owner)
    assert await disagreeing(billed.agreement) == []
    other = await Billed.of(market)
    await (await getattr(other, act)()).is_answered_the_same(desk, market)
    assert await disagreeing(other.agreement) == []
