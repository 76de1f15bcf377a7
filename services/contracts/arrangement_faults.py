"""What is wrong with the pricing arrangements of a draft's lines; all of it is told at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from core.errors import DomainError
from core.money import to_minor, unit_amount
from core.texts import check_length
from services.contracts.arrangements import ARRANGEMENTS_OF, COST_PLUS, Arrangement, CostTermsDraft, PricingDraft
from services.contracts.line_faults import FieldMissing, FieldNotTaken, TwoCurrencies
from services.contracts.lines import LineKind, require_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Final

    from services.contracts.faults import Faults
    from services.contracts.lines import Amount, LineDraft
    from services.contracts.terms import Terms

MOST_TIERS: Final = 20
PUBLIC: Final = {
    "tiering": "tiering",
    "tier_period": "tierPeriod",
    "tiers": "tiers",
    "timing": "timing",
    "period_anchor": "periodAnchor",
    "prorated": "prorated",
    "cost_terms": "costTerms",
}
TAKEN: Final = {
    Arrangement.UNIT: {"tiering", "tier_period", "tiers", "period_anchor"},
    Arrangement.RECURRING: {"timing", "period_anchor", "prorated"},
} | {arrangement: {"cost_terms"} for arrangement in COST_PLUS}
"""The fields that an arrangement takes; FIXED_PRICE and TIME_AND_MATERIALS take none."""
FEES: Final = {
    "contract_fee": "contractFee",
    "contract_fee_percent": "contractFeePercent",
    "fee_floor": "feeFloor",
    "fee_ceiling": "feeCeiling",
    "vendor_share_under_percent": "vendorShareUnderPercent",
    "vendor_share_over_percent": "vendorShareOverPercent",
}
FEES_OF: Final = {
    Arrangement.COST_PLUS_FIXED_FEE: {"contract_fee"},
    Arrangement.COST_PLUS_PERCENTAGE: {"contract_fee_percent"},
    Arrangement.COST_PLUS_INCENTIVE_FEE: set(FEES) - {"contract_fee_percent"},
}
"""What an arrangement needs to tell the contract fee by, and takes nothing else."""


class ArrangementNotTaken(DomainError):
    """A line of this kind cannot be priced by this arrangement."""


class InvalidTiers(DomainError):
    """The tiers do not follow each other: each ends beyond the one before it, and the last, and only it, has no end."""


class CostPlusNeedsOpenBook(DomainError):
    """The price of such a line is its cost: only a contract of disclosure tier OPEN_BOOK may be billed by it."""


class InvalidContractFee(DomainError):
    """The contract fee lies outside its floor and ceiling, or a percentage outside 0 to 100 with two decimals."""


def note_faults_of_arrangements(faults: Faults, lines: Sequence[LineDraft], *, terms: Terms) -> None:
    """Note what is wrong with how lines are priced, each at `lines.N.pricing.field`."""
    for number, line in enumerate(lines):
        pricing, at = line.pricing, f"lines.{number}.pricing"
        if pricing is None:
            continue
        takes = ARRANGEMENTS_OF[LineKind(line.kind)]
        if pricing.arrangement not in takes:
            right = " or ".join(takes) or "no pricing at all"
            message = f"a line of kind {line.kind} is not priced by {pricing.arrangement}; {right} would be right"
            faults.note(ArrangementNotTaken(message, field=f"{at}.arrangement"))
            continue
        if _has_its_fields(faults, line, pricing, at):
            _note_faults_of_tiers(faults, pricing, at, terms)
            if pricing.cost_terms is not None:
                _note_faults_of_cost_terms(faults, pricing.arrangement, pricing.cost_terms, f"{at}.costTerms", terms)


def _has_its_fields(faults: Faults, line: LineDraft, pricing: PricingDraft, at: str) -> bool:
    before = len(faults.found)
    arrangement = Arrangement(pricing.arrangement)
    for name, public in PUBLIC.items():
        if getattr(pricing, name) is not None and name not in TAKEN.get(arrangement, set()):
            faults.note(FieldNotTaken(f"{arrangement} takes no {public}", field=f"{at}.{public}"))
    tiered = pricing.tiers is not None
    for name, needed in (
        ("tiers", pricing.tiering is not None),
        ("tiering", tiered),
        ("cost_terms", arrangement in COST_PLUS),
    ):
        if needed and getattr(pricing, name) is None:
            faults.note(FieldMissing(f"{arrangement} needs {PUBLIC[name]} here", field=f"{at}.{PUBLIC[name]}"))
    for name in ("tier_period", "period_anchor"):
        if arrangement is Arrangement.UNIT and not tiered and getattr(pricing, name) is not None:
            faults.note(FieldNotTaken(f"units without tiers take no {PUBLIC[name]}", field=f"{at}.{PUBLIC[name]}"))
    if tiered and pricing.period_anchor is not None and (pricing.tier_period or "TERM") == "TERM":
        faults.note(FieldNotTaken("the term is one tier period; it takes no anchor", field=f"{at}.periodAnchor"))
    line_at = at.removesuffix(".pricing")
    if line.unit_price is not None and (tiered or arrangement in COST_PLUS):
        faults.note(FieldNotTaken(f"its pricing says it; {arrangement} takes none here", field=f"{line_at}.unitPrice"))
    if line.quantity is not None and arrangement in COST_PLUS:
        faults.note(FieldNotTaken(f"{arrangement} bills cost, not a quantity", field=f"{line_at}.quantity"))
    return len(faults.found) == before


def _note_faults_of_tiers(faults: Faults, pricing: PricingDraft, at: str, terms: Terms) -> None:
    if pricing.tiers is None:
        return
    faults.note_all(check_length(pricing.tiers, most=MOST_TIERS, field=f"{at}.tiers"))
    for number, tier in enumerate(pricing.tiers[:MOST_TIERS]):
        field = f"{at}.tiers.{number}"
        if tier.up_to is not None:
            with faults.noting():
                require_quantity(tier.up_to, field=f"{field}.upTo")
        _note_faults_of_amount(faults, tier.unit_price, f"{field}.unitPrice", terms, finer=True)
    ends = [tier.up_to for tier in pricing.tiers]
    open_ended = [number for number, end in enumerate(ends) if end is None]
    if open_ended != [len(ends) - 1]:
        faults.note(InvalidTiers("the last tier, and only it, has no upTo", field=f"{at}.tiers"))
    for number, (low, high) in enumerate(pairwise(ends[:-1]), start=1):
        if low is not None and high is not None and high <= low:
            message = f"{high:f} does not lie beyond {low:f}, where the tier before it ends"
            faults.note(InvalidTiers(message, field=f"{at}.tiers.{number}.upTo"))


def _note_faults_of_cost_terms(faults: Faults, arrangement: str, given: CostTermsDraft, at: str, terms: Terms) -> None:
    if terms.disclosure_tier != "OPEN_BOOK":
        message = f"{arrangement} bills cost, which {terms.disclosure_tier} keeps closed; OPEN_BOOK would be right"
        faults.note(CostPlusNeedsOpenBook(message, field="disclosureTier"))
    before = len(faults.found)
    _has_its_fees(faults, arrangement, given, at)
    _note_faults_of_amount(faults, given.target_cost, f"{at}.targetCost", terms, positive=True)
    for name in ("contract_fee", "fee_floor", "fee_ceiling"):
        amount = getattr(given, name)
        if amount is not None:
            _note_faults_of_amount(faults, amount, f"{at}.{FEES[name]}", terms)
    if len(faults.found) == before and given.fee_floor and given.contract_fee and given.fee_ceiling:
        floor, fee, ceiling = given.fee_floor.amount, given.contract_fee.amount, given.fee_ceiling.amount
        if not floor <= fee <= ceiling:
            message = f"{fee:f} does not lie between its floor {floor:f} and its ceiling {ceiling:f}"
            faults.note(InvalidContractFee(message, field=f"{at}.contractFee"))


def _has_its_fees(faults: Faults, arrangement: str, given: CostTermsDraft, at: str) -> None:
    needs = FEES_OF[Arrangement(arrangement)]
    for name, public in FEES.items():
        said = getattr(given, name) is not None
        if name in needs and not said:
            faults.note(FieldMissing(f"{arrangement} needs {public}", field=f"{at}.{public}"))
        if said and name not in needs:
            faults.note(FieldNotTaken(f"{arrangement} takes no {public}", field=f"{at}.{public}"))
    for name in ("contract_fee_percent", "vendor_share_under_percent", "vendor_share_over_percent"):
        percent: Decimal | None = getattr(given, name)
        if percent is not None and (not 0 <= percent <= 100 or percent != round(percent, 2)):  # noqa: PLR2004 - a percentage
            message = f"{percent:f} is no percentage from 0 to 100.00"
            faults.note(InvalidContractFee(message, field=f"{at}.{FEES[name]}"))


def _note_faults_of_amount(
    faults: Faults, given: Amount, at: str, terms: Terms, *, finer: bool = False, positive: bool = False
) -> None:
    if given.currency_code != terms.currency_code:
        message = f"this is in {given.currency_code}, the contract in {terms.currency_code}"
        faults.note(TwoCurrencies(message, field=f"{at}.currencyCode"))
        return
    with faults.noting():
        if finer:
            unit_amount(given.amount, field=f"{at}.amount")
        elif to_minor(given.amount, given.currency_code, field=f"{at}.amount") == 0 and positive:
            faults.note(InvalidContractFee("there is no share of a cost of nothing", field=f"{at}.amount"))
