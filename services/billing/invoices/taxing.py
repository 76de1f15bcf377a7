"""Taxing invoices on the day of issue: each line keeps how it is taxed, the invoice the sum and the tax numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, and_, case, cast, func, literal, or_, select, true, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.billing.invoices.models import Invoice, InvoiceLine
from services.billing.taxes.charging import SERVICES, TAX_COLUMNS, by_category, tax_for, tax_total
from services.billing.taxes.models import TaxRegistration
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, FromClause, Select

    from core.db import Transaction


async def tax_drafts(tx: Transaction, drafts: FromClause, *, now: datetime) -> None:
    """Tax the lines of drafts by what holds today, in the association's time zone; their contracts are locked.

    What corrects another invoice is of the same supply: a corrected invoice is taxed by what holds of the day on which
    the first one was issued (Directive 2006/112/EC, articles 63 and 93: the rate is that of the tax point), and a debit
    note as its lines say, which is as what they charge more for.
    `drafts` has contract_id and id; what is no draft any more is left out. One statement, for one draft and for ten
    thousand. A line that no rule taxes is as it was written, so that nothing is written twice where no tax is
    configured.
    """
    today = cast(func.timezone(col(Contract.time_zone), literal(now, DateTime(timezone=True))), Date)
    first = func.app.first_issued_on(col(Invoice.contract_id), col(Invoice.corrects_invoice_id), type_=Date())
    on_day = case((col(Invoice.corrects_invoice_id).is_(None), today), else_=first)
    rows = (
        select(*InvoiceLine.__table__.c, on_day.label("on_day"))  # type: ignore[attr-defined]  # SQLModel adds it
        .join(
            drafts,
            and_(col(InvoiceLine.contract_id) == drafts.c.contract_id, col(InvoiceLine.invoice_id) == drafts.c.id),
        )
        .join(
            Invoice,
            and_(
                col(Invoice.contract_id) == drafts.c.contract_id,
                col(Invoice.id) == drafts.c.id,
                col(Invoice.status) == "DRAFT",
                col(Invoice.kind) != "DEBIT_NOTE",
            ),
        )
        .join(Contract, col(Contract.id) == drafts.c.contract_id)
        .subquery("drafted")
    )
    line = taxed_lines(rows).cte("taxed")
    kept = (
        update(InvoiceLine)
        .where(
            col(InvoiceLine.contract_id) == line.c.contract_id,
            col(InvoiceLine.id) == line.c.id,
            or_(*(getattr(InvoiceLine, name).is_distinct_from(line.c[name]) for name in TAX_COLUMNS)),
        )
        .values({name: line.c[name] for name in TAX_COLUMNS})
        .cte("kept")
    )
    total = tax_total(line, "contract_id", "invoice_id").subquery("total")
    seller, buyer = aliased(TaxRegistration, name="of_seller"), aliased(TaxRegistration, name="of_buyer")
    numbers = (
        select(
            *total.c,
            *(
                getattr(registration, theirs).label(f"{party}_{ours}")
                for party, registration in (("seller", seller), ("buyer", buyer))
                for theirs, ours in (("region_code", "region_code"), ("number", "tax_number"))
            ),
        )
        .join(Contract, col(Contract.id) == total.c.contract_id)
        .outerjoin(seller, col(seller.organization_id) == Contract.vendor_id)
        .outerjoin(buyer, col(buyer.organization_id) == Contract.association_id)
        .subquery("numbers")
    )
    named = [name.key for name in numbers.c if name.key not in {"contract_id", "invoice_id"}]
    await tx.execute(
        update(Invoice)
        .where(
            col(Invoice.contract_id) == numbers.c.contract_id,
            col(Invoice.id) == numbers.c.invoice_id,
            col(Invoice.status) == "DRAFT",
        )
        .values({name: numbers.c[name] for name in named})
        .add_cte(kept)
    )


def _of(drafts: FromClause) -> ColumnElement[bool]:
    return and_(col(InvoiceLine.contract_id) == drafts.c.contract_id, col(InvoiceLine.invoice_id) == drafts.c.id)


def taxed_lines(lines: FromClause) -> Select[Any]:
    """Lines with how each is taxed; they have vendor_id, association_id, unit and `on_day`, the day of issue.

    What a vendor sells an association by one unit is looked up once, however many lines it has.
    """
    line = lines.c
    sale = select(line.vendor_id, line.association_id, line.unit, line.on_day).distinct().subquery("sale").c
    tax = tax_for(SERVICES, seller_id=sale.vendor_id, buyer_id=sale.association_id, unit=sale.unit, on_day=sale.on_day)
    bears = select(*sale, *tax.c).join(tax, true()).subquery("bears")
    same = and_(*(bears.c[name] == line[name] for name in ("vendor_id", "association_id", "unit", "on_day")))
    untaxed = [column for column in line if column.key not in TAX_COLUMNS]
    return select(*untaxed, *(bears.c[name] for name in TAX_COLUMNS)).select_from(lines).join(bears, same)


def taxes_of(invoice: Any) -> Select[Any]:  # noqa: ANN401  (a row of invoices)
    """The taxes of an invoice by category and rate, from its frozen lines."""
    lines = (
        select(*InvoiceLine.__table__.c)  # type: ignore[attr-defined]
        .where(col(InvoiceLine.contract_id) == invoice.contract_id, col(InvoiceLine.invoice_id) == invoice.id)
        .subquery("line")
    )
    return by_category(lines)
