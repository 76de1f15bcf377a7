"""Terms of a contract's lines, put down as proposing leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.ids import new_id
from tests.billing.market import Agreement

ENTERED = datetime(2026, 3, 1, tzinfo=UTC)


async def price(agreement: Agreement, key: str, arrangement: str, **terms: object) -> None:
    """Say how a line is priced."""
    await agreement.market.insert(
        "contract_line_pricing",
        **agreement.market.key(agreement.id),
        line_id=agreement.lines[key],
        arrangement=arrangement,
        **terms,
    )


async def tier(agreement: Agreement, key: str, tiering: str, period: str, *tiers: tuple[str | None, str]) -> None:
    """Price units by tiers: their ends and the price of a unit in each."""
    anchor = None if period == "TERM" else "ANNIVERSARY"
    await price(agreement, key, "UNIT", tiering=tiering, tier_period=period, period_anchor=anchor)
    for position, (up_to, unit_price) in enumerate(tiers, start=1):
        await agreement.market.insert(
            "contract_line_tier",
            **agreement.market.key(agreement.id),
            line_id=agreement.lines[key],
            position=position,
            up_to=Decimal(up_to) if up_to else None,
            currency_code="USD",
            unit_price=Decimal(unit_price),
        )


async def plus(agreement: Agreement, key: str, arrangement: str, **terms: Any) -> None:  # noqa: ANN401  (columns)
    """Price a line by its cost."""
    await price(agreement, key, arrangement)
    await agreement.market.insert(
        "contract_line_cost_terms",
        **agreement.market.key(agreement.id),
        line_id=agreement.lines[key],
        arrangement=arrangement,
        currency_code="USD",
        salt=b"",
        commitment="",
        **terms,
    )


async def spend(
    agreement: Agreement, key: str, month: int, minor: int, *, category: str = "DIRECT", **columns: object
) -> None:
    """Enter what a line cost in a month of 2026."""
    ends_on = date(2026, month + 1, 1).toordinal() - 1 if month < 12 else date(2026, 12, 31).toordinal()
    given: dict[str, object] = {
        "period_starts_on": date(2026, month, 1),
        "period_ends_on": date.fromordinal(ends_on),
        "currency_code": "USD",
        "cost_minor": minor,
        "category": category,
        "description": "Salaries",
        "allowable": True,
        "status": "ENTERED",
        "reason": "Month's end",
        "entered_at": ENTERED,
        **columns,
    }
    await agreement.market.insert(
        "actual_cost",
        **agreement.market.key(agreement.id),
        id=new_id(),
        contract_line_id=agreement.lines[key],
        **given,
    )


async def commit(agreement: Agreement) -> None:
    """Put down the line that carries the contract's minimum commitment."""
    line_id = agreement.lines["minimum-commitment"] = new_id()
    key = agreement.market.key(agreement.id)
    await agreement.market.insert(
        "contract_line", **key, id=line_id, revision=1, position=99, key="minimum-commitment", title="Commitment",
        kind="MINIMUM_COMMITMENT", rate_version=1, unit="LUMP_SUM", currency_code="USD", quantity=Decimal(1),
        quantity_basis="MAXIMUM", unit_price=Decimal(0), value_minor=0, acceptance_criteria=[],
    )  # fmt: skip
    await agreement.market.insert(
        "contract_line_cost", **key, line_id=line_id, unit_cost=Decimal(0), salt=b"", commitment=""
    )
