"""Invoices: what the operator bills to an association in a vendor's name, line by line, source by source."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Select, Text, and_, any_, null, select

from api.reading import (
    Connection,
    CountryCode,
    CurrencyCode,
    Id,
    Money,
    Node,
    column,
    connection,
    filters,
    many,
    money,
    node,
    one,
    order,
    orders,
    part,
    unit_money,
    value,
    where,
)
from api.schema.dunning import DunningNotice, DunningPause
from api.schema.enums import Unit
from api.schema.exchange_rate import InvoiceExchange
from api.schema.invoice_tax import InvoiceTax, LineTax
from services.billing.collecting.reads import pause_of
from services.billing.invoices import models as rows
from services.billing.invoices import reads
from services.billing.invoices.taxing import taxes_of
from services.billing.open_book import actuals, prices
from services.billing.open_book import waterfall as books
from services.billing.payments.reads import proceeds_of_invoice

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.credit_note import CreditApplication, CreditNote, CreditNoteLine
    from api.schema.invoice_dispute import InvoiceDispute
    from api.schema.lms_act import LmsAct
    from api.schema.open_book import ActualBook, OpenBook
    from api.schema.open_book_prices import PriceWaterfall
    from api.schema.payment import Payment
    from api.schema.settlement import Settlement, VendorProceeds
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Where an invoice stands.")
class InvoiceStatus(Enum):
    """From draft to paid or void."""

    DRAFT = strawberry.enum_value(
        "DRAFT", description="It is prepared and not owed yet; what it bills is set aside for it."
    )
    DISCARDED = strawberry.enum_value(
        "DISCARDED", description="It was a draft and was never issued; what it billed is free again."
    )
    ISSUED = strawberry.enum_value("ISSUED", description="It is owed, as far as an amount is due.")
    PARTLY_PAID = strawberry.enum_value("PARTLY_PAID", description="Part of it is paid or credited; the rest is due.")
    PAID = strawberry.enum_value("PAID", description="Nothing is due on it.")
    OVERDUE = strawberry.enum_value("OVERDUE", description="Its due day is over, and an amount is due.")
    VOID = strawberry.enum_value("VOID", description="It is not owed; its number stays, what it billed is free again.")


@strawberry.enum(description="What an invoice is.")
class InvoiceKind(Enum):
    """An invoice, a debit note or a corrected invoice."""

    INVOICE = strawberry.enum_value("INVOICE", description="It bills accepted work and periods.")
    DEBIT_NOTE = strawberry.enum_value("DEBIT_NOTE", description="It charges more for what another invoice billed.")
    CORRECTED_INVOICE = strawberry.enum_value(
        "CORRECTED_INVOICE", description="It takes the place of an invoice that was credited in full."
    )


@strawberry.enum(description="What a line of an invoice is owed for.")
class InvoiceSourceKind(Enum):
    """An acceptance, a period, a cost, or what the end of a term owes."""

    ACCEPTANCE = strawberry.enum_value("ACCEPTANCE", description="Work that was accepted.")
    RECURRING_PERIOD = strawberry.enum_value("RECURRING_PERIOD", description="A period of a recurring line.")
    COST_PERIOD = strawberry.enum_value(
        "COST_PERIOD", description="Allowable actual cost of a period, of a line that is billed by its cost."
    )
    TRUE_UP = strawberry.enum_value(
        "TRUE_UP",
        description="What an incentive adds to the contract fee once the term is over, or what lacks of a minimum "
        "commitment once its period is.",
    )


@value
class InvoiceParty:
    """An organization as it was called when the invoice was issued."""

    name: str = column("Its name then.")
    country_code: CountryCode = column("Where it was at home then.")
    region_code: str | None = column("Its region then, as it was registered for tax, such as TX.")
    tax_number: str | None = column("Its tax number then (EN 16931 BT-31 of the seller, BT-48 of the buyer).")


def party_of(invoice: Any, party: str, *, taxed: bool = True) -> Select[Any]:
    """A party as a bill names it; one that charges no tax has no tax number there."""
    said = ("name", "country_code", *(("region_code", "tax_number") if taxed else ()))
    unsaid = () if taxed else (null().cast(Text).label("region_code"), null().cast(Text).label("tax_number"))
    return select(*(getattr(invoice, f"{party}_{name}").label(name) for name in said), *unsaid)


@value
class ServicePeriod:
    """Whole days, both ends included, in the association's time zone."""

    starts_on: date = column("The first day.", name="period_starts_on")
    ends_on: date = column("The last day.", name="period_ends_on")


@value
class BilledRate:
    """The rate card entry that something is billed at."""

    key: str = column("Its key in the offering's rate card.", name="rate_card_key")
    version: int = column("The version of the offering that it was agreed in.", name="rate_version")


@value(key=("contract_id", "id"))
class InvoiceSource:
    """One thing that a line bills: an acceptance, or a recurring period. Each is billed once."""

    kind: InvoiceSourceKind = column("What it is.")
    work_record: WorkRecord | None = one(
        "The work that was accepted; null for a recurring period.",
        lambda source, record: and_(record.contract_id == source.contract_id, record.id == source.work_record_id),
    )
    accepted_quantity: Decimal | None = column("How much of the work was accepted; null for a recurring period.")
    quantity: Decimal = column("How much of it this line bills, in the line's unit.")
    late: bool = column("Whether it was done before the invoice's period, and came too late for an earlier invoice.")
    rate: BilledRate = part("What it is billed at.")
    period: ServicePeriod | None = part(
        "The recurring period; null for an acceptance.", present=lambda source: source.period_starts_on.is_not(None)
    )


@node(rows.InvoiceLine, prefix="ivl")
class InvoiceLine(Node):
    """What is billed of one contract line at one rate."""

    contract_line: ContractLine | None = one(
        "The line of the contract that is billed.",
        lambda line, agreed: and_(agreed.contract_id == line.contract_id, agreed.id == line.contract_line_id),
    )
    description: str = column("What is billed, as the contract's line is called.")
    quantity: Decimal = column("How much, in `unit`.")
    late_quantity: Decimal = column("How much of it was done before the invoice's period, in `unit`.")
    unit: Unit = column("What the price is for one of.")
    unit_price: Money = unit_money("The price of one unit, net of tax.", amount="unit_price")
    amount: Money = money("Quantity x unit price, rounded half-even, net of tax.", minor="amount_minor")
    rate: BilledRate = part("What it is billed at.")
    tax: LineTax = part("How it is taxed; decided when the invoice is issued.")
    credited_quantity: Decimal = column("How much of the quantity was credited, in `unit`.")
    credited: Money = money("What was credited of the amount, net of tax.", minor="credited_minor")
    disputed: Money = money("What the association disputes of the amount, net of tax.", minor="disputed_minor")
    credit_note_lines: list[CreditNoteLine] = many(
        "What credits it, void credit notes included.",
        lambda line, credited: and_(credited.contract_id == line.contract_id, credited.invoice_line_id == line.id),
        order=lambda credited: [credited.id],
    )
    corrects: InvoiceLine | None = one(
        "The line of another invoice that it charges more for, or takes the place of.",
        lambda line, other: and_(other.contract_id == line.contract_id, other.id == line.corrects_line_id),
    )
    open_book: OpenBook | None = one("From price to vendor margin.", rows=books.of_invoice_line)
    actual_book: ActualBook | None = one(
        "The same on its part of actual cost, in proportion to the quantity.", rows=actuals.of_invoice_line
    )
    prices: PriceWaterfall | None = one("From list price to what stands billed.", rows=prices.of_invoice_line)
    invoice: Invoice = one(
        "The invoice.",
        lambda line, invoice: and_(invoice.contract_id == line.contract_id, invoice.id == line.invoice_id),
    )
    lms_acts: Connection[LmsAct] = connection(
        "What was done on an LMS that it bills: each act leads to the learner, for those who may see learners.",
        rows=reads.acts_billed,
        order=lambda act: [act.item_id, act.sequence],
    )
    sources: Connection[InvoiceSource] = connection(
        "What the quantity is made of; what was done first comes first.",
        rows=reads.sources_of,
        order=lambda source: [source.id],
    )


@node(rows.Invoice, prefix="inv")
class Invoice(Node):
    """A bill to an association, issued by the operator in the vendor's name. It never changes, but to become void."""

    number: str | None = column(
        "Unique for its vendor, without gaps within a year: year, hyphen, six digits; null until it is issued."
    )
    kind: InvoiceKind = column("What it is.")
    status: InvoiceStatus = column("Where it stands.")
    issued_at: datetime | None = column("When it was issued; null until it is.")
    issued_on: date | None = column("The day it was issued, in the association's time zone; null until it is.")
    due_on: date | None = column(
        "The day it is due: `issuedOn` and the contract's payment terms; null until it is issued."
    )
    purchase_order_number: str | None = column("The association's purchase order, as the contract names it.")
    service_period: ServicePeriod = part(
        "The days that are billed; work of earlier days that was not yet billed is late."
    )
    seller: InvoiceParty = one("The vendor.", rows=lambda i: party_of(i, "seller"))
    buyer: InvoiceParty = one(
        "The association.",
        rows=lambda i: party_of(i, "buyer"),
    )
    issued_by: InvoiceParty = one(
        "The operator, under the vendor's mandate.",
        rows=lambda i: party_of(i, "issuer", taxed=False),
    )
    currency_code: CurrencyCode = column("The currency of every amount on it.")
    subtotal: Money = money("The sum of its lines, net of tax.", minor="subtotal_minor")
    tax_total: Money = money("Tax in all: the sum of `taxes`; zero of a draft.", minor="tax_total_minor")
    taxes: list[InvoiceTax] = many(
        "Tax by category and rate; of a draft, as if nothing were taxed.",
        rows=taxes_of,
        order=lambda tax: [tax.tax_category_code, tax.tax_rate_percent],
    )
    exchanges: list[InvoiceExchange] = many(
        "The rates of exchange that were frozen when it was issued.",
        lambda invoice, rate: and_(rate.contract_id == invoice.contract_id, rate.invoice_id == invoice.id),
        order=lambda rate: [rate.purpose],
    )
    total: Money = money("Subtotal and tax: what is owed.", minor="total_minor")
    paid: Money = money("What was paid of it, less what was paid back.", minor="paid_minor")
    credited: Money = money("What credit notes took off it.", minor="credited_minor")
    retained: Money = money("Retainage that is not released: owed, and not due.", minor="retained_minor")
    written_off: Money = money(
        "What is not asked for any more, because it is too little to collect.", minor="written_off_minor"
    )
    disputed: Money = money(
        "What the association disputes of it: not collected until that is resolved.", minor="disputed_minor"
    )
    amount_due: Money = money(
        "Total - paid - credited - retained - written off; zero of a draft and when it is void.",
        minor="amount_due_minor",
    )
    dunning_notices: list[DunningNotice] = many(
        "What the association was told of it while it was overdue, the lowest level first.",
        lambda invoice, notice: and_(notice.contract_id == invoice.contract_id, notice.invoice_id == invoice.id),
        order=lambda notice: [notice.level],
    )
    dunning_pause: DunningPause | None = one(
        "Why no notice is given of it; null while it is dunned as scheduled.", rows=pause_of
    )
    corrects: Invoice | None = one(
        "The invoice that it charges more for, or takes the place of.",
        lambda invoice, other: and_(other.contract_id == invoice.contract_id, other.id == invoice.corrects_invoice_id),
    )
    adjustment_reason: str | None = column("Why it corrects another invoice, in words; null when it corrects none.")
    corrected_by: list[Invoice] = many(
        "The debit notes and the corrected invoice that were issued for it.",
        lambda invoice, other: and_(other.contract_id == invoice.contract_id, other.corrects_invoice_id == invoice.id),
        order=lambda other: [other.id],
    )
    credit_notes: list[CreditNote] = many(
        "What it asks less, void credit notes included.",
        lambda invoice, note: and_(note.contract_id == invoice.contract_id, note.invoice_id == invoice.id),
        order=lambda note: [note.id],
    )
    credit_applications: list[CreditApplication] = many(
        "Credit of the association that was set against it.",
        lambda invoice, applied: and_(applied.contract_id == invoice.contract_id, applied.invoice_id == invoice.id),
        order=lambda applied: [applied.id],
    )
    disputes: list[InvoiceDispute] = many(
        "What the association objected to.",
        lambda invoice, dispute: and_(dispute.contract_id == invoice.contract_id, dispute.invoice_id == invoice.id),
        order=lambda dispute: [dispute.id],
    )
    voided_at: datetime | None = column("When it became void.")
    void_reason: str | None = column("Why it is void, in the operator's words.")
    contract: Contract = one("What it is owed under.", lambda invoice, contract: contract.id == invoice.contract_id)
    lines: list[InvoiceLine] = many(
        "What is billed, in the contract's order.",
        lambda invoice, line: and_(line.contract_id == invoice.contract_id, line.invoice_id == invoice.id),
        order=lambda line: [line.position],
    )
    open_book: OpenBook | None = one("From price to vendor margin: the sums of its lines.", rows=books.of_invoice)
    payments: Connection[Payment] = connection(
        "What was paid of it, or is being paid, the latest first.",
        lambda invoice, payment: and_(payment.contract_id == invoice.contract_id, payment.invoice_id == invoice.id),
        order=lambda payment: [payment.started_at.desc()],
    )
    settlements: Connection[Settlement] = connection(
        "What the vendor was paid of it, the latest first; empty for the association.",
        lambda invoice, paid: and_(paid.contract_id == invoice.contract_id, paid.invoice_id == invoice.id),
        order=lambda paid: [paid.released_at.desc()],
    )
    vendor_proceeds: VendorProceeds | None = one(
        "What the vendor can still be paid of it; null for the association.", rows=proceeds_of_invoice
    )
    actual_book: ActualBook | None = one(
        "The same on actual cost, as far as the vendor has entered it: the sums of its lines.", rows=actuals.of_invoice
    )
    prices: PriceWaterfall | None = one(
        "From list price to what stands billed: the sums of its lines.", rows=prices.of_invoice
    )


@filters
class InvoiceFilter:
    """Which invoices."""

    contract: Id[Contract] | None = where("Owed under this contract.", lambda i, v: i.contract_id == v)
    status: list[InvoiceStatus] | None = where("Standing so.", lambda i, v: i.status == any_(v))
    number: str | None = where("Of exactly this number; each vendor counts on its own.", lambda i, v: i.number == v)
    period_from: date | None = where("Billing this day or later ones.", lambda i, v: i.period_ends_on >= v)
    period_until: date | None = where("Billing this day or earlier ones.", lambda i, v: i.period_starts_on <= v)


@orders
class InvoiceOrder(Enum):
    """How invoices are ordered."""

    NEWEST = order("The latest issued first.", lambda invoice: [invoice.issued_at.desc()])
    OLDEST = order("The earliest issued first.", lambda invoice: [invoice.issued_at])
    DUE = order("What is due first comes first.", lambda invoice: [invoice.due_on])


@value
class InvoicePreviewLine:
    """What would be billed of one contract line at one rate."""

    contract_line: ContractLine | None = one(
        "The line of the contract.",
        lambda line, agreed: and_(agreed.contract_id == line.contract_id, agreed.id == line.contract_line_id),
    )
    description: str = column("What would be billed, as the contract's line is called.")
    quantity: Decimal = column("How much, in `unit`.")
    late_quantity: Decimal = column("How much of it was done before the period, in `unit`.")
    unit: Unit = column("What the price is for one of.")
    unit_price: Money = unit_money("The price of one unit, net of tax.", amount="unit_price")
    amount: Money = money("Quantity x unit price, rounded half-even, net of tax.", minor="amount_minor")
    rate: BilledRate = part("What it would be billed at.")
    tax: LineTax = part("How it would be taxed, were it issued today.")


@value
class InvoicePreview:
    """What an invoice would say if it were issued now; nothing is written."""

    service_period: ServicePeriod = part("The days that would be billed.")
    currency_code: CurrencyCode = column("The currency of every amount.")
    subtotal: Money = money(
        "The sum of the lines, net of tax; zero when there is nothing to bill.", minor="subtotal_minor"
    )
    tax_total: Money = money("Tax in all, were it issued today.", minor="tax_total_minor")
    taxes: list[InvoiceTax] = many(
        "Tax by category and rate, were it issued today.",
        rows=reads.preview_taxes,
        order=lambda tax: [tax.tax_category_code, tax.tax_rate_percent],
    )
    lines: list[InvoicePreviewLine] = many(
        "What would be billed, in the contract's order.",
        rows=reads.preview_lines,
        order=lambda line: [line.position],
    )
    open_book: OpenBook | None = one("From price to vendor margin.", rows=books.of_preview)
