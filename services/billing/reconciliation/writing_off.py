"""Writing off a small difference: what remains of an underpaid invoice, or what was paid too much.

It is the operator's gain or loss. Up to the tolerance one person does it, above it a second one confirms.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound, Refusals
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import check_words
from services.billing.adjustments.balance import credit_balance, require_credit
from services.billing.adjustments.splitting import LineDisputed
from services.billing.adjustments.standing import owed_invoice
from services.billing.invoices.settling import settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Side
from services.billing.reconciliation.closing import SecondPersonNeeded
from services.billing.reconciliation.models import MatchTolerance, WriteOff
from services.billing.reconciliation.resolving import write_off_exception
from services.billing.reconciliation.variances import tolerated_minor
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey

LONGEST_REASON: Final = 2000


class WriteOffKind(StrEnum):
    """What is written off."""

    REMAINDER = "REMAINDER"
    OVERPAYMENT = "OVERPAYMENT"


class NothingToWriteOff(DomainError):
    """Nothing remains of a part-paid invoice, or nothing was paid too much under the contract of a paid one."""


class WriteOffRequested(DomainError):
    """Somebody has asked already to write this off; another person confirms it, or it is withdrawn."""


class WriteOffEnded(DomainError):
    """The write-off is posted already, withdrawn or reversed."""


async def write_off_difference(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    kind: WriteOffKind,
    exception_id: UUID | None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Write off all that is due on a part-paid invoice, or the credit of an association whose invoice is paid.

    Up to the tolerance in force it is posted at once; above, another person confirms it. An open exception about the
    invoice ends with it as WRITTEN_OFF. Returns the write-off's key. Refuses with Forbidden, NotFound, TextBlank,
    TextTooLong, InvoiceNotOwed, LineDisputed, NothingToWriteOff, WriteOffRequested or ExceptionClosed.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECONCILE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason, key = _words(reason), key_of(contract)
    invoice = await owed_invoice(tx, contract_id, invoice_id)
    row = {
        **key.columns,
        **actor.signed("requested_by"),
        "requested_by_person_id": actor.person_id,
        "id": new_id(),
        "invoice_id": invoice_id,
        "kind": kind,
        "status": "REQUESTED",
        "currency_code": invoice.currency_code,
        "amount_minor": await _difference(tx, invoice, kind),
        "tolerance_minor": await _tolerance(tx, invoice),
        "reason": reason,
        "exception_id": exception_id,
        "requested_at": now,
    }
    requested = WriteOffRequested("it is asked for already: confirm it as another person", field="invoiceId")
    await tx.execute(insert(WriteOff).values(**row), refusing={"one_write_off_requested": requested})
    posted = row["amount_minor"] <= row["tolerance_minor"]
    if posted:
        await _post(tx, key, row, actor=actor, reason=reason, now=now)
    _tell(tx, "DIFFERENCE_WRITTEN_OFF" if posted else "WRITE_OFF_REQUESTED", key, row, reason)
    return RowKey(contract_id, row["id"])


async def confirm_write_off(
    tx: Transaction, *, actor: Actor, contract_id: UUID, write_off_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Write off what another person asked for, above the tolerance; returns the write-off's key.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, WriteOffEnded, SecondPersonNeeded, InvoiceNotOwed,
    MoreThanDue or CreditSpent (it was paid, or spent, meanwhile) or ExceptionClosed.
    """
    key, row, reason = await _found(tx, actor, contract_id, write_off_id, reason)
    if row.status != "REQUESTED":
        raise WriteOffEnded(f"the write-off is {row.status}; REQUESTED would be right", field="writeOffId")
    if row.requested_by_person_id == actor.person_id:
        raise SecondPersonNeeded("you asked for it; somebody else has to confirm it", field="writeOffId")
    confirmed = {"confirmed_at": now, "confirmed_by_person_id": actor.person_id, "confirm_reason": reason}
    await _change(tx, row, **confirmed, **actor.signed("confirmed_by"))
    told = row._asdict()
    await _post(tx, key, told, actor=actor, reason=reason, now=now)
    _tell(tx, "DIFFERENCE_WRITTEN_OFF", key, told, reason)
    return RowKey(contract_id, write_off_id)


async def reverse_write_off(
    tx: Transaction, *, actor: Actor, contract_id: UUID, write_off_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Withdraw what was asked for, or take back what was written off: it is due, or credit, again. Returns its key.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or WriteOffEnded.
    """
    key, row, reason = await _found(tx, actor, contract_id, write_off_id, reason)
    if row.status not in ("REQUESTED", "POSTED"):
        raise WriteOffEnded(f"the write-off is {row.status} already", field="writeOffId")
    posted = row.status == "POSTED"
    status = "REVERSED" if posted else "WITHDRAWN"
    await _change(tx, row, status=status, reversed_at=now, reverse_reason=reason, **actor.signed("reversed_by"))
    if posted:
        if row.kind == WriteOffKind.REMAINDER:
            await settle(tx, contract_id, row.invoice_id, now=now, written_off_minor=-row.amount_minor)
        await journal.reverse(
            tx,
            key,
            kind="DIFFERENCE_WRITTEN_OFF",
            by="WRITE_OFF_REVERSED",
            invoice_id=row.invoice_id,
            subject_id=row.id,
            now=now,
        )
    _tell(tx, f"WRITE_OFF_{status}", key, row._asdict(), reason)
    return RowKey(contract_id, write_off_id)


async def _difference(tx: Transaction, invoice: Row[Any], kind: WriteOffKind) -> int:
    if invoice.disputed_minor:
        raise LineDisputed("lines of the invoice are disputed; resolve that first", field="invoiceId")
    if kind is WriteOffKind.REMAINDER:
        minor = invoice.amount_due_minor if invoice.paid_minor else 0
        message = f"{invoice.number} is {invoice.status}: only the remainder of one that is paid in part is written off"
    else:
        minor = 0 if invoice.amount_due_minor else await credit_balance(tx, invoice.contract_id, invoice.currency_code)
        message = f"nothing was paid too much on {invoice.number}, or it is not paid"
    if minor <= 0:
        raise NothingToWriteOff(message, field="invoiceId")
    return int(minor)


async def _tolerance(tx: Transaction, invoice: Row[Any]) -> int:
    tolerance = await tx.one_or_none(
        select(col(MatchTolerance.amount_minor), col(MatchTolerance.percent))
        .where(col(MatchTolerance.currency_code) == invoice.currency_code)
        .order_by(col(MatchTolerance.configured_at).desc(), col(MatchTolerance.id).desc())
        .limit(1)
    )
    if tolerance is None:
        return 0
    return tolerated_minor(invoice.total_minor, amount_minor=tolerance.amount_minor, percent=tolerance.percent)


async def _post(
    tx: Transaction, key: ContractKey, row: dict[str, Any], *, actor: Actor, reason: str, now: datetime
) -> None:
    minor, currency = row["amount_minor"], row["currency_code"]
    if row["kind"] == WriteOffKind.REMAINDER:
        await settle(tx, key.contract_id, row["invoice_id"], now=now, written_off_minor=minor, field="invoiceId")
        sides = [
            Side(Account.RECONCILIATION_DIFFERENCE, currency, minor),
            Side(Account.ASSOCIATION_RECEIVABLE, currency, -minor),
        ]
    else:
        await require_credit(tx, key.contract_id, currency, minor, field="invoiceId")
        sides = [
            Side(Account.ASSOCIATION_CREDIT, currency, minor),
            Side(Account.RECONCILIATION_DIFFERENCE, currency, -minor),
        ]
    entry = journal.Entry("DIFFERENCE_WRITTEN_OFF", row["invoice_id"], now, sides, subject_id=row["id"])
    await journal.post(tx, key, entry, now=now)
    this = (col(WriteOff.contract_id) == key.contract_id, col(WriteOff.id) == row["id"])
    await tx.execute(update(WriteOff).where(*this).values(status="POSTED", posted_at=now))
    if row["exception_id"] is not None:
        of_invoice = RowKey(key.contract_id, row["invoice_id"])
        await write_off_exception(tx, row["exception_id"], of_invoice, actor=actor, reason=reason, now=now)


async def _found(
    tx: Transaction, actor: Actor, contract_id: UUID, write_off_id: UUID, reason: str
) -> tuple[ContractKey, Row[Any], str]:
    contract = await contract_for(
        tx, actor=actor, act=Act.RECONCILE, contract_id=contract_id, field="writeOffId", lock=True
    )
    reason = _words(reason)
    this = (col(WriteOff.contract_id) == contract_id, col(WriteOff.id) == write_off_id)
    row = await tx.one_or_none(select(*WriteOff.__table__.c).where(*this))  # type: ignore[attr-defined]
    if row is None:
        raise NotFound("there is no such write-off", field="writeOffId")
    return key_of(contract), row, reason


def _words(reason: str) -> str:
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    return reason


async def _change(tx: Transaction, row: Row[Any], **values: object) -> None:
    this = (col(WriteOff.contract_id) == row.contract_id, col(WriteOff.id) == row.id)
    await tx.execute(update(WriteOff).where(*this).values(**values))


def _tell(tx: Transaction, type_: str, key: ContractKey, row: dict[str, Any], reason: str) -> None:
    after = {name: str(row[name]) for name in ("invoice_id", "kind", "amount_minor", "currency_code")}
    tx.emit(Event(type_, object_id=row["id"], contract=key, after=after, reason=reason))
