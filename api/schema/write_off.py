"""Write-offs: small differences that are neither collected nor given back, by two persons above the tolerance."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Id,
    Money,
    Node,
    Payload,
    column,
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
from api.schema.billing_exception import BillingException
from api.schema.invoice import Invoice
from api.schema.person import Person, person
from services.billing.reconciliation import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract


@strawberry.enum(description="What is written off.")
class WriteOffKind(Enum):
    """Too little, or too much."""

    REMAINDER = strawberry.enum_value("REMAINDER", description="All that is due on an invoice that is paid in part.")
    OVERPAYMENT = strawberry.enum_value(
        "OVERPAYMENT", description="The association's whole credit under the contract of a paid invoice."
    )


@strawberry.enum(description="Where a write-off stands.")
class WriteOffStatus(Enum):
    """From asking to posted, and back."""

    REQUESTED = strawberry.enum_value(
        "REQUESTED", description="It is above the tolerance, and waits for another person."
    )
    POSTED = strawberry.enum_value("POSTED", description="It is in the journal.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="It was asked for, and is not any more.")
    REVERSED = strawberry.enum_value("REVERSED", description="It was taken back: due, or credit, again.")


@node(rows.WriteOff, prefix="wof")
class WriteOff(Node):
    """A difference that is the operator's loss, or its gain. Shown to the operator alone."""

    kind: WriteOffKind = column("What is written off.")
    status: WriteOffStatus = column("Where it stands.")
    contract: Contract = one("The contract.", lambda off, contract: contract.id == off.contract_id)
    invoice: Invoice = one(
        "The invoice.", lambda off, invoice: and_(invoice.contract_id == off.contract_id, invoice.id == off.invoice_id)
    )
    amount: Money = money("How much.", minor="amount_minor")
    tolerance: Money = money("Up to which amount one person writes off, as it was then.", minor="tolerance_minor")
    reason: str = column("Why, in the words of who asked for it.")
    exception: BillingException | None = one(
        "The exception that it ends; null for none.", lambda off, exception: exception.id == off.exception_id
    )
    requested_at: datetime = column("When it was asked for.")
    requested_by: Person = one("Who asked for it.", rows=lambda off: person(off, prefix="requested_by_"))
    confirmed_at: datetime | None = column("When another person confirmed it; null within the tolerance.")
    confirmed_by: Person | None = one(
        "Who confirmed it; null within the tolerance, and until then.",
        rows=lambda off: person(off, prefix="confirmed_by_").where(off.confirmed_by_member_id.is_not(None)),
    )
    confirm_reason: str | None = column("Why, in their words.")
    posted_at: datetime | None = column("When it was posted.")
    reversed_at: datetime | None = column("When it was withdrawn or reversed.")
    reversed_by: Person | None = one(
        "Who withdrew or reversed it.",
        rows=lambda off: person(off, prefix="reversed_by_").where(off.reversed_by_member_id.is_not(None)),
    )
    reverse_reason: str | None = column("Why, in their words.")


@filters
class WriteOffFilter:
    """Which write-offs."""

    status: list[WriteOffStatus] | None = where("Standing so.", lambda off, v: off.status == any_(v))


@orders
class WriteOffOrder(Enum):
    """How write-offs are ordered."""

    NEWEST = order("What was asked for last first.", lambda off: [off.requested_at.desc()])


@inputs
class WriteOffDifferenceInput:
    """What to write off."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice: paid in part, or paid with credit left.")
    kind: WriteOffKind = strawberry.field(description="Its remainder, or what was paid too much.")
    exception_id: Id[BillingException] | None = strawberry.field(
        default=None, description="An open exception about the invoice, which ends with it; null: none."
    )
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class WriteOffDifferencePayload(Payload):
    """What came of writing off."""

    write_off: WriteOff | None = result("The write-off: POSTED, or REQUESTED above the tolerance; null when refused.")


@inputs
class ConfirmWriteOffInput:
    """A write-off that another person asked for."""

    write_off_id: Id[WriteOff] = strawberry.field(description="The write-off; it must be REQUESTED.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ConfirmWriteOffPayload(Payload):
    """What came of confirming it."""

    write_off: WriteOff | None = result("The write-off, POSTED; null when refused.")


@inputs
class ReverseWriteOffInput:
    """A write-off to withdraw, or to take back."""

    write_off_id: Id[WriteOff] = strawberry.field(description="The write-off, REQUESTED or POSTED.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ReverseWriteOffPayload(Payload):
    """What came of it."""

    write_off: WriteOff | None = result("The write-off, WITHDRAWN or REVERSED; null when refused.")
