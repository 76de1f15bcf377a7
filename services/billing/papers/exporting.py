"""Invoices, their lines and the journal as tables, a page at a time, each with that moment's rights.

A page is found by the primary key, contract by contract, so that no connection waits for a client and no more than a
page is in memory. No cost and no margin is in them; the journal shows each party its own accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.money import currency_digits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date
    from typing import Any, Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Database

ROWS_A_PAGE: Final = 2_000


@dataclass(frozen=True)
class Wanted:
    """Which rows: of one contract, from a day to a day (both included), of a status; None for all."""

    contract_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    status: str | None = None


@dataclass(frozen=True)
class Table:
    """A table to hand out: its columns, and its next page after a key; `minor` are the columns of minor units.

    The statement takes contract, first day, last day, status, the key after which it begins, and how many rows; the
    last columns are that key, and are not shown.
    """

    columns: tuple[str, ...]
    minor: tuple[str, ...]
    statement: str
    key: int
    first: tuple[Any, ...]


_NOBODY: Final = "00000000-0000-0000-0000-000000000000"
_OF_INVOICE: Final = """($1::uuid is null or i.contract_id = $1) and ($2::date is null or i.issued_on >= $2)
    and ($3::date is null or i.issued_on <= $3) and ($4::text is null or i.status = $4)"""
_SEEN: Final = "app.sees({0}.contract_id, {0}.association_id, {0}.vendor_id)"

TABLES: Final = {
    "invoices": Table(
        columns=tuple(
            "number kind status seller_name buyer_name period_starts_on period_ends_on issued_on due_on currency_code"
            " subtotal tax_total total written_off paid credited retained amount_due".split()
        ),
        minor=("subtotal", "tax_total", "total", "written_off", "paid", "credited", "retained", "amount_due"),
        statement=f"""
            select i.number, i.kind, i.status, i.seller_name, i.buyer_name, i.period_starts_on, i.period_ends_on,
                i.issued_on, i.due_on, i.currency_code, i.subtotal_minor, i.tax_total_minor, i.total_minor,
                i.written_off_minor, i.paid_minor, i.credited_minor, i.retained_minor, i.amount_due_minor,
                i.contract_id, i.id
            from invoice i
            where {_SEEN.format("i")} and {_OF_INVOICE} and (i.contract_id, i.id) > ($5::uuid, $6::uuid)
            order by i.contract_id, i.id limit $7""",  # noqa: S608 - our own words
        key=2,
        first=(_NOBODY, _NOBODY),
    ),
    "invoice-lines": Table(
        columns=tuple(
            "invoice_number position description unit quantity unit_price currency_code amount tax_category_code"
            " tax_rate_percent credited disputed".split()
        ),
        minor=("amount", "credited", "disputed"),
        statement=f"""
            select i.number, l.position, l.description, l.unit, l.quantity, l.unit_price, l.currency_code,
                l.amount_minor, l.tax_category_code, l.tax_rate_percent, l.credited_minor, l.disputed_minor,
                l.contract_id, l.id
            from invoice_line l join invoice i on i.contract_id = l.contract_id and i.id = l.invoice_id
            where {_SEEN.format("l")} and {_OF_INVOICE} and (l.contract_id, l.id) > ($5::uuid, $6::uuid)
            order by l.contract_id, l.id limit $7""",  # noqa: S608 - as above
        key=2,
        first=(_NOBODY, _NOBODY),
    ),
    "journal": Table(
        columns=tuple("sequence kind effective_at recorded_at account currency_code amount".split()),
        minor=("amount",),
        statement=f"""
            select e.sequence, e.kind, e.effective_at, e.recorded_at, p.account, p.currency_code, p.amount_minor,
                p.contract_id, p.entry_id, p.position
            from posting p join journal_entry e on e.contract_id = p.contract_id and e.id = p.entry_id
            where {_SEEN.format("p")} and ($1::uuid is null or p.contract_id = $1)
                and ($2::date is null or e.effective_at >= $2::date)
                and ($3::date is null or e.effective_at < $3::date + 1) and ($4::text is null or e.kind = $4)
                and (p.contract_id, p.entry_id, p.position) > ($5::uuid, $6::uuid, $7::integer)
            order by p.contract_id, p.entry_id, p.position limit $8""",  # noqa: S608 - as above
        key=3,
        first=(_NOBODY, _NOBODY, 0),
    ),
}
"""By what they are called in the address; `status` of the journal is the kind of its entries."""


async def pages(database: Database, actor: Actor, table: Table, wanted: Wanted) -> AsyncIterator[list[list[Any]]]:
    """The pages of a table, each a list of rows; amounts are decimals of their currency."""
    after = table.first
    while True:
        async with database.reading(actor) as connection:
            found = await connection.fetch(
                table.statement, wanted.contract_id, wanted.from_day, wanted.to_day, wanted.status, *after, ROWS_A_PAGE
            )
        if not found:
            return
        yield [_shown(table, tuple(row.values())) for row in found]
        after = tuple(found[-1].values())[-table.key :]


def _shown(table: Table, row: tuple[Any, ...]) -> list[Any]:
    shown = list(row[: len(table.columns)])
    digits = currency_digits(shown[table.columns.index("currency_code")])
    for name in table.minor:
        at = table.columns.index(name)
        shown[at] = None if shown[at] is None else Decimal(shown[at]).scaleb(-digits)
    return shown
