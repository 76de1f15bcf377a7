"""Disputing lines of an invoice: what is disputed is not collected until that is resolved, the rest stays due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from core.money import from_minor, to_minor
from services.billing.adjustments.models import InvoiceDispute, InvoiceDisputeEvidence, InvoiceDisputeLine
from services.billing.adjustments.reasons import checked_words
from services.billing.adjustments.shares import tax_on
from services.billing.adjustments.splitting import LineDisputed, MoreThanBilled
from services.billing.adjustments.standing import owed_invoice
from services.billing.invoices.models import InvoiceLine
from services.contracts.granted import contract_for, key_of
from services.delivery.evidence import NamedTwice
from services.delivery.models import Evidence
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey

LONGEST_WORDS: Final = 4000


class NothingDisputed(DomainError):
    """A dispute names at least one line, and an amount above zero of each."""


class DisputeNotOpen(DomainError):
    """The dispute was withdrawn or resolved before."""


@dataclass(frozen=True, slots=True)
class DisputedLine:
    """What is disputed of a line: an amount net of tax in its currency, None for all that stands of it; and why."""

    invoice_line_id: UUID
    amount: Decimal | None
    reason_code: str
    words: str


async def dispute_invoice(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    lines: Sequence[DisputedLine],
    words: str,
    evidence_ids: Sequence[UUID],
    now: datetime,
) -> RowKey:
    """Object to lines of an issued invoice; returns the dispute's key.

    Only what is disputed is held, with its tax: it counts as `disputed_minor` of line and invoice, which whoever
    collects leaves out of what is due. What was paid may be disputed too. Refuses with Forbidden, NotFound, TextBlank
    or TextTooLong (the words), InvoiceNotOwed, NothingDisputed, NamedTwice, InvalidAmount, LineDisputed or
    MoreThanBilled.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.DISPUTE_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    words = checked_words(words, field="words", longest=LONGEST_WORDS)
    invoice = await owed_invoice(tx, contract_id, invoice_id)
    of_invoice = {**key_of(contract).columns, "invoice_id": invoice_id, "currency_code": invoice.currency_code}
    rows = [
        {**of_invoice, **row, "id": new_id(), "position": at}
        for at, row in enumerate(_disputed(lines, await _billed(tx, contract_id, invoice_id)), start=1)
    ]
    dispute = {
        **of_invoice,
        **actor.signed("opened_by"),
        "id": new_id(),
        "status": "OPEN",
        "words": words,
        "disputed_minor": sum(row["amount_minor"] + row["tax_minor"] for row in rows),
        "opened_at": now,
    }
    await tx.execute(insert(InvoiceDispute).values(**dispute))
    await tx.execute(
        insert(InvoiceDisputeLine),
        [{**row, "dispute_id": dispute["id"]} for row in rows],
        refusing={
            "one_open_dispute_of_a_line": LineDisputed("a line that is named is disputed already", field="lines"),
            "credited_within_billed": MoreThanBilled("more is disputed of a line than stands of it", field="lines"),
        },
    )
    await _keep_evidence(tx, key_of(contract), dispute["id"], evidence_ids)
    tx.emit(
        Event(
            "INVOICE_DISPUTED",
            object_id=dispute["id"],
            contract=key_of(contract),
            after={"invoice": invoice.number, "status": "OPEN", "disputed_minor": dispute["disputed_minor"]},
            reason=words,
        )
    )
    return RowKey(contract_id, dispute["id"])


async def withdraw_dispute(
    tx: Transaction, *, actor: Actor, contract_id: UUID, dispute_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Take an open dispute back: nothing is held for it any more; returns its key.

    Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the reason), or DisputeNotOpen.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.DISPUTE_INVOICE, contract_id=contract_id, field="disputeId", lock=True
    )
    reason = checked_words(reason)
    dispute = await end_dispute(
        tx, actor=actor, contract_id=contract_id, dispute_id=dispute_id, status="WITHDRAWN", words=reason, now=now
    )
    tx.emit(
        Event(
            "INVOICE_DISPUTE_WITHDRAWN",
            object_id=dispute_id,
            contract=key_of(contract),
            before={"status": "OPEN", "disputed_minor": dispute.disputed_minor},
            after={"status": "WITHDRAWN"},
            reason=reason,
        )
    )
    return RowKey(contract_id, dispute_id)


async def end_dispute(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    dispute_id: UUID,
    status: str,
    words: str,
    now: datetime,
    upheld: Mapping[UUID, int] | None = None,
) -> Row[Any]:
    """Close an open dispute and let go what it held; `upheld` says how much of each line, in minor units net of tax.

    Returns its row. Refuses with NotFound or DisputeNotOpen. The contract's row is locked by the caller.
    """
    this = (col(InvoiceDispute.contract_id) == contract_id, col(InvoiceDispute.id) == dispute_id)
    ended = await tx.one_or_none(
        update(InvoiceDispute)
        .where(*this, col(InvoiceDispute.status) == "OPEN")
        .values(
            status=status,
            upheld_minor=sum((upheld or {}).values()),
            resolved_at=now,
            resolution=words,
            **actor.signed("resolved_by"),
        )
        .returning(*InvoiceDispute.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
    )
    if ended is None:
        found = await tx.scalar(select(col(InvoiceDispute.status)).where(*this))
        if found is None:
            raise NotFound("there is no such dispute", field="disputeId")
        raise DisputeNotOpen(f"the dispute is {found}; an open one would be right", field="disputeId")
    of_dispute = (col(InvoiceDisputeLine.contract_id) == contract_id, col(InvoiceDisputeLine.dispute_id) == dispute_id)
    for line_id, upheld_minor in sorted((upheld or {}).items()):
        await tx.execute(
            update(InvoiceDisputeLine)
            .where(*of_dispute, col(InvoiceDisputeLine.invoice_line_id) == line_id)
            .values(upheld_minor=upheld_minor)
        )
    await tx.execute(update(InvoiceDisputeLine).where(*of_dispute).values(resolved_at=now))
    return ended


async def _billed(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> dict[UUID, Row[Any]]:
    rows = await tx.all(
        select(*InvoiceLine.__table__.c).where(  # type: ignore[attr-defined]
            col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.invoice_id) == invoice_id
        )
    )
    return {row.id: row for row in rows}


def _disputed(lines: Sequence[DisputedLine], billed: Mapping[UUID, Row[Any]]) -> list[dict[str, Any]]:
    """The rows of what is disputed, checked against what stands of each line."""
    if not lines:
        raise NothingDisputed("name at least one line", field="lines")
    rows: dict[UUID, dict[str, Any]] = {}
    for at, disputed in enumerate(lines):
        path = f"lines.{at}"
        line = billed.get(disputed.invoice_line_id)
        if line is None:
            raise NotFound("the invoice has no such line", field=f"{path}.invoiceLineId")
        if line.id in rows:
            raise NamedTwice("this line is named twice; once would be right", field=f"{path}.invoiceLineId")
        if line.disputed_minor:
            raise LineDisputed(f"line {line.position} is disputed already", field=f"{path}.invoiceLineId")
        stands = line.amount_minor - line.credited_minor
        code, field = line.currency_code, f"{path}.amount"
        amount_minor = stands if disputed.amount is None else to_minor(disputed.amount, code, field=field)
        if not amount_minor:
            raise NothingDisputed("an amount above zero would be right", field=field)
        if amount_minor > stands:
            message = f"{from_minor(stands, code)} {code} stand of line {line.position}; at most that would be right"
            raise MoreThanBilled(message, field=field)
        rows[line.id] = {
            "invoice_line_id": line.id,
            "reason_code": disputed.reason_code,
            "words": checked_words(disputed.words, field=f"{path}.words"),
            "amount_minor": amount_minor,
            "tax_minor": tax_on(amount_minor, line.tax_rate_percent),
        }
    return list(rows.values())


async def _keep_evidence(
    tx: Transaction, contract: ContractKey, dispute_id: UUID, evidence_ids: Sequence[UUID]
) -> None:
    """Name the contract's files that show it; refuses with NotFound or NamedTwice."""
    if not evidence_ids:
        return
    if len(set(evidence_ids)) < len(evidence_ids):
        raise NamedTwice("a file is named twice; once would be right", field="evidenceIds")
    found = await tx.scalar(
        select(func.count()).where(
            col(Evidence.contract_id) == contract.contract_id, col(Evidence.id).in_(evidence_ids)
        )
    )
    if found != len(evidence_ids):
        raise NotFound("there is no such file under this contract", field="evidenceIds")
    rows = [{**contract.columns, "dispute_id": dispute_id, "evidence_id": evidence_id} for evidence_id in evidence_ids]
    await tx.execute(insert(InvoiceDisputeEvidence), rows)
