"""Rates of exchange: entered by the operator, and frozen when an invoice is issued that needs one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Date,
    Numeric,
    Text,
    case,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import new_id
from core.money import require_currency
from services.billing.taxes.models import BillingSetting, ExchangeRate, InvoiceExchange, TaxRegistration
from services.billing.taxes.registering import LONGEST_REASON
from services.contracts.faults import Faults
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Select, Subquery

    from core.actor import Actor
    from core.db import Transaction

RATE_DIGITS: Final = 12
LARGEST_RATE: Final = Decimal(10) ** 11
MOST_DAYS_OLD: Final = 7
"""How long a rate holds after its day, because banks publish none on holidays; `app.exchange_for` knows it too."""
EXCHANGE_COLUMNS: Final = """contract_id invoice_id purpose association_id vendor_id from_currency_code to_currency_code
rate rate_on source amount_minor""".split()


class RateEnteredAlready(DomainError):
    """A rate of these currencies, this day and this source stands: withdraw it first."""


class RateWithdrawn(DomainError):
    """The rate was withdrawn before."""


class RateMissing(DomainError):
    """An invoice needs a rate into the operator's reporting currency or the vendor's tax currency; there is none."""


async def set_reporting_currency(
    tx: Transaction, *, actor: Actor, currency_code: str, reason: str, now: datetime
) -> UUID:
    """Say in which currency the operator adds up what is owed in several; returns the operator's id.

    From then on an invoice in another currency freezes its rate when it is issued. Refuses with Forbidden,
    UnknownCurrency, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    with faults.noting():
        require_currency(currency_code, field="currencyCode")
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    row = {"reporting_currency_code": currency_code, "changed_at": now, **actor.signed("changed_by")}
    written = upsert(BillingSetting).values(operator_id=actor.organization_id, **row)
    await tx.execute(written.on_conflict_do_update(index_elements=["operator_id"], set_=row))
    after = {"reportingCurrencyCode": currency_code}
    tx.emit(Event("REPORTING_CURRENCY_SET", actor.organization_id, after=after, reason=reason.strip()))
    return actor.organization_id


async def enter_exchange_rate(
    tx: Transaction,
    *,
    actor: Actor,
    rate_on: date,
    from_currency_code: str,
    to_currency_code: str,
    rate: Decimal,
    reason: str,
    now: datetime,
) -> UUID:
    """Enter what one unit of a currency is worth in another on a day; returns the rate's id.

    The opposite direction is its reciprocal and is not entered. Refuses with Forbidden, UnknownCurrency, InvalidInput,
    TextBlank, TextTooLong or RateEnteredAlready.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    for code, field in ((from_currency_code, "fromCurrencyCode"), (to_currency_code, "toCurrencyCode")):
        with faults.noting():
            require_currency(code, field=field)
    if from_currency_code == to_currency_code:
        faults.note(InvalidInput("a currency is worth itself: name two", field="toCurrencyCode"))
    if not fit_rate(rate):
        faults.note(InvalidInput(f"{rate} must be above 0, with at most {RATE_DIGITS} decimals", field="rate"))
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    rate_id = new_id()
    row = {
        "rate_on": rate_on,
        "from_currency_code": from_currency_code,
        "to_currency_code": to_currency_code,
        "rate": rate,
    }
    stands = RateEnteredAlready(f"a rate of {rate_on} stands: withdraw it first", field="rateOn")
    await tx.execute(
        insert(ExchangeRate).values(
            id=rate_id, source="OPERATOR", recorded_at=now, **row, **actor.signed("recorded_by")
        ),
        refusing={"one_rate_a_day": stands},
    )
    after = {name: str(value) for name, value in row.items()}
    tx.emit(Event("EXCHANGE_RATE_ENTERED", rate_id, after=after, reason=reason.strip()))
    return rate_id


async def withdraw_exchange_rate(tx: Transaction, *, actor: Actor, rate_id: UUID, reason: str, now: datetime) -> UUID:
    """Take a wrong rate back; what was frozen with it stays as it is.

    Refuses with Forbidden, NotFound, RateWithdrawn, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    this = col(ExchangeRate.id) == rate_id
    withdrawn = await tx.execute(
        update(ExchangeRate)
        .where(this, col(ExchangeRate.withdrawn_at).is_(None))
        .values(withdrawn_at=now, withdraw_reason=reason.strip())
    )
    if withdrawn.rowcount == 0:
        if await tx.scalar(select(col(ExchangeRate.id)).where(this)) is None:
            raise NotFound("there is no such rate", field="exchangeRateId")
        raise RateWithdrawn("the rate was withdrawn before", field="exchangeRateId")
    tx.emit(Event("EXCHANGE_RATE_WITHDRAWN", rate_id, after={"withdrawn": True}, reason=reason.strip()))
    return rate_id


def fit_rate(rate: Decimal) -> bool:
    """Whether a rate is above zero, and no finer or larger than is kept."""
    return rate.is_finite() and 0 < rate < LARGEST_RATE and rate == round(rate, RATE_DIGITS)


def exchanges(invoices: Subquery) -> Select[Any]:
    """The rates that invoices need on the day they are issued, as rows of `invoice_exchange`; a null `rate`: missing.

    Of the invoices: contract_id, association_id, vendor_id, id, currency_code, issued_on, total_minor and
    tax_total_minor. REPORTING is the total in the operator's reporting currency, half-even, where that is set and is
    another one. TAX is the tax in the currency that the vendor accounts for tax in (EN 16931 BT-6 and BT-111), half up,
    where that is another one and there is tax. A rate is that of the day or of the last day before with one, at most
    a week old: given as such, as the reciprocal of the opposite, or through the euro, as the ECB publishes them.
    """
    purpose = func.unnest(literal_column("array['REPORTING', 'TAX']")).table_valued("name").render_derived("purpose")
    invoice = invoices.c
    for_tax = purpose.c.name == literal_column("'TAX'")
    accounted_in = select(col(TaxRegistration.tax_currency_code)).where(
        col(TaxRegistration.organization_id) == invoice.vendor_id, invoice.tax_total_minor > literal_column("0")
    )
    into = case(
        (for_tax, accounted_in.scalar_subquery()),
        else_=select(col(BillingSetting.reporting_currency_code)).scalar_subquery(),
    )
    wanted = (
        select(
            *(invoice[name] for name in ("contract_id", "association_id", "vendor_id", "id", "issued_on")),
            invoice.currency_code.label("from_currency_code"),
            cast(purpose.c.name, Text).label("purpose"),
            into.label("to_currency_code"),
            case((for_tax, invoice.tax_total_minor), else_=invoice.total_minor).label("exact_minor"),
        )
        .join(purpose, true())
        .subquery("wanted")
    )
    each = wanted.c
    found = (
        func.app.exchange_for(each.from_currency_code, each.to_currency_code, each.issued_on)
        .table_valued(column("rate", Numeric(24, 12)), column("rate_on", Date()), column("source", Text()))
        .lateral("found")
    )
    pair = (each.from_currency_code, each.to_currency_code)
    exact = func.app.exchanged(each.exact_minor, found.c.rate, *pair, type_=Numeric())
    rounded = case(
        (each.purpose == literal_column("'TAX'"), func.round(exact)),
        else_=func.app.round_half_even(exact, literal_column("0")),
    )
    return (
        select(
            each.contract_id,
            each.id.label("invoice_id"),
            each.purpose,
            each.association_id,
            each.vendor_id,
            *pair,
            found.c.rate,
            found.c.rate_on,
            found.c.source,
            cast(rounded, BigInteger).label("amount_minor"),
        )
        .select_from(wanted.outerjoin(found, true()))
        .where(each.to_currency_code != each.from_currency_code)
    )


async def freeze_exchange(tx: Transaction, invoices: Subquery) -> None:
    """Keep the rates that invoices need, all of which are being issued; refuses with RateMissing, naming one."""
    needed = exchanges(invoices)
    missing = await tx.one_or_none(needed.where(needed.selected_columns.rate.is_(None)).limit(1))
    if missing is not None:
        pair = f"{missing.from_currency_code} into {missing.to_currency_code}"
        message = f"enter or import a rate of {pair} that is at most {MOST_DAYS_OLD} days old on the day of issue"
        raise RateMissing(message, field="contractId")
    await tx.execute(insert(InvoiceExchange).from_select(EXCHANGE_COLUMNS, needed))
