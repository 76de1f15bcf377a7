"""Issuing drafts: one or many get their numbers, their days and their entries in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    DateTime,
    Integer,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
    update,
    values,
)
from sqlalchemy import column as named_column
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.events import ContractKey, Event
from core.ids import RowKey
from services.billing.invoices.claiming import parties
from services.billing.invoices.models import Invoice, InvoiceCounter, InvoiceLineCost
from services.billing.invoices.taxing import tax_drafts
from services.billing.ledger.journal import Account
from services.billing.ledger.posting import no_subject, post_many
from services.billing.taxes.exchanging import freeze_exchange
from services.contracts.models import Contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import FromClause, Row, Select, Subquery

    from core.db import Transaction

SHORTEST_NUMBER: Final = literal_column("6", Integer())
TOLD: Final = ("number", "status", "period_starts_on", "period_ends_on", "issued_on", "currency_code", "subtotal_minor")


async def issue(
    tx: Transaction,
    drafts: Iterable[RowKey],
    *,
    signed: Mapping[str, Any],
    now: datetime,
    reason: str | None = None,
    tell: bool = True,
) -> Sequence[Row[Any]]:
    """Number drafts, one of each contract, and post them; returns what was issued, the vendors' numbers in order.

    `signed` says who issues, as the columns issued_by_…; the contracts are locked by the caller. What is no draft any
    more is left out. Tax and rates of exchange are those of the day of issue; refuses with RateMissing. Each is told by
    an event of its own, with the `reason`, unless the caller tells more than that (`tell`).
    """
    asked = keyed(drafts)
    await tax_drafts(tx, asked, now=now)
    numbered = _numbered(asked, now)
    named = {name: numbered.c[name] for name in parties(Contract)[0]}
    issued = await tx.all(
        update(Invoice)
        .where(col(Invoice.contract_id) == numbered.c.contract_id, col(Invoice.id) == numbered.c.id)
        .values(
            status="ISSUED",
            number=numbered.c.number,
            year=numbered.c.year,
            year_number=numbered.c.year_number,
            issued_at=now,
            issued_on=numbered.c.issued_on,
            due_on=numbered.c.due_on,
            purchase_order_number=numbered.c.purchase_order_number,
            amount_due_minor=col(Invoice.subtotal_minor) + col(Invoice.tax_total_minor) - col(Invoice.retained_minor),
            **named,
            **signed,
        )
        .returning(*Invoice.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
    )
    if not issued:
        return issued
    posted = keyed([RowKey(invoice.contract_id, invoice.id) for invoice in issued])
    await freeze_exchange(tx, _issued(posted))
    await post_many(tx, _entries(posted), _sides(posted), now=now)
    for invoice in sorted(issued if tell else (), key=lambda row: (row.vendor_id, row.year, row.year_number)):
        key = ContractKey(invoice.contract_id, invoice.association_id, invoice.vendor_id)
        after = {name: str(getattr(invoice, name)) for name in TOLD}
        if invoice.corrects_invoice_id:
            after |= {"kind": invoice.kind, "corrects_invoice_id": str(invoice.corrects_invoice_id)}
        tx.emit(Event("INVOICE_ISSUED", object_id=invoice.id, contract=key, after=after, reason=reason))
    return issued


def keyed(drafts: Iterable[RowKey]) -> Subquery:
    """Keys of invoices as rows."""
    contract_ids, ids = zip(*drafts, strict=True)
    unnested = func.unnest(literal(list(contract_ids), ARRAY(Uuid)), literal(list(ids), ARRAY(Uuid)))
    keys = unnested.table_valued(named_column("contract_id", Uuid), named_column("id", Uuid)).render_derived(
        name="asked"
    )
    return select(*keys.c).subquery("keys")


def _numbered(asked: FromClause, now: datetime) -> Subquery:
    """The drafts with what they get: the next numbers of each vendor and year, in the order of contracts.

    Others who number for the vendor wait until these are committed or given back, so none is skipped.
    """
    issued_on = cast(func.timezone(col(Contract.time_zone), literal(now, DateTime(timezone=True))), Date)
    columns, joins = parties(Contract)
    rows = (
        select(
            col(Invoice.contract_id),
            col(Invoice.id),
            col(Invoice.vendor_id),
            issued_on.label("issued_on"),
            cast(func.extract("year", issued_on), Integer).label("year"),
            (issued_on + col(Contract.payment_terms_days)).label("due_on"),
            col(Contract.purchase_order_number),
            *(name.label(key) for key, name in columns.items()),
        )
        .select_from(asked)
        .join(Invoice, and_(col(Invoice.contract_id) == asked.c.contract_id, col(Invoice.id) == asked.c.id))
        .join(Contract, col(Contract.id) == Invoice.contract_id)
        .where(col(Invoice.status) == "DRAFT")
    )
    for organization, whose in joins:
        rows = rows.join(organization, whose)
    draft = rows.cte("draft")
    wanted = (
        select(draft.c.vendor_id, draft.c.year, cast(func.count(), Integer))
        .group_by(draft.c.vendor_id, draft.c.year)
        .order_by(draft.c.vendor_id, draft.c.year)
    )
    counting = upsert(InvoiceCounter).from_select(["vendor_id", "year", "last_number"], wanted)
    last = (
        counting.on_conflict_do_update(
            index_elements=["vendor_id", "year"],
            set_={"last_number": col(InvoiceCounter.last_number) + counting.excluded.last_number},
        )
        .returning(col(InvoiceCounter.vendor_id), col(InvoiceCounter.year), col(InvoiceCounter.last_number))
        .cte("last")
    )
    of_vendor = [draft.c.vendor_id, draft.c.year]
    taken = func.count().over(partition_by=of_vendor)
    place = func.row_number().over(partition_by=of_vendor, order_by=[draft.c.contract_id, draft.c.id])
    counted = (
        select(*draft.c, cast(last.c.last_number - taken + place, Integer).label("year_number"))
        .join(last, and_(last.c.vendor_id == draft.c.vendor_id, last.c.year == draft.c.year))
        .subquery("counted")
    )
    digits = cast(counted.c.year_number, Text)
    padded = func.lpad(digits, func.greatest(SHORTEST_NUMBER, func.length(digits)), literal_column("'0'"))
    return select(*counted.c, func.concat(counted.c.year, literal_column("'-'"), padded).label("number")).subquery(
        "numbered"
    )


def _issued(asked: FromClause) -> Subquery:
    invoice = Invoice.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it
    of_these = and_(invoice.contract_id == asked.c.contract_id, invoice.id == asked.c.id)
    return select(*invoice).join(asked, of_these).subquery("issued")


def _entries(asked: FromClause) -> Select[Any]:
    return select(
        col(Invoice.contract_id),
        col(Invoice.association_id),
        col(Invoice.vendor_id),
        literal_column("'INVOICE_ISSUED'", Text()).label("kind"),
        col(Invoice.id).label("invoice_id"),
        no_subject().label("subject_id"),
        col(Invoice.issued_at).label("effective_at"),
    ).join(asked, and_(col(Invoice.contract_id) == asked.c.contract_id, col(Invoice.id) == asked.c.id))


def _sides(asked: FromClause) -> Select[Any]:
    """Debit the association what it owes, now and when retainage is released; credit whose it is.

    The operator is credited its platform fee, the vendor the tax that is collected for it, and the rest.
    """
    fees = (
        select(func.sum(InvoiceLineCost.platform_fee_minor))
        .where(col(InvoiceLineCost.contract_id) == Invoice.contract_id, col(InvoiceLineCost.invoice_id) == Invoice.id)
        .scalar_subquery()
    )
    invoice = (
        select(
            col(Invoice.contract_id),
            col(Invoice.currency_code),
            col(Invoice.total_minor),
            col(Invoice.tax_total_minor),
            col(Invoice.retained_minor),
            cast(fees, BigInteger).label("fee_minor"),
        )
        .join(asked, and_(col(Invoice.contract_id) == asked.c.contract_id, col(Invoice.id) == asked.c.id))
        .subquery("invoiced")
    )
    total, tax, retained, fee = (invoice.c[f"{name}_minor"] for name in ("total", "tax_total", "retained", "fee"))
    side = (
        values(
            named_column("position", Integer),
            named_column("account", Text),
            named_column("amount_minor", BigInteger),
            name="side",
        )
        .data(
            [
                (1, str(Account.ASSOCIATION_RECEIVABLE), total - retained),
                (2, str(Account.RETAINAGE_RECEIVABLE), retained),
                (3, str(Account.VENDOR_PAYABLE), fee + tax - total),
                (4, str(Account.TAX_PAYABLE), -tax),
                (5, str(Account.PLATFORM_FEE_INCOME), -fee),
            ]
        )
        .lateral()
    )
    return (
        select(invoice.c.contract_id, side.c.position, side.c.account, invoice.c.currency_code, side.c.amount_minor)
        .join(side, true())
        .where(side.c.amount_minor != 0)
    )
