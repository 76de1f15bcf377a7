"""The tables of payments; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Payment(SQLModel, table=True):
    """Money that an association pays of an invoice: through Stripe, or seen by hand on the operator's bank account."""

    __tablename__ = "payment"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    method: str
    provider: str
    status: str
    by_page: bool = Field(default=False)
    received_minor: int = Field(default=0, sa_type=BigInteger)
    applied_minor: int = Field(default=0, sa_type=BigInteger)
    refunded_minor: int = Field(default=0, sa_type=BigInteger)
    charged_back_minor: int = Field(default=0, sa_type=BigInteger)
    received_on: date | None = None
    reference: str | None = None
    stripe_payment_intent_id: str | None = None
    stripe_charge_id: str | None = None
    stripe_checkout_session_id: str | None = None
    stripe_customer_id: str | None = None
    stripe_account_id: str | None = None
    page_url: str | None = None
    page_expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failure_code: str | None = None
    failure_message: str | None = None
    reason: str
    started_by_member_id: UUID | None = None
    started_by_name: str | None = None
    started_by_email: str | None = None
    started_by_organization_id: UUID | None = None
    started_by_organization_name: str | None = None
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reversed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reverse_reason: str | None = None
    cancel_asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    cancel_reason: str | None = None
    cancel_failure: str | None = None
    cancelled_by_member_id: UUID | None = None
    cancelled_by_name: str | None = None
    cancelled_by_email: str | None = None
    cancelled_by_organization_id: UUID | None = None
    cancelled_by_organization_name: str | None = None


class Refund(SQLModel, table=True):
    """Money that goes back to an association out of one payment."""

    __tablename__ = "refund"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    payment_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    provider: str
    status: str
    credit_minor: int = Field(default=0, sa_type=BigInteger)
    stripe_refund_id: str | None = None
    reference: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    reason: str
    started_by_member_id: UUID | None = None
    started_by_name: str | None = None
    started_by_email: str | None = None
    started_by_organization_id: UUID | None = None
    started_by_organization_name: str | None = None
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Chargeback(SQLModel, table=True):
    """A payment that the payer's bank takes back until it is decided whose the money is."""

    __tablename__ = "chargeback"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    payment_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    status: str
    stripe_dispute_id: str
    network_reason: str
    respond_by: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    answer_sent_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    answered_by_member_id: UUID | None = None
    answered_by_name: str | None = None
    answered_by_email: str | None = None
    answered_by_organization_id: UUID | None = None
    answered_by_organization_name: str | None = None
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failure_message: str | None = None


class Settlement(SQLModel, table=True):
    """What the vendor is paid of one invoice, out of money received."""

    __tablename__ = "settlement"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    method: str
    status: str
    tax_minor: int = Field(default=0, sa_type=BigInteger)
    stripe_account_id: str | None = None
    stripe_transfer_id: str | None = None
    stripe_reversal_id: str | None = None
    reference: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    reason: str
    released_by_member_id: UUID | None = None
    released_by_name: str | None = None
    released_by_email: str | None = None
    released_by_organization_id: UUID | None = None
    released_by_organization_name: str | None = None
    released_at: datetime = Field(sa_type=DateTime(timezone=True))
    paid_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reverse_reason: str | None = None
    reversed_by_member_id: UUID | None = None
    reversed_by_name: str | None = None
    reversed_by_email: str | None = None
    reversed_by_organization_id: UUID | None = None
    reversed_by_organization_name: str | None = None
    reversed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Payout(SQLModel, table=True):
    """What Stripe pays from the operator's balance to its bank account."""

    __tablename__ = "payout"

    id: UUID = Field(primary_key=True)
    stripe_payout_id: str
    status: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency_code: str
    arrives_on: date
    failure_code: str | None = None
    failure_message: str | None = None
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    posted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    returned_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    by_hand: bool = Field(default=False)


class BalanceTransaction(SQLModel, table=True):
    """One change of the operator's balance at Stripe."""

    __tablename__ = "balance_transaction"

    id: UUID = Field(primary_key=True)
    stripe_balance_transaction_id: str
    type: str
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    processing_cost_minor: int = Field(sa_type=BigInteger)
    net_minor: int = Field(sa_type=BigInteger)
    source_id: str | None = None
    description: str | None = None
    available_on: date
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    seen_at: datetime = Field(sa_type=DateTime(timezone=True))
    payout_id: UUID | None = None
    contract_id: UUID | None = None
    payment_id: UUID | None = None
    posted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    exchange_rate: Decimal | None = Field(default=None, sa_type=Numeric)
    presented_minor: int | None = Field(default=None, sa_type=BigInteger)
    presented_currency_code: str | None = None


class PayeeAccount(SQLModel, table=True):
    """The account at Stripe that a vendor is paid on."""

    __tablename__ = "payee_account"

    id: UUID = Field(primary_key=True)
    vendor_id: UUID
    status: str
    stripe_account_id: str | None = None
    charges_enabled: bool = Field(default=False)
    payouts_enabled: bool = Field(default=False)
    requirements: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    onboarding_url: str | None = None
    onboarding_expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failure_message: str | None = None
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class PayerAccount(SQLModel, table=True):
    """The customer at Stripe that an association pays as."""

    __tablename__ = "payer_account"

    association_id: UUID = Field(primary_key=True)
    stripe_customer_id: str
    created_at: datetime = Field(sa_type=DateTime(timezone=True))


class StripeEvent(SQLModel, table=True):
    """A message of Stripe's that something changed: a hint to look, and no more."""

    __tablename__ = "stripe_event"

    id: str = Field(primary_key=True)
    type: str
    object_id: str
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    received_at: datetime = Field(sa_type=DateTime(timezone=True))
    payload: dict[str, Any] = Field(sa_type=JSONB)
    worked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    attempts: int = Field(default=0)
    error: str | None = None


class PaymentOption(SQLModel, table=True):
    """Whether payments of a method are taken here, and why not."""

    __tablename__ = "payment_option"

    method: str = Field(primary_key=True)
    offered: bool
    why_not: str | None = None
