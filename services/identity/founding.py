"""Founding a marketplace: its operator, and the invitation of the operator's first OWNER."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.actor import NOBODY, SYSTEM
from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import new_id
from core.localities import check_country, check_time_zone
from services.identity.inviting import close_invitations, open_invitation
from services.identity.models import Organization
from services.identity.naming import check_email, check_name, refuse
from services.identity.registering import OneOperator
from services.identity.roles import OrganizationKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from core.db import Transaction
    from services.identity.secret_codes import SecretCode

PERCENT = Decimal("0.01")


async def found_marketplace(
    tx: Transaction,
    *,
    name: str,
    country_code: str,
    time_zone: str,
    platform_fee_percent: Decimal,
    owner_name: str,
    owner_email: str,
    again: bool = False,
    now: datetime,
) -> tuple[UUID, SecretCode]:
    """Make the operator and invite its first OWNER for 14 days; returns its id, and the code that is shown this once.

    Nobody is there yet who could act, so it is for a transaction of the batch role. `again` corrects what was said of
    an operator that nobody has joined, and replaces an invitation that was lost or has expired.
    Refuses with OneOperator, NotFound, TextBlank, TextTooLong, NameNotPrintable, NotAnEmailAddress,
    UnknownCountry, UnknownTimeZone and InvalidInput.
    """
    name, owner_name, owner_email = name.strip(), owner_name.strip(), owner_email.strip()
    refuse(
        [
            *check_name(name),
            *check_country(country_code, field="countryCode"),
            *check_time_zone(time_zone, field="timeZone"),
            *_check_platform_fee(platform_fee_percent),
            *check_name(owner_name, field="ownerName"),
            *check_email(owner_email, field="ownerEmail"),
        ]
    )
    about = {"name": name, "country_code": country_code, "time_zone": time_zone}
    values = {**about, "platform_fee_percent": platform_fee_percent}
    operator_id = await (_correct(tx, values, now=now) if again else _found(tx, values, now=now))
    # The operator's own people read in its audit trail how it began.
    await tx.act_as(replace(SYSTEM, organization_id=operator_id, organization_name=name))
    _, code = await open_invitation(
        tx, organization_id=operator_id, by=NOBODY, name=owner_name, email=owner_email, roles=[Role.OWNER], now=now
    )
    tx.emit(
        Event(
            "MARKETPLACE_FOUNDED",
            operator_id,
            after={**about, "platform_fee_percent": str(platform_fee_percent), "owner": owner_email},
            reason="founded again" if again else None,
        )
    )
    return operator_id, code


async def _found(tx: Transaction, values: dict[str, object], *, now: datetime) -> UUID:
    operator_id = new_id()
    await tx.execute(
        insert(Organization).values(id=operator_id, kind=OrganizationKind.OPERATOR.value, created_at=now, **values),
        refusing={"one_operator": OneOperator("this marketplace is founded already: it has its operator")},
    )
    return operator_id


async def _correct(tx: Transaction, values: dict[str, object], *, now: datetime) -> UUID:
    is_operator = col(Organization.kind) == OrganizationKind.OPERATOR.value
    operator = await tx.one_or_none(select(col(Organization.id)).where(is_operator).with_for_update())
    if operator is None:
        raise NotFound("there is no operator yet: found the marketplace first")
    operator_id: UUID = operator.id
    if await tx.scalar(select(func.app.has_members(operator_id))):
        raise OneOperator("the operator has members: an OWNER among them invites others")
    await tx.execute(update(Organization).where(is_operator).values(**values))
    await close_invitations(tx, organization_id=operator_id, now=now)
    return operator_id


def _check_platform_fee(percent: Decimal) -> Iterator[DomainError]:
    if not (percent.is_finite() and 0 <= percent <= 100 and percent == percent.quantize(PERCENT)):  # noqa: PLR2004
        message = f"{percent} must be from 0 to 100 percent of the price, with at most two decimals"
        yield InvalidInput(message, field="platformFeePercent")
