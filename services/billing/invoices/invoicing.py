"""Issuing an invoice: what was accepted or has recurred becomes a numbered bill, with its journal entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError, InvalidInput
from core.ids import RowKey
from services.billing.invoices.billable import many_contracts
from services.billing.invoices.claiming import claim, lock_lines
from services.billing.invoices.issuing import issue
from services.contracts.days import today_in
from services.contracts.granted import contract_for
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
    require_billable(contract, starts_on, ends_on, today_in(contract.time_zone, now))
    await lock_lines(tx, contract_id=contract_id)
    drafts = await claim(tx, many_contracts([contract_id], starts_on, ends_on))
    if not drafts:
        raise NothingToBill(f"nothing done by {ends_on} is accepted and not yet billed", field="period")
    key = RowKey(contract_id, drafts[0].id)
    await issue(tx, [key], signed=actor.signed("issued_by"), now=now)
    return key


def require_billable(contract: Row[tuple[Contract]], starts_on: date, ends_on: date, today_there: date) -> None:
    """Refuse with ContractNotInForce, InvalidInput or PeriodNotOver what cannot be billed for a period."""
    if contract.activated_at is None:
        raise ContractNotInForce("the contract was never signed by both parties", field="contractId")
    if ends_on < starts_on:
        raise InvalidInput(f"the period ends on {ends_on}, before it starts on {starts_on}", field="period.endsOn")
    if ends_on > today_there:
        raise PeriodNotOver(f"the period must end by today, {today_there}, to be billed", field="period.endsOn")
