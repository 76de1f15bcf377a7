"""What is held of an association's money, and what of it a vendor can be paid; both are read from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, Text, and_, case, cast, func, literal_column, select, true
from sqlmodel import col

from core.errors import DomainError
from services.billing.invoices.models import Invoice
from services.billing.ledger.journal import Account
from services.billing.ledger.models import JournalEntry, Posting
from services.billing.payments.models import Settlement

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.db import Transaction

SETTLEMENTS = ("SETTLEMENT_PAID", "SETTLEMENT_REVERSED")
STANDING = ("STARTED", "PAID", "REVERSING")
"""Settlements that were not taken back: what is under way counts as paid."""


class SettledAlready(DomainError):
    """The vendor was paid out of this money; take the settlement back first."""


class Proceeds(NamedTuple):
    """What the vendor can still be paid of one invoice, in minor units; negative when it was paid too much."""

    available_minor: int
    available_tax_minor: int


def proceeds(contract_id: ColumnElement[UUID] | UUID, invoice_id: ColumnElement[UUID] | UUID) -> Select[int, int, str]:
    """The vendor's part of the cash that was received for an invoice, less what it was paid of it.

    Its part of the whole is what the journal owes it: its proceeds and the tax that is collected for it. Of cash that
    is a part of the whole it has that part, rounded down, so that nothing is paid that was not received.
    """
    entry, posting = JournalEntry, Posting
    owed = (
        select(
            func.coalesce(-func.sum(col(posting.amount_minor)), 0).label("payable"),
            func.coalesce(
                -func.sum(case((col(posting.account) == Account.TAX_PAYABLE, col(posting.amount_minor)), else_=0)), 0
            ).label("tax"),
        )
        .join(entry, and_(col(entry.contract_id) == posting.contract_id, col(entry.id) == posting.entry_id))
        .where(
            col(entry.contract_id) == Invoice.contract_id,
            col(entry.invoice_id) == Invoice.id,
            col(entry.kind).not_in(_literals(*SETTLEMENTS)),
            col(posting.account).in_(_literals(Account.VENDOR_PAYABLE, Account.TAX_PAYABLE)),
        )
        .correlate(Invoice)
        .lateral("owed")
    )
    settled = (
        select(
            func.coalesce(func.sum(col(Settlement.amount_minor)), 0).label("amount"),
            func.coalesce(func.sum(col(Settlement.tax_minor)), 0).label("tax"),
        )
        .where(
            col(Settlement.contract_id) == Invoice.contract_id,
            col(Settlement.invoice_id) == Invoice.id,
            col(Settlement.status).in_(_literals(*STANDING)),
        )
        .correlate(Invoice)
        .lateral("settled")
    )
    whole = func.greatest(col(Invoice.subtotal_minor) + col(Invoice.tax_total_minor) - col(Invoice.credited_minor), 1)

    def of_cash(part: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.div(part * col(Invoice.paid_minor), whole)

    return (
        select(
            cast(of_cash(owed.c.payable) - settled.c.amount, BigInteger).label("available_minor"),
            cast(of_cash(owed.c.tax) - settled.c.tax, BigInteger).label("available_tax_minor"),
            col(Invoice.currency_code),
        )
        .select_from(Invoice.__table__.join(owed, true()).join(settled, true()))  # type: ignore[attr-defined]
        .where(col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    )


async def proceeds_of(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> Proceeds:
    """The same, for whoever has locked the contract's row."""
    row = await tx.one(proceeds(contract_id, invoice_id))
    return Proceeds(row.available_minor, row.available_tax_minor)


async def require_unsettled(tx: Transaction, contract_id: UUID, invoice_id: UUID, *, field: str) -> None:
    """Refuse with SettledAlready when the vendor has been paid more than its part of what is left."""
    over = -(await proceeds_of(tx, contract_id, invoice_id)).available_minor
    if over > 0:
        raise SettledAlready("the vendor was paid out of this money: reverse its settlement first", field=field)


def _literals(*words: str) -> list[ColumnElement[str]]:
    """Words as they stand in SQL: the plan of an operation binds what was asked for, and no lists of its own."""
    return [literal_column(f"'{word}'", Text()) for word in words]
