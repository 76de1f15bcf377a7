"""Issuing an invoice: what was accepted or has recurred becomes a numbered bill, with its journal entry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.invoices.billable import billable_lines
from services.billing.invoices.claiming import claim, lock_lines
from services.billing.invoices.models import Invoice, InvoiceCounter
from services.billing.ledger import journal
from services.contracts.days import today_in
from services.contracts.granted import contract_for, key_of
from services.identity.models import Organization
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract


class NothingToBill(DomainError):
    """Nothing of value was accepted or has recurred by the period's end that is not on an invoice already."""


class PeriodNotOver(DomainError):
    """The period's last day lies in the future, in the association's time zone; bill what is done until today."""


class ContractNotInForce(DomainError):
    """The contract was never signed by both parties, so nothing is owed under it."""


async def issue_invoice(
    tx: Transaction, *, actor: Actor, contract_id: UUID, starts_on: date, ends_on: date, now: datetime
) -> RowKey:
    """Bill a contract for a period of whole days; returns the invoice's key.

    It takes what was performed by the period's last day and is on no invoice yet, all of it accepted; what is older
    than the first day is marked late. Refuses with Forbidden, InvalidInput (a period that ends before it starts),
    PeriodNotOver, ContractNotInForce, NothingToBill or AlreadyBilled.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ISSUE_INVOICE, contract_id=contract_id, lock=True)
    issued_on = today_in(contract.time_zone, now)
    _require_billable(contract, starts_on, ends_on, issued_on)
    await lock_lines(tx, contract_id=contract_id)
    line = billable_lines(contract_id, starts_on, ends_on).subquery("line")
    bill = await tx.one(
        select(
            func.coalesce(func.sum(line.c.amount_minor), 0).label("amount_minor"),
            func.coalesce(func.sum(line.c.platform_fee_minor), 0).label("platform_fee_minor"),
        )
    )
    subtotal_minor, platform_fee_minor = int(bill.amount_minor), int(bill.platform_fee_minor)
    if subtotal_minor == 0:
        raise NothingToBill(f"nothing done by {ends_on} is accepted and not yet billed", field="period")
    number = await _next_number(tx, vendor_id=contract.vendor_id, year=issued_on.year)
    invoice = {
        **key_of(contract).columns,
        **await _parties(tx, contract=contract, operator_id=actor.organization_id),
        **actor.signed("issued_by"),
        "id": new_id(),
        "number": f"{issued_on.year}-{number:06d}",
        "year": issued_on.year,
        "year_number": number,
        "status": "ISSUED",
        "period_starts_on": starts_on,
        "period_ends_on": ends_on,
        "issued_at": now,
        "issued_on": issued_on,
        "due_on": issued_on + timedelta(days=contract.payment_terms_days),
        "currency_code": contract.currency_code,
        "purchase_order_number": contract.purchase_order_number,
        "subtotal_minor": subtotal_minor,
        "tax_total_minor": 0,
        "amount_due_minor": subtotal_minor,
        "platform_fee_percent": contract.platform_fee_percent,
    }
    await tx.execute(insert(Invoice).values(**invoice))
    invoice_id: UUID = invoice["id"]
    await claim(tx, contract_id=contract_id, invoice_id=invoice_id, starts_on=starts_on, ends_on=ends_on)
    sides = journal.invoice_sides(
        total_minor=subtotal_minor, platform_fee_minor=platform_fee_minor, currency_code=contract.currency_code
    )
    entry = journal.Entry("INVOICE_ISSUED", invoice_id, effective_at=now, sides=sides)
    await journal.post(tx, key_of(contract), entry, now=now)
    told = ("number", "status", "period_starts_on", "period_ends_on", "issued_on", "currency_code", "subtotal_minor")
    after = {name: str(invoice[name]) for name in told}
    tx.emit(Event("INVOICE_ISSUED", object_id=invoice_id, contract=key_of(contract), after=after))
    return RowKey(contract_id, invoice_id)


def _require_billable(contract: Row[tuple[Contract]], starts_on: date, ends_on: date, today_there: date) -> None:
    if contract.activated_at is None:
        raise ContractNotInForce("the contract was never signed by both parties", field="contractId")
    if ends_on < starts_on:
        raise InvalidInput(f"the period ends on {ends_on}, before it starts on {starts_on}", field="period.endsOn")
    if ends_on > today_there:
        raise PeriodNotOver(f"the period must end by today, {today_there}, to be billed", field="period.endsOn")


async def _next_number(tx: Transaction, *, vendor_id: UUID, year: int) -> int:
    """Take the vendor's next number; others wait until it is committed or given back, so none is skipped."""
    counter = upsert(InvoiceCounter).values(vendor_id=vendor_id, year=year, last_number=1)
    number: int = await tx.scalar(
        counter.on_conflict_do_update(
            index_elements=["vendor_id", "year"], set_={"last_number": col(InvoiceCounter.last_number) + 1}
        ).returning(col(InvoiceCounter.last_number))
    )
    return number


async def _parties(tx: Transaction, *, contract: Row[tuple[Contract]], operator_id: UUID) -> dict[str, str]:
    """Name and country of who sells, buys and issues, as they are today."""
    organizations = {"seller": contract.vendor_id, "buyer": contract.association_id, "issuer": operator_id}
    rows = await tx.all(
        select(col(Organization.id), col(Organization.name), col(Organization.country_code)).where(
            col(Organization.id).in_(organizations.values())
        )
    )
    by_id = {row.id: row for row in rows}
    return {
        f"{party}_{column}": getattr(by_id[organization_id], column)
        for party, organization_id in organizations.items()
        for column in ("name", "country_code")
    }
