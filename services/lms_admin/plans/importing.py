"""A roster import: the file says who belongs to the site, and in FULL mode also who no longer does."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from services.lms_admin.plans.asking import begin_plan, may_ask
from services.lms_admin.plans.files import take_file
from services.lms_admin.plans.rows import Wanted
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File
    from services.lms_admin.plans.asking import Wish
    from services.lms_admin.plans.roster_csv import Member


class RosterMode(StrEnum):
    """What becomes of members whom the file leaves out."""

    DELTA = "DELTA"
    FULL = "FULL"


async def preview_roster_import(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    wish: Wish,
    mode: RosterMode,
    file: File,
    blobs: BlobStore,
    now: datetime,
) -> RowKey:
    """Ask what a roster's file would do; the worker reads it, and refuses it where it is at fault.

    Refuses what `may_ask` and `take_file` refuse.
    """
    operation = Operation.ROSTER_IMPORT
    asking = await may_ask(tx, actor=actor, contract_id=contract_id, wish=wish, operation=operation, now=now)
    source = await take_file(tx, actor=actor, contract_id=contract_id, site_id=wish.site_id, file=file, blobs=blobs)
    return await begin_plan(tx, asking, now=now, source=source, roster_mode=mode)


def wanted_of(member: Member, mode: RosterMode) -> Wanted:
    """A row of the file as a row of the plan; what the file leaves open is null, and filled in from what is there."""
    return Wanted(
        subject_kind="USER",
        member_number=member.member_number,
        source_row=member.row,
        desired={
            "member_number": member.member_number,
            "username": member.username,
            "email": member.email,
            "given_name": member.given_name,
            "family_name": member.family_name,
            "suspended": False if member.suspended is None and mode is RosterMode.FULL else member.suspended,
        },
    )
