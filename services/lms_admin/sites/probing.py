"""How a site is: asked every few minutes, kept as a row each time, and on the site as it was last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, exists, insert, or_, select, update
from sqlmodel import col

from core.events import ContractKey
from core.ids import RowKey, new_id
from services.contracts.models import Contract
from services.lms_admin.sites.models import LmsMaintenance, LmsProbe, LmsSite

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction
    from services.lms_admin.adapters.port import Capability, Probe

PROBED_AFTER: Final = timedelta(minutes=4, seconds=30)
"""Looked for every minute, so that a site is asked about every five."""

KEPT: Final = timedelta(days=400)
LONGEST_MESSAGE: Final = 500


async def sites_to_probe(tx: Transaction, *, now: datetime, most: int = 200) -> list[tuple[ContractKey, UUID]]:
    """The connected sites of contracts in force that were not asked for five minutes. For the batch role."""
    rows = await tx.all(
        select(LmsSite.contract_id, LmsSite.association_id, LmsSite.vendor_id, LmsSite.id)  # type: ignore[call-overload]
        .join(Contract, col(Contract.id) == LmsSite.contract_id)
        .where(
            col(Contract.status) == "ACTIVE",
            col(LmsSite.status) == "CONNECTED",
            col(LmsSite.system) != "MANUAL",
            or_(col(LmsSite.probed_at).is_(None), col(LmsSite.probed_at) <= now - PROBED_AFTER),
        )
        .order_by(col(LmsSite.probed_at).nulls_first())
        .limit(most)
    )
    return [(ContractKey(row.contract_id, row.association_id, row.vendor_id), row.id) for row in rows]


async def record_probe(
    tx: Transaction,
    *,
    site: RowKey,
    base_url: str | None,
    probe: Probe,
    capabilities: Collection[Capability] | None,
    now: datetime,
) -> bool:
    """Keep how a site answered; `base_url` and `capabilities` are None where nothing was opened. For the batch role.

    False when the site was disconnected meanwhile, or has moved from `base_url`: the answer says nothing about it.
    """
    this = [col(LmsSite.contract_id) == site.contract_id, col(LmsSite.id) == site.id]
    if base_url is not None:
        this.append(col(LmsSite.base_url) == base_url)
    known = {"capabilities": sorted(capabilities)} if capabilities is not None else {}
    version = {"lms_version": probe.version} if probe.version else {}
    row = await tx.one_or_none(
        update(LmsSite)
        .where(*this, col(LmsSite.status) == "CONNECTED")
        .values(
            condition=probe.condition,
            condition_since=case((col(LmsSite.condition) == probe.condition, LmsSite.condition_since), else_=now),
            probed_at=now,
            **known,
            **version,
        )
        .returning(col(LmsSite.association_id), col(LmsSite.vendor_id))
    )
    if row is None:
        return False
    planned = exists().where(
        col(LmsMaintenance.contract_id) == site.contract_id,
        col(LmsMaintenance.site_id) == site.id,
        col(LmsMaintenance.withdrawn_at).is_(None),
        col(LmsMaintenance.during).contains(now),
    )
    await tx.execute(
        insert(LmsProbe).values(
            contract_id=site.contract_id,
            association_id=row.association_id,
            vendor_id=row.vendor_id,
            id=new_id(),
            site_id=site.id,
            probed_at=now,
            condition=probe.condition,
            planned=select(planned).scalar_subquery(),
            latency_ms=probe.latency_ms,
            lms_version=probe.version,
            message=_told(probe),
        )
    )
    return True


async def forget_old_probes(tx: Transaction) -> int:
    """Delete the probes of more than 400 days ago, site by site. For the batch role."""
    return (
        await tx.execute(
            delete(LmsProbe).where(
                col(LmsProbe.contract_id) == LmsSite.contract_id,
                col(LmsProbe.site_id) == LmsSite.id,
                col(LmsProbe.probed_at) < tx.now - KEPT,
            )
        )
    ).rowcount


def _told(probe: Probe) -> str | None:
    lacking = f"the credential lacks {', '.join(probe.missing)}" if probe.missing else ""
    return "; ".join(part for part in (probe.message, lacking) if part)[:LONGEST_MESSAGE] or None
