"""The SELECTs of billing runs, for the operator's billing desk; each names its tenant predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Text, Uuid, cast, false, func, literal_column, or_, select, true
from sqlmodel import col

from services.billing.invoices.billable import billable_lines
from services.billing.runs.models import BillingRun, BillingRunItem
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader


def runs(reader: Reader) -> Select[Any]:
    """The runs of the operator."""
    return select(*BillingRun.__table__.c).where(_bills(reader))  # type: ignore[attr-defined]  # SQLModel adds it


def run(reader: Reader, run_id: UUID) -> Select[Any]:
    """One of them."""
    return runs(reader).where(col(BillingRun.id) == run_id)


def totals_of(run: Any) -> Select[Any]:  # noqa: ANN401  (a row of runs)
    """What a run has billed, in each currency."""
    item = BillingRunItem
    columns: list[ColumnElement[Any]] = [
        col(item.currency_code).label("currency_code"),
        cast(func.count(), BigInteger).label("invoice_count"),
        cast(func.sum(item.amount_minor), BigInteger).label("subtotal_minor"),
    ]
    is_billed = col(item.status) == literal_column("'BILLED'", Text())
    return select(*columns).where(col(item.run_id) == run.id, is_billed).group_by(col(item.currency_code))


def within(
    *,
    vendor_id: UUID | ColumnElement[UUID] | None = None,
    association_id: UUID | ColumnElement[UUID] | None = None,
) -> Select[Any]:
    """The contracts that a run bills: all that were ever signed by both, or those of one vendor, or association."""
    contract = Contract.__table__.c  # type: ignore[attr-defined]
    vendor = true() if vendor_id is None else contract.vendor_id == vendor_id
    association = true() if association_id is None else contract.association_id == association_id
    return select(*contract).where(contract.activated_at.is_not(None), vendor, association)


def preview(
    reader: Reader, starts_on: date, ends_on: date, vendor_id: UUID | None, association_id: UUID | None
) -> Select[Any]:
    """What a run would bill; no row for whoever could not start it, or no period."""
    first, last = cast(starts_on, Date), cast(ends_on, Date)
    return select(
        first.label("period_starts_on"),
        last.label("period_ends_on"),
        cast(vendor_id, Uuid).label("vendor_id"),
        cast(association_id, Uuid).label("association_id"),
    ).where(first <= last, _bills(reader))


def preview_items(preview: Any) -> Select[Any]:  # noqa: ANN401  (a row of previews)
    """What it would bill of each contract that has something of value to bill: made of the invoices' own lines."""
    contract = Contract.__table__.alias("within")  # type: ignore[attr-defined]
    day = cast(func.timezone(contract.c.time_zone, func.now()), Date)
    scope = (
        select(
            contract.c.id.label("contract_id"),
            preview.period_starts_on.label("starts_on"),
            preview.period_ends_on.label("ends_on"),
        )
        .where(
            contract.c.activated_at.is_not(None),
            or_(preview.vendor_id.is_(None), contract.c.vendor_id == preview.vendor_id),
            or_(preview.association_id.is_(None), contract.c.association_id == preview.association_id),
            preview.period_ends_on <= day,
        )
        .subquery("scope")
    )
    line = billable_lines(scope).subquery("line")
    amount = func.sum(line.c.amount_minor)
    return (
        select(line.c.contract_id, line.c.currency_code, cast(amount, BigInteger).label("subtotal_minor"))
        .group_by(line.c.contract_id, line.c.currency_code)
        .having(amount > literal_column("0"))
    )


def preview_totals(preview: Any) -> Select[Any]:  # noqa: ANN401
    """What it would bill in each currency."""
    item = preview_items(preview).subquery("item")
    return select(
        item.c.currency_code,
        cast(func.count(), BigInteger).label("invoice_count"),
        cast(func.sum(item.c.subtotal_minor), BigInteger).label("subtotal_minor"),
    ).group_by(item.c.currency_code)


def _bills(reader: Reader) -> ColumnElement[bool]:
    may: ColumnElement[bool] = func.app.has_role(literal_column("'BILLING_ADMIN'"))
    return may if reader.kind == "OPERATOR" else false()
