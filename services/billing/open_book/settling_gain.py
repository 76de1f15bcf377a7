"""Settling what was shared, by the documents that exist: credit notes for a gain, a debit note for a pain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from core.errors import DomainError
from core.money import from_minor
from services.billing.adjustments.crediting import credit
from services.billing.adjustments.debiting import DebitedLine, debit
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.splitting import CreditedLine
from services.billing.adjustments.standing import standing_lines
from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import OWED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.days import Period
    from services.contracts.models import Contract


class GainNotCreditable(DomainError):
    """The invoices of the period leave too little to credit: they are disputed, credited, or not issued yet."""


class NoInvoiceToDebit(DomainError):
    """No invoice of the period stands that bills a line which takes part; a pain is charged on one."""


async def settle_gain(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    minor: int,
    *,
    period: Period,
    line_ids: Collection[UUID],
    gainshare_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> list[str]:
    """Credit so many minor units on invoices of the period, in the order of their issue; returns the notes' numbers.

    Of each line that takes part as much as stands and is not disputed, as a concession on the price. Refuses with
    GainNotCreditable. Contract and lines are locked by the caller.
    """
    numbers, left = [], minor
    for invoice in await _invoices(tx, contract.id, period):
        lines = []
        for line in await standing_lines(tx, contract.id, invoice.id):
            part = min(left, line.amount_minor - line.disputed_minor)
            if part > 0 and line.contract_line_id in line_ids:
                lines.append(CreditedLine(line.id, amount=from_minor(part, line.currency_code)))
                left -= part
        if lines:
            why = Why("CONCESSION", reason)
            note = await credit(
                tx, contract, invoice, lines=lines, why=why, actor=actor, now=now, gainshare_id=gainshare_id
            )
            numbers.append(note.told["number"])
        if not left:
            return numbers
    raise GainNotCreditable("issue what was done in the period, and resolve its disputes, before", field="period")


async def settle_pain(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    minor: int,
    *,
    period: Period,
    line_ids: Collection[UUID],
    reason: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Debit so many minor units for the first line that takes part of an invoice of the period; returns the note's id.

    Refuses with NoInvoiceToDebit. Contract and lines are locked by the caller.
    """
    for invoice in await _invoices(tx, contract.id, period):
        for line in await standing_lines(tx, contract.id, invoice.id):
            if line.contract_line_id in line_ids:
                words = f"Share of the cost beyond target, {period.starts_on} to {period.ends_on}"
                debited = DebitedLine(line.id, from_minor(minor, line.currency_code), words)
                key = await debit(
                    tx, contract, invoice.id, lines=[debited], reason=reason, actor=actor, now=now, tell=False
                )
                return key.id
    raise NoInvoiceToDebit("issue an invoice of the period before", field="period")


async def _invoices(tx: Transaction, contract_id: UUID, period: Period) -> Sequence[Row[Any]]:
    """The invoices that stand and have days of the period, the first issued first; no debit notes."""
    return await tx.all(
        select(*Invoice.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
        .where(
            col(Invoice.contract_id) == contract_id,
            col(Invoice.status).in_(OWED),
            col(Invoice.kind) != "DEBIT_NOTE",
            col(Invoice.period_starts_on) <= period.ends_on,
            col(Invoice.period_ends_on) >= period.starts_on,
        )
        .order_by(col(Invoice.issued_at), col(Invoice.id))
    )
