"""Posting the tax on platform fees: the vendor's proceeds of an invoice pay the tax on the platform fee of the same.

The operator is the seller, so the tax is the operator's, which owes it to its tax office: PLATFORM_FEE_TAX. The vendor
pays it by set-off, as it pays the platform fee: VENDOR_PAYABLE, of the invoice whose platform fee is taxed, so that
what it can be paid of that invoice is less by as much. Of an invoice that it was paid for already nothing more is
taken: the tax stands on the contract alone then, where VENDOR_PAYABLE shows it as owed by the vendor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    Uuid,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    true,
    values,
)
from sqlalchemy import column as named_column
from sqlmodel import col

from services.billing.ledger.journal import Account
from services.billing.ledger.models import JournalEntry
from services.billing.ledger.posting import post_many
from services.billing.platform_fees.models import PlatformFeeLine
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select, Subquery

    from core.db import Transaction

SETTLED = literal_column("'SETTLEMENT_PAID'", Text())


def tax_of_line(line: Any, rate_percent: Any) -> ColumnElement[int]:  # noqa: ANN401  (columns of lines, and a rate)
    """A line's part of the tax: the tax of all lines up to it, less that of those before, so that they sum to it."""

    def up_to(last: int) -> ColumnElement[Any]:
        fees = func.sum(line.platform_fee_minor).over(order_by=line.position, rows=(None, last))
        return func.app.tax_minor(func.coalesce(fees, 0), rate_percent, type_=BigInteger())

    return up_to(0) - up_to(-1)


async def post_tax(tx: Transaction, *, invoice_id: UUID, now: datetime) -> None:
    """Post the tax of each line of a platform fee invoice, whose contracts the caller has locked.

    One entry for a line, of which the journal entry that is taxed is the subject; a contract's chain takes one entry in
    a statement, and has more than one line only where a month credits as well as bills. Refuses with PeriodClosed.
    """
    line = _taxed(invoice_id)
    rounds: int = await tx.scalar(select(func.coalesce(func.max(line.c.round), 0)))
    for at in range(1, rounds + 1):
        this = select(*line.c).where(line.c.round == at).subquery("this")
        await post_many(tx, _entries(this, now), _sides(this), now=now)


def _taxed(invoice_id: UUID) -> Subquery:
    line: Any = PlatformFeeLine
    place = func.row_number().over(partition_by=line.contract_id, order_by=line.position)
    return (
        select(
            line.contract_id,
            line.entry_id,
            line.invoice_id,
            line.currency_code,
            line.tax_minor,
            cast(place, Integer).label("round"),
        )
        .where(line.platform_fee_invoice_id == invoice_id, line.tax_minor != 0)
        .subquery("taxed")
    )


def _entries(line: Subquery, now: datetime) -> Select[Any]:
    paid = exists().where(
        col(JournalEntry.contract_id) == line.c.contract_id,
        col(JournalEntry.invoice_id) == line.c.invoice_id,
        col(JournalEntry.kind) == SETTLED,
    )
    kind = case(
        (line.c.tax_minor > 0, literal_column("'PLATFORM_FEE_TAXED'")),
        else_=literal_column("'PLATFORM_FEE_TAX_RETURNED'"),
    )
    return select(
        line.c.contract_id,
        col(Contract.association_id),
        col(Contract.vendor_id),
        cast(kind, Text).label("kind"),
        cast(case((~paid, line.c.invoice_id)), Uuid).label("invoice_id"),
        line.c.entry_id.label("subject_id"),
        literal(now).label("effective_at"),
    ).join(Contract, col(Contract.id) == line.c.contract_id)


def _sides(line: Subquery) -> Select[Any]:
    side = (
        values(
            named_column("position", Integer),
            named_column("account", Text),
            named_column("amount_minor", BigInteger),
            name="side",
        )
        .data(
            [(1, str(Account.VENDOR_PAYABLE), line.c.tax_minor), (2, str(Account.PLATFORM_FEE_TAX), -line.c.tax_minor)]
        )
        .lateral()
    )
    return select(line.c.contract_id, side.c.position, side.c.account, line.c.currency_code, side.c.amount_minor).join(
        side, true()
    )
