"""Whether what a vendor wrote can stand in an offering, even in a draft."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import DomainError, Refusals
from core.localities import check_country, check_language, check_time_zone, written_language
from core.money import require_currency, unit_amount
from core.texts import check_keys, check_length, check_text, check_words
from services.catalog.content import Content, Promise, Rate, UnitAmount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

LONGEST_TITLE: Final = 200
LONGEST_SUMMARY: Final = 2000
LONGEST_SCOPE_LINE: Final = 500
MOST_SCOPE_LINES: Final = 50
MOST_RATES: Final = 100
MOST_SERVICE_LEVELS: Final = 50
MOST_COUNTRIES: Final = 260
MOST_LANGUAGES: Final = 100
LONGEST_THRESHOLD_MINUTES: Final = 366 * 24 * 60

SCOPE: Final = {
    "deliverables": "scope.deliverables",
    "exclusions": "scope.exclusions",
    "assumptions": "scope.assumptions",
    "buyer_inputs": "scope.buyerInputs",
}
"""The lists of the scope template, and where a request has them."""


class RateCardInTwoCurrencies(DomainError):
    """A price or cost is in another currency than the first price of the rate card."""


class ThresholdMissing(DomainError):
    """A service level measures what happens within some minutes, and does not say how many."""


class ThresholdNotTaken(DomainError):
    """A service level has a threshold in minutes, and its metric takes none."""


class InvalidThreshold(DomainError):
    """A threshold is not from 1 minute to a year of minutes."""


class InvalidTargetPercent(DomainError):
    """A target is not above 0 and up to 100 percent, with at most two decimals."""


def checked(content: Content) -> Content:
    """Return the content as it is stored: trimmed, each country and language once.

    Every fault is told on its own, in Refusals: a text, list or number out of bounds, a key that is none or twice, a
    country, language, time zone or currency that is not known, two currencies in one rate card.
    """
    tidy = _tidied(content)
    faults = [
        *_faults_of_texts(tidy),
        *_faults_of_rates(tidy.get("rate_card", [])),
        *_faults_of_levels(tidy.get("service_levels", [])),
    ]
    if faults:
        raise Refusals(faults)
    return tidy


def _tidied(content: Content) -> Content:
    tidy = content.copy()
    if "title" in tidy:
        tidy["title"] = tidy["title"].strip()
    if "summary" in tidy:
        tidy["summary"] = tidy["summary"].strip()
    if "delivery_countries" in tidy:
        tidy["delivery_countries"] = list(dict.fromkeys(tidy["delivery_countries"]))
    if "languages" in tidy:
        tidy["languages"] = list(dict.fromkeys(written_language(tag) for tag in tidy["languages"]))
    for part in SCOPE:
        if part in tidy:
            tidy[part] = [line.strip() for line in tidy[part]]  # type: ignore[literal-required]
    if "rate_card" in tidy:
        tidy["rate_card"] = [replace(rate, title=rate.title.strip()) for rate in tidy["rate_card"]]
    return tidy


def _faults_of_texts(content: Content) -> Iterator[DomainError]:
    yield from check_text(content.get("title", ""), longest=LONGEST_TITLE, field="title")
    yield from check_text(content.get("summary", ""), longest=LONGEST_SUMMARY, field="summary")
    countries, languages = content.get("delivery_countries", []), content.get("languages", [])
    yield from check_length(countries, most=MOST_COUNTRIES, field="deliveryCountries")
    for at, country in enumerate(countries[:MOST_COUNTRIES]):
        yield from check_country(country, field=f"deliveryCountries.{at}")
    yield from check_length(languages, most=MOST_LANGUAGES, field="languages")
    for at, language in enumerate(languages[:MOST_LANGUAGES]):
        yield from check_language(language, field=f"languages.{at}")
    time_zone = content.get("time_zone")
    if time_zone is not None:
        yield from check_time_zone(time_zone, field="timeZone")
    for part, field in SCOPE.items():
        lines: list[str] = content.get(part, [])  # type: ignore[assignment]
        yield from check_length(lines, most=MOST_SCOPE_LINES, field=field)
        for at, line in enumerate(lines[:MOST_SCOPE_LINES]):
            yield from check_words(line, longest=LONGEST_SCOPE_LINE, field=f"{field}.{at}")


def _faults_of_rates(rates: list[Rate]) -> Iterator[DomainError]:
    yield from check_length(rates, most=MOST_RATES, field="rateCard")
    yield from check_keys([rate.key for rate in rates[:MOST_RATES]], field="rateCard")
    for at, rate in enumerate(rates[:MOST_RATES]):
        path = f"rateCard.{at}"
        yield from check_words(rate.title, longest=LONGEST_TITLE, field=f"{path}.title")
        currency = rates[0].unit_price.currency_code
        yield from _faults_of_amount(rate.unit_price, currency, f"{path}.unitPrice")
        yield from _faults_of_amount(rate.unit_cost, currency, f"{path}.unitCost")


def _faults_of_amount(given: UnitAmount, currency_code: str, path: str) -> Iterator[DomainError]:
    try:
        unit_amount(given.amount, field=f"{path}.amount")
        require_currency(given.currency_code, field=f"{path}.currencyCode")
    except DomainError as fault:
        yield fault
    if given.currency_code != currency_code:
        message = f"{given.currency_code} beside {currency_code}: a rate card has one currency"
        yield RateCardInTwoCurrencies(message, field=f"{path}.currencyCode")


def _faults_of_levels(levels: list[Promise]) -> Iterator[DomainError]:
    yield from check_length(levels, most=MOST_SERVICE_LEVELS, field="serviceLevels")
    yield from check_keys([level.key for level in levels[:MOST_SERVICE_LEVELS]], field="serviceLevels")
    for at, level in enumerate(levels[:MOST_SERVICE_LEVELS]):
        yield from _faults_of_level(level, at)


def _faults_of_level(level: Promise, at: int) -> Iterator[DomainError]:
    threshold, path = level.threshold_minutes, f"serviceLevels.{at}.thresholdMinutes"
    if not level.metric.endswith("_WITHIN_MINUTES"):
        if threshold is not None:
            yield ThresholdNotTaken(f"{level.metric} takes no threshold in minutes", field=path)
    elif threshold is None:
        yield ThresholdMissing(f"{level.metric} needs to know within how many minutes", field=path)
    elif not 1 <= threshold <= LONGEST_THRESHOLD_MINUTES:
        yield InvalidThreshold(f"{threshold} must be from 1 to {LONGEST_THRESHOLD_MINUTES} minutes", field=path)
    target = level.target_percent
    if not 0 < target <= 100 or target != target.quantize(Decimal("0.01")):  # noqa: PLR2004  (a percentage)
        message = f"{target} must be above 0 and up to 100 percent, with at most two decimals"
        yield InvalidTargetPercent(message, field=f"serviceLevels.{at}.targetPercent")
