"""Ageing: what stands open on a day, by how long it has been due.

It is made of the journal up to that day, so that it can be told of any day and agrees with the statements. An invoice
is in one bucket, by the days from its due day to that day. What was disputed on the day, and retainage that was not
released, stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Integer, and_, case, cast, func, literal_column, null, select, true
from sqlmodel import col

from services.billing.adjustments.models import InvoiceDispute
from services.billing.invoices.models import Invoice
from services.billing.ledger.models import JournalEntry, Posting
from services.billing.taxes.models import InvoiceExchange
from services.contracts.models import Contract
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from datetime import date
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader

BUCKETS: Final = {
    "not_due": (None, 0),
    "days_1_to_30": (1, 30),
    "days_31_to_60": (31, 60),
    "days_61_to_90": (61, 90),
    "over_90_days": (91, None),
}
"""From how many days after the due day to how many, both included."""
FIGURES: Final = (*BUCKETS, "disputed", "open", "retained")


def ageing(reader: Reader, as_of: date) -> Select[Any]:
    """What stands open under each contract that the reader sees; a contract has one currency."""
    figures = _open_items(as_of).lateral("figures")
    return (
        select(
            col(Contract.id),
            col(Contract.id).label("contract_id"),
            col(Contract.association_id),
            col(Contract.vendor_id),
            col(Contract.currency_code),
            *figures.c,
        )
        .select_from(Contract)
        .join(figures, true())
        .where(concerns(reader, Contract), col(Contract.activated_at).is_not(None))
    )


def ageing_totals(reader: Reader, as_of: date, association_id: UUID | None, vendor_id: UUID | None) -> Select[Any]:
    """The same added up for each association and currency; never of two currencies but by frozen rates."""
    rows = ageing(reader, as_of)
    if association_id is not None:
        rows = rows.where(col(Contract.association_id) == association_id)
    if vendor_id is not None:
        rows = rows.where(col(Contract.vendor_id) == vendor_id)
    each = rows.subquery("each").c
    sums = (cast(func.sum(each[f"{name}_minor"]), BigInteger).label(f"{name}_minor") for name in FIGURES)
    # what a row of a group is said in, if all of its rows are said in one
    currency = func.min(each.reporting_currency_code)
    unsaid = func.count().filter(each.reporting_minor.is_(None), each.open_minor != literal_column("0"))
    said = and_(unsaid == literal_column("0"), currency == func.max(each.reporting_currency_code))
    return select(
        each.association_id,
        each.currency_code,
        *sums,
        case((said, currency), else_=null()).label("reporting_currency_code"),
        cast(case((said, func.sum(each.reporting_minor)), else_=null()), BigInteger).label("reporting_minor"),
    ).group_by(each.association_id, each.currency_code)


def _open_items(as_of: date) -> Select[*tuple[Any, ...]]:
    """The figures of one contract on a day: its invoices with what the journal left open of each by then."""
    day = cast(as_of, Date)
    item = (
        select(
            col(JournalEntry.invoice_id),
            _of_account("ASSOCIATION_RECEIVABLE").label("open_minor"),
            _of_account("RETAINAGE_RECEIVABLE").label("retained_minor"),
        )
        .join(
            Posting,
            and_(col(Posting.contract_id) == JournalEntry.contract_id, col(Posting.entry_id) == JournalEntry.id),
        )
        .where(col(JournalEntry.contract_id) == Contract.id, _day_of(col(JournalEntry.effective_at)) <= day)
        .group_by(col(JournalEntry.invoice_id))
        .correlate(Contract)
        .subquery("item")
    )
    disputed = (
        select(cast(func.coalesce(func.sum(InvoiceDispute.disputed_minor), literal_column("0")), BigInteger))
        .where(
            col(InvoiceDispute.contract_id) == Contract.id,
            col(InvoiceDispute.invoice_id) == item.c.invoice_id,
            _day_of(col(InvoiceDispute.opened_at)) <= day,
            func.coalesce(
                cast(func.timezone(col(Contract.time_zone), col(InvoiceDispute.resolved_at)), Date) > day, true()
            ),
        )
        .correlate(Contract, item)
        .scalar_subquery()
    )
    aged = (
        select(
            item.c.open_minor,
            item.c.retained_minor,
            func.least(disputed, func.greatest(item.c.open_minor, literal_column("0"))).label("disputed_minor"),
            func.coalesce(cast(day - col(Invoice.due_on), Integer), literal_column("0")).label("days"),
            case(
                (
                    item.c.open_minor != literal_column("0"),
                    func.coalesce(col(InvoiceExchange.to_currency_code), col(Contract.currency_code)),
                ),
                else_=null(),
            ).label("reported_in"),
            func.app.exchanged(
                item.c.open_minor,
                func.coalesce(col(InvoiceExchange.rate), literal_column("1")),
                col(Contract.currency_code),
                func.coalesce(col(InvoiceExchange.to_currency_code), col(Contract.currency_code)),
            ).label("reported"),
        )
        .select_from(item)
        .outerjoin(Invoice, and_(col(Invoice.contract_id) == Contract.id, col(Invoice.id) == item.c.invoice_id))
        .outerjoin(
            InvoiceExchange,
            and_(
                col(InvoiceExchange.contract_id) == Contract.id,
                col(InvoiceExchange.invoice_id) == item.c.invoice_id,
                col(InvoiceExchange.purpose) == literal_column("'REPORTING'"),
            ),
        )
        .correlate(Contract)
        .subquery("aged")
        .c
    )
    undisputed = aged.open_minor - aged.disputed_minor

    def total(amount: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return cast(func.coalesce(func.sum(amount).filter(and_(true(), *conditions)), literal_column("0")), BigInteger)

    def within(bounds: tuple[int | None, int | None]) -> list[ColumnElement[bool]]:
        least, most = bounds
        limits = [] if least is None else [aged.days >= literal_column(str(least))]
        return limits if most is None else [*limits, aged.days <= literal_column(str(most))]

    one_currency = func.min(aged.reported_in) == func.max(aged.reported_in)
    rounded = func.app.round_half_even(func.sum(aged.reported), literal_column("0"))
    return select(
        *(total(undisputed, *within(bounds)).label(f"{name}_minor") for name, bounds in BUCKETS.items()),
        total(aged.disputed_minor).label("disputed_minor"),
        total(aged.open_minor).label("open_minor"),
        total(aged.retained_minor).label("retained_minor"),
        case((one_currency, func.min(aged.reported_in)), else_=null()).label("reporting_currency_code"),
        cast(case((one_currency, rounded), else_=null()), BigInteger).label("reporting_minor"),
    )


def _day_of(instant: Any) -> ColumnElement[date]:  # noqa: ANN401  (a column of instants)
    return cast(func.timezone(col(Contract.time_zone), instant), Date)


def _of_account(account: str) -> ColumnElement[int]:
    of_account = func.sum(Posting.amount_minor).filter(col(Posting.account) == literal_column(f"'{account}'"))
    return cast(func.coalesce(of_account, literal_column("0")), BigInteger)
