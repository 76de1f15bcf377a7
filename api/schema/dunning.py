"""Dunning: the operator's schedule, and what an association was told of an overdue invoice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Id,
    Money,
    Node,
    Payload,
    Percent,
    column,
    filters,
    inputs,
    money,
    node,
    one,
    order,
    orders,
    payload,
    plain,
    result,
    value,
    where,
)
from api.schema.person import Person, person
from services.billing.collecting import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice


@strawberry.enum(description="How pressing a notice is.")
class DunningKind(Enum):
    """Three degrees."""

    REMINDER = strawberry.enum_value("REMINDER", description="A friendly word.")
    NOTICE = strawberry.enum_value("NOTICE", description="A formal notice.")
    FINAL = strawberry.enum_value("FINAL", description="The last one before other steps.")


@value
class DunningLevel:
    """A step of the schedule that holds."""

    level: int = column("Its place, from 1.")
    days_after_due: int = column("On which day after the due day it is reached, in the association's time zone.")
    kind: DunningKind = column("How pressing it is.")
    late_charge_percent: Percent | None = column("The late charge in percent of what is overdue; null: none.")
    configured_at: datetime = column("When it was set.")
    configured_by: Person = one("Who set it.", rows=lambda level: person(level, prefix="configured_by_"))


@value
class DunningPause:
    """Why an invoice is not dunned for a while."""

    paused_at: datetime = column("Since when.")
    paused_by: Person = one("Who paused it.", rows=lambda pause: person(pause, prefix="paused_by_"))
    reason: str = column("Why.")


@node(rows.DunningNotice, prefix="dun")
class DunningNotice(Node):
    """What an association was told of an overdue invoice: a notice of each level is given once. Nothing is sent."""

    invoice: Invoice = one(
        "The invoice.",
        lambda notice, invoice: and_(invoice.contract_id == notice.contract_id, invoice.id == notice.invoice_id),
    )
    invoice_number: str = column("Its number.")
    level: int = column("The level of the schedule that it had reached.")
    kind: DunningKind = column("How pressing it was.")
    due_on: date = column("The day that the invoice was due.")
    noticed_on: date = column("The day of the notice, in the association's time zone.")
    noticed_at: datetime = column("When it was given.")
    overdue: Money = money("What was due then and not disputed.", minor="overdue_minor")
    disputed: Money = money("What was due and disputed: the notice is not of it.", minor="disputed_minor")
    late_charge_percent: Percent | None = column("The late charge in percent of what was overdue; null: none.")
    late_charge: Money = money(
        "The late charge, rounded half-even; owed only once a debit note charges it.", minor="late_charge_minor"
    )


@filters
class DunningNoticeFilter:
    """Which notices."""

    contract: Id[Contract] | None = where("Under this contract.", lambda n, v: n.contract_id == v)
    kind: list[DunningKind] | None = where("As pressing as that.", lambda n, v: n.kind == any_(v))
    noticed_from: date | None = where("Given on this day or later.", lambda n, v: n.noticed_on >= v)
    noticed_until: date | None = where("Given on this day or earlier.", lambda n, v: n.noticed_on <= v)


@orders
class DunningNoticeOrder(Enum):
    """How notices are ordered."""

    NEWEST = order("The latest first.", lambda notice: [notice.noticed_at.desc()])
    OLDEST = order("The earliest first.", lambda notice: [notice.noticed_at])


@inputs
class DunningLevelInput:
    """A step of a schedule."""

    days_after_due: int = strawberry.field(description="On which day after the due day it is reached, 1 to 365.")
    kind: DunningKind = strawberry.field(description="How pressing it is.")
    late_charge_percent: Decimal | None = strawberry.field(
        default=None,
        description="The late charge in percent of what is overdue, at most two decimals; none if not given.",
    )


@inputs
class SetDunningScheduleInput:
    """The schedule, in the place of the one before."""

    levels: list[DunningLevelInput] = strawberry.field(
        description="At most nine, each on a later day than the one before; an empty list: nothing is dunned."
    )
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@payload
class SetDunningSchedulePayload(Payload):
    """What was set."""

    level_count: int | None = plain("How many levels the schedule has; null when refused.")


@inputs
class PauseDunningInput:
    """An invoice of which no notice is to be given for a while."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice.")
    reason: str = strawberry.field(description="Why, for both parties to read, at most 2,000 characters.")


@payload
class PauseDunningPayload(Payload):
    """Whose dunning was paused."""

    invoice: Invoice | None = result("The invoice; null when refused.")


@inputs
class ResumeDunningInput:
    """An invoice whose dunning is taken up again."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice.")
    reason: str = strawberry.field(description="Why, for both parties to read, at most 2,000 characters.")


@payload
class ResumeDunningPayload(Payload):
    """Whose dunning was resumed."""

    invoice: Invoice | None = result("The invoice; null when refused.")
