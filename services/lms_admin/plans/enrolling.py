"""Enrolling and unenrolling in bulk, from a list or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import InvalidInput
from services.contracts.days import begins_at, day_after
from services.contracts.faults import Faults
from services.delivery.recording import require_some
from services.lms_admin.adapters.documents import document_of
from services.lms_admin.adapters.port import Enrolment, EnrolmentState
from services.lms_admin.plans.asking import begin_plan, may_ask
from services.lms_admin.plans.enrolment_csv import COLUMNS
from services.lms_admin.plans.files import take_file
from services.lms_admin.plans.named import checked_key, require_different
from services.lms_admin.plans.rows import Wanted, add_rows
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.ids import RowKey
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File
    from services.lms_admin.plans.asking import Wish
    from services.lms_admin.plans.enrolment_csv import Part

MOST_LISTED: Final = 1000


async def preview_enrolments(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    wish: Wish,
    operation: Operation,
    parts: Sequence[Part] | None,
    file: File | None,
    blobs: BlobStore,
    now: datetime,
) -> RowKey:
    """Ask what enrolling, or unenrolling, would do: 1 to 1,000 listed, or those of a file.

    Refuses what `may_ask` and `take_file` refuse, and with InvalidInput, ListTooLong, TextBlank, TextTooLong and
    NamedTwice.
    """
    assert operation in {Operation.ENROL, Operation.UNENROL}, operation
    asking = await may_ask(tx, actor=actor, contract_id=contract_id, wish=wish, operation=operation, now=now)
    if (parts is None) == (file is None):
        raise InvalidInput("give either the enrolments or a file of them", field="enrolments")
    if file is not None:
        source = await take_file(tx, actor=actor, contract_id=contract_id, site_id=wish.site_id, file=file, blobs=blobs)
        return await begin_plan(tx, asking, now=now, source=source)
    assert parts is not None, "one of the two is given"
    _require_sound(parts)
    key = await begin_plan(tx, asking, now=now)
    zone = asking.contract.time_zone
    await add_rows(tx, *key, [wanted_of(part, operation, zone) for part in parts])
    return key


def _require_sound(parts: Sequence[Part]) -> None:
    require_some(parts, most=MOST_LISTED, field="enrolments")
    faults = Faults()
    for at, part in enumerate(parts):
        path = f"enrolments.{at}"
        checked_key(faults, part.member_number, longest=COLUMNS["member_number"].longest, field=f"{path}.memberNumber")
        checked_key(faults, part.course_key, longest=COLUMNS["course"].longest, field=f"{path}.courseKey")
        checked_key(faults, part.role, longest=COLUMNS["role"].longest, field=f"{path}.role")
        if part.starts_on and part.ends_on and part.ends_on < part.starts_on:
            faults.note(InvalidInput("it ends before it starts", field=f"{path}.endsOn"))
    require_different(faults, [(part.member_number.lower(), part.course_key) for part in parts], field="enrolments")
    faults.refuse()


def wanted_of(part: Part, operation: Operation, time_zone: str) -> Wanted:
    """An enrolment as a row of the plan, its days as instants: it ends when the day after its last begins."""
    enrolment = Enrolment(
        part.member_number,
        part.course_key,
        part.role,
        EnrolmentState.ACTIVE if operation == Operation.ENROL else EnrolmentState.ABSENT,
        begins_at(part.starts_on, time_zone) if part.starts_on else None,
        begins_at(day_after(part.ends_on), time_zone) if part.ends_on else None,
    )
    return Wanted(
        subject_kind="ENROLMENT",
        member_number=part.member_number,
        course_key=part.course_key,
        source_row=part.row,
        desired=document_of(enrolment),
    )
