"""What a part of a bill takes with it: its share of what is left each time, so that the last part leaves nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.money import round_half_even


def share(rest_minor: int, part: Decimal | int, whole: Decimal | int) -> int:
    """The share of `rest_minor` that goes with `part` of `whole`, half-even; all of it goes with the whole.

    Taken again and again of what is left, until nothing of `whole` is, the shares sum to `rest_minor` exactly.
    """
    if part == whole:
        return rest_minor
    return int(round_half_even(Decimal(rest_minor) * part / whole))


def tax_on(taxable_minor: int, rate_percent: Decimal) -> int:
    """Tax of a category in minor units, half-up: taxable amount x rate (EN 16931 BT-117 = BT-116 x BT-119 / 100)."""
    tax = Decimal(taxable_minor) * rate_percent / 100
    return int(tax.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def tax_credited(*, left_tax_minor: int, left_minor: int, credited_minor: int, rate_percent: Decimal) -> int:
    """The tax that a credit takes off: what is left is taxed as if it had been billed so, and nothing is taxed at zero.

    `left_tax_minor` and `left_minor` are the tax and the taxable amount of the category that stand before it.
    """
    after = left_minor - credited_minor
    if not credited_minor:
        return 0
    return max(0, left_tax_minor - tax_on(after, rate_percent)) if after else left_tax_minor
