"""What is wrong with the lines of a draft; all of it is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError
from core.money import to_minor, unit_amount
from core.texts import check_keys, check_length
from services.contracts.days import Period, due_days, whole_periods
from services.contracts.lines import OPTIONAL_FIELDS, TAKES, LineDraft, LineKind, require_quantity
from services.contracts.periods import billing_periods

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from services.contracts.faults import Faults
    from services.contracts.offered import Rates
    from services.contracts.terms import Terms

MOST_LINES: Final = 100
MOST_CRITERIA: Final = 20


class NoLines(DomainError):
    """A contract without a line contracts nothing."""


class FieldMissing(DomainError):
    """A field that this kind of line needs was not given."""


class FieldNotTaken(DomainError):
    """A field was given that this kind of line does not take."""


class UnknownRate(DomainError):
    """The offering's version has no rate card entry of this key."""


class TwoCurrencies(DomainError):
    """An amount is in another currency than the contract's."""


class DueOutsideTerm(DomainError):
    """The due day lies outside the term, or the term has no such day."""


class NotWholePeriods(DomainError):
    """The term is no whole number of the line's periods."""


def note_faults_of_lines(faults: Faults, lines: Sequence[LineDraft], *, terms: Terms, rates: Rates) -> None:
    """Note what is wrong with the lines under these terms, each at `lines.N.field`."""
    if not lines:
        faults.note(NoLines("a contract takes at least one line", field="lines"))
    if len(lines) > MOST_LINES:
        faults.note_all(check_length(lines, most=MOST_LINES, field="lines"))
        return
    faults.note_all(check_keys((line.key for line in lines), field="lines"))
    for number, line in enumerate(lines):
        at = f"lines.{number}"
        faults.text(line.title, longest=200, field=f"{at}.title")
        if _has_its_fields(faults, line, at):
            _note_faults_of_values(faults, line, at, terms, rates)


def _has_its_fields(faults: Faults, line: LineDraft, at: str) -> bool:
    """Note each field that is missing or not taken; whether there was none."""
    before = len(faults.found)
    takes = TAKES[LineKind(line.kind)]
    for name, public in OPTIONAL_FIELDS.items():
        given = getattr(line, name) is not None
        if name in takes.needs and not given:
            faults.note(FieldMissing(f"a line of kind {line.kind} needs {public}", field=f"{at}.{public}"))
        if given and name not in takes.needs | takes.may_have:
            faults.note(FieldNotTaken(f"a line of kind {line.kind} takes no {public}", field=f"{at}.{public}"))
    if line.kind == LineKind.OBLIGATION:
        _note_faults_of_due_days(faults, line, at)
    return len(faults.found) == before


def _note_faults_of_due_days(faults: Faults, line: LineDraft, at: str) -> None:
    if line.due_on is not None:
        for name in ("recurrence", "due_day_of_month"):
            if getattr(line, name) is not None:
                public = OPTIONAL_FIELDS[name]
                faults.note(FieldNotTaken(f"an obligation due once takes no {public}", field=f"{at}.{public}"))
    elif line.recurrence is None and line.due_day_of_month is None:
        faults.note(FieldMissing("say dueOn, or recurrence and dueDayOfMonth", field=f"{at}.dueOn"))
    elif line.recurrence is None:
        faults.note(FieldMissing("say how often, or give dueOn alone", field=f"{at}.recurrence"))
    elif line.due_day_of_month is None:
        faults.note(FieldMissing("say on which day of the month", field=f"{at}.dueDayOfMonth"))


def _note_faults_of_values(faults: Faults, line: LineDraft, at: str, terms: Terms, rates: Rates) -> None:
    before = len(faults.found)
    _note_faults_of_amounts(faults, line, at, terms, rates)
    if line.quantity is not None:
        with faults.noting():
            require_quantity(line.quantity, field=f"{at}.quantity")
    faults.whole(line.due_day_of_month, least=1, most=31, field=f"{at}.dueDayOfMonth")
    criteria = line.acceptance_criteria or ()
    faults.note_all(check_length(criteria, most=MOST_CRITERIA, field=f"{at}.acceptanceCriteria"))
    for number, criterion in enumerate(criteria[:MOST_CRITERIA]):
        faults.text(criterion, longest=1000, field=f"{at}.acceptanceCriteria.{number}")
    if len(faults.found) == before and terms.starts_on <= terms.ends_on:
        with faults.noting():
            _require_days(line, at, terms.term)


def _note_faults_of_amounts(faults: Faults, line: LineDraft, at: str, terms: Terms, rates: Rates) -> None:
    currency = terms.currency_code
    if line.rate_card_key is not None:
        rate = rates.get(line.rate_card_key)
        if rate is None:
            known = ", ".join(rates)
            faults.note(
                UnknownRate(f"the rate card has no {line.rate_card_key!r}; it has {known}", field=f"{at}.rateCardKey")
            )
        elif rate.currency_code != currency:
            message = f"this rate is in {rate.currency_code}, the contract in {currency}"
            faults.note(TwoCurrencies(message, field=f"{at}.rateCardKey"))
    for name, given in (("unitPrice", line.unit_price), ("notToExceed", line.not_to_exceed)):
        if given is None:
            continue
        field = f"{at}.{name}"
        if given.currency_code != currency:
            message = f"this is in {given.currency_code}, the contract in {currency}"
            faults.note(TwoCurrencies(message, field=f"{field}.currencyCode"))
        with faults.noting():
            if name == "unitPrice":
                unit_amount(given.amount, field=f"{field}.amount")
            else:
                to_minor(given.amount, given.currency_code, field=f"{field}.amount")


def _require_days(line: LineDraft, at: str, term: Period) -> None:
    if line.due_on is not None and not term.starts_on <= line.due_on <= term.ends_on:
        message = f"{line.due_on} lies outside the term, {term.starts_on} to {term.ends_on}"
        raise DueOutsideTerm(message, field=f"{at}.dueOn")
    if line.recurrence is None:
        return
    if line.due_day_of_month is not None:
        if next(due_days(term, line.recurrence, line.due_day_of_month), None) is None:
            raise DueOutsideTerm("the term has no such day", field=f"{at}.dueDayOfMonth")
    elif not _is_whole(line, line.recurrence, term):
        message = f"{term.starts_on} to {term.ends_on} is no whole number of {line.recurrence} periods"
        raise NotWholePeriods(message, field=f"{at}.recurrence")


def _is_whole(line: LineDraft, recurrence: str, term: Period) -> bool:
    """Whether every period that is charged is charged in full, or it is agreed how a part of one is charged."""
    pricing = line.pricing
    if pricing is None:
        return bool(whole_periods(term, recurrence))
    periods = billing_periods(term.starts_on, term.ends_on, recurrence, pricing.anchor)
    return bool(pricing.prorated) or all(period.is_whole for period in periods)
