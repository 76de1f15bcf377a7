"""How careful work on a site is: from how many removals on two people decide, and whom nobody touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey
from core.texts import check_length
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.identity.roles import Role
from services.lms_admin.sites.models import LmsSite
from services.lms_admin.sites.reaching import site_to_connect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

MOST_PROTECTED: Final = 1000
LONGEST_MEMBER_NUMBER: Final = 200
MOST_ROWS: Final = 1_000_000
WHOLE: Final = 100


class AssociationOwnerRequired(DomainError):
    """Only an OWNER of the association lets more be removed by one person, or takes somebody's protection away."""


async def configure_site(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    removal_threshold_percent: Decimal | None = None,
    removal_threshold_rows: int | None = None,
    protected_member_numbers: Sequence[str] | None = None,
    now: datetime,  # noqa: ARG001  (every act of a service takes it)
) -> RowKey:
    """Set from how many removals on a second person decides, and which members are never touched; None leaves it.

    Refuses with NotFound, Forbidden, OutsideGrant, SiteDisconnected, InvalidInput, ListTooLong, TextBlank, TextTooLong
    or AssociationOwnerRequired. Member numbers are no part of the audit trail: it says how many there are.
    """
    found = await site_to_connect(tx, actor=actor, contract_id=contract_id, site_id=site_id)
    site, faults = found.site, Faults()
    percent, rows = removal_threshold_percent, removal_threshold_rows
    if percent is not None and not 0 <= percent <= WHOLE:
        faults.note(InvalidInput("a percentage from 0 to 100", field="removalThresholdPercent"))
    faults.whole(rows, least=0, most=MOST_ROWS, field="removalThresholdRows")
    numbers = sorted({number.strip() for number in protected_member_numbers or ()})
    faults.note_all(check_length(numbers, most=MOST_PROTECTED, field="protectedMemberNumbers"))
    for at, number in enumerate(numbers):
        faults.text(number, longest=LONGEST_MEMBER_NUMBER, field=f"protectedMemberNumbers.{at}")
    protected = site.protected_member_numbers if protected_member_numbers is None else numbers
    percent = site.removal_threshold_percent if percent is None else percent
    rows = site.removal_threshold_rows if rows is None else rows
    faults.refuse()
    if not (actor.organization_id == found.contract.association_id and actor.has_role(Role.OWNER)):
        _require_caution(site, percent, rows, protected)
    await tx.execute(
        update(LmsSite)
        .where(col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id)
        .values(
            removal_threshold_percent=percent, removal_threshold_rows=rows, protected_member_numbers=list(protected)
        )
    )
    tx.emit(
        Event(
            "LMS_SITE_CONFIGURED",
            site_id,
            contract=key_of(found.contract),
            before=_told(site.removal_threshold_percent, site.removal_threshold_rows, site.protected_member_numbers),
            after=_told(percent, rows, protected),
        )
    )
    return RowKey(contract_id, site_id)


def _require_caution(site: Row[tuple[LmsSite]], percent: Decimal, rows: int, protected: Sequence[str]) -> None:
    for given, present, field in (
        (percent, site.removal_threshold_percent, "removalThresholdPercent"),
        (rows, site.removal_threshold_rows, "removalThresholdRows"),
    ):
        if given > present:
            raise AssociationOwnerRequired(f"only the association's OWNER raises it above {present}", field=field)
    if set(site.protected_member_numbers) - set(protected):
        message = "only the association's OWNER takes a member's protection away"
        raise AssociationOwnerRequired(message, field="protectedMemberNumbers")


def _told(percent: Decimal, rows: int, protected: Sequence[str]) -> dict[str, object]:
    return {
        "removalThresholdPercent": f"{percent:.2f}",
        "removalThresholdRows": rows,
        "protectedMembers": len(protected),
    }
