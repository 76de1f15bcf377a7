"""What a credit note takes of each line that it names, and what goes with that: tax, platform fee and cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import DomainError, NotFound
from core.money import from_minor, to_minor
from services.billing.adjustments.shares import share, tax_credited
from services.delivery.evidence import NamedTwice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from services.billing.adjustments.standing import Category, StandingLine


class MoreThanBilled(DomainError):
    """More would be credited or disputed of a line than was billed on it and not credited before."""


class LineDisputed(DomainError):
    """The part of the line that would be credited or disputed is disputed: resolve that dispute first."""


class NotTheWholeLine(DomainError):
    """What a line bills is freed with the whole line only, of which nothing was credited before."""


class NothingToCredit(DomainError):
    """Nothing would be credited: give a quantity or an amount above zero, or lines of which something stands."""


class QuantityOrAmount(DomainError):
    """Give either the quantity or the amount to credit, or neither: then all that stands of the line is credited."""


@dataclass(frozen=True, slots=True)
class CreditedLine:
    """What to credit of a line: a quantity in its unit, an amount net of tax in its currency, or all that stands.

    With `frees_sources` what the line bills can be billed again: it was billed wrongly, or on the wrong invoice.
    """

    invoice_line_id: UUID
    quantity: Decimal | None = None
    amount: Decimal | None = None
    frees_sources: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What is credited of a line, in minor units."""

    line: StandingLine
    quantity: Decimal
    amount_minor: int
    tax_minor: int
    platform_fee_minor: int
    cost_minor: int
    frees_sources: bool


def split(
    asked: Sequence[CreditedLine], lines: Sequence[StandingLine], tax: Mapping[Category, int], *, field: str = "lines"
) -> list[Part]:
    """The parts that credit what is asked; of every line, when nothing is asked in particular.

    A quantity takes its share of the price that stands, and of the cost; an amount is a concession on the price and
    leaves quantity and cost, which were delivered. All that stands of a line takes all of both. The platform fee
    follows the price, tax what stands of its category. Refuses with NotFound, NamedTwice, QuantityOrAmount,
    InvalidAmount, MoreThanBilled, LineDisputed, NotTheWholeLine or NothingToCredit.
    """
    by_id = {line.id: line for line in lines}
    left_tax = dict(tax)
    left: dict[Category, int] = {}
    for line in lines:
        left[line.tax_category] = left.get(line.tax_category, 0) + line.amount_minor
    parts = []
    for line, quantity, amount_minor, frees_sources in _asked(asked, by_id, field):
        category = line.tax_category
        tax_minor = tax_credited(
            left_tax_minor=left_tax[category],
            left_minor=left[category],
            credited_minor=amount_minor,
            rate_percent=category[1],
        )
        left_tax[category] -= tax_minor
        left[category] -= amount_minor
        parts.append(
            Part(
                line,
                quantity,
                amount_minor,
                tax_minor,
                share(line.platform_fee_minor, amount_minor, line.amount_minor),
                share(line.cost_minor, quantity, line.quantity),
                frees_sources,
            )
        )
    if not any(part.amount_minor for part in parts):
        raise NothingToCredit("nothing of value stands in what would be credited", field=field)
    return parts


def _asked(
    asked: Sequence[CreditedLine], by_id: Mapping[UUID, StandingLine], field: str
) -> Iterator[tuple[StandingLine, Decimal, int, bool]]:
    seen: set[UUID] = set()
    for at, one in enumerate(asked):
        path = f"{field}.{at}"
        line = by_id.get(one.invoice_line_id)
        if line is None:
            raise NotFound("the invoice has no such line", field=f"{path}.invoiceLineId")
        if line.id in seen:
            raise NamedTwice("this line is named twice; once would be right", field=f"{path}.invoiceLineId")
        seen.add(line.id)
        quantity, amount_minor = _taken(line, one, path)
        if one.frees_sources and not (line.untouched and quantity == line.quantity):
            raise NotTheWholeLine(
                f"line {line.position} was credited before, or would be in part; free nothing, or credit all at once",
                field=f"{path}.freesSources",
            )
        yield line, quantity, amount_minor, one.frees_sources


def _taken(line: StandingLine, one: CreditedLine, path: str) -> tuple[Decimal, int]:
    """The quantity and the amount that are credited of a line."""
    if one.quantity is not None and one.amount is not None:
        raise QuantityOrAmount("a quantity and an amount were given; one of them would be right", field=path)
    if one.amount is not None:
        field = f"{path}.amount"
        amount_minor = to_minor(one.amount, line.currency_code, field=field)
        if not amount_minor:
            raise NothingToCredit("an amount above zero would be right", field=field)
        _require(line, amount_minor, field)
        return line.quantity if amount_minor == line.amount_minor else Decimal(0), amount_minor
    field = path if one.quantity is None else f"{path}.quantity"
    quantity = line.quantity if one.quantity is None else one.quantity
    if quantity <= 0:
        raise NothingToCredit(
            f"a quantity above zero and up to {line.quantity.normalize():f} would be right", field=field
        )
    if quantity > line.quantity:
        message = (
            f"{line.quantity.normalize():f} {line.unit} stand of line {line.position}, not {quantity.normalize():f}"
        )
        raise MoreThanBilled(message, field=field)
    amount_minor = share(line.amount_minor, quantity, line.quantity)
    _require(line, amount_minor, field)
    return quantity, amount_minor


def _require(line: StandingLine, amount_minor: int, field: str) -> None:
    """Refuse more than stands of a line, or than stands and is not disputed."""
    code = line.currency_code
    free = line.amount_minor - line.disputed_minor
    if amount_minor > line.amount_minor:
        stands = from_minor(line.amount_minor, code)
        raise MoreThanBilled(f"{stands} {code} stand of line {line.position}; at most that would be right", field=field)
    if amount_minor > free:
        disputed = f"{from_minor(line.disputed_minor, code)} {code} of line {line.position} are disputed"
        raise LineDisputed(f"{disputed}; at most {from_minor(free, code)} would be right", field=field)
