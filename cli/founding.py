"""Founding a marketplace outside the demo: the operator, and a code that makes its first OWNER a member."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from cli.batch import as_batch
from core.errors import DomainError, Refusals
from core.hindrance import Hindrance
from core.ids import encode
from services.identity.founding import found_marketplace
from services.identity.inviting import OPEN_FOR

if TYPE_CHECKING:
    from core.settings import Settings

FOUNDED = """{name} ({id}) is the operator of this marketplace.

The code below makes its bearer the first OWNER, once, until {until:%Y-%m-%d %H:%M} UTC; it is not shown again:

    {code}

{owner} signs in with an issuer that this API trusts, and sends it in the mutation acceptInvitation."""


async def found(
    settings: Settings,
    *,
    name: str,
    country_code: str,
    time_zone: str,
    platform_fee_percent: str,
    owner_name: str,
    owner_email: str,
    again: bool,
) -> str:
    """Found the marketplace and say what to do next. Refused with Hindrance: its faults, each in words."""
    now = datetime.now(UTC)
    try:
        operator_id, code = await as_batch(
            settings,
            lambda tx: found_marketplace(
                tx,
                name=name,
                country_code=country_code,
                time_zone=time_zone,
                platform_fee_percent=_percent(platform_fee_percent),
                owner_name=owner_name,
                owner_email=owner_email,
                again=again,
                now=now,
            ),
            now=now,
            name="chapterhouse found",
        )
    except (DomainError, Refusals) as refused:
        raise Hindrance(_in_words(refused)) from None
    return FOUNDED.format(
        name=name.strip(), id=encode("org", operator_id), owner=owner_name.strip(), code=code.text, until=now + OPEN_FOR
    )


def _in_words(refused: DomainError | Refusals) -> str:
    errors = refused.errors if isinstance(refused, Refusals) else (refused,)
    return "; ".join(f"{error.code()}{f' ({error.field})' if error.field else ''}: {error}" for error in errors)


def _percent(words: str) -> Decimal:
    try:
        return Decimal(words)
    except InvalidOperation:
        raise Hindrance(f"{words!r} is no percentage such as 3.00") from None
