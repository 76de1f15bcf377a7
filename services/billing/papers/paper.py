"""An invoice or credit note as it goes on paper and into the e-invoice: what was frozen when it was issued.

What is paid, credited or disputed later is not on it, so that the same document has the same bytes for ever. No cost
and no margin is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True)
class Party:
    """A seller, a buyer, or who issues and collects."""

    id: str
    name: str
    country_code: str
    region_code: str | None = None
    tax_number: str | None = None


@dataclass(frozen=True)
class PaperLine:
    """A line: BG-25 of EN 16931."""

    contract_line: str
    """BT-128: the id of the contract line that it bills."""
    description: str
    unit: str
    quantity: Decimal
    unit_price: Decimal | None
    """None of a credit note, whose lines are amounts."""
    amount_minor: int
    tax_category_code: str
    tax_rate_percent: Decimal


@dataclass(frozen=True)
class PaperTax:
    """The tax of one category and rate: BG-23 of EN 16931."""

    category_code: str
    rate_percent: Decimal
    taxable_minor: int
    tax_minor: int
    reason_code: str | None
    reason: str | None


@dataclass(frozen=True)
class Paper:
    """The whole document; amounts in minor units of its currency."""

    id: str
    contract_id: UUID
    type_code: str
    """BT-3, UNTDID 1001: 380 invoice, 381 credit note, 383 debit note, 384 corrected invoice."""
    number: str
    issued_at: datetime
    issued_on: date
    due_on: date | None
    """None of a credit note."""
    currency_code: str
    starts_on: date
    ends_on: date
    contract: str
    """BT-12: the contract's id."""
    contract_title: str
    purchase_order_number: str | None
    preceding: tuple[str, date] | None
    """BT-25, BT-26: the invoice that this one credits, debits or corrects."""
    reason: str | None
    seller: Party
    buyer: Party
    issuer: Party
    lines: tuple[PaperLine, ...]
    taxes: tuple[PaperTax, ...]
    acceptances: tuple[str, ...]
    """Submissions whose acceptance is billed: the first hundred by id."""
    subtotal_minor: int
    tax_total_minor: int
    total_minor: int
    is_void: bool
