"""The SELECTs of payments that others may page through, and what the worker looks for; each names its tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import false, select, true
from sqlmodel import col

from services.billing.payments.holding import proceeds
from services.billing.payments.models import (
    BalanceTransaction,
    PayeeAccount,
    Payment,
    PaymentOption,
    Payout,
    Settlement,
)
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader


def payments(reader: Reader) -> Select[Any]:
    """The payments that the reader's organization makes, is paid by, or, being the operator, receives."""
    return select(*Payment.__table__.c).where(concerns(reader, Payment))  # type: ignore[attr-defined]


def payment(reader: Reader, contract_id: UUID, payment_id: UUID) -> Select[Any]:
    """One of them."""
    return payments(reader).where(col(Payment.contract_id) == contract_id, col(Payment.id) == payment_id)


def settlements(reader: Reader) -> Select[Any]:
    """What the reader, a vendor, is paid, or, being the operator, pays; an association sees none."""
    theirs = false() if reader.kind == "ASSOCIATION" else concerns(reader, Settlement)
    return select(*Settlement.__table__.c).where(theirs)  # type: ignore[attr-defined]


def payouts(reader: Reader) -> Select[Any]:
    """What Stripe pays to the operator's bank."""
    return select(*Payout.__table__.c).where(_operators(reader))  # type: ignore[attr-defined]


def balance_transactions(reader: Reader) -> Select[Any]:
    """The changes of the operator's balance at Stripe."""
    return select(*BalanceTransaction.__table__.c).where(_operators(reader))  # type: ignore[attr-defined]


def payee_account(reader: Reader) -> Select[Any]:
    """Where the reader's organization, a vendor, is paid."""
    columns = PayeeAccount.__table__.c  # type: ignore[attr-defined]
    return select(*columns).where(col(PayeeAccount.vendor_id) == reader.organization_id)


def payment_options(_: Reader) -> Select[Any]:
    """How payments are taken here; public."""
    return select(*PaymentOption.__table__.c)  # type: ignore[attr-defined]


def payee_account_of(organization: Any, reader: Reader) -> Select[Any]:  # noqa: ANN401  (a row of organizations)
    """Where a vendor is paid, for itself and for the operator."""
    columns = PayeeAccount.__table__.c  # type: ignore[attr-defined]
    theirs = true() if reader.kind == "OPERATOR" else organization.id == reader.organization_id
    return select(*columns).where(col(PayeeAccount.vendor_id) == organization.id, theirs)


def proceeds_of_invoice(invoice: Any, reader: Reader) -> Select[int, int, str]:  # noqa: ANN401  (a row of invoices)
    """What the vendor can still be paid of an invoice; none for an association, whom it would tell the platform fee."""
    rows = proceeds(invoice.contract_id, invoice.id)
    return rows.where(false()) if reader.kind in ("ASSOCIATION", "ANONYMOUS") else rows


def _operators(reader: Reader) -> ColumnElement[bool]:
    return true() if reader.kind == "OPERATOR" else false()
