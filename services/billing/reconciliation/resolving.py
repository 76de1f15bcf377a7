"""The queue of exceptions: who looks after one, and what a person makes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, any_, literal, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import Event
from core.texts import check_words
from services.billing.reconciliation.models import BankStatementLine, BillingException
from services.identity.models import Member
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey

LONGEST_REASON: Final = 2000


class Resolution(StrEnum):
    """What a person makes of an exception."""

    RESOLVED = "RESOLVED"
    DISMISSED = "DISMISSED"


class ExceptionClosed(DomainError):
    """The exception is resolved already, or what it told of is gone."""


class OwnerCannotResolve(DomainError):
    """Whoever looks after an exception must be a BILLING_ADMIN of the operator."""


async def assign_exception(
    tx: Transaction, *, actor: Actor, exception_id: UUID, owner_id: UUID | None, now: datetime
) -> UUID:
    """Give an open exception to a billing administrator of the operator, or to nobody; returns its id.

    Refuses with Forbidden, NotFound, ExceptionClosed or OwnerCannotResolve.
    """
    require(actor, Act.RECONCILE)
    owner = None
    if owner_id is not None:
        owner = await tx.one_or_none(
            select(col(Member.id), col(Member.name), col(Member.email)).where(
                col(Member.id) == owner_id,
                col(Member.organization_id) == actor.organization_id,
                col(Member.ended_at).is_(None),
                literal("BILLING_ADMIN") == any_(col(Member.roles)),
            )
        )
        if owner is None:
            raise OwnerCannotResolve("name a BILLING_ADMIN of the operator", field="ownerId")
    signed = {
        "member_id": owner and owner.id,
        "name": owner and owner.name,
        "email": owner and owner.email,
        "organization_id": owner and actor.organization_id,
        "organization_name": owner and actor.organization_name,
    }
    values = {f"owner_{name}": value for name, value in signed.items()}
    found = await _change(tx, exception_id, **values, assigned_at=owner and now)
    told = {"kind": found.kind, "owner": owner and owner.email}
    tx.emit(Event("BILLING_EXCEPTION_ASSIGNED", exception_id, after=told))
    return exception_id


async def resolve_exception(
    tx: Transaction, *, actor: Actor, exception_id: UUID, resolution: Resolution, reason: str, now: datetime
) -> UUID:
    """Say that an open exception is mended (RESOLVED), or that it may stay as it is (DISMISSED); returns its id.

    What is RESOLVED and still there is found again by the next match; what is DISMISSED is not, unless its amount is
    another one. A bank line that is dismissed is set aside. Refuses with Forbidden, NotFound, TextBlank, TextTooLong or
    ExceptionClosed.
    """
    require(actor, Act.RECONCILE)
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    found = await _change(
        tx,
        exception_id,
        resolution=resolution,
        resolved_at=now,
        resolution_reason=reason,
        **actor.signed("resolved_by"),
    )
    if resolution is Resolution.DISMISSED and found.bank_line_id is not None:
        await tx.execute(
            update(BankStatementLine)
            .where(col(BankStatementLine.id) == found.bank_line_id, col(BankStatementLine.status) == "UNMATCHED")
            .values(status="SET_ASIDE")
        )
    told = {"kind": found.kind, "resolution": resolution, "amountMinor": found.amount_minor}
    tx.emit(Event("BILLING_EXCEPTION_RESOLVED", exception_id, after=told, reason=reason))
    return exception_id


async def write_off_exception(
    tx: Transaction, exception_id: UUID, invoice: RowKey, *, actor: Actor, reason: str, now: datetime
) -> None:
    """End an open exception about an invoice that is written off; refuses with NotFound or ExceptionClosed."""
    about = (
        col(BillingException.contract_id) == invoice.contract_id,
        col(BillingException.invoice_id) == invoice.id,
    )
    ended = {"resolution": "WRITTEN_OFF", "resolved_at": now, "resolution_reason": reason}
    await _change(tx, exception_id, *about, **ended, **actor.signed("resolved_by"))


async def _change(tx: Transaction, exception_id: UUID, *about: ColumnElement[bool], **values: object) -> Row[Any]:
    this = and_(col(BillingException.id) == exception_id, *about)
    changed = await tx.one_or_none(
        update(BillingException)
        .where(this, col(BillingException.resolution).is_(None))
        .values(**values)
        .returning(col(BillingException.kind), col(BillingException.bank_line_id), col(BillingException.amount_minor))
    )
    if changed is None:
        if await tx.scalar(select(col(BillingException.id)).where(this)) is None:
            raise NotFound("there is no such exception", field="exceptionId")
        raise ExceptionClosed("the exception is resolved, or what it told of is gone", field="exceptionId")
    return changed
