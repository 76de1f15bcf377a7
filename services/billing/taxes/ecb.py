"""The European Central Bank's reference rates, as it publishes them: XML or CSV, of a day or of many."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from core.money import ACTIVE_CURRENCIES
from services.billing.taxes.exchanging import fit_rate
from services.billing.taxes.models import ExchangeRate
from services.billing.taxes.registering import LONGEST_REASON
from services.contracts.faults import Faults
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from core.actor import Actor
    from core.db import Transaction

CUBE: Final = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"
NO_RATE: Final = ("", "N/A")
MOST_RATES: Final = 10_000
DAY_FORMS: Final = ("%Y-%m-%d", "%d %B %Y")
"""In the history, and in the file of a day."""


class RateFileUnreadable(DomainError):
    """The file is not the ECB's XML or CSV of reference rates, has none of them, or more than 10,000."""


class Rate(NamedTuple):
    """What one euro was worth on a day."""

    rate_on: date
    currency_code: str
    rate: Decimal


async def import_exchange_rates(tx: Transaction, *, actor: Actor, content: str, reason: str, now: datetime) -> int:
    """Keep the rates of an ECB file that are not kept yet; returns how many were added.

    The same file twice adds nothing; a rate that stands is never changed. Currencies out of use are left out. Refuses
    with Forbidden, RateFileUnreadable, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    rates = read_rates(content)
    rows = [
        {
            "id": new_id(),
            "source": "ECB",
            "rate_on": each.rate_on,
            "from_currency_code": "EUR",
            "to_currency_code": each.currency_code,
            "rate": each.rate,
            "recorded_at": now,
            **actor.signed("recorded_by"),
        }
        for each in rates
    ]
    added = 0
    for at in range(0, len(rows), 1000):
        # a statement has at most 32,767 parameters
        kept = (
            insert(ExchangeRate).values(rows[at : at + 1000]).on_conflict_do_nothing().returning(col(ExchangeRate.id))
        )
        added += len(await tx.all(kept))
    days = sorted({each.rate_on for each in rates})
    after = {"source": "ECB", "from": str(days[0]), "until": str(days[-1]), "added": added}
    tx.emit(Event("EXCHANGE_RATES_IMPORTED", actor.organization_id, after=after, reason=reason.strip()))
    return added


def read_rates(content: str) -> list[Rate]:
    """Read the rates of a file, the earliest day first; refuses with RateFileUnreadable."""
    try:
        read = _of_xml(content) if content.lstrip().startswith("<") else _of_csv(content)
        rates = sorted(
            {rate for rate in read if rate.currency_code in ACTIVE_CURRENCIES and rate.currency_code != "EUR"}
        )
    except (ParseError, DefusedXmlException, csv.Error, InvalidOperation, ValueError, KeyError) as error:
        raise RateFileUnreadable(f"this is no ECB file of rates: {error}"[:300], field="content") from None
    if not rates or len(rates) > MOST_RATES or not all(fit_rate(each.rate) for each in rates):
        raise RateFileUnreadable(f"the file must have 1 to {MOST_RATES} rates, each above zero", field="content")
    if len({(each.rate_on, each.currency_code) for each in rates}) < len(rates):
        raise RateFileUnreadable("the file has two rates of a currency on one day", field="content")
    return rates


def _of_xml(content: str) -> Iterator[Rate]:
    for day in fromstring(content).iter(CUBE):
        if "time" in day.attrib:
            for cube in day.iter(CUBE):
                if "currency" in cube.attrib:
                    yield Rate(_day(day.attrib["time"]), cube.attrib["currency"], Decimal(cube.attrib["rate"]))


def _of_csv(content: str) -> Iterator[Rate]:
    header, *lines = (
        [cell.strip() for cell in line] for line in csv.reader(io.StringIO(content.lstrip("\ufeff"))) if line
    )
    if header[0] != "Date":
        raise ValueError("its first column is not Date")
    for line in lines:
        for currency, rate in zip(header[1:], line[1:], strict=True):
            if currency and rate not in NO_RATE:
                yield Rate(_day(line[0]), currency, Decimal(rate))


def _day(text: str) -> date:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is no day")
