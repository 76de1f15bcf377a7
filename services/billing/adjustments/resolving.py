"""Resolving a dispute: what is upheld is credited in the same transaction, the rest is owed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from core.errors import InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey
from core.money import from_minor, to_minor
from services.billing.adjustments.crediting import credit
from services.billing.adjustments.disputing import LONGEST_WORDS, end_dispute
from services.billing.adjustments.models import InvoiceDisputeLine
from services.billing.adjustments.reasons import LONGEST_REASON, Why, checked_words
from services.billing.adjustments.splitting import CreditedLine
from services.billing.adjustments.standing import owed_invoice
from services.billing.invoices.claiming import lock_lines
from services.contracts.granted import contract_for, key_of
from services.delivery.evidence import NamedTwice
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


@dataclass(frozen=True, slots=True)
class UpheldLine:
    """How much of a disputed line is credited: an amount net of tax in its currency, None for all that is disputed.

    With `frees_sources`, which takes the whole line, what it bills can be billed again.
    """

    invoice_line_id: UUID
    amount: Decimal | None = None
    frees_sources: bool = False


async def resolve_dispute(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    dispute_id: UUID,
    upheld: Sequence[UpheldLine],
    resolution: str,
    now: datetime,
) -> RowKey:
    """Decide an open dispute: UPHELD, PARTLY_UPHELD, or REJECTED when no line is upheld; returns its key.

    What is upheld is credited by a credit note of its own. Refuses with Forbidden, NotFound, TextBlank or TextTooLong
    (the resolution), DisputeNotOpen, NamedTwice, InvalidInput (more is upheld than disputed, or nothing), and with
    what a credit note is refused for.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RESOLVE_DISPUTE, contract_id=contract_id, field="disputeId", lock=True
    )
    resolution = checked_words(resolution, field="resolution", longest=LONGEST_WORDS)
    await lock_lines(tx, contract_id=contract_id)
    disputed = await _disputed(tx, contract_id, dispute_id)
    code = contract.currency_code
    amounts = _amounts(upheld, disputed, code)
    status = "REJECTED" if not amounts else "UPHELD" if amounts == disputed else "PARTLY_UPHELD"
    dispute = await end_dispute(
        tx,
        actor=actor,
        contract_id=contract_id,
        dispute_id=dispute_id,
        status=status,
        words=resolution,
        now=now,
        upheld=amounts,
    )
    note = None
    if amounts:
        note = await credit(
            tx,
            contract,
            await owed_invoice(tx, contract_id, dispute.invoice_id, field="disputeId"),
            lines=[
                CreditedLine(
                    line.invoice_line_id, None, from_minor(amounts[line.invoice_line_id], code), line.frees_sources
                )
                for line in upheld
            ],
            why=Why("DISPUTE_UPHELD", resolution[:LONGEST_REASON]),
            actor=actor,
            now=now,
            dispute_id=dispute_id,
            field="upheld",
        )
    tx.emit(
        Event(
            "INVOICE_DISPUTE_RESOLVED",
            object_id=dispute_id,
            contract=key_of(contract),
            before={"status": "OPEN", "disputed_minor": dispute.disputed_minor},
            after={"status": status, "upheld_minor": dispute.upheld_minor, "credit_note": note.told if note else None},
            reason=resolution,
        )
    )
    return RowKey(contract_id, dispute_id)


async def _disputed(tx: Transaction, contract_id: UUID, dispute_id: UUID) -> dict[UUID, int]:
    rows: Sequence[Row[Any]] = await tx.all(
        select(col(InvoiceDisputeLine.invoice_line_id), col(InvoiceDisputeLine.amount_minor)).where(
            col(InvoiceDisputeLine.contract_id) == contract_id, col(InvoiceDisputeLine.dispute_id) == dispute_id
        )
    )
    if not rows:
        raise NotFound("there is no such dispute", field="disputeId")
    return {row.invoice_line_id: row.amount_minor for row in rows}


def _amounts(upheld: Sequence[UpheldLine], disputed: Mapping[UUID, int], currency_code: str) -> dict[UUID, int]:
    """How much of each line is upheld, in minor units; refuses with NotFound, NamedTwice or InvalidInput."""
    amounts: dict[UUID, int] = {}
    for at, line in enumerate(upheld):
        of_line = disputed.get(line.invoice_line_id)
        if of_line is None:
            raise NotFound("the dispute names no such line", field=f"upheld.{at}.invoiceLineId")
        if line.invoice_line_id in amounts:
            raise NamedTwice("this line is named twice; once would be right", field=f"upheld.{at}.invoiceLineId")
        field = f"upheld.{at}.amount"
        amount_minor = of_line if line.amount is None else to_minor(line.amount, currency_code, field=field)
        if not 0 < amount_minor <= of_line:
            most = f"{from_minor(of_line, currency_code)} {currency_code}"
            raise InvalidInput(f"{most} are disputed; at most that would be right, and more than zero", field=field)
        amounts[line.invoice_line_id] = amount_minor
    return amounts
