"""What the demo's payment came to: who paid whom, and what stands in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.table import Table

from demo.payment import read

if TYPE_CHECKING:
    from rich.console import Console

    from demo.office import Office
    from demo.payment import Paid

PIPED_WIDTH: Final = 100


def print_payment(console: Console, office: Office, paid: Paid) -> None:
    """Print it, read over HTTP as the operator's billing administrator."""
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    data = read(office, paid)
    invoice, contract = data["invoice"], data["contract"]
    (payment,), (settlement,) = invoice["payments"]["nodes"], invoice["settlements"]["nodes"]
    currency = invoice["total"]["currencyCode"]
    console.print("\n[bold]An invoice paid[/] by card, through a double of Stripe over HTTP: no money moved")
    told = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    told.add_column(style="dim")
    told.add_row(
        "invoice", f"{invoice['number']}, {invoice['total']['amount']} {currency}: {invoice['status'].lower()}"
    )
    payer = payment["startedBy"]
    told.add_row("paid", f"{payment['received']['amount']} by {payer['name']} of {payer['organizationName']}")
    settled = f"{settlement['amount']['amount']} to {contract['vendor']['name']}"
    told.add_row("settled", f"{settled}, released by {settlement['releasedBy']['name']}")
    console.print(told)
    console.print(_journal(contract["journal"]["nodes"]))


def _journal(entries: list[dict[str, Any]]) -> Table:
    table = Table(title="\nThe contract's journal", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for heading in ("", "Entry", "Account"):
        table.add_column(heading)
    table.add_column("Debit", justify="right")
    table.add_column("Credit", justify="right")
    for entry in entries:
        shown = [str(entry["sequence"]), _words(entry["kind"])]
        for posting in entry["postings"]:
            amount = posting["amount"]["amount"]
            sides = ("", amount.removeprefix("-")) if amount.startswith("-") else (amount, "")
            table.add_row(*shown, _words(posting["account"]), *sides)
            shown = ["", ""]
    return table


def _words(name: str) -> str:
    return name.lower().replace("_", " ")
