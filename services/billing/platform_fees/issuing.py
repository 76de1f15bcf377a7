"""Issuing the operator's own invoice to a vendor for the platform fees of a month.

The platform fee itself is posted already: when an invoice is issued to an association, its entry credits the vendor
with the price less the platform fee and the operator with the fee. The fee is settled by that set-off, and this invoice
says so: what is due on it is its tax alone. The tax is posted with it, and the vendor's proceeds pay it (`taxing.py`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Numeric, Text, Uuid, func, insert, literal, literal_column, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import new_id
from core.money import require_currency
from services.billing.ledger.models import Posting
from services.billing.platform_fees.models import PlatformFeeCounter, PlatformFeeInvoice, PlatformFeeLine
from services.billing.platform_fees.owing import owed_lines, owed_total
from services.billing.platform_fees.taxing import post_tax, tax_of_line
from services.billing.taxes.charging import PLATFORM_FEES, tax_for
from services.billing.taxes.models import TaxRegistration
from services.contracts.days import months_later, today_in
from services.contracts.faults import Faults
from services.contracts.models import Contract
from services.identity.models import Organization
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row, Select

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
LINE_COLUMNS: Final = """position vendor_id contract_id entry_id invoice_id kind document_number effective_on
currency_code platform_fee_minor""".split()


class MonthNotOver(DomainError):
    """The month still runs, in the operator's time zone: its platform fees are not all known."""


class NoPlatformFees(DomainError):
    """There is no platform fee of the vendor in this currency that stands on no invoice yet."""


class PlatformFeesInvoiced(DomainError):
    """The platform fees of the vendor for this month and currency are on an invoice already."""


async def issue_platform_fee_invoice(
    tx: Transaction, *, actor: Actor, vendor_id: UUID, month: date, currency_code: str, reason: str, now: datetime
) -> UUID:
    """Bill a vendor the platform fees of a month in one currency; returns the invoice's id.

    `month` is its first day. When reversals outweigh the fees it is a credit note, and its amounts are negative. Its
    number is the operator's next, without gaps within a year. Refuses with Forbidden, NotFound, InvalidInput,
    UnknownCurrency, MonthNotOver, NoPlatformFees, PlatformFeesInvoiced, PeriodClosed (there is tax to post), TextBlank
    or TextTooLong.
    """
    require(actor, Act.ISSUE_INVOICE)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    if month.day != 1:
        faults.note(InvalidInput(f"{month} is not the first day of a month", field="month"))
    with faults.noting():
        require_currency(currency_code, field="currencyCode")
    faults.refuse()
    operator = await _party(tx, actor.organization_id)
    vendor = await _party(tx, vendor_id)
    if vendor is None or vendor.kind != "VENDOR" or operator is None:
        raise NotFound("there is no such vendor", field="vendorId")
    issued_on = today_in(operator.time_zone, now)
    if months_later(month, 1, 1) > issued_on:
        raise MonthNotOver(f"{month:%Y-%m} is not over: it is {issued_on} there", field="month")
    owed = owed_lines(vendor_id, currency_code, month)
    contracts = await _lock_contracts(tx, owed)
    invoice_id = new_id()
    year_number = await _next_number(tx, issued_on.year)
    lines = owed.where(col(Posting.contract_id) == func.any(literal(contracts, ARRAY(Uuid())))).subquery("line")
    line = lines.c
    total = await tx.one(select(owed_total(line).label("fees"), func.count().label("number")).select_from(lines))
    if total.number == 0:
        raise NoPlatformFees(f"none in {currency_code} until the end of {month:%Y-%m}", field="month")
    unit = literal_column("null", Text())
    tax_of = tax_for(PLATFORM_FEES, seller_id=actor.organization_id, buyer_id=vendor_id, unit=unit, on_day=issued_on)
    tax = await tx.one(
        select(*tax_of.c, func.app.tax_minor(literal(total.fees), tax_of.c.tax_rate_percent).label("tax_minor"))
    )
    row: dict[str, Any] = {
        "id": invoice_id,
        "vendor_id": vendor_id,
        "number": f"PF-{issued_on.year}-{year_number:06d}",
        "year": issued_on.year,
        "year_number": year_number,
        "kind": "INVOICE" if total.fees >= 0 else "CREDIT_NOTE",
        "month_starts_on": month,
        "currency_code": currency_code,
        "issued_at": now,
        "issued_on": issued_on,
        **actor.signed("issued_by"),
        **_named("seller", operator),
        **_named("buyer", vendor),
        "subtotal_minor": total.fees,
        "set_off_minor": total.fees,
        "tax_total_minor": tax.tax_minor,
        **{
            name: getattr(tax, name)
            for name in ("tax_category_code", "tax_rate_percent", "tax_reason_code", "tax_reason", "tax_rule_id")
        },
    }
    invoiced = PlatformFeesInvoiced(f"{month:%Y-%m} in {currency_code} is invoiced already", field="month")
    await tx.execute(insert(PlatformFeeInvoice).values(**row), refusing={"one_platform_fee_invoice": invoiced})
    bears = tax_of_line(line, literal(tax.tax_rate_percent, Numeric()))
    claimed = select(literal(invoice_id), *(line[name] for name in LINE_COLUMNS), bears)
    await tx.execute(
        insert(PlatformFeeLine).from_select(["platform_fee_invoice_id", *LINE_COLUMNS, "tax_minor"], claimed),
        refusing={"each_platform_fee_once": invoiced},
    )
    await post_tax(tx, invoice_id=invoice_id, now=now)
    told = ("number", "kind", "month_starts_on", "currency_code", "subtotal_minor", "tax_total_minor")
    after = {name: str(row[name]) for name in told}
    tx.emit(Event("PLATFORM_FEE_INVOICE_ISSUED", invoice_id, after=after, reason=reason.strip()))
    return invoice_id


async def _lock_contracts(tx: Transaction, owed: Select[Any]) -> list[UUID]:
    """Lock the contracts whose journals the tax goes to, in their order; what comes later is the next month's."""
    ids = select(owed.subquery("owed").c.contract_id)
    locked = select(col(Contract.id)).where(col(Contract.id).in_(ids)).order_by(col(Contract.id))
    return [row.id for row in await tx.all(locked.with_for_update(key_share=True))]


async def _party(tx: Transaction, organization_id: UUID) -> Row[Any] | None:
    return await tx.one_or_none(
        select(
            col(Organization.kind),
            col(Organization.name),
            col(Organization.country_code),
            col(Organization.time_zone),
            col(TaxRegistration.region_code),
            col(TaxRegistration.number),
        )
        .outerjoin(TaxRegistration, col(TaxRegistration.organization_id) == Organization.id)
        .where(col(Organization.id) == organization_id)
    )


def _named(party: str, organization: Row[Any]) -> dict[str, str | None]:
    return {
        f"{party}_name": organization.name,
        f"{party}_country_code": organization.country_code,
        f"{party}_region_code": organization.region_code,
        f"{party}_tax_number": organization.number,
    }


async def _next_number(tx: Transaction, year: int) -> int:
    """Take the operator's next number; others wait until it is committed or given back, so none is skipped."""
    counter = upsert(PlatformFeeCounter).values(year=year, last_number=1)
    number: int = await tx.scalar(
        counter.on_conflict_do_update(
            index_elements=["year"], set_={"last_number": col(PlatformFeeCounter.last_number) + 1}
        ).returning(col(PlatformFeeCounter.last_number))
    )
    return number
