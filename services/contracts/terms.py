"""The terms of a contract as a party states them, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import DomainError
from core.money import require_currency
from services.contracts.days import Period

if TYPE_CHECKING:
    from typing import Final

    from services.contracts.committing import MinimumCommitment
    from services.contracts.faults import Faults

TIERS: Final = ("CLOSED", "BAND", "OPEN_BOOK")
"""Disclosure tiers, from closed to open."""
OFFER_STANDS_DAYS: Final = 60
OFFER_STANDS_AT_MOST_DAYS: Final = 365
LONGEST_TERM_YEARS: Final = 20
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199


class TermEndsBeforeItStarts(DomainError):
    """The last day of the term lies before its first."""


class InvalidTerm(DomainError):
    """The term is longer than twenty years, or lies outside the years 2000 to 2199."""


class TierTooDeep(DomainError):
    """The disclosure tier opens more than the vendor offers."""


class InvalidMarginBand(DomainError):
    """The margin band is upside down, outside 0 to 100 percent, or finer than two decimals."""


class InvalidRetainage(DomainError):
    """The share of each invoice that is retained is not above 0 and at most 100 percent, or finer than two decimals."""


class InvalidOfferExpiry(DomainError):
    """The last day on which the offer can be signed is past, or more than a year ahead."""


@dataclass(frozen=True, slots=True)
class MarginBand:
    """The gross margin percentages between which the vendor's margin is agreed to lie."""

    floor_percent: Decimal
    ceiling_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything agreed but the lines.

    Without `acceptance_period_days` nothing is ever deemed accepted; without `offer_expires_on` the offer stands for
    sixty days.
    """

    title: str
    starts_on: date
    ends_on: date
    currency_code: str
    payment_terms_days: int
    disclosure_tier: str
    purchase_order_number: str | None = None
    acceptance_period_days: int | None = None
    margin_band: MarginBand | None = None
    offer_expires_on: date | None = None
    retainage_percent: Decimal | None = None
    minimum_commitment: MinimumCommitment | None = None

    def trimmed(self) -> Terms:
        """The same without blanks around its texts."""
        number = self.purchase_order_number
        return replace(self, title=self.title.strip(), purchase_order_number=number and number.strip())

    @property
    def term(self) -> Period:
        """From the first day to the last."""
        return Period(self.starts_on, self.ends_on)

    def last_day_to_sign(self, today: date) -> date:
        """The last day on which the offer can be signed."""
        return self.offer_expires_on or today + timedelta(days=OFFER_STANDS_DAYS)

    def columns(self, today: date) -> dict[str, object]:
        """The terms as the columns of a contract."""
        return {
            "title": self.title,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "currency_code": self.currency_code,
            "purchase_order_number": self.purchase_order_number,
            "payment_terms_days": self.payment_terms_days,
            "acceptance_period_days": self.acceptance_period_days,
            "disclosure_tier": self.disclosure_tier,
            "margin_floor_percent": self.margin_band and self.margin_band.floor_percent,
            "margin_ceiling_percent": self.margin_band and self.margin_band.ceiling_percent,
            "offer_expires_on": self.last_day_to_sign(today),
            "retainage_percent": self.retainage_percent,
            "minimum_commitment_minor": self.minimum_commitment and self.minimum_commitment.minor,
            "minimum_commitment_per": self.minimum_commitment and self.minimum_commitment.per,
        }


def note_faults_of_terms(faults: Faults, terms: Terms, *, deepest_tier: str, today: date) -> None:
    """Note what is wrong with the terms, an offered version's `deepest_tier` included."""
    faults.text(terms.title, longest=200, field="title")
    faults.text(terms.purchase_order_number, longest=50, field="purchaseOrderNumber")
    faults.whole(terms.payment_terms_days, least=0, most=365, field="paymentTermsDays")
    faults.whole(terms.acceptance_period_days, least=1, most=365, field="acceptancePeriodDays")
    with faults.noting():
        require_currency(terms.currency_code, field="currencyCode")
    with faults.noting():
        _require_term(terms)
    with faults.noting():
        _require_band(terms.margin_band)
    retained = terms.retainage_percent
    if retained is not None and (not 0 < retained <= 100 or retained != round(retained, 2)):  # noqa: PLR2004 - a percentage
        message = f"{retained:f} is no percentage above 0 and up to 100.00; leave it out to retain nothing"
        faults.note(InvalidRetainage(message, field="retainagePercent"))
    if TIERS.index(terms.disclosure_tier) > TIERS.index(deepest_tier):
        message = f"{terms.disclosure_tier} opens more than the vendor offers: at most {deepest_tier}"
        faults.note(TierTooDeep(message, field="disclosureTier"))
    last = today + timedelta(days=OFFER_STANDS_AT_MOST_DAYS)
    if not today <= terms.last_day_to_sign(today) <= last:
        faults.note(InvalidOfferExpiry(f"this takes a day from {today} to {last}", field="offerExpiresOn"))


def _require_term(terms: Terms) -> None:
    if terms.starts_on > terms.ends_on:
        message = f"the term ends on {terms.ends_on}, before it starts on {terms.starts_on}"
        raise TermEndsBeforeItStarts(message, field="endsOn")
    if not FIRST_YEAR <= terms.starts_on.year <= LAST_YEAR:
        raise InvalidTerm(f"a term lies within the years {FIRST_YEAR} to {LAST_YEAR}", field="startsOn")
    longest = terms.starts_on.year + LONGEST_TERM_YEARS
    if terms.ends_on.year > LAST_YEAR or terms.ends_on > terms.starts_on + timedelta(days=366 * LONGEST_TERM_YEARS):
        raise InvalidTerm(f"a term lasts at most {LONGEST_TERM_YEARS} years, here into {longest}", field="endsOn")


def _require_band(band: MarginBand | None) -> None:
    if band is None:
        return
    for name, percent in (("floorPercent", band.floor_percent), ("ceilingPercent", band.ceiling_percent)):
        if not 0 <= percent <= 100 or percent != round(percent, 2):  # noqa: PLR2004 - a percentage
            raise InvalidMarginBand(f"{percent} is no percentage from 0 to 100.00", field=f"marginBand.{name}")
    if band.floor_percent > band.ceiling_percent:
        raise InvalidMarginBand("the floor lies above the ceiling", field="marginBand.floorPercent")
