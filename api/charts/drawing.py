"""What every picture is made of: the sheet with its words for those who do not see it, text, numbers and marks.

Light and dark follow the reader's own scheme. Nothing is told by colour alone: each mark has its name and its amount
beside it. Text keeps to a contrast of 4.5 to 1 on the sheet, as WCAG 2.2 (1.4.3) asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from core.money import currency_digits

STYLE = """
:root { --sheet: #fff; --edge: #dfe4ea; --ink: #1d2733; --soft: #596573; --price: #3f5f96; --list: #8fa3c4;
  --cost: #b9553d; --gross: #2f8163; --fee: #b57a12; --margin: #1f6b50; --band: #2f8163 }
@media (prefers-color-scheme: dark) {
  :root { --sheet: #14181d; --edge: #2d343d; --ink: #e9edf1; --soft: #a3aebb; --price: #7d9fd6; --list: #56698a;
    --cost: #db8068; --gross: #5cb893; --fee: #e2b052; --margin: #7fd4b1; --band: #5cb893 }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  fill: var(--ink); text-anchor: middle; font-variant-numeric: tabular-nums }
.head { font-size: 17px; font-weight: 650; text-anchor: start }
.sub { fill: var(--soft); font-size: 12.5px; text-anchor: start }
.panel { fill: var(--soft); font-size: 12px; font-weight: 600; letter-spacing: .04em; text-anchor: start }
.amount, .name { font-weight: 600 }
.note { fill: var(--soft); font-size: 11.5px }
.start { text-anchor: start } .end { text-anchor: end }
.sheet { fill: var(--sheet); stroke: var(--edge) }
.rule { stroke: var(--edge); fill: none }
.link { stroke: var(--soft); stroke-dasharray: 2 3; fill: none }
.closed { fill: none; stroke: var(--soft); stroke-dasharray: 5 5 }
.price { fill: var(--price) } .list { fill: var(--list) } .cost { fill: var(--cost) } .gross { fill: var(--gross) }
.fee { fill: var(--fee) } .margin { fill: var(--margin) }
.band { fill: var(--band); fill-opacity: .13 } .bound { stroke: var(--band); stroke-dasharray: 6 4; fill: none }
.line { stroke: var(--gross); stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; fill: none }
.second { stroke: var(--fee); stroke-width: 2; stroke-dasharray: 1 5; stroke-linecap: round; fill: none }
.mark { fill: var(--sheet); stroke: var(--gross); stroke-width: 2.5 }
.out { fill: var(--cost); stroke: var(--sheet); stroke-width: 1.5 }
"""
LONGEST_TITLE = 72


@dataclass(frozen=True, slots=True)
class Figures:
    """How amounts, percentages and days are written for a reader."""

    locale: Locale
    currency_code: str

    def amount(self, minor: int) -> str:
        """Minor units in the currency's own digits, with a true minus and no symbol: the heading names the currency."""
        value = Decimal(minor).scaleb(-currency_digits(self.currency_code))
        written = format_currency(value, self.currency_code, "#,##0.00", locale=self.locale, currency_digits=True)
        return str(written).replace("-", "−")  # noqa: RUF001  (a minus, as wide as a digit)

    def percent(self, value: Decimal) -> str:
        """Percent with two decimals at most."""
        return format_decimal(value, "0.##", locale=self.locale).replace("-", "−") + " %"  # noqa: RUF001

    def month(self, day: object, *, with_year: bool) -> str:
        """A month's short name, with its year where one begins."""
        return str(format_date(day, "MMM y" if with_year else "MMM", locale=self.locale))  # type: ignore[arg-type]


def text(x: float, y: float, words: str, *classes: str) -> str:
    """A line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{" ".join(classes)}">{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, *classes: str) -> str:
    """A rectangle; what is not nothing is at least a hair's breadth high."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 1.5):.1f}" rx="1.5" '
        f'class="{" ".join(classes)}"/>'
    )


def path(commands: str, *classes: str) -> str:
    """A line or an outline."""
    return f'<path d="{commands}" class="{" ".join(classes)}"/>'


def sheet(width: int, height: int, *, title: str, subtitle: str, told: str, body: list[str]) -> str:
    """A whole picture: `told` says in words what it shows."""
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title told">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="told">{escape(told)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="sheet" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="12"/>',
            text(40, 36, short, "head"),
            text(40, 55, subtitle, "sub"),
            *body,
            "</svg>",
            "",
        ]
    )
