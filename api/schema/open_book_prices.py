"""The price side of the open book, and the open book month by month."""

from __future__ import annotations

from datetime import date

from api.reading import Money, Percent, column, money, value
from api.schema.open_book import CostBasis


@value
class PriceWaterfall:
    """From list price to what was billed, net of tax: for everybody who sees the price."""

    list_price: Money = money(
        "The quantity at the rate card's price; at the contracted price where the rate card has none in the contract's "
        "currency.",
        minor="list_price_minor",
    )
    contracted: Money = money("What it is contracted for; of an invoice, what it bills.", minor="contracted_minor")
    accepted: Money = money(
        "What was accepted of it, at the contracted price; for RECURRING what is billed.", minor="accepted_minor"
    )
    invoiced: Money = money("What invoices bill of it that are neither drafts nor void.", minor="invoiced_minor")
    credits: Money = money("What credit notes took off that.", minor="credits_minor")
    billed: Money = money("Invoiced - credits.", minor="billed_minor")


@value(key=("vendor_id", "currency_code", "starts_on"))
class OpenBookMonth:
    """A vendor's open book of one month and currency: what invoices of the month billed, less credits."""

    starts_on: date = column("The first day of the month.")
    ends_on: date = column("Its last day; an invoice belongs to the month that its period ends in.")
    contract_count: int = column("Over how many contracts: those whose books are fully open to you.")
    cost_basis: CostBasis = column("Which cost the figures are made of.")
    price: Money = money("What was invoiced, less credits, net of tax.", minor="price_minor")
    credits: Money = money("What credit notes took off.", minor="credits_minor")
    cost: Money = money("What the work costs the vendor.", minor="cost_minor")
    gross_margin: Money = money("Price - cost.", minor="gross_margin_minor")
    gross_margin_percent: Percent | None = column("Gross margin / price; null while the price is zero.")
    markup_percent: Percent | None = column("Gross margin / cost; null while the cost is zero.")
    platform_fee: Money = money("What the operator keeps of the price.", minor="platform_fee_minor")
    vendor_margin: Money = money("Gross margin - platform fee.", minor="vendor_margin_minor")
    vendor_margin_percent: Percent | None = column("Vendor margin / price; null while the price is zero.")
    vendor_proceeds: Money = money("Price - platform fee: what the vendor is paid.", minor="vendor_proceeds_minor")
