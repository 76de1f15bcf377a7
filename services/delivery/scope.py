"""Whether work is within what was contracted: first come, first counted (docs/decisions/0010)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.money import currency_digits

if TYPE_CHECKING:
    from sqlalchemy import Row

    from services.contracts.models import ContractLine


def out_of_scope_reason(line: Row[tuple[ContractLine]], *, recorded: Decimal, quantity: Decimal) -> str | None:
    """Say why `quantity` more on a line that has `recorded` already is out of scope; None when it is in scope.

    The contracted quantity binds where its basis is MAXIMUM, and of a milestone; the not-to-exceed amount wherever
    there is one; each with what the association has said yes to since. Both may be reached, not passed. What is out of
    scope itself counts until it is voided.
    """
    total = recorded + quantity
    counts = "what is recorded counts until it is rejected or voided"
    contracted = line.quantity + line.extended_quantity
    if (line.kind == "MILESTONE" or line.quantity_basis == "MAXIMUM") and total > contracted:
        return f"{plain(quantity)} more makes {plain(total)} of {plain(contracted)} contracted; {counts}"
    limit = None if line.not_to_exceed_minor is None else line.not_to_exceed_minor + line.extended_minor
    # compared before any rounding: half a cent above the limit is above it
    if limit is not None and (value := (total * line.unit_price).scaleb(currency_digits(line.currency_code))) > limit:
        amounts = f"{_amount(value, line.currency_code)} of {_amount(limit, line.currency_code)} not to exceed"
        return f"{plain(quantity)} more makes {amounts}; {counts}"
    return None


def plain(number: Decimal) -> str:
    """A quantity without needless zeros."""
    return f"{number.normalize():f}"


def _amount(minor: Decimal | int, currency_code: str) -> str:
    digits = currency_digits(currency_code)
    return f"{currency_code} {Decimal(minor).scaleb(-digits):.{digits}f}"
