"""Match runs: what was billed against what should have been, with each difference parted into its causes."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Connection,
    CurrencyCode,
    Money,
    Node,
    Payload,
    Percent,
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
    where,
)
from api.schema.inputs import MoneyInput, PeriodInput
from api.schema.person import Person, person
from services.billing.reconciliation import models as rows

if TYPE_CHECKING:
    from api.schema.contract_line import ContractLine
    from api.schema.invoice import Invoice, InvoiceLine


@strawberry.enum(description="How a match run stands.")
class MatchRunStatus(Enum):
    """Running or done."""

    RUNNING = strawberry.enum_value("RUNNING", description="The worker has not ended it.")
    DONE = strawberry.enum_value("DONE", description="Its variances are written, and the queue is brought up.")


@node(rows.MatchRun, prefix="mrn")
class MatchRun(Node):
    """A match of the invoices issued on some days, and of the money that moved on them."""

    issued_from: date = column("The first day.")
    issued_until: date = column("The last day.")
    status: MatchRunStatus = column("How it stands.")
    requested_at: datetime = column("When it was asked for.")
    requested_by: Person | None = one(
        "Who asked for it; null when it followed a bank statement.",
        rows=lambda run: person(run, prefix="requested_by_").where(run.requested_by_member_id.is_not(None)),
    )
    ended_at: datetime | None = column("When it ended; null while it runs.")
    invoice_count: int = column("How many invoices were matched.")
    line_count: int = column("How many lines they have; all are matched but `unmatchedCount`.")
    variance_count: int = column("How many of these differ from what should have been billed.")
    unmatched_count: int = column("How many lines no rule recomputes; each says why among the variances.")
    opened_count: int = column("How many exceptions were opened.")
    closed_count: int = column("How many exceptions were found to be gone.")
    open_count: int = column("How many exceptions were open afterwards.")
    variances: Connection[MatchVariance] = connection(
        "What differs.",
        lambda run, variance: variance.run_id == run.id,
        order=lambda variance: [variance.contract_id],
    )


@strawberry.enum(description="What a match says of a line or an invoice.")
class MatchOutcome(Enum):
    """It differs, or cannot be told."""

    DIFFERS = strawberry.enum_value("DIFFERS", description="It was billed otherwise than it should have been.")
    NOT_MATCHED = strawberry.enum_value(
        "NOT_MATCHED", description="No rule recomputes what should have been billed; the parts are zero."
    )


@node(rows.MatchVariance, prefix="mvr")
class MatchVariance(Node):
    """By how much an invoice, or a line of it, differs from what should have been billed; its parts sum to it.

    The parts are told in a fixed order: each is what its cause adds to what all before it have come to. A line's tax
    is told with the invoice as a whole.
    """

    invoice: Invoice | None = one(
        "The invoice.", lambda v, invoice: and_(invoice.contract_id == v.contract_id, invoice.id == v.invoice_id)
    )
    invoice_line: InvoiceLine | None = one(
        "The line; null for the invoice as a whole: its sum, tax and exchange.",
        lambda v, line: and_(line.contract_id == v.contract_id, line.id == v.invoice_line_id),
    )
    contract_line: ContractLine | None = one(
        "The line of the contract; null for the invoice as a whole.",
        lambda v, line: and_(line.contract_id == v.contract_id, line.id == v.contract_line_id),
    )
    outcome: MatchOutcome = column("Whether it differs, or could not be matched.")
    not_matched_because: str | None = column("Why it could not be matched; null where it was.")
    expected: Money = money(
        "What should have been billed; where that cannot be told, what was billed.", minor="expected_minor"
    )
    billed: Money = money("What was billed.", minor="billed_minor")
    difference: Money = money("Billed - expected.", minor="difference_minor")
    unaccepted: Money = money("Of it: billed without an acceptance that stands.", minor="unaccepted_minor")
    out_of_scope: Money = money("Of it: billed of work out of scope.", minor="out_of_scope_minor")
    period: Money = money("Of it: billed of days outside the invoice's or the contract's.", minor="period_minor")
    quantity: Money = money("Of it: billed beyond its sources, or twice, or too little.", minor="quantity_minor")
    rate: Money = money(
        "Of it: billed at another price, or otherwise than by its tiers or its cost.", minor="rate_minor"
    )
    exchange: Money = money("Of it: exchanged at another rate.", minor="exchange_minor")
    tax: Money = money("Of it: tax that is not that of what was billed.", minor="tax_minor")
    rounding: Money = money("Of it: what remains.", minor="rounding_minor")
    adjusted: Money = money(
        "What of the difference credit notes took off again, or debit notes added since (negative).",
        minor="adjusted_minor",
    )
    tolerance: Money = money("Up to which difference it is let pass, as configured then.", minor="tolerance_minor")
    within_tolerance: bool = column(
        "Whether what is left of it, without what was adjusted, is let pass; otherwise it is an exception."
    )
    found_at: datetime = column("When it was found.")


@filters
class MatchRunFilter:
    """Which match runs."""

    status: list[MatchRunStatus] | None = where("Standing so.", lambda run, v: run.status == any_(v))


@orders
class MatchRunOrder(Enum):
    """How match runs are ordered."""

    NEWEST = order("The latest first.", lambda run: [run.requested_at.desc()])


@node(rows.MatchTolerance, prefix="mto")
class MatchTolerance(Node):
    """Up to which difference is let pass in a currency; the latest of each currency is in force."""

    currency_code: CurrencyCode = column("The currency.")
    amount: Money = money("At most so much.", minor="amount_minor")
    percent: Percent = column("And at most so much of what was expected, in percent; the less of the two holds.")
    configured_at: datetime = column("From when on it holds.")
    configured_by: Person = one("Who configured it.", rows=lambda t: person(t, prefix="configured_by_"))
    reason: str = column("Why, in their words.")


@orders
class MatchToleranceOrder(Enum):
    """How tolerances are ordered."""

    NEWEST = order("The latest first.", lambda tolerance: [tolerance.configured_at.desc()])


@inputs
class RequestMatchInput:
    """The days to match."""

    days: PeriodInput = strawberry.field(description="Of issue, of booking and of arrival; at most 366.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class RequestMatchPayload(Payload):
    """What was begun."""

    match_run: MatchRun | None = result("The run, RUNNING at first; null when refused.")


@inputs
class ConfigureMatchToleranceInput:
    """Up to which difference is to be let pass."""

    amount: MoneyInput = strawberry.field(description="At most so much, in the currency that it is for.")
    percent: Percent = strawberry.field(description="And at most so much of what was expected, 0 to 100.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ConfigureMatchTolerancePayload(Payload):
    """What came of configuring a tolerance."""

    match_tolerance: MatchTolerance | None = result("The tolerance; null when refused.")
