"""What an answer holds, whoever gave it: peers are timed only once theirs are equal to ours.

Every peer turns its own JSON into these shapes. Amounts are decimal strings as PostgreSQL prints the number with its
trailing zeros cut (`plain`), instants are dropped where peers print them differently, lists keep their order.

browse      [{title, summary, category, languages, vendor, rate_card: [(key, title, unit, price, currency)],
              service_levels: [(key, metric, threshold_minutes, target_percent, period)]}]
contract    {title, status, vendor, association,
              lines: [(key, title, kind, contracted, submitted, accepted, billed, remaining, burn_percent)],
              work_records: [(status, quantity, performed_to, performed_by, description, [evidence name, …])],
              invoices: [(number, status, total, price, cost, gross_margin, platform_fee, vendor_margin)]}
node        (status, quantity, accepted_quantity, performed_from, performed_to, performed_by, description)
search      {total, titles: [title of each], facets: {field: {value: count}}}
"""

from __future__ import annotations

from decimal import Decimal


def plain(number: object) -> str | None:
    """A number in one form, whoever printed it: `52.00`, `52` and 52 are the same; None stays None."""
    if number is None:
        return None
    return f"{Decimal(str(number)).normalize():f}"


def percent(number: object) -> str | None:
    """A percentage with two decimals, rounded half-even as ours are; None stays None."""
    return None if number is None else str(Decimal(str(number)).quantize(Decimal("0.01")))
