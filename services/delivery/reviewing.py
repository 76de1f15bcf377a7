"""Reviewing submitted work: accepted in full or in part, rejected, or returned."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import DomainError
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.lines import require_quantity
from services.delivery.deciding import Verdict, decide, status_after
from services.delivery.evidence import NamedTwice
from services.delivery.recording import MilestoneInPart
from services.delivery.scope import plain
from services.delivery.submitting import close_submission, records_of
from services.delivery.totals import LONGEST_REASON, lock_lines
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.delivery.models import WorkRecord
    from services.delivery.totals import Lines


class DecisionMissing(DomainError):
    """A record of the submission was not decided; a review decides every one."""


class NotInSubmission(DomainError):
    """The record is not part of this submission."""


class AcceptedMoreThanSubmitted(DomainError):
    """More is accepted of a record than it has."""


class ShortfallWithoutReason(DomainError):
    """Less is accepted than was submitted, without a reason code or without saying what becomes of the rest."""


class ReasonWithoutShortfall(DomainError):
    """All of the record is accepted: there is no rest for which a reason code or a disposition could stand."""


class FourEyes(DomainError):
    """The same person submitted this work: somebody else has to accept it."""


async def review_submission(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    submission_id: UUID,
    verdicts: Sequence[Verdict],
    now: datetime,
) -> RowKey:
    """Decide every record of a submission, once; what is accepted can be billed.

    Refuses with Forbidden, NotFound, AlreadyReviewed, AlreadyWithdrawn, FourEyes, DecisionMissing, NotInSubmission,
    NamedTwice, InvalidQuantity, AcceptedMoreThanSubmitted, MilestoneInPart, ShortfallWithoutReason,
    ReasonWithoutShortfall.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.REVIEW_SUBMISSION, contract_id=contract_id, field="submissionId"
    )
    submission = await close_submission(
        tx, contract_id=contract_id, submission_id=submission_id, status="REVIEWED", reviewed_at=now
    )
    if submission.submitted_by_person_id == actor.person_id:
        raise FourEyes("you submitted this work; somebody else has to review it", field="submissionId")
    records = await records_of(tx, contract_id, submission_id)
    lines = await lock_lines(tx, contract_id, (record.line_id for record in records))
    _require_sound(verdicts, {record.id: record for record in records}, lines)
    by_record = {verdict.work_record_id: verdict for verdict in verdicts}
    await decide(
        tx,
        contract=contract,
        submission_id=submission_id,
        records=records,
        lines=lines,
        verdicts=by_record,
        decided_by=actor,
        now=now,
    )
    told = [
        {
            "workRecordId": record.id,
            "status": status_after(by_record[record.id], record.quantity),
            "acceptedQuantity": plain(by_record[record.id].accepted_quantity),
        }
        for record in records
    ]
    tx.emit(
        Event(
            "SUBMISSION_REVIEWED",
            object_id=submission_id,
            contract=key_of(contract),
            before={"status": "SUBMITTED"},
            after={"status": "REVIEWED", "workRecords": told},
        )
    )
    return RowKey(contract_id, submission_id)


def _require_sound(verdicts: Sequence[Verdict], records: dict[UUID, Row[tuple[WorkRecord]]], lines: Lines) -> None:
    faults, seen = Faults(), set[UUID]()
    for number, verdict in enumerate(verdicts):
        at, record = f"decisions.{number}", records.get(verdict.work_record_id)
        if record is None:
            faults.note(NotInSubmission("this record is not part of the submission", field=f"{at}.workRecordId"))
        elif verdict.work_record_id in seen:
            faults.note(NamedTwice("this record is decided already", field=f"{at}.workRecordId"))
        else:
            with faults.noting():
                _require_quantity(verdict, record.quantity, at)
                _require_reason(verdict, record.quantity, at)
                if lines[record.line_id].kind == "MILESTONE" and verdict.accepted_quantity not in {0, record.quantity}:
                    message = "a milestone is accepted whole or not at all"
                    raise MilestoneInPart(message, field=f"{at}.acceptedQuantity")
            faults.text(verdict.reason, longest=LONGEST_REASON, field=f"{at}.reason")
        seen.add(verdict.work_record_id)
    if missing := len(records.keys() - seen):
        noun = "record of the submission is" if missing == 1 else "records of the submission are"
        faults.note(DecisionMissing(f"{missing} {noun} not decided", field="decisions"))
    faults.refuse()


def _require_quantity(verdict: Verdict, quantity: Decimal, at: str) -> None:
    field = f"{at}.acceptedQuantity"
    if verdict.accepted_quantity:
        require_quantity(verdict.accepted_quantity, field=field)
    if verdict.accepted_quantity > quantity:
        message = f"{plain(verdict.accepted_quantity)} is more than the {plain(quantity)} that were submitted"
        raise AcceptedMoreThanSubmitted(message, field=field)


def _require_reason(verdict: Verdict, quantity: Decimal, at: str) -> None:
    if verdict.accepted_quantity == quantity:
        for value, name in ((verdict.reason_code, "reasonCode"), (verdict.disposition, "disposition")):
            if value is not None:
                raise ReasonWithoutShortfall(f"all of it is accepted: give no {name}", field=f"{at}.{name}")
    else:
        for value, name in ((verdict.reason_code, "reasonCode"), (verdict.disposition, "disposition")):
            if value is None:
                short = plain(quantity - verdict.accepted_quantity)
                message = f"{short} of {plain(quantity)} is not accepted: give a reasonCode and a disposition"
                raise ShortfallWithoutReason(message, field=f"{at}.{name}")
