"""Posting many entries at once: written where the rows are, byte for byte as `journal.post` writes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    DateTime,
    Integer,
    LargeBinary,
    Text,
    cast,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH
from services.billing.ledger.journal import PeriodClosed
from services.billing.ledger.models import JournalEntry, Posting

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import ColumnElement, Select

    from core.db import Transaction

ENTRY_COLUMNS: Final = """contract_id id association_id vendor_id sequence kind invoice_id subject_id effective_at
recorded_at salt digest previous_hash hash""".split()
POSTING_COLUMNS: Final = """contract_id entry_id position association_id vendor_id account currency_code
amount_minor""".split()


async def post_many(tx: Transaction, entries: Select[Any], sides: Select[Any], *, now: datetime) -> None:
    """Append an entry to the chain of each of several contracts, whose rows the caller has locked; one for each.

    `entries` has contract_id, association_id, vendor_id, kind, invoice_id, subject_id and effective_at; `sides` has
    contract_id, position (any ascending numbers), account, currency_code and amount_minor, which is not zero.
    Refuses with PeriodClosed when one of them would take effect in a month whose books are closed.
    """
    asked = entries.subquery("asked")
    last = (
        select(col(JournalEntry.sequence), col(JournalEntry.hash))
        .where(col(JournalEntry.contract_id) == asked.c.contract_id)
        .order_by(col(JournalEntry.sequence).desc())
        .limit(1)
        .lateral("last")
    )
    chained = (
        select(
            *asked.c,
            func.uuidv7(type_=UuidType()).label("id"),
            _salt().label("salt"),
            (func.coalesce(last.c.sequence, 0) + 1).label("sequence"),
            func.coalesce(last.c.hash, literal(FIRST_PREVIOUS_HASH, LargeBinary)).label("previous_hash"),
            literal(now, DateTime(timezone=True)).label("recorded_at"),
        )
        .outerjoin(last, true())
        .cte("chained")
    )
    side = sides.cte("side")
    text = func.app.journal_side(side.c.account, side.c.currency_code, side.c.amount_minor, type_=Text())
    texts = (
        select(
            side.c.contract_id,
            func.string_agg(text, aggregate_order_by(literal_column("','", Text()), side.c.position)).label("sides"),
        )
        .group_by(side.c.contract_id)
        .subquery("texts")
    )
    digest = func.app.journal_digest(
        *(chained.c[name] for name in ("salt", "contract_id", "id", "sequence", "kind", "invoice_id", "subject_id")),
        chained.c.effective_at,
        chained.c.recorded_at,
        texts.c.sides,
        type_=LargeBinary(),
    )
    digested = (
        select(*chained.c, digest.label("digest"))
        .join(texts, texts.c.contract_id == chained.c.contract_id)
        .subquery("digested")
    )
    chain = func.sha256(digested.c.previous_hash.op("||")(digested.c.digest), type_=LargeBinary())
    written = (
        insert(JournalEntry)
        .from_select(ENTRY_COLUMNS, select(*(digested.c[name] for name in ENTRY_COLUMNS[:-1]), chain))
        .cte("written")
    )
    closed = PeriodClosed(f"the books of {now:%Y-%m} are closed: nothing takes effect in them any more")
    position = func.row_number().over(partition_by=side.c.contract_id, order_by=side.c.position)
    await tx.execute(
        insert(Posting)
        .from_select(
            POSTING_COLUMNS,
            select(
                side.c.contract_id,
                chained.c.id,
                cast(position, Integer),
                chained.c.association_id,
                chained.c.vendor_id,
                side.c.account,
                side.c.currency_code,
                side.c.amount_minor,
            ).join(chained, chained.c.contract_id == side.c.contract_id),
        )
        .add_cte(written),
        refusing={"period_is_open": closed},
    )


def no_subject() -> ColumnElement[Any]:
    """The subject of an entry that is of the invoice itself."""
    return cast(null(), UuidType)


def _salt() -> ColumnElement[bytes]:
    """32 bytes, of which the server's strong source of random numbers makes 244 bits."""
    half = func.uuid_send(func.gen_random_uuid(), type_=LargeBinary())
    return half.op("||")(half)
