"""The rules by which tax is charged; the operator writes them, and says from which day and until which."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import new_id
from services.billing.taxes.models import TaxRule
from services.billing.taxes.registering import LONGEST_REASON, check_region
from services.contracts.faults import Faults
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

RATE_DIGITS: Final = 4
SAYING_NO_REASON: Final = ("S", "Z")
"""EN 16931 BR-S-10, BR-Z-10: no reason for an exemption; each other category needs one (BR-E-10, BR-AE-10, ...)."""
LONGEST_CODE: Final = 50
LONGEST_TEXT: Final = 500


class TaxRuleOverlaps(DomainError):
    """Another rule says of the same sales what tax they bear on some of the same days."""


class TaxRateUnfit(DomainError):
    """The rate does not go with the category: S takes a rate above zero, every other category takes zero."""


class TaxReasonUnfit(DomainError):
    """S and Z take no reason for an exemption; every other category takes one."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says: of which sales, what tax, and when. A condition that is None holds of every sale.

    `rate_percent` has at most four decimals. `valid_until` is the last day; None: until it is ended.
    """

    supply: str
    category_code: str
    rate_percent: Decimal
    valid_from: date
    valid_until: date | None = None
    trade: str | None = None
    seller_country_code: str | None = None
    seller_region_code: str | None = None
    buyer_country_code: str | None = None
    buyer_region_code: str | None = None
    unit: str | None = None
    reason_code: str | None = None
    reason: str | None = None


async def add_tax_rule(tx: Transaction, *, actor: Actor, ruling: Ruling, why: str, now: datetime) -> UUID:
    """Write a rule; what is issued from its first day on is taxed by it. Returns its id.

    Which of several rules holds of a sale is said by `app.tax_for`: see `charging`. Refuses with Forbidden,
    InvalidInput, TaxRateUnfit, TaxReasonUnfit, TextBlank, TextTooLong or TaxRuleOverlaps.
    """
    require(actor, Act.CONFIGURE_BILLING)
    _refuse_faults(ruling, why)
    rule_id = new_id()
    overlaps = TaxRuleOverlaps("a rule of the same sales holds on some of these days: end it first", field="validFrom")
    await tx.execute(
        insert(TaxRule).values(id=rule_id, recorded_at=now, **asdict(ruling), **actor.signed("recorded_by")),
        refusing={"one_tax_rule_at_a_time": overlaps},
    )
    after = {name: str(value) for name, value in asdict(ruling).items() if value is not None}
    tx.emit(Event("TAX_RULE_ADDED", rule_id, after=after, reason=why.strip()))
    return rule_id


async def end_tax_rule(tx: Transaction, *, actor: Actor, rule_id: UUID, valid_until: date, why: str) -> UUID:
    """Name the last day of a rule, also an earlier one than was named before; what was issued stays as it is.

    Refuses with Forbidden, NotFound, InvalidInput, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.text(why, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    rule = await tx.one_or_none(
        select(col(TaxRule.valid_from), col(TaxRule.valid_until)).where(col(TaxRule.id) == rule_id).with_for_update()
    )
    if rule is None:
        raise NotFound("there is no such rule", field="taxRuleId")
    if not rule.valid_from <= valid_until <= (rule.valid_until or valid_until):
        last = f" and not after {rule.valid_until}, where it ends" if rule.valid_until else ""
        raise InvalidInput(f"{valid_until} must not be before {rule.valid_from}{last}", field="validUntil")
    await tx.execute(update(TaxRule).where(col(TaxRule.id) == rule_id).values(valid_until=valid_until))
    before = {"validUntil": str(rule.valid_until) if rule.valid_until else None}
    tx.emit(Event("TAX_RULE_ENDED", rule_id, before=before, after={"validUntil": str(valid_until)}, reason=why.strip()))
    return rule_id


def _refuse_faults(ruling: Ruling, why: str) -> None:
    faults = Faults()
    faults.text(why, longest=LONGEST_REASON, field="reason")
    faults.text(ruling.reason, longest=LONGEST_TEXT, field="exemptionReason")
    faults.text(ruling.reason_code, longest=LONGEST_CODE, field="exemptionReasonCode")
    for party in ("seller", "buyer"):
        region = getattr(ruling, f"{party}_region_code")
        faults.note_all(check_region(region, field=f"{party}RegionCode"))
        if region is not None and getattr(ruling, f"{party}_country_code") is None:
            faults.note(InvalidInput("name the country that the region is in", field=f"{party}CountryCode"))
    rate = ruling.rate_percent
    if not 0 <= rate <= 100 or rate != round(rate, RATE_DIGITS):  # noqa: PLR2004  (a hundred percent)
        message = f"{rate} must be from 0 to 100, with at most {RATE_DIGITS} decimals"
        faults.note(InvalidInput(message, field="ratePercent"))
    elif (ruling.category_code == "S") != (rate > 0):
        right = "a rate above zero" if ruling.category_code == "S" else "a rate of zero"
        faults.note(TaxRateUnfit(f"category {ruling.category_code} takes {right}", field="ratePercent"))
    if (ruling.category_code in SAYING_NO_REASON) != (ruling.reason is None):
        takes = "no reason" if ruling.category_code in SAYING_NO_REASON else "a reason"
        faults.note(TaxReasonUnfit(f"category {ruling.category_code} takes {takes}", field="exemptionReason"))
    if ruling.reason_code is not None and ruling.reason is None:
        faults.note(TaxReasonUnfit("a code goes with its reason in words", field="exemptionReasonCode"))
    if ruling.valid_until is not None and ruling.valid_until < ruling.valid_from:
        message = f"{ruling.valid_until} is before {ruling.valid_from}, where it begins"
        faults.note(InvalidInput(message, field="validUntil"))
    faults.refuse()
