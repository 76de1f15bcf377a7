"""The rows of a draft: written whole, copied whole, thrown away whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, delete, func, insert, literal, select, update
from sqlmodel import SQLModel, col

from core.ids import new_id
from services.catalog.models import OfferingVersion, RateCardCost, RateCardEntry, ServiceLevel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.db import Transaction
    from services.catalog.content import Content, Promise, Rate

LISTS = ("rate_card", "service_levels")


async def copy_version(tx: Transaction, *, offering_id: UUID, version_id: UUID, now: datetime) -> UUID:
    """Open a draft with the next number that says what the version says, its costs included; return its id."""
    draft_id = new_id()
    latest = select(func.max(col(OfferingVersion.number))).where(col(OfferingVersion.offering_id) == offering_id)
    number = await tx.scalar(latest) + 1
    fresh = {
        "id": literal(draft_id),
        "number": literal(number),
        "created_at": literal(now),
        "published_at": None,
    }
    await tx.execute(_copied(OfferingVersion, "id", version_id, fresh))
    for table in (RateCardEntry, RateCardCost, ServiceLevel):
        await tx.execute(_copied(table, "version_id", version_id, {"version_id": literal(draft_id), "published": None}))
    return draft_id


async def write_draft(tx: Transaction, *, draft_id: UUID, vendor_id: UUID, content: Content) -> None:
    """Write what the content gives over what the draft says; a list that is given replaces the list."""
    said: dict[str, Any] = {name: value for name, value in content.items() if name not in LISTS}
    if "rate_card" in content:
        said["office_types"] = sorted({rate.office_type for rate in content["rate_card"]})
        await tx.execute(delete(RateCardEntry).where(col(RateCardEntry.version_id) == draft_id))
        await _write_rates(tx, {"version_id": draft_id, "vendor_id": vendor_id}, content["rate_card"])
    if "service_levels" in content:
        await tx.execute(delete(ServiceLevel).where(col(ServiceLevel.version_id) == draft_id))
        await _write_levels(tx, {"version_id": draft_id, "vendor_id": vendor_id}, content["service_levels"])
    if said:
        await tx.execute(update(OfferingVersion).where(col(OfferingVersion.id) == draft_id).values(**said))


async def delete_draft(tx: Transaction, *, draft_id: UUID) -> None:
    """Throw a draft away; what was published the database refuses to let go."""
    await tx.execute(delete(ServiceLevel).where(col(ServiceLevel.version_id) == draft_id))
    await tx.execute(delete(RateCardEntry).where(col(RateCardEntry.version_id) == draft_id))
    await tx.execute(delete(OfferingVersion).where(col(OfferingVersion.id) == draft_id))


async def _write_rates(tx: Transaction, version: dict[str, UUID], rates: list[Rate]) -> None:
    if not rates:
        return
    entries = [
        {
            **version,
            "key": rate.key,
            "position": position,
            "title": rate.title,
            "office_type": rate.office_type,
            "unit": rate.unit,
            "unit_price": rate.unit_price.amount,
            "currency_code": rate.unit_price.currency_code,
        }
        for position, rate in enumerate(rates, start=1)
    ]
    costs = [
        {
            **version,
            "key": rate.key,
            "unit_cost": rate.unit_cost.amount,
            "currency_code": rate.unit_cost.currency_code,
        }
        for rate in rates
    ]
    await tx.execute(insert(RateCardEntry).values(entries))
    await tx.execute(insert(RateCardCost).values(costs))


async def _write_levels(tx: Transaction, version: dict[str, UUID], levels: list[Promise]) -> None:
    if not levels:
        return
    promised = [
        {
            **version,
            "key": level.key,
            "position": position,
            "metric": level.metric,
            "threshold_minutes": level.threshold_minutes,
            "target_percent": level.target_percent,
            "period": level.period,
        }
        for position, level in enumerate(levels, start=1)
    ]
    await tx.execute(insert(ServiceLevel).values(promised))


def _copied(
    table: type[SQLModel], key: str, version_id: UUID, fresh: Mapping[str, ColumnElement[Any] | None]
) -> Insert:
    """Copy the rows of a version, with `fresh` columns; those that are None are left to their defaults."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    kept = [column for column in columns if fresh.get(column.name, column) is not None]
    copy = select(*(fresh.get(column.name, column) for column in kept)).where(columns[key] == version_id)
    return insert(table).from_select([column.name for column in kept], copy)
