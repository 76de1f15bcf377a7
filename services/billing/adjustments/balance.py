"""What the operator owes an association under a contract: paid too much, or credited after it was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from core.errors import DomainError
from core.money import from_minor
from services.billing.ledger.journal import Account
from services.billing.ledger.models import Posting

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Transaction


class CreditSpent(DomainError):
    """The association's credit under the contract is less than that: the rest was returned, or set against invoices."""


async def credit_balance(tx: Transaction, contract_id: UUID, currency_code: str) -> int:
    """The association's credit in minor units, as the journal has it; the contract's row is locked."""
    owed = await tx.scalar(
        select(func.coalesce(-func.sum(Posting.amount_minor), 0)).where(
            col(Posting.contract_id) == contract_id,
            col(Posting.account) == Account.ASSOCIATION_CREDIT,
            col(Posting.currency_code) == currency_code,
        )
    )
    return int(owed)


async def require_credit(tx: Transaction, contract_id: UUID, currency_code: str, minor: int, *, field: str) -> None:
    """Refuse with CreditSpent unless the association has so much credit left."""
    balance = await credit_balance(tx, contract_id, currency_code)
    if minor > balance:
        left, needed = from_minor(balance, currency_code), from_minor(minor, currency_code)
        message = f"the association's credit is {left} {currency_code}; {needed} are needed"
        raise CreditSpent(message, field=field)
