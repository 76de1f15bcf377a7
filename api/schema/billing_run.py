"""Billing runs: what each bills, how far it is, and what came of each contract."""

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
    value,
    where,
)
from api.schema.invoice import ServicePeriod
from api.schema.person import Person, person
from services.billing.runs import models as rows
from services.billing.runs import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice
    from api.schema.organization import Organization


@strawberry.enum(description="What a billing run writes.")
class BillingRunMode(Enum):
    """Drafts or issued invoices."""

    DRAFT = strawberry.enum_value("DRAFT", description="Drafts: they have no number and are not owed until issued.")
    ISSUE = strawberry.enum_value("ISSUE", description="Issued invoices, with their numbers: they are owed.")


@strawberry.enum(description="Where a billing run stands.")
class BillingRunStatus(Enum):
    """From being started to its end."""

    QUEUED = strawberry.enum_value("QUEUED", description="It begins, or goes on, as soon as a worker is free.")
    RUNNING = strawberry.enum_value("RUNNING", description="A worker is at it.")
    PAUSED = strawberry.enum_value("PAUSED", description="It goes on once somebody resumes it.")
    STOPPED = strawberry.enum_value(
        "STOPPED", description="It would have gone beyond its limits; it goes on once somebody resumes it."
    )
    CANCELLED = strawberry.enum_value("CANCELLED", description="Ended before its end; what it billed stays billed.")
    DONE = strawberry.enum_value("DONE", description="Every contract of it is settled.")


@strawberry.enum(description="What came of a contract in a billing run.")
class BillingRunItemStatus(Enum):
    """Waiting, or settled."""

    PENDING = strawberry.enum_value("PENDING", description="It waits; in a run that was cancelled, for ever.")
    BILLED = strawberry.enum_value("BILLED", description="An invoice bills it.")
    NOTHING_TO_BILL = strawberry.enum_value(
        "NOTHING_TO_BILL", description="Nothing of value was accepted or has recurred that is not billed already."
    )
    REFUSED = strawberry.enum_value("REFUSED", description="It cannot be billed as it is; `code` says why.")


@value
class BillingTotal:
    """What is billed in one currency."""

    currency_code: CurrencyCode = column("The currency.")
    invoice_count: int = column("How many invoices are in it.")
    subtotal: Money = money("The sum of their lines, net of tax.", minor="subtotal_minor")


@node(rows.BillingRunItem, prefix="rni")
class BillingRunItem(Node):
    """One contract of a billing run."""

    contract: Contract = one("The contract.", lambda item, contract: contract.id == item.contract_id)
    status: BillingRunItemStatus = column("What came of it.")
    code: str | None = column("Why it was refused, for programs, such as PERIOD_NOT_OVER; null unless it was.")
    message: str | None = column("Why it was refused, for people; null unless it was.")
    invoice: Invoice | None = one(
        "The invoice, or draft, that bills it; null unless it is BILLED.",
        lambda item, invoice: and_(invoice.contract_id == item.contract_id, invoice.id == item.invoice_id),
    )
    amount: Money | None = money("What was billed, net of tax; null unless it is BILLED.", minor="amount_minor")
    settled_at: datetime | None = column("When it was settled; null while it waits.")
    run: BillingRun = one("The run.", lambda item, run: run.id == item.run_id)


@filters
class BillingRunItemFilter:
    """Which contracts of a run."""

    status: list[BillingRunItemStatus] | None = where("Of which this came.", lambda item, v: item.status == any_(v))


@node(rows.BillingRun, prefix="run")
class BillingRun(Node):
    """Billing every contract for a period; the operator's billing desk starts it, a worker does it in chunks."""

    mode: BillingRunMode = column("What it writes.")
    status: BillingRunStatus = column("Where it stands.")
    service_period: ServicePeriod = part("The days that are billed; what is older and not yet billed is late.")
    vendor: Organization | None = one(
        "The vendor whose contracts it bills; null: every vendor's.",
        lambda run, organization: organization.id == run.vendor_id,
    )
    association: Organization | None = one(
        "The association whose contracts it bills; null: every association's.",
        lambda run, organization: organization.id == run.association_id,
    )
    most_invoices: int = column("It stops before it would write more invoices.")
    largest_total: Decimal = column("It stops before it would bill more in any one currency, in its major unit.")
    reason: str = column("Why it was started.")
    stop_code: str | None = column("Which limit it stopped at: TOO_MANY_INVOICES or TOTAL_TOO_LARGE; else null.")
    stop_message: str | None = column("Why it stopped, for people; null unless it did.")
    total_count: int = column("How many contracts it has.")
    billed_count: int = column("How many are billed.")
    nothing_count: int = column("Of how many there was nothing to bill.")
    refused_count: int = column("How many were refused.")
    totals: list[BillingTotal] = many(
        "What it has billed so far, in each currency.", rows=reads.totals_of, order=lambda total: [total.currency_code]
    )
    items: Connection[BillingRunItem] = connection(
        "What came of each contract.",
        lambda run, item: item.run_id == run.id,
        filter=BillingRunItemFilter,
        order=lambda item: [item.contract_id],
    )
    started_at: datetime = column("When it was started.")
    started_by: Person = one("Who started it.", rows=lambda run: person(run, prefix="started_by_"))
    progressed_at: datetime | None = column("When a contract was last settled; null before.")
    ended_at: datetime | None = column("When it ended; null before.")


@filters
class BillingRunFilter:
    """Which runs."""

    status: list[BillingRunStatus] | None = where("Standing so.", lambda run, v: run.status == any_(v))
    period_from: date | None = where("Billing this day or later ones.", lambda run, v: run.period_ends_on >= v)
    period_until: date | None = where("Billing this day or earlier ones.", lambda run, v: run.period_starts_on <= v)


@orders
class BillingRunOrder(Enum):
    """How runs are ordered."""

    NEWEST = order("What was started last comes first.", lambda run: [run.started_at.desc()])
    OLDEST = order("What was started first comes first.", lambda run: [run.started_at])


@value(key=("contract_id",))
class BillingRunPreviewItem:
    """What a run would bill of one contract."""

    contract: Contract = one("The contract.", lambda item, contract: contract.id == item.contract_id)
    subtotal: Money = money("The sum of its invoice's lines, net of tax.", minor="subtotal_minor")


@value
class BillingRunPreview:
    """What a run would bill if it were started now; nothing is written."""

    service_period: ServicePeriod = part("The days that would be billed.")
    totals: list[BillingTotal] = many(
        "What it would bill, in each currency.", rows=reads.preview_totals, order=lambda total: [total.currency_code]
    )
    items: Connection[BillingRunPreviewItem] = connection(
        "The contracts that have something to bill.",
        rows=reads.preview_items,
        order=lambda item: [item.contract_id],
    )
