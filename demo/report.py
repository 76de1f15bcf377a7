"""What the journey came to, as a billing administrator reads it: scope burn, and who earned what on the invoice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx2
from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from core.hindrance import Hindrance

READER = "association.finance"
LONGEST_ANSWER_SECONDS = 30
BAR_WIDTH = 10
PIPED_WIDTH = 100
WATERFALL_WIDTH = 36

QUERY = """
query Report($contract: ID!, $invoice: ID!) {
  contract(id: $contract) {
    title
    status
    disclosureTier
    association { name }
    vendor { name }
    lines {
      title
      kind
      unit
      scopeBurn {
        contracted accepted billed remaining burnPercent
        notToExceed { amount }
        acceptedValue { amount }
        remainingValue { amount }
      }
    }
    openBook { unacceptedCost { amount } marginBand { floorPercent ceilingPercent verdict } }
  }
  invoice(id: $invoice) {
    number
    purchaseOrderNumber
    dueOn
    servicePeriod { startsOn endsOn }
    issuedBy { name }
    total { amount currencyCode }
    openBook { ...Waterfall }
    lines { quantity contractLine { title unit } openBook { ...Waterfall } }
  }
}

fragment Waterfall on OpenBook {
  price { amount }
  cost { amount }
  costBasis
  grossMargin { amount }
  grossMarginPercent
  platformFee { amount }
  vendorMargin { amount }
  vendorMarginPercent
  vendorProceeds { amount }
}
"""

# The waterfall, in the order in which it falls: what a step is called, its field, its colour.
STEPS = (
    ("Price", "price", "bright_white"),
    ("- cost", "cost", "red"),
    ("= gross margin", "grossMargin", "green"),
    ("- platform fee", "platformFee", "yellow"),
    ("= vendor margin", "vendorMargin", "bright_green"),
)


@dataclass(frozen=True)
class Journey:
    """Where the journey was played, and what it left behind."""

    url: str
    contract_id: str
    invoice_id: str


def print_report(console: Console, journey: Journey, *, token: Callable[[str], str]) -> None:
    """Read the contract and its invoice over HTTP, as the association's finance, and print them.

    Refused with Hindrance: an answer with errors, or one in which the reader may not see the two.
    """
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    data = _read(journey, token(READER))
    contract, invoice = data["contract"], data["invoice"]
    currency = invoice["total"]["currencyCode"]
    console.print()
    console.print(_heading(contract))
    console.print(_scope_burn(contract["lines"], currency))
    console.print(_invoice(invoice, currency))
    console.print()
    console.print(_waterfall(invoice["openBook"], currency))
    console.print(_margin_band(contract["openBook"], invoice["openBook"], currency))


def _read(journey: Journey, bearer: str) -> dict[str, Any]:
    answer = httpx2.post(
        journey.url,
        json={"query": QUERY, "variables": {"contract": journey.contract_id, "invoice": journey.invoice_id}},
        headers={"authorization": f"Bearer {bearer}", "accept": "application/json"},
        timeout=LONGEST_ANSWER_SECONDS,
    ).json()
    data: dict[str, Any] = answer.get("data") or {}
    if "errors" in answer or not data.get("contract") or not data.get("invoice"):
        raise Hindrance(f"the report cannot be read as {READER}: {answer.get('errors', 'not visible')}")
    return data


def _heading(contract: dict[str, Any]) -> Panel:
    parties = Text.assemble((contract["vendor"]["name"], "bold"), " for ", (contract["association"]["name"], "bold"))
    terms = f"{contract['title']} · {contract['status'].lower()} · {_words(contract['disclosureTier'])}"
    return Panel(Group(parties, Text(terms, "dim")), box=box.ROUNDED, expand=False, padding=(0, 2))


def _scope_burn(lines: list[dict[str, Any]], currency: str) -> Table:
    table = _table("Scope burn")
    table.add_column("Line", ratio=1, overflow="fold")
    _numbers(table, "Contracted", "Accepted", "Billed")
    table.add_column("Burn", no_wrap=True)
    _numbers(table, "%", f"Accepted\n{currency}", f"Remaining\n{currency}")
    for line in lines:
        burn = line["scopeBurn"]
        if burn is None:
            table.add_row(line["title"], Text(_words(line["kind"]), "dim"))
            continue
        percent = Decimal(burn["burnPercent"])
        table.add_row(
            line["title"],
            _quantity(burn["contracted"], line["unit"]),
            _quantity(burn["accepted"]),
            _quantity(burn["billed"]),
            _bar(percent),
            str(percent),
            _money(burn["acceptedValue"]),
            _money(burn["remainingValue"]),
        )
    return table


def _invoice(invoice: dict[str, Any], currency: str) -> Table:
    period = invoice["servicePeriod"]
    title = f"Invoice {invoice['number']}, {period['startsOn']} to {period['endsOn']}"
    if invoice["purchaseOrderNumber"]:
        title += f", {invoice['purchaseOrderNumber']}"
    table = _table(title)
    table.add_column("Line", ratio=1, overflow="fold")
    _numbers(table, "Price", "- cost", "= gross\nmargin", "%", "- platform\nfee", "= vendor\nmargin", "%")
    for line in invoice["lines"]:
        label = Text(line["contractLine"]["title"])
        label.append(f", {_quantity(line['quantity'], line['contractLine']['unit'])}", "dim")
        table.add_row(label, *_figures(line["openBook"]))
    table.add_section()
    table.add_row(f"Total {currency}", *_figures(invoice["openBook"]), style="bold")
    return table


def _figures(book: dict[str, Any]) -> tuple[str, ...]:
    return (
        _money(book["price"]),
        _money(book["cost"]),
        _money(book["grossMargin"]),
        book["grossMarginPercent"] or "",
        _money(book["platformFee"]),
        _money(book["vendorMargin"]),
        book["vendorMarginPercent"] or "",
    )


def _table(title: str) -> Table:
    return Table(
        title=f"\n{title}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        expand=True,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
        show_edge=False,
    )


def _numbers(table: Table, *headings: str) -> None:
    """Columns of figures: right-aligned, and never cut."""
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)


def _waterfall(book: dict[str, Any], currency: str) -> Table:
    """Each step drawn to scale, hanging from where the one before it ended."""
    price = _amount(book["price"])
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "left", "right", "right"):
        table.add_column(justify=justify, no_wrap=True)
    for label, field, colour in STEPS:
        amount = _amount(book[field])
        # What is taken away hangs at the end of what is left; what is left starts at the left.
        ends_at = {"cost": price, "platformFee": _amount(book["grossMargin"])}.get(field, amount)
        width = _cells(amount, price)
        drawn = Text(" " * max(_cells(ends_at, price) - width, 0)).append("█" * width, colour)
        share = f"{amount / price * 100:.2f} %" if price else ""
        table.add_row(label, drawn, f"{amount:,} {currency}", share)
    return table


def _margin_band(contract_book: dict[str, Any], invoice_book: dict[str, Any], currency: str) -> Text:
    told = Text("\nCost is ").append(invoice_book["costBasis"].lower(), "bold").append(" cost; ")
    told.append(f"{_money(contract_book['unacceptedCost'])} {currency} more went into work not accepted.")
    if band := contract_book["marginBand"]:
        within = band["verdict"] == "WITHIN"
        told.append(f" Gross margin agreed at {band['floorPercent']} to {band['ceilingPercent']} %: ")
        told.append(_words(band["verdict"]), "bold green" if within else "bold red").append(".")
    return told.append(f" The vendor's proceeds: {_money(invoice_book['vendorProceeds'])} {currency}.")


def _bar(percent: Decimal) -> Text:
    full = _cells(min(percent, Decimal(100)), Decimal(100), width=BAR_WIDTH)
    return Text("━" * full, "green").append("─" * (BAR_WIDTH - full), "bright_black")


def _cells(part: Decimal, whole: Decimal, *, width: int = WATERFALL_WIDTH) -> int:
    """How many cells of a bar a part fills; something never shows as nothing."""
    if part <= 0 or whole <= 0:
        return 0
    return max(1, round(part / whole * width))


def _amount(money: dict[str, str]) -> Decimal:
    return Decimal(money["amount"])


def _money(money: dict[str, str] | None) -> str:
    return f"{_amount(money):,}" if money else "—"


def _quantity(value: str, unit: str | None = None) -> str:
    number = f"{Decimal(value):,f}"
    if unit is None:
        return number
    return f"{number} {_words(unit)}" + ("" if number == "1" else "s")


def _words(code: str | None) -> str:
    return (code or "").replace("_", " ").lower()
