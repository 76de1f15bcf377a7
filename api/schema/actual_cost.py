"""Actual cost: what work really cost the vendor, and what the association questions of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import Money, Node, column, filters, many, money, node, one, order, orders, part, value, where
from api.schema.person import Person, person
from services.billing.open_book import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.evidence import Evidence


@strawberry.enum(description="How a cost comes about.")
class CostCategory(Enum):
    """Direct, indirect or passed through."""

    DIRECT = strawberry.enum_value("DIRECT", description="Caused by this line's work alone, such as wages by the hour.")
    INDIRECT = strawberry.enum_value("INDIRECT", description="This line's share of what serves several, such as rent.")
    PASS_THROUGH = strawberry.enum_value(
        "PASS_THROUGH", description="Paid to others for the association, such as licences, without a margin on it."
    )


@strawberry.enum(description="Where an actual cost stands.")
class ActualCostStatus(Enum):
    """From entered to disallowed."""

    ENTERED = strawberry.enum_value("ENTERED", description="The vendor entered it; nobody questions it.")
    QUESTIONED = strawberry.enum_value("QUESTIONED", description="A question is open: what it is about is held.")
    PARTLY_DISALLOWED = strawberry.enum_value("PARTLY_DISALLOWED", description="Part of it is not charged.")
    DISALLOWED = strawberry.enum_value("DISALLOWED", description="None of it is charged.")
    SUPERSEDED = strawberry.enum_value("SUPERSEDED", description="Another cost corrects it; it counts no more.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="The vendor took it back; it counts no more.")


@strawberry.enum(description="Where a question about a cost stands.")
class CostQuestionStatus(Enum):
    """From open to how it ended."""

    OPEN = strawberry.enum_value("OPEN", description="The vendor is to answer.")
    ANSWERED = strawberry.enum_value("ANSWERED", description="The vendor answered; the association decides.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="The association dropped it: the cost stands.")
    CONCEDED = strawberry.enum_value("CONCEDED", description="The vendor agreed: the amount is disallowed.")
    DISALLOWED = strawberry.enum_value("DISALLOWED", description="The association disallowed an amount.")
    OVERTAKEN = strawberry.enum_value("OVERTAKEN", description="The vendor corrected or withdrew the cost.")


@value
class CostPeriod:
    """Whole days, both ends included, in the association's time zone."""

    starts_on: date = column("The first day.", name="period_starts_on")
    ends_on: date = column("The last day.", name="period_ends_on")


@node(rows.CostQuestion, prefix="cqn")
class CostQuestion(Node):
    """What the association asked about a cost, what the vendor answered, and what became of it."""

    status: CostQuestionStatus = column("Where it stands.")
    questioned: Money = money("How much of the cost it is about.", minor="questioned_minor")
    question: str = column("What is asked, or why it was disallowed at once, in the association's words.")
    asked_at: datetime = column("When it was asked.")
    asked_by: Person = one("Who asked.", rows=lambda question: person(question, prefix="asked_by_"))
    answer: str | None = column("What the vendor answered; null until it did.")
    answered_at: datetime | None = column("When the vendor answered.")
    disallowed: Money = money("How much was disallowed by it.", minor="disallowed_minor")
    outcome: str | None = column("Why it ended so, in the words of who ended it; null while it is open.")
    closed_at: datetime | None = column("When it ended.")
    actual_cost: ActualCost = one(
        "The cost.",
        lambda question, cost: and_(cost.contract_id == question.contract_id, cost.id == question.actual_cost_id),
    )


@node(rows.ActualCost, prefix="acc")
class ActualCost(Node):
    """What a contract line cost the vendor in a period, as it entered it. It is corrected by another, never changed.

    Read by those to whom cost is disclosed in full, and by nobody else.
    """

    contract: Contract = one("The contract.", lambda cost, contract: contract.id == cost.contract_id)
    contract_line: ContractLine = one(
        "What it is the cost of.",
        lambda cost, line: and_(line.contract_id == cost.contract_id, line.id == cost.contract_line_id),
    )
    period: CostPeriod = part("The days that it was incurred in.")
    category: CostCategory = column("How it comes about.")
    description: str = column("What was spent, on what.")
    quantity: Decimal | None = column(
        "How much was spent on the work, in the line's unit, such as hours worked for the hours accepted; null when "
        "the vendor did not say, and then a variance is not parted into rate and efficiency."
    )
    amount: Money = money("What it cost.", minor="cost_minor")
    allowable: bool = column("Whether it may be charged under the contract, as the vendor sees it.")
    allowable_reason: str | None = column("Why it is allowable, or is not.")
    status: ActualCostStatus = column("Where it stands.")
    questioned: Money = money("How much of it is in question: held until that is settled.", minor="questioned_minor")
    disallowed: Money = money("How much of it the association disallowed.", minor="disallowed_minor")
    allowed: Money = money(
        "Amount - disallowed; 0 when it is not allowable or counts no more. Actual cost in an open book is made of it.",
        minor="allowed_minor",
    )
    reason: str = column("Why it was entered, or corrected, in the vendor's words.")
    entered_at: datetime = column("When it was entered.")
    entered_by: Person = one("Who entered it.", rows=lambda cost: person(cost, prefix="entered_by_"))
    ended_at: datetime | None = column("When it was superseded or withdrawn.")
    supersedes: ActualCost | None = one(
        "The cost that it corrects.",
        lambda cost, before: and_(before.contract_id == cost.contract_id, before.id == cost.supersedes_id),
    )
    evidence: list[Evidence] = many(
        "The files that show it, at most twenty, in the order they were given.",
        lambda cost, file: and_(file.contract_id == cost.contract_id, file.actual_cost_id == cost.id),
        order=lambda file: [file.id],
    )
    questions: list[CostQuestion] = many(
        "What the association asked about it, in the order it was asked.",
        lambda cost, question: and_(question.contract_id == cost.contract_id, question.actual_cost_id == cost.id),
        order=lambda question: [question.asked_at, question.id],
    )


@filters
class ActualCostFilter:
    """Which actual costs."""

    status: list[ActualCostStatus] | None = where("Standing so.", lambda cost, v: cost.status == any_(v))
    category: list[CostCategory] | None = where("Coming about so.", lambda cost, v: cost.category == any_(v))
    period_from: date | None = where("Of this day or later ones.", lambda cost, v: cost.period_ends_on >= v)
    period_until: date | None = where("Of this day or earlier ones.", lambda cost, v: cost.period_starts_on <= v)


@orders
class ActualCostOrder(Enum):
    """How actual costs are ordered."""

    NEWEST = order("The latest period first.", lambda cost: [cost.period_starts_on.desc()])
