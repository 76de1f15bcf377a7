"""What a contract is made from: one published version of an offering, and the parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Row, or_, select
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.catalog.models import Offering, OfferingVersion, RateCardEntry, ServiceLevel
from services.catalog.owning import OfferingRetired
from services.identity.models import Organization

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.db import Transaction

Rates = Mapping[str, Row[tuple[RateCardEntry]]]
"""The rate card of a version by key, in its order."""


class NoOperator(DomainError):
    """The marketplace has no operator yet, who would invoice and collect."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A published version: what it says, what it charges, what it promises."""

    version: Row[tuple[OfferingVersion]]
    rates: Rates
    service_levels: Sequence[Row[tuple[ServiceLevel]]]


@dataclass(frozen=True, slots=True)
class Parties:
    """Buyer, seller, and the operator who invoices for the seller."""

    association: Row[tuple[Organization]]
    vendor: Row[tuple[Organization]]
    operator: Row[tuple[Organization]]


async def current_version_of(tx: Transaction, offering_id: UUID) -> UUID:
    """The version that an offering sells today; refuses with NotFound or OfferingRetired."""
    statement = select(col(Offering.status), col(Offering.current_version_id)).where(col(Offering.id) == offering_id)
    offering = await tx.one_or_none(statement)
    if offering is None or offering.current_version_id is None:
        raise NotFound("there is no such offering in the catalog", field="offeringId")
    if offering.status == "RETIRED":
        raise OfferingRetired("this offering is retired and takes no new contracts", field="offeringId")
    version_id: UUID = offering.current_version_id
    return version_id


async def offered_by(tx: Transaction, version_id: UUID) -> Offered:
    """All that a version says, without its cost."""
    rates = await tx.all(
        select(*RateCardEntry.__table__.c)  # type: ignore[attr-defined]
        .where(col(RateCardEntry.version_id) == version_id)
        .order_by(col(RateCardEntry.position))
    )
    return Offered(
        version=await tx.one(select(*OfferingVersion.__table__.c).where(col(OfferingVersion.id) == version_id)),  # type: ignore[attr-defined]
        rates={rate.key: rate for rate in rates},
        service_levels=await tx.all(
            select(*ServiceLevel.__table__.c)  # type: ignore[attr-defined]
            .where(col(ServiceLevel.version_id) == version_id)
            .order_by(col(ServiceLevel.position))
        ),
    )


async def parties(tx: Transaction, *, association_id: UUID, vendor_id: UUID) -> Parties:
    """Both parties and the operator; refuses with NoOperator."""
    organizations = await tx.all(
        select(*Organization.__table__.c).where(  # type: ignore[attr-defined]
            or_(col(Organization.id).in_([association_id, vendor_id]), col(Organization.kind) == "OPERATOR")
        )
    )
    by_kind = {organization.kind: organization for organization in organizations}
    if "OPERATOR" not in by_kind:
        raise NoOperator("a contract needs the operator of the marketplace, and there is none yet")
    return Parties(by_kind["ASSOCIATION"], by_kind["VENDOR"], by_kind["OPERATOR"])
