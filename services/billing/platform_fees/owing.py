"""Which platform fees stand on no invoice of the operator's yet: ONE SELECT, for the preview and for the invoice.

A platform fee is a posting to PLATFORM_FEE_INCOME: of an invoice that was issued, and the other way round of one that
became void, of a credit note (in its proportion) and of a credit note that became void. So the invoices agree with the
ledger to the cent, and each fee is billed once, because each entry is claimed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Integer, Text, and_, cast, exists, func, literal_column, select
from sqlmodel import col

from services.billing.invoices.models import Invoice
from services.billing.ledger.models import JournalEntry, Posting
from services.billing.platform_fees.models import PlatformFeeLine
from services.contracts.models import Contract
from services.identity.models import Organization

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select


def owed_lines(
    vendor_id: UUID | ColumnElement[UUID], currency_code: str | ColumnElement[str], month: date | ColumnElement[date]
) -> Select[*tuple[Any, ...]]:
    """The fees of a vendor in a currency until the end of a month that are on no invoice, as lines.

    `month` is its first day. A day is one of the operator's, in its time zone; what took effect in an earlier month and
    was on no invoice then comes with it. A reversal is negative.
    """
    first = cast(month, Date)
    operator = col(Organization.kind) == literal_column("'OPERATOR'", Text())
    time_zone = select(col(Organization.time_zone)).where(operator).scalar_subquery()
    effective_on = cast(func.timezone(time_zone, col(JournalEntry.effective_at)), Date)
    ends_before = cast(first + literal_column("interval '1 month'"), Date)
    claimed = exists().where(
        col(PlatformFeeLine.contract_id) == Posting.contract_id, col(PlatformFeeLine.entry_id) == Posting.entry_id
    )
    place = func.row_number().over(order_by=[effective_on, col(Posting.contract_id), col(JournalEntry.sequence)])
    return (
        select(
            cast(place, Integer).label("position"),
            col(Posting.vendor_id),
            col(Posting.contract_id),
            col(Posting.entry_id),
            col(JournalEntry.invoice_id),
            col(JournalEntry.kind),
            col(Invoice.number).label("document_number"),
            effective_on.label("effective_on"),
            col(Posting.currency_code),
            (-col(Posting.amount_minor)).label("platform_fee_minor"),
        )
        .select_from(Posting)
        .join(
            JournalEntry,
            and_(col(JournalEntry.contract_id) == Posting.contract_id, col(JournalEntry.id) == Posting.entry_id),
        )
        .outerjoin(
            Invoice,
            and_(col(Invoice.contract_id) == Posting.contract_id, col(Invoice.id) == JournalEntry.invoice_id),
        )
        # a vendor is led to its postings by its contracts: a journal is kept, and indexed, by contract
        .join(Contract, col(Contract.id) == Posting.contract_id)
        .where(
            col(Contract.vendor_id) == vendor_id,
            col(Posting.account) == literal_column("'PLATFORM_FEE_INCOME'", Text()),
            col(Posting.currency_code) == currency_code,
            effective_on < ends_before,
            ~claimed,
        )
    )


def owed_total(lines: Any) -> ColumnElement[int]:  # noqa: ANN401  (the columns of lines)
    """The sum of the fees of lines, in minor units; zero of none."""
    return cast(func.coalesce(func.sum(lines.platform_fee_minor), literal_column("0")), BigInteger)
