"""Booking what a bank statement says: an exact match becomes a payment, or confirms what moved; the rest is trouble."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.actor import Actor
from core.errors import DomainError, InvalidInput, NotFound, Refusals
from core.events import Event
from core.money import currency_digits
from core.texts import check_words
from services.billing.payments.recording import Means, Seen, record_payment
from services.billing.reconciliation.models import BankStatement, BankStatementLine
from services.billing.reconciliation.proposing import propose
from services.contracts.models import Contract
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

LONGEST_REASON: Final = 2000


class LineMatched(DomainError):
    """The line of the bank statement is matched, or set aside, already."""


async def lines_to_match(tx: Transaction, *, statement_id: UUID) -> list[UUID]:
    """The lines of a statement that are not matched, in their order."""
    line = BankStatementLine
    found = select(col(line.id)).where(col(line.statement_id) == statement_id, col(line.status) == "UNMATCHED")
    return [row.id for row in await tx.all(found.order_by(col(line.position)))]


async def lines_unseen(tx: Transaction, *, before: datetime) -> list[UUID]:
    """Lines of statements imported before then that nobody has looked at: their job was lost."""
    line = BankStatementLine
    found = (
        select(col(line.id))
        .join(BankStatement, col(BankStatement.id) == line.statement_id)
        .where(col(line.status) == "UNMATCHED", col(line.trouble).is_(None), col(BankStatement.imported_at) < before)
        .order_by(col(line.booked_on), col(line.id))
    )
    return [row.id for row in await tx.all(found)]


async def match_line(tx: Transaction, *, line_id: UUID, now: datetime) -> bool:
    """Book a line that can be one thing only, or note why it cannot; False when it was matched, or nothing changed.

    As the batch role, in the name of whoever imported the statement.
    """
    proposal = await propose(tx, line_id=line_id)
    if proposal is None:
        return False
    if proposal["contract_id"] is not None:
        # the contract's row first, as everywhere; what was proposed is looked at again as it stands then
        await tx.execute(
            select(col(Contract.id)).where(col(Contract.id) == proposal["contract_id"]).with_for_update(key_share=True)
        )
        again = await propose(tx, line_id=line_id)
        if again is None or again["contract_id"] != proposal["contract_id"]:
            return False
        proposal = again
    line = await tx.one(_line(line_id).with_for_update())
    if line.status != "UNMATCHED":
        return False
    if proposal["trouble"] is None:
        return await _book(tx, line, proposal, now=now)
    await _change(tx, line_id, **_about(proposal), trouble=proposal["trouble"], proposal=proposal["proposal"])
    return (line.trouble, line.proposal) != (proposal["trouble"], proposal["proposal"])


async def match_bank_line(
    tx: Transaction,
    *,
    actor: Actor,
    line_id: UUID,
    contract_id: UUID,
    invoice_id: UUID,
    reason: str,
    now: datetime,
) -> UUID:
    """Book a line as the payment of an invoice that a person names; returns the line's id.

    What is more than due becomes the association's credit. Refuses with Forbidden, NotFound, LineMatched, InvalidInput,
    TextBlank, TextTooLong, InvoiceNotOwed, OtherCurrency, PaidInTheFuture, AlreadyRecorded or PeriodClosed.
    """
    require(actor, Act.RECONCILE)
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    await tx.execute(select(col(Contract.id)).where(col(Contract.id) == contract_id).with_for_update(key_share=True))
    line = await tx.one_or_none(_line(line_id).with_for_update())
    if line is None:
        raise NotFound("there is no such line of a bank statement", field="bankStatementLineId")
    if line.status != "UNMATCHED":
        raise LineMatched("the line is matched or set aside already", field="bankStatementLineId")
    if line.amount_minor <= 0:
        raise InvalidInput("the line is money that left: only what arrived pays", field="bankStatementLineId")
    statement = await tx.one(_statement(line.statement_id))
    key = await record_payment(
        tx,
        actor=actor,
        contract_id=contract_id,
        invoice_id=invoice_id,
        seen=_seen(statement, line),
        reason=reason,
        now=now,
    )
    tx.events.clear()
    matched = {"contract_id": contract_id, "invoice_id": invoice_id, "payment_id": key.id}
    await _change(tx, line_id, **matched, **_matched("HAND", reason, now))
    told = {name: str(value) for name, value in matched.items()}
    tx.emit(Event("BANK_LINE_MATCHED", line_id, after=told | {"amountMinor": line.amount_minor}, reason=reason))
    return line_id


async def _book(tx: Transaction, line: Row[Any], proposal: Any, *, now: datetime) -> bool:  # noqa: ANN401  (a record)
    payment_id = proposal["payment_id"]
    known = {name: proposal[name] for name in ("payment_id", "payout_id", "refund_id", "settlement_id")}
    if not any(known.values()):
        statement = await tx.one(_statement(line.statement_id))
        try:
            async with tx.connection.begin_nested():
                key = await record_payment(
                    tx,
                    actor=_importer(statement),
                    contract_id=proposal["contract_id"],
                    invoice_id=proposal["invoice_id"],
                    seen=_seen(statement, line),
                    reason=f"Bank statement {statement.number}, line {line.position}: {proposal['proposal']}",
                    now=now,
                )
        except DomainError as refused:
            why = f"{proposal['proposal']}, but it cannot be booked: {refused.message}"
            await _change(tx, line.id, **_about(proposal), trouble="AMBIGUOUS_BANK_LINE", proposal=why)
            return True
        payment_id = key.id
    found = known | {"payment_id": payment_id}
    await _change(
        tx, line.id, **_about(proposal), **found, **_matched(proposal["matched_by"], proposal["proposal"], now)
    )
    if any(known.values()):
        told = {name: str(value) for name, value in found.items() if value}
        tx.emit(Event("BANK_LINE_MATCHED", line.id, after=told, reason=proposal["proposal"]))
    return True


def _importer(statement: Row[Any]) -> Actor:
    """Whoever imported the statement, as they were then: what follows exactly from it is booked in their name."""
    by = {
        name: getattr(statement, f"imported_by_{name}")
        for name in ("organization_id", "member_id", "name", "email", "organization_name")
    }
    return Actor("OPERATOR", **by, roles=frozenset({"BILLING_ADMIN"}))


def _seen(statement: Row[Any], line: Row[Any]) -> Seen:
    return Seen(
        amount=Decimal(line.amount_minor).scaleb(-currency_digits(line.currency_code)),
        currency_code=line.currency_code,
        means=Means.BANK_TRANSFER,
        received_on=line.booked_on,
        reference=f"{statement.number}/{line.position}",
    )


def _matched(by: str, reason: str, now: datetime) -> dict[str, object]:
    return {"status": "MATCHED", "trouble": None, "matched_by": by, "match_reason": reason, "matched_at": now}


def _about(proposal: Any) -> dict[str, object]:  # noqa: ANN401  (a record)
    return {"contract_id": proposal["contract_id"], "invoice_id": proposal["invoice_id"]}


def _line(line_id: UUID) -> Any:  # noqa: ANN401  (a SELECT of all columns)
    return select(*BankStatementLine.__table__.c).where(col(BankStatementLine.id) == line_id)  # type: ignore[attr-defined]


def _statement(statement_id: UUID) -> Any:  # noqa: ANN401
    return select(*BankStatement.__table__.c).where(col(BankStatement.id) == statement_id)  # type: ignore[attr-defined]


async def _change(tx: Transaction, line_id: UUID, **values: object) -> None:
    await tx.execute(update(BankStatementLine).where(col(BankStatementLine.id) == line_id).values(**values))
