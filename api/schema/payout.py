"""Payouts and the changes of the operator's balance at Stripe; shown to the operator alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import Connection, Money, Node, column, connection, money, node, one, order, orders
from services.billing.payments import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.payment import Payment


@strawberry.enum(description="Where a payout stands.")
class PayoutStatus(Enum):
    """From Stripe to the bank."""

    PENDING = strawberry.enum_value("PENDING", description="It was made.")
    IN_TRANSIT = strawberry.enum_value("IN_TRANSIT", description="It is on its way to the bank.")
    PAID = strawberry.enum_value("PAID", description="The bank has it.")
    FAILED = strawberry.enum_value("FAILED", description="It came back.")
    CANCELLED = strawberry.enum_value("CANCELLED", description="It was cancelled before it left.")


@orders
class BalanceTransactionOrder(Enum):
    """How changes are ordered."""

    NEWEST = order("The latest first.", lambda change: [change.created_at.desc()])
    OLDEST = order("The earliest first.", lambda change: [change.created_at])


@node(rows.BalanceTransaction, prefix="btx")
class BalanceTransaction(Node):
    """One change of the operator's balance at Stripe: net = amount - processing cost."""

    stripe_id: str = column("Its id at Stripe.", name="stripe_balance_transaction_id")
    type: str = column("What it is in Stripe's words, such as charge or payout.")
    amount: Money = money("Before what Stripe charges; negative when it leaves.", minor="amount_minor")
    processing_cost: Money = money("What Stripe charges for its service.", minor="processing_cost_minor")
    net: Money = money("What changes the balance.", minor="net_minor")
    presented: Money | None = money(
        "What it was in the contract's currency, where the balance is kept in another.",
        minor="presented_minor",
        currency="presented_currency_code",
    )
    exchange_rate: Decimal | None = column("What one unit of that currency was worth in the balance's.")
    source_id: str | None = column("What it came from, by its id at Stripe.")
    description: str | None = column("What Stripe says of it.")
    available_on: date = column("The day from which it can be paid out.")
    created_at: datetime = column("When it was made.")
    contract: Contract | None = one(
        "The contract that it was traced to; null where it belongs to none, such as a payout.",
        lambda change, contract: contract.id == change.contract_id,
    )
    payment: Payment | None = one(
        "The payment that it was traced to.",
        lambda change, payment: and_(payment.contract_id == change.contract_id, payment.id == change.payment_id),
    )
    payout: Payout | None = one(
        "The payout that pays it out; null until then.", lambda change, payout: payout.id == change.payout_id
    )


@orders
class PayoutOrder(Enum):
    """How payouts are ordered."""

    NEWEST = order("The latest first.", lambda payout: [payout.created_at.desc()])
    OLDEST = order("The earliest first.", lambda payout: [payout.created_at])


@node(rows.Payout, prefix="pyo")
class Payout(Node):
    """What Stripe pays from the operator's balance to its bank account."""

    stripe_id: str = column("Its id at Stripe.", name="stripe_payout_id")
    status: PayoutStatus = column("Where it stands.")
    amount: Money = money("How much; negative when Stripe takes from the bank.", minor="amount_minor")
    arrives_on: date = column("The day it is to be at the bank.")
    by_hand: bool = column("Whether it was ordered by hand: of such a one Stripe does not tell what it pays out.")
    failure_message: str | None = column("Why it came back.")
    created_at: datetime = column("When it was made.")
    posted_at: datetime | None = column("When every contract's part of it was posted.")
    balance_transactions: Connection[BalanceTransaction] = connection(
        "What it pays out.",
        lambda payout, change: change.payout_id == payout.id,
        order=lambda change: [change.created_at],
    )
