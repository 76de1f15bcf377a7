"""The margin over time: month by month against the agreed band."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from api.charts.drawing import Figures, box, path, sheet, text
from api.charts.waterfall import VERDICTS, WHY_CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 1120, 420
LEFT, RIGHT, TOP, BOTTOM = 96.0, 960.0, 92.0, 292.0
STRIP_TOP, STRIP_BOTTOM = 312.0, 358.0
MOST_MONTHS = 36


def margin(book: Any, months: Sequence[Any], *, title: str, subtitle: str, figures: Figures) -> str:
    """Draw the months, the oldest first; to whom cost is not open the band and its verdict, or why there is none."""
    shown = [month for month in months if month.gross_margin_percent is not None][-MOST_MONTHS:]
    floor, ceiling = book.margin_floor_percent, book.margin_ceiling_percent
    values = [Decimal(0), *(m.gross_margin_percent for m in shown), *(m.vendor_margin_percent for m in shown)]
    values += [bound for bound in (floor, ceiling) if bound is not None]
    low, high = min(values), max(*values, Decimal(10))
    low, high = (low - 5 if low < 0 else low), high + (high - low) / 8

    def y(percent: Decimal) -> float:
        return BOTTOM - float((percent - low) / (high - low)) * (BOTTOM - TOP)

    body = [path(f"M{LEFT} {y(Decimal(0)):.1f}H{RIGHT}", "rule"), text(LEFT - 10, y(Decimal(0)) + 4, "0 %", "note end")]
    if floor is not None:
        body.append(box(LEFT, y(ceiling), RIGHT - LEFT, y(floor) - y(ceiling), "band"))
        for bound, name in ((ceiling, "ceiling"), (floor, "floor")):
            body.append(path(f"M{LEFT} {y(bound):.1f}H{RIGHT}", "bound"))
            body.append(text(LEFT - 10, y(bound) + 4, figures.percent(bound), "note end"))
            body.append(text(LEFT + 6, y(bound) - 6 if name == "ceiling" else y(bound) + 15, name, "note start"))
    if book.disclosure != "FULL" or not shown:
        words = _words(book)
        body.append(text((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2 + 4, words, "name"))
        return sheet(WIDTH, HEIGHT, title=title, subtitle=subtitle, told=words, body=body)
    step = (RIGHT - LEFT) / len(shown)
    xs = [LEFT + step * (at + 0.5) for at in range(len(shown))]
    body += _strip(shown, xs, step, figures)
    for name, look in (("vendor_margin_percent", "second"), ("gross_margin_percent", "line")):
        ys = [y(getattr(month, name)) for month in shown]
        body.append(path("M" + "L".join(f"{at:.1f} {up:.1f}" for at, up in zip(xs, ys, strict=True)), look))
    body += _labels(shown[-1], y, figures)
    for month, at in zip(shown, xs, strict=True):
        body.append(_mark(at, y(month.gross_margin_percent), month.gross_margin_percent, floor, ceiling))
    return sheet(WIDTH, HEIGHT, title=title, subtitle=subtitle, told=_told(shown, book, figures), body=body)


def _labels(last: Any, y: Callable[[Decimal], float], figures: Figures) -> list[str]:
    """What each line is, where it ends: far enough apart to be read, the gross margin never below the other."""
    gross, vendor = y(last.gross_margin_percent), y(last.vendor_margin_percent)
    apart = max(0.0, 34 - (vendor - gross)) / 2
    return [
        line
        for name, value, at in (
            ("Gross margin", last.gross_margin_percent, gross - apart),
            ("Vendor margin", last.vendor_margin_percent, vendor + apart),
        )
        for line in (
            text(RIGHT + 16, at, name, "name start"),
            text(RIGHT + 16, at + 15, figures.percent(value), "note start"),
        )
    ]


def _strip(months: Sequence[Any], xs: Sequence[float], step: float, figures: Figures) -> list[str]:
    """What was charged each month, below the line: a percentage of little weighs little."""
    most = max(1, *(month.price_minor for month in months))
    width = min(step * 0.5, 40)
    drawn = [text(LEFT - 10, STRIP_BOTTOM, "price", "note end"), path(f"M{LEFT} {STRIP_BOTTOM}H{RIGHT}", "rule")]
    every = -(-len(months) // 12)
    year = None
    for at, (month, x) in enumerate(zip(months, xs, strict=True)):
        height = max(month.price_minor, 0) / most * (STRIP_BOTTOM - STRIP_TOP)
        drawn.append(box(x - width / 2, STRIP_BOTTOM - height, width, height, "list"))
        if at % every == 0:
            day = month.starts_on
            drawn.append(text(x, 378, figures.month(day, with_year=day.year != year), "note"))
            year = day.year
    drawn.append(text(RIGHT + 16, STRIP_BOTTOM, f"at most {figures.amount(most)}", "note start"))
    return drawn


def _mark(x: float, y: float, value: Decimal, floor: Decimal | None, ceiling: Decimal | None) -> str:
    """A ring inside the band; outside a triangle that points away from it."""
    if floor is not None and value < floor:
        return path(f"M{x - 7:.1f} {y - 5:.1f}h14l-7 12z", "out")
    if ceiling is not None and value > ceiling:
        return path(f"M{x - 7:.1f} {y + 5:.1f}h14l-7 -12z", "out")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" class="mark"/>'


def _words(book: Any) -> str:
    if book.disclosure == "FULL":
        return "Nothing is billed yet."
    if book.disclosure != "BAND_ONLY":
        return WHY_CLOSED[book.disclosure]
    if book.margin_floor_percent is None:
        return "The margin is not open to you, and no band is agreed."
    where = f"To date it lies {VERDICTS[book.verdict]}." if book.verdict else "Nothing is charged yet."
    return f"The margin is not open to you. {where}"


def _told(months: Sequence[Any], book: Any, figures: Figures) -> str:
    first, last = months[0], months[-1]
    band = ""
    if book.margin_floor_percent is not None:
        floor, ceiling = book.margin_floor_percent, book.margin_ceiling_percent
        out = [month for month in months if not floor <= month.gross_margin_percent <= ceiling]
        band = (
            f" The agreed band is {figures.percent(floor)} to "
            f"{figures.percent(ceiling)}; {len(out)} of {len(months)} months lie outside it."
        )
    return (
        f"Gross margin by month, from {figures.percent(first.gross_margin_percent)} in "
        f"{figures.month(first.starts_on, with_year=True)} to {figures.percent(last.gross_margin_percent)} in "
        f"{figures.month(last.starts_on, with_year=True)}.{band}"
    )
