"""Whether books, acts and credits are as they were written: every chain walked, every currency added up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from sqlalchemy import exists, select
from sqlmodel import col

from cli.batch import as_batch
from core.hindrance import Hindrance
from core.ids import InvalidId, decode, encode
from core.money import currency_digits
from services.billing.books.verifying import Books, BrokenLink, books, verify, verify_all
from services.contracts.models import Contract
from services.lms_admin.acts.verifying import BrokenAct, count_acts, verify_acts, verify_all_acts
from services.lms_admin.credits.verifying import BrokenEntry, count_credits, verify_credits

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Transaction
    from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk along the chains has found."""

    broken: list[BrokenLink]
    books: Books
    broken_acts: list[BrokenAct]
    acts: int
    broken_credits: list[BrokenEntry]
    credits: int


async def verify_books(settings: Settings, contract: str | None) -> int:
    """Print one line for each fault, then a summary; 1 if there is a fault.

    `contract` narrows it to one, by its public id. Refused with Hindrance: an id that is none, an unusable database.
    """
    contract_id = _id_of(contract) if contract else None
    console = Console(highlight=False, soft_wrap=True)

    async def walk(tx: Transaction) -> Walked:
        if contract_id is None:
            return Walked(
                [broken async for broken in verify_all(tx)],
                await books(tx),
                [broken async for broken in verify_all_acts(tx)],
                await count_acts(tx),
                [broken async for broken in verify_credits(tx)],
                await count_credits(tx),
            )
        if not await tx.scalar(select(exists().where(col(Contract.id) == contract_id))):
            raise Hindrance(f"there is no contract {contract}")
        broken, broken_act = await verify(tx, contract_id), await verify_acts(tx, contract_id)
        return Walked(
            [broken] if broken else [],
            await books(tx, contract_id),
            [broken_act] if broken_act else [],
            await count_acts(tx, contract_id),
            [broken async for broken in verify_credits(tx, contract_id)],
            await count_credits(tx, contract_id),
        )

    walked = await as_batch(settings, walk, now=datetime.now(UTC), name="chapterhouse verify")
    found = walked.books
    for act in walked.broken_acts:
        place = f", act {act.sequence}" if act.sequence else ""
        console.print(f"[red]✗[/] {encode('con', act.contract_id)}{place}: {act.reason}")
    for credit in walked.broken_credits:
        place = f", credit {credit.sequence}" if credit.sequence else ""
        console.print(f"[red]✗[/] {encode('con', credit.contract_id)}{place}: {credit.reason}")
    for fault in walked.broken:
        place = f", entry {fault.sequence}" if fault.sequence else ""
        console.print(f"[red]✗[/] {encode('con', fault.contract_id)}{place}: {fault.reason}")
    for currency, total in found.sums_minor.items():
        if total:
            console.print(f"[red]✗[/] {currency}: postings sum to {_amount(total, currency)}, not to zero")
    sound = not (walked.broken or walked.broken_acts or walked.broken_credits) and found.balanced
    sums = ", ".join(f"{currency} {_amount(total, currency)}" for currency, total in found.sums_minor.items())
    console.print(
        f"{'[green]✓[/] ' if sound else ''}{_count(found.contracts, 'contract')}, "
        f"{_count(found.entries, 'entry', 'entries')}, {_count(walked.acts, 'act')} on LMSs, "
        f"{_count(walked.credits, 'credit')}; sums: {sums or 'none'}"
    )
    return 0 if sound else 1


def _id_of(contract: str) -> UUID:
    try:
        return decode("con", contract)[0]
    except InvalidId as invalid:
        raise Hindrance(invalid.message) from None


def _amount(minor: int, currency_code: str) -> str:
    return f"{Decimal(minor).scaleb(-currency_digits(currency_code)):,f}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
