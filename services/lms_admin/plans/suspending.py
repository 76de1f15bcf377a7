"""Suspending and restoring accounts, and resetting how learners get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.contracts.faults import Faults
from services.delivery.recording import require_some
from services.lms_admin.plans.asking import begin_plan, may_ask
from services.lms_admin.plans.enrolling import MOST_LISTED
from services.lms_admin.plans.named import checked_key, require_different
from services.lms_admin.plans.roster_csv import LONGEST_NUMBER
from services.lms_admin.plans.rows import Wanted, add_rows
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey
    from services.lms_admin.plans.asking import Wish

KINDS: Final = {Operation.SUSPEND: "USER", Operation.RESTORE: "USER", Operation.RESET_ACCESS: "ACCESS"}


async def preview_for_members(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    wish: Wish,
    operation: Operation,
    member_numbers: Sequence[str],
    now: datetime,
) -> RowKey:
    """Ask what suspending, restoring, or resetting the access of 1 to 1,000 members would do.

    Refuses what `may_ask` refuses, and with InvalidInput, ListTooLong, TextBlank, TextTooLong and NamedTwice.
    """
    asking = await may_ask(tx, actor=actor, contract_id=contract_id, wish=wish, operation=operation, now=now)
    require_some(member_numbers, most=MOST_LISTED, field="memberNumbers")
    faults = Faults()
    for at, number in enumerate(member_numbers):
        checked_key(faults, number, longest=LONGEST_NUMBER, field=f"memberNumbers.{at}")
    require_different(faults, [number.lower() for number in member_numbers], field="memberNumbers")
    faults.refuse()
    key = await begin_plan(tx, asking, now=now)
    kind = KINDS[operation]
    await add_rows(tx, *key, [Wanted(subject_kind=kind, member_number=number) for number in member_numbers])
    return key
