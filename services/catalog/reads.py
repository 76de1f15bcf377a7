"""What can be read of the catalog: the public listing, offerings by id, and a vendor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Numeric, Select, and_, case, func, null, or_, select

from services.catalog.models import CatalogListing, Offering, OfferingVersion, RateCardCost, RateCardEntry, ServiceLevel

if TYPE_CHECKING:
    from core.reader import Reader

_offering = Offering.__table__.c  # type: ignore[attr-defined]
_version = OfferingVersion.__table__.c  # type: ignore[attr-defined]

CONTENT = (
    _version.title,
    _version.summary,
    _version.category,
    _version.delivery_countries,
    _version.languages,
    _version.time_zone,
    _version.office_types,
    _version.deepest_disclosure_tier,
    _version.deliverables,
    _version.exclusions,
    _version.assumptions,
    _version.buyer_inputs,
)

# a CASE, for behind a policy PostgreSQL looks nothing up by a function of another row, COALESCE among them
_shown_version = case(
    (_offering.current_version_id.is_not(None), _offering.current_version_id), else_=_offering.draft_version_id
)

OFFERINGS: Select[Any] = (
    select(
        _offering.id,
        _offering.vendor_id,
        _offering.status,
        _offering.created_at,
        _offering.published_at,
        _offering.retired_at,
        _version.id.label("version_id"),
        *CONTENT,
    )
    .join(OfferingVersion, _version.id == _shown_version)
    .where(or_(_offering.published_at.is_not(None), _offering.vendor_id == func.app.organization_id()))
)
"""Every offering that was ever published, and the reader's own: as its current version says, or its first draft.

It has the columns of the public listing that an offering is shown by, so that either can feed it.
"""

VERSIONS: Select[Any] = select(
    _version.id,
    _version.id.label("version_id"),
    _version.offering_id,
    _version.vendor_id,
    _version.number,
    _version.created_at,
    _version.published_at,
    *CONTENT,
).where(or_(_version.published_at.is_not(None), _version.vendor_id == func.app.organization_id()))
"""Every published version, and the reader's own drafts."""


def listed() -> Select[Any]:
    """The public catalog: what is published and not retired; for everybody."""
    return select(*CatalogListing.__table__.c)  # type: ignore[attr-defined]


def offering(reader: Reader, offering_id: Any) -> Select[Any]:  # noqa: ANN401  (bound when the statement runs)
    """One offering that was ever published, or is the reader's own."""
    seen = or_(_offering.published_at.is_not(None), _offering.vendor_id == reader.organization_id)
    return OFFERINGS.where(_offering.id == offering_id, seen)


def own_offerings(reader: Reader) -> Select[Any]:
    """All offerings of the vendor that the reader acts for, drafts and retired ones included."""
    return OFFERINGS.where(_offering.vendor_id == reader.organization_id)


def rate_card(version_id: Any, reader: Reader) -> Select[Any]:  # noqa: ANN401  (a column of whatever relation)
    """The rate card of a version; unit costs only for its own vendor, and there only for who may read cost."""
    entry, cost = RateCardEntry.__table__.c, RateCardCost.__table__.c  # type: ignore[attr-defined]
    of_version = entry.version_id == version_id
    if reader.kind != "VENDOR":
        return select(*entry, null().cast(Numeric).label("unit_cost")).where(of_version)
    own = and_(cost.version_id == entry.version_id, cost.key == entry.key, cost.vendor_id == reader.organization_id)
    return select(*entry, cost.unit_cost).outerjoin(RateCardCost, own).where(of_version)


def service_levels(version_id: Any) -> Select[Any]:  # noqa: ANN401  (a column of whatever relation)
    """The service levels of a version."""
    levels = ServiceLevel.__table__.c  # type: ignore[attr-defined]
    return select(*levels).where(levels.version_id == version_id)
