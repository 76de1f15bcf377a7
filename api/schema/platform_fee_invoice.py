"""The operator's own bills to vendors, for its platform fee."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Connection,
    CurrencyCode,
    Id,
    Money,
    Node,
    Payload,
    column,
    connection,
    filters,
    inputs,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.invoice import InvoiceParty, party_of
from api.schema.journal import JournalEntryKind
from api.schema.organization import Organization
from api.schema.person import Person, person
from api.schema.tax_rule import TaxCategory
from services.billing.platform_fees import models as rows
from services.billing.platform_fees import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice
    from api.schema.journal import JournalEntry


@strawberry.enum(description="What the operator's bill to a vendor is.")
class PlatformFeeInvoiceKind(Enum):
    """It charges, or gives back."""

    INVOICE = strawberry.enum_value("INVOICE", description="It charges platform fees.")
    CREDIT_NOTE = strawberry.enum_value(
        "CREDIT_NOTE", description="More was reversed than charged: its amounts are negative."
    )


@value(key=("contract_id", "entry_id"))
class PlatformFeeLine:
    """The platform fee of one journal entry; each is billed once."""

    position: int = column("Its place, from 1.")
    contract: Contract | None = one(
        "Under which contract; null when you may not see it.", lambda line, contract: contract.id == line.contract_id
    )
    entry: JournalEntry | None = one(
        "The journal entry that posts it; null when you may not see it.",
        lambda line, entry: and_(entry.contract_id == line.contract_id, entry.id == line.entry_id),
    )
    kind: JournalEntryKind = column("What the entry records.")
    invoice: Invoice | None = one(
        "The association's invoice that it is of; null when you may not see it.",
        lambda line, invoice: and_(invoice.contract_id == line.contract_id, invoice.id == line.invoice_id),
    )
    document_number: str | None = column("That invoice's number.")
    effective_on: date = column("When it took effect, in the operator's time zone.")
    amount: Money = money("The platform fee, net of tax; negative when reversed.", minor="platform_fee_minor")
    tax: Money | None = money(
        "Its part of the tax, which the vendor's proceeds pay; null in a preview.", minor="tax_minor"
    )


@node(rows.PlatformFeeInvoice, prefix="pfi")
class PlatformFeeInvoice(Node):
    """The operator's own bill to a vendor for the platform fees of a month. It never changes."""

    number: str = column("PF, year, and six digits, without gaps within a year.")
    kind: PlatformFeeInvoiceKind = column("What it is.")
    vendor: Organization = one("The vendor.", lambda bill, vendor: vendor.id == bill.vendor_id)
    month_starts_on: date = column("The first day of the month, in the operator's time zone.")
    issued_at: datetime = column("When it was issued.")
    issued_on: date = column("The day it was issued, in the operator's time zone.")
    issued_by: Person = one("Who issued it.", rows=lambda bill: person(bill, prefix="issued_by_"))
    seller: InvoiceParty = one("The operator.", rows=lambda bill: party_of(bill, "seller"))
    buyer: InvoiceParty = one("The vendor, as it was called then.", rows=lambda bill: party_of(bill, "buyer"))
    currency_code: CurrencyCode = column("The currency of every amount on it.")
    subtotal: Money = money("The sum of its lines, net of tax.", minor="subtotal_minor")
    tax_category: TaxCategory = column("How it is taxed (EN 16931 BT-118).", name="tax_category_code")
    tax_rate_percent: Decimal = column("The rate, in percent (BT-119).")
    exemption_reason_code: str | None = column(
        "Why no tax is charged, by a VATEX code (BT-121).", name="tax_reason_code"
    )
    exemption_reason: str | None = column("The same in words (BT-120).", name="tax_reason")
    tax_total: Money = money("Subtotal x rate / 100, rounded half up (BT-117).", minor="tax_total_minor")
    total: Money = money("Subtotal and tax.", minor="total_minor")
    set_off: Money = money(
        "What was set off before it was issued: the platform fees, kept of what associations owe.",
        minor="set_off_minor",
    )
    amount_due: Money = money(
        "Total - set off: its tax. The journal sets it off against what the vendor is paid.", minor="amount_due_minor"
    )
    lines: Connection[PlatformFeeLine] = connection(
        "What it charges, by the day.", rows=reads.lines_of, order=lambda line: [line.position]
    )


@filters
class PlatformFeeInvoiceFilter:
    """Which of them."""

    vendor: Id[Organization] | None = where("To this vendor.", lambda bill, v: bill.vendor_id == v)
    kind: list[PlatformFeeInvoiceKind] | None = where("Of these kinds.", lambda bill, v: bill.kind == any_(v))
    currency_code: CurrencyCode | None = where("In this currency.", lambda bill, v: bill.currency_code == v)
    month_from: date | None = where("Of the month of this day or later.", lambda bill, v: bill.month_starts_on >= v)
    month_until: date | None = where("Of a month that began by this day.", lambda bill, v: bill.month_starts_on <= v)


@orders
class PlatformFeeInvoiceOrder(Enum):
    """How they are ordered."""

    NEWEST = order("The latest issued first.", lambda bill: [bill.issued_at.desc()])
    OLDEST = order("The earliest issued first.", lambda bill: [bill.issued_at])


@value
class PlatformFeePreview:
    """What a platform fee invoice would say if it were issued; tax is decided then."""

    vendor: Organization = one("The vendor.", lambda preview, vendor: vendor.id == preview.vendor_id)
    month_starts_on: date = column("The first day of the month.")
    currency_code: CurrencyCode = column("The currency.")
    subtotal: Money = money("The sum of its lines, net of tax.", minor="subtotal_minor")
    lines: Connection[PlatformFeeLine] = connection(
        "What it would charge, by the day: platform fees of the month, and earlier ones that are on no invoice.",
        rows=reads.preview_lines,
        order=lambda line: [line.position],
    )


@inputs
class IssuePlatformFeeInvoiceInput:
    """Which platform fees to bill."""

    vendor_id: Id[Organization] = strawberry.field(description="The vendor.")
    month: date = strawberry.field(description="The first day of the month, which must be over.")
    currency_code: CurrencyCode = strawberry.field(description="The currency; each is billed on its own.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@payload
class IssuePlatformFeeInvoicePayload(Payload):
    """What was issued."""

    platform_fee_invoice: PlatformFeeInvoice | None = result("The invoice; null when refused.")
