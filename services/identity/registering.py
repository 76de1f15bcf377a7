"""Registering organizations: the operator lets associations and vendors in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from core.localities import check_country, check_time_zone
from services.identity.models import Organization
from services.identity.naming import check_name, refuse
from services.identity.roles import Act, OrganizationKind, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class OneOperator(DomainError):
    """A marketplace has one operator, and this one has theirs."""


async def register_organization(
    tx: Transaction, *, actor: Actor, kind: str, name: str, country_code: str, time_zone: str, now: datetime
) -> UUID:
    """Register an association or a vendor and return its id; its first OWNER is invited next.

    Refuses with Forbidden, OneOperator, TextBlank, TextTooLong, NameNotPrintable, UnknownCountry and UnknownTimeZone.
    """
    require(actor, Act.REGISTER_ORGANIZATION)
    name = name.strip()
    refuse(
        [
            *_check_kind(kind),
            *check_name(name),
            *check_country(country_code, field="countryCode"),
            *check_time_zone(time_zone, field="timeZone"),
        ]
    )
    organization_id = new_id()
    about = {"kind": kind, "name": name, "country_code": country_code, "time_zone": time_zone}
    await tx.execute(insert(Organization).values(id=organization_id, **about, created_at=now))
    tx.emit(Event("ORGANIZATION_REGISTERED", organization_id, after=about))
    return organization_id


def _check_kind(kind: str) -> Iterator[DomainError]:
    if kind == OrganizationKind.OPERATOR:
        yield OneOperator("who runs this marketplace is registered already", field="kind")
