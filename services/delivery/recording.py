"""Recording work: what was done on a line, by whom, when, and with which evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import ListTooLong
from services.contracts.days import today_in
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.lines import require_quantity
from services.contracts.models import ContractLine
from services.delivery.attaching import attach, keep
from services.delivery.evidence import checked_files
from services.delivery.models import WorkRecord
from services.delivery.scope import out_of_scope_reason, plain
from services.delivery.totals import counted, lock_lines, move_totals
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any, Final, TypeAlias
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey
    from services.contracts.models import Contract
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File

    Lines: TypeAlias = Mapping[str | UUID | None, Any]

MOST_RECORDS: Final = 100
LONGEST_PERFORMER: Final = 200
LONGEST_DESCRIPTION: Final = 4000


class LineNotFound(DomainError):
    """The contract has no such line now."""


class LineTakesNoWork(DomainError):
    """A recurring line is billed by its period, and an obligation is met or not: neither takes work records."""


class MilestoneInPart(DomainError):
    """A milestone is done, and accepted, as a whole: its quantity is 1."""


class WorkOutsideTerm(DomainError):
    """The work was done before the contract's first day or after its last."""


class WorkInFuture(DomainError):
    """The work ends after today, as the association's time zone counts days."""


@dataclass(frozen=True, slots=True)
class Work:
    """One record as it is asked for; the line is named by its key or its id."""

    quantity: Decimal
    performed_from: date
    performed_to: date
    performed_by: str
    description: str
    line_key: str | None = None
    line_id: UUID | None = None
    evidence: Sequence[File] = ()


async def record_work(
    tx: Transaction, *, actor: Actor, contract_id: UUID, records: Sequence[Work], blobs: BlobStore, now: datetime
) -> list[RowKey]:
    """Record work on lines of a contract, all of it or none, and decide what of it is in scope.

    Refuses with Forbidden (a grant is needed), ContractNotActive, ListTooLong, LineNotFound, LineTakesNoWork,
    InvalidQuantity, MilestoneInPart, WorkOutsideTerm, WorkInFuture, NamedTwice, TextBlank, TextTooLong, InvalidInput,
    and what `checked_file` and `attach` refuse. Work out of scope is kept, with the reason.
    """
    contract, told = await write_work(tx, actor=actor, contract_id=contract_id, records=records, blobs=blobs, now=now)
    tx.emit(Event("WORK_RECORDED", object_id=contract_id, contract=contract, after={"workRecords": told}))
    return [RowKey(contract_id, record["workRecordId"]) for record in told]


async def write_work(
    tx: Transaction, *, actor: Actor, contract_id: UUID, records: Sequence[Work], blobs: BlobStore, now: datetime
) -> tuple[ContractKey, list[dict[str, Any]]]:
    """The same for a caller who says what happened: the contract's ids, and what an event tells of each record."""
    contract = await contract_for(tx, actor=actor, act=Act.RECORD_WORK, contract_id=contract_id)
    require_active(contract)
    require_some(records, most=MOST_RECORDS, field="records")
    lines = await _lines_named(tx, contract, records)
    ids = [new_id() for _ in records]
    faults, day = Faults(), today_in(contract.time_zone, now)
    for number, work in enumerate(records):
        _note_faults(faults, work, f"records.{number}", contract=contract, lines=lines, day=day)
    given = [(record_id, f"records.{at}.evidence", records[at].evidence) for at, record_id in enumerate(ids)]
    files = checked_files(faults, given)
    faults.refuse()
    kept = await keep(files, blobs)
    named = [(record_id, lines[_name_of_line(work)].id, work) for record_id, work in zip(ids, records, strict=True)]
    rows = await _insert(tx, contract, named, actor=actor, now=now)
    await attach(tx, actor=actor, contract=contract, files=kept, now=now)
    told = [{"workRecordId": row["id"], "quantity": plain(row["quantity"]), "inScope": row["in_scope"]} for row in rows]
    return key_of(contract), told


def require_some(given: Sequence[object], *, most: int, field: str) -> None:
    """Refuse none at all with InvalidInput and more than `most` with ListTooLong."""
    if not given:
        raise InvalidInput("there must be at least one", field=field)
    if len(given) > most:
        raise ListTooLong(f"there are {len(given)}; at most {most} are taken at once", field=field)


async def _lines_named(tx: Transaction, contract: Row[tuple[Contract]], records: Sequence[Work]) -> Lines:
    found = await tx.all(
        select(col(ContractLine.id), col(ContractLine.key), col(ContractLine.kind)).where(
            col(ContractLine.contract_id) == contract.id,
            col(ContractLine.revision) == contract.revision,
            or_(
                col(ContractLine.key).in_({work.line_key for work in records if work.line_key is not None}),
                col(ContractLine.id).in_({work.line_id for work in records if work.line_id is not None}),
            ),
        )
    )
    return {line.key: line for line in found} | {line.id: line for line in found}


def _note_faults(
    faults: Faults, work: Work, at: str, *, contract: Row[tuple[Contract]], lines: Lines, day: date
) -> None:
    _note_faults_of_line(faults, work, lines, at)
    if work.performed_from > work.performed_to:
        message = f"the work ends on {work.performed_to}, before it begins on {work.performed_from}"
        faults.note(InvalidInput(message, field=f"{at}.performedTo"))
    term = f"lies outside the contract's term, {contract.starts_on} to {contract.ends_on}"
    if work.performed_from < contract.starts_on or work.performed_from > contract.ends_on:
        faults.note(WorkOutsideTerm(f"{work.performed_from} {term}", field=f"{at}.performedFrom"))
    elif work.performed_to > contract.ends_on:
        faults.note(WorkOutsideTerm(f"{work.performed_to} {term}", field=f"{at}.performedTo"))
    if work.performed_to > day:
        message = f"{work.performed_to} is yet to come: in {contract.time_zone} it is {day}"
        faults.note(WorkInFuture(message, field=f"{at}.performedTo"))
    faults.text(work.performed_by, longest=LONGEST_PERFORMER, field=f"{at}.performedBy")
    faults.text(work.description, longest=LONGEST_DESCRIPTION, field=f"{at}.description")


def _note_faults_of_line(faults: Faults, work: Work, lines: Lines, at: str) -> None:
    with faults.noting():
        require_quantity(work.quantity, field=f"{at}.quantity")
    if (work.line_key is None) == (work.line_id is None):
        faults.note(InvalidInput("name the line by its key or by its id", field=f"{at}.lineKey"))
        return
    line = lines.get(_name_of_line(work))
    if line is None:
        field = "lineKey" if work.line_id is None else "lineId"
        message = "the contract has no such line now: name one of its current revision"
        faults.note(LineNotFound(message, field=f"{at}.{field}"))
    elif line.kind in {"RECURRING", "OBLIGATION", "MINIMUM_COMMITMENT"}:
        message = f"{line.key} is of kind {line.kind}, on which no work is recorded"
        faults.note(LineTakesNoWork(message, field=f"{at}.lineKey"))
    elif line.kind == "MILESTONE" and work.quantity != 1:
        faults.note(MilestoneInPart(f"{line.key} is a milestone: record 1 when it is done", field=f"{at}.quantity"))


def _name_of_line(work: Work) -> str | UUID | None:
    return work.line_key if work.line_id is None else work.line_id


async def _insert(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    records: Sequence[tuple[UUID, UUID, Work]],
    *,
    actor: Actor,
    now: datetime,
) -> list[dict[str, Any]]:
    """Decide the scope of each record in turn, with its line locked, and write them all."""
    lines = await lock_lines(tx, contract.id, (line_id for _, line_id, _ in records))
    total = {line.id: line.recorded_quantity for line in lines.values()}
    rows = []
    for record_id, line_id, work in records:
        reason = out_of_scope_reason(lines[line_id], recorded=total[line_id], quantity=work.quantity)
        total[line_id] += work.quantity
        rows.append(
            {
                **key_of(contract).columns,
                "id": record_id,
                "line_id": line_id,
                "status": "RECORDED",
                "quantity": work.quantity,
                "performed_from": work.performed_from,
                "performed_to": work.performed_to,
                "performed_by": work.performed_by.strip(),
                "description": work.description.strip(),
                "in_scope": reason is None,
                "out_of_scope_reason": reason,
                "recorded_at": now,
                **actor.signed("recorded_by"),
            }
        )
    await tx.execute(insert(WorkRecord).values(rows))
    changes = [(line_id, counted("RECORDED", work.quantity)) for _, line_id, work in records]
    await move_totals(tx, contract.id, changes)
    return rows
