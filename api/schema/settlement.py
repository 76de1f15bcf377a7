"""Settlements: what vendors are paid out of money received, and on which account."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import Id, Money, Node, column, filters, money, node, one, order, orders, value, where
from api.schema.person import Person, person
from services.billing.payments import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice


@strawberry.enum(description="How a vendor is paid.")
class SettlementMethod(Enum):
    """Through Stripe, or by bank."""

    STRIPE_TRANSFER = strawberry.enum_value("STRIPE_TRANSFER", description="To the vendor's account at Stripe.")
    BANK_TRANSFER = strawberry.enum_value("BANK_TRANSFER", description="From the operator's bank account.")


@strawberry.enum(description="Where a settlement stands.")
class SettlementStatus(Enum):
    """From releasing to paid, and back."""

    STARTED = strawberry.enum_value("STARTED", description="Stripe is being asked for it.")
    PAID = strawberry.enum_value("PAID", description="The vendor was paid.")
    FAILED = strawberry.enum_value("FAILED", description="Stripe refused it; nothing was paid.")
    REVERSING = strawberry.enum_value("REVERSING", description="Stripe is being asked to take it back.")
    REVERSED = strawberry.enum_value("REVERSED", description="It was taken back.")


@strawberry.enum(description="Where a vendor's account stands.")
class PayeeAccountStatus(Enum):
    """From asking to being paid."""

    STARTED = strawberry.enum_value("STARTED", description="Stripe is being asked for it.")
    ONBOARDING = strawberry.enum_value("ONBOARDING", description="Stripe waits for the vendor's answers.")
    ENABLED = strawberry.enum_value("ENABLED", description="The vendor can be paid on it.")
    RESTRICTED = strawberry.enum_value("RESTRICTED", description="Stripe has questions: see `requirements`.")


@node(rows.Settlement, prefix="stl")
class Settlement(Node):
    """What the vendor is paid of one invoice. Not shown to the association: it tells the platform fee."""

    invoice: Invoice = one(
        "Of which invoice.",
        lambda paid, invoice: and_(invoice.contract_id == paid.contract_id, invoice.id == paid.invoice_id),
    )
    contract: Contract = one("The contract.", lambda paid, contract: contract.id == paid.contract_id)
    method: SettlementMethod = column("How the vendor is paid.")
    status: SettlementStatus = column("Where it stands.")
    amount: Money = money("How much the vendor is paid.", minor="amount_minor")
    tax: Money = money("How much of it is tax that was collected for the vendor.", minor="tax_minor")
    reference: str | None = column("The reference of the bank transfer; null through Stripe.")
    failure_message: str | None = column("Why Stripe refused it.")
    reason: str = column("Why, in the operator's words.")
    released_at: datetime = column("When it was released.")
    released_by: Person = one("Who released it.", rows=lambda paid: person(paid, prefix="released_by_"))
    paid_at: datetime | None = column("When it was paid.")
    reverse_reason: str | None = column("Why it is taken back.")
    reversed_at: datetime | None = column("When it was taken back.")


@filters
class SettlementFilter:
    """Which settlements."""

    contract: Id[Contract] | None = where("Under this contract.", lambda s, v: s.contract_id == v)
    status: list[SettlementStatus] | None = where("Standing so.", lambda s, v: s.status == any_(v))


@orders
class SettlementOrder(Enum):
    """How settlements are ordered."""

    NEWEST = order("The latest released first.", lambda paid: [paid.released_at.desc()])
    OLDEST = order("The earliest released first.", lambda paid: [paid.released_at])


@value
class VendorProceeds:
    """What the vendor can still be paid of an invoice."""

    available: Money = money(
        "Its part of the cash that was received, less what it was paid; negative when that was too much.",
        minor="available_minor",
    )
    available_tax: Money = money(
        "How much of it is tax that was collected for the vendor.", minor="available_tax_minor"
    )


@node(rows.PayeeAccount, prefix="pya")
class PayeeAccount(Node):
    """The account at Stripe that a vendor is paid on."""

    status: PayeeAccountStatus = column("Where it stands.")
    charges_enabled: bool = column("Whether payments are collected on the vendor's behalf.")
    payouts_enabled: bool = column("Whether the vendor can be paid.")
    requirements: list[str] = column("What Stripe still asks, by its names such as external_account.")
    onboarding_url: str | None = column(
        "Where the vendor answers Stripe's questions; good once and for minutes, so ask anew with `setUpPayee`."
    )
    onboarding_expires_at: datetime | None = column("When that link ends.")
    failure_message: str | None = column("Why Stripe gave no link.")
    started_at: datetime = column("When it was asked for.")
