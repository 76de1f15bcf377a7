"""The waterfall: from list price to what is billed, and from price to vendor margin."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from api.charts.drawing import Figures, box, path, sheet, text

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 1240, 420
TOP, BOTTOM = 130.0, 326.0
BAR, STEP = 92.0, 114.0
LEFT, RIGHT = 44.0, 654.0

WHY_CLOSED = {
    "PRICE_ONLY": "The tier of the contract opens nothing beyond the price.",
    "WITHHELD_FROM_ROLE": "Your role does not read cost.",
}
VERDICTS = {"BELOW": "below the floor", "WITHIN": "within the band", "ABOVE": "above the ceiling"}
BASES = {"STANDARD": "standard cost", "ACTUAL": "actual cost", "MIXED": "partly actual cost"}


@dataclass(frozen=True, slots=True)
class Step:
    """A bar: from one level to another, with what stands above and below it."""

    name: str
    start: int
    end: int
    look: str
    sign: str = ""
    note: str = ""


def waterfall(book: Any, prices: Any, *, title: str, subtitle: str, figures: Figures) -> str:
    """Draw what the reader may see: the whole book, the price and its band, or the price and why there is no more."""
    left = [
        Step("List price", 0, prices.list_price_minor, "list", note="by the rate card"),
        Step("Contracted", 0, prices.contracted_minor, "price", note=_discount(prices, figures)),
        Step("Accepted", 0, prices.accepted_minor, "price"),
        Step("Credits", prices.billed_minor, prices.invoiced_minor, "cost", "−", "by credit notes"),  # noqa: RUF001
        Step("Billed", 0, prices.billed_minor, "price", "=", "invoiced − credits"),  # noqa: RUF001
    ]
    body = [text(LEFT, 92, "FROM LIST PRICE TO BILLED", "panel"), *_panel(LEFT, left, figures)]
    body.append(path(f"M{RIGHT - 28} 80V380", "rule"))
    body.append(text(RIGHT, 92, "FROM PRICE TO VENDOR MARGIN", "panel"))
    price = Step("Price", 0, book.price_minor, "price", note="net of tax")
    if book.disclosure == "FULL":
        body += _panel(RIGHT, _opened(book, price, figures), figures)
        told = (
            f"Price {figures.amount(book.price_minor)}, less {BASES[book.cost_basis]} "
            f"{figures.amount(book.cost_minor)}, is a gross margin of {figures.amount(book.gross_margin_minor)}; less "
            f"the platform fee of {figures.amount(book.platform_fee_minor)} it is a vendor margin of "
            f"{figures.amount(book.vendor_margin_minor)}"
        )
    else:
        body += _panel(RIGHT, [price], figures)
        words = _band(book, figures) if book.disclosure == "BAND_ONLY" else [WHY_CLOSED[book.disclosure]]
        body.append(box(RIGHT + STEP, TOP, STEP * 4 - 20, BOTTOM - TOP, "closed"))
        middle = RIGHT + STEP * 3 - 10
        body += [
            text(middle, (TOP + BOTTOM) / 2 - 6 + 20 * at, line, "note" if at else "name")
            for at, line in enumerate(["Cost is not open to you", *words])
        ]
        told = f"Price {figures.amount(book.price_minor)}. Cost is not open to you. {' '.join(words)}"
    told += (
        f" {figures.currency_code}. List price {figures.amount(prices.list_price_minor)}, contracted "
        f"{figures.amount(prices.contracted_minor)}, accepted {figures.amount(prices.accepted_minor)}, credits "
        f"{figures.amount(prices.credits_minor)}, billed {figures.amount(prices.billed_minor)}."
    )
    return sheet(WIDTH, HEIGHT, title=title, subtitle=subtitle, told=told, body=body)


def _opened(book: Any, price: Step, figures: Figures) -> list[Step]:
    gross, margin = book.gross_margin_minor, book.vendor_margin_minor
    earned = "margin" if margin >= 0 else "cost"

    def of_price(percent: Decimal | None) -> str:
        return "" if percent is None else f"{figures.percent(Decimal(percent))} of price"

    return [
        price,
        Step("Cost", gross, book.price_minor, "cost", "−", BASES[book.cost_basis]),  # noqa: RUF001
        Step("Gross margin", 0, gross, "gross" if gross >= 0 else "cost", "=", of_price(book.gross_margin_percent)),
        Step("Platform fee", margin, gross, "fee", "−", "for the operator"),  # noqa: RUF001
        Step("Vendor margin", 0, margin, earned, "=", of_price(book.vendor_margin_percent)),
    ]


def _panel(x: float, steps: Sequence[Step], figures: Figures) -> list[str]:
    """Bars from left to right, tied by dotted lines at the level that the next begins from."""
    highest = max(0, *(max(step.start, step.end) for step in steps)) or 1
    lowest = min(0, *(min(step.start, step.end) for step in steps))

    def level(minor: int) -> float:
        return BOTTOM - (minor - lowest) / (highest - lowest) * (BOTTOM - TOP)

    drawn = [path(f"M{x - 8:.1f} {level(0):.1f}H{x + STEP * len(steps) - 12:.1f}", "rule")]
    for at, step in enumerate(steps):
        left, middle = x + STEP * at, x + STEP * at + BAR / 2
        upper, lower = level(max(step.start, step.end)), level(min(step.start, step.end))
        amount = step.end - step.start
        if amount:
            drawn.append(box(left, upper, BAR, lower - upper, step.look))
        sign = f"{step.sign} " if step.sign else ""
        drawn.append(text(middle, upper - 9, sign + figures.amount(amount), "amount"))
        drawn.append(text(middle, 352, step.name, "name"))
        drawn.append(text(middle, 371, step.note, "note"))
        if at + 1 < len(steps) and steps[at + 1].sign:
            joint = level(steps[at + 1].end if steps[at + 1].start else step.start or step.end)
            drawn.append(path(f"M{left + BAR + 3:.1f} {joint:.1f}h{STEP - BAR - 6:.1f}", "link"))
    return drawn


def _discount(prices: Any, figures: Figures) -> str:
    less = prices.list_price_minor - prices.contracted_minor
    if not less or not prices.list_price_minor:
        return "at list price"
    share = figures.percent(Decimal(abs(less)) * 100 / prices.list_price_minor)
    return f"{share} {'off' if less > 0 else 'above'} list"


def _band(book: Any, figures: Figures) -> list[str]:
    if book.margin_floor_percent is None:
        return ["No margin band is agreed."]
    floor, ceiling = figures.percent(book.margin_floor_percent), figures.percent(book.margin_ceiling_percent)
    where = f"The gross margin lies {VERDICTS[book.verdict]}." if book.verdict else "Nothing is charged yet."
    return [f"The agreed band is {floor} to {ceiling} of the price.", where]
