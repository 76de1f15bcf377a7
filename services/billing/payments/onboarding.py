"""Where a vendor is paid: an account at Stripe, on which Stripe itself asks the vendor who it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from services.billing.payments.models import PayeeAccount
from services.billing.payments.offering import offered
from services.billing.payments.said import reason_in
from services.identity.models import Organization
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.billing.payments.seen import AccountSeen

PAYEE_ASKED: Final = "PAYEE_ASKED"
"""The event after which the worker asks Stripe for the account, and for a link to its questions."""

LINK_STANDS_FOR: Final = timedelta(minutes=4)
"""Stripe's links end after some minutes, and after one use."""


class StripeNotConfigured(DomainError):
    """This installation speaks to no Stripe: the operator has not given it a key."""


async def set_up_payee(tx: Transaction, *, actor: Actor, reason: str, now: datetime) -> UUID:
    """Ask for a link on which the vendor tells Stripe where it is paid; the worker fetches one, each time anew.

    Returns the account's id. Refuses with Unauthenticated, Forbidden, StripeNotConfigured, TextBlank or TextTooLong.
    """
    require(actor, Act.ONBOARD_PAYEE)
    reason = reason_in(reason)
    if "CARD" not in await offered(tx):
        raise StripeNotConfigured("no Stripe key is set: vendors are paid by bank transfer here")
    row = {
        "id": new_id(),
        "vendor_id": actor.organization_id,
        "status": "STARTED",
        "started_at": now,
        "changed_at": now,
    }
    account_id: UUID = await tx.scalar(
        upsert(PayeeAccount)
        .values(**row)
        .on_conflict_do_update(
            index_elements=["vendor_id"],
            set_={"onboarding_url": None, "onboarding_expires_at": None, "changed_at": now},
        )
        .returning(col(PayeeAccount.id))
    )
    after = {"vendor_id": str(actor.organization_id)}
    tx.emit(Event(PAYEE_ASKED, object_id=account_id, after=after, reason=reason, due_at=now))
    return account_id


async def payee(tx: Transaction, *, account_id: UUID) -> Row[Any]:
    """A vendor's account as it is here, with the vendor's name and country."""
    return await tx.one(
        select(
            *PayeeAccount.__table__.c,  # type: ignore[attr-defined]
            col(Organization.name),
            col(Organization.country_code),
        )
        .join(Organization, col(Organization.id) == PayeeAccount.vendor_id)
        .where(col(PayeeAccount.id) == account_id)
    )


async def keep_account(tx: Transaction, *, account_id: UUID, stripe_account_id: str, now: datetime) -> bool:
    """Keep which account of Stripe's it is; False when that was known."""
    kept = await tx.execute(
        update(PayeeAccount)
        .where(col(PayeeAccount.id) == account_id, col(PayeeAccount.stripe_account_id).is_(None))
        .values(stripe_account_id=stripe_account_id, status="ONBOARDING", changed_at=now)
    )
    return kept.rowcount == 1


async def keep_link(
    tx: Transaction, *, account_id: UUID, url: str | None, failure_message: str | None, now: datetime
) -> bool:
    """Keep the link that Stripe gave, or why it gave none."""
    kept = await tx.execute(
        update(PayeeAccount)
        .where(col(PayeeAccount.id) == account_id)
        .values(
            onboarding_url=url,
            onboarding_expires_at=now + LINK_STANDS_FOR if url else None,
            failure_message=failure_message,
            changed_at=now,
        )
    )
    return kept.rowcount == 1


async def account_moved(tx: Transaction, *, seen: AccountSeen, now: datetime) -> bool:
    """Take down what Stripe says of a vendor's account; False when that is unknown here, or an older answer."""
    enabled = seen.charges_enabled and seen.payouts_enabled
    moved = await tx.execute(
        update(PayeeAccount)
        .where(
            col(PayeeAccount.stripe_account_id) == seen.account_id,
            (col(PayeeAccount.asked_at).is_(None)) | (col(PayeeAccount.asked_at) <= seen.asked_at),
        )
        .values(
            status="ENABLED" if enabled else "RESTRICTED" if seen.details_submitted else "ONBOARDING",
            charges_enabled=seen.charges_enabled,
            payouts_enabled=seen.payouts_enabled,
            requirements=list(seen.requirements),
            asked_at=seen.asked_at,
            changed_at=now,
        )
    )
    return moved.rowcount == 1
