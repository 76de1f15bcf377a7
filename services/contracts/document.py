"""The document that is signed: canonical JSON (RFC 8785) of everything agreed, cost as a salted commitment only.

Whoever holds the document recomputes its hash with any SHA-256. A cost's commitment is the SHA-256 of its salt
followed by the cost and its currency ("38 USD"), so that it can be proven later and not be guessed before.
"""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import rfc8785

from core.ids import encode
from core.money import currency_digits
from services.contracts.committing import said_of_commitment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from services.contracts.drafting import Draft
    from services.contracts.offered import Offered, Parties
    from services.contracts.pricing import PricedLine
    from services.contracts.terms import Terms
    from services.identity.models import Organization

FORMAT: Final = "chapterhouse.contract.1"
MANDATE: Final = (
    "The vendor is the seller and the association the buyer. The vendor mandates the operator to issue invoices in the "
    "vendor's name and to collect their amounts as the vendor's agent; paying the operator discharges the debt."
)


def document(
    *,
    contract_id: UUID,
    revision: int,
    draft: Draft,
    parties: Parties,
    time_zone: str,
    platform_fee_percent: Decimal,
    commitments: Mapping[UUID, str],
    arrangements: Mapping[str, Mapping[str, Any]],
) -> str:
    """Write the document of one revision; the same facts give the same text, byte for byte."""
    content = {
        "format": FORMAT,
        "contract": encode("con", contract_id),
        "revision": revision,
        "association": _party(parties.association),
        "vendor": _party(parties.vendor),
        "mandate": {"operator": _party(parties.operator), "text": MANDATE},
        "offering": _offering(draft.offered),
        "terms": _terms(draft, time_zone, platform_fee_percent),
        "lines": [
            _line(line, commitments.get(line["id"])) | _pricing(arrangements.get(line["key"])) for line in draft.lines
        ],
    }
    return canonical(content)


def canonical(content: dict[str, Any]) -> str:
    """Write JSON in the one form that RFC 8785 gives it."""
    return rfc8785.dumps(content).decode()


def content_hash(document: str) -> str:
    """Return the SHA-256 of a document, as 64 hexadecimal digits."""
    return sha256(document.encode()).hexdigest()


def _party(organization: Row[tuple[Organization]]) -> dict[str, str]:
    return {
        "id": encode("org", organization.id),
        "name": organization.name,
        "country": organization.country_code,
    }


def _offering(offered: Offered) -> dict[str, Any]:
    version = offered.version
    return {
        "id": encode("off", version.offering_id),
        "version": {"id": encode("ofv", version.id), "number": version.number},
        "title": version.title,
        "category": version.category,
        "deliverables": version.deliverables,
        "exclusions": version.exclusions,
        "assumptions": version.assumptions,
        "buyerInputs": version.buyer_inputs,
        "serviceLevels": [
            {
                "key": level.key,
                "metric": level.metric,
                "thresholdMinutes": level.threshold_minutes,
                "targetPercent": f"{level.target_percent:.2f}",
                "period": level.period,
            }
            for level in offered.service_levels
        ],
    }


def _terms(draft: Draft, time_zone: str, platform_fee_percent: Decimal) -> dict[str, Any]:
    terms, band = draft.terms, draft.terms.margin_band
    return {
        "title": terms.title,
        "startsOn": terms.starts_on.isoformat(),
        "endsOn": terms.ends_on.isoformat(),
        "timeZone": time_zone,
        "currencyCode": terms.currency_code,
        "purchaseOrderNumber": terms.purchase_order_number,
        "paymentTermsDays": terms.payment_terms_days,
        "acceptancePeriodDays": terms.acceptance_period_days,
        "disclosureTier": terms.disclosure_tier,
        "marginBand": band
        and {"floorPercent": f"{band.floor_percent:.2f}", "ceilingPercent": f"{band.ceiling_percent:.2f}"},
        "platformFeePercent": f"{platform_fee_percent:.2f}",
        **_withheld(terms),
        **said_of_commitment(terms),
        "offerExpiresOn": draft.last_day_to_sign.isoformat(),
        "totalValue": _money(draft.total_value_minor, terms.currency_code),
    }


def _withheld(terms: Terms) -> dict[str, str]:
    """What is retained of each invoice, where that is agreed."""
    percent = terms.retainage_percent
    return {} if percent is None else {"retainagePercent": f"{percent:.2f}"}


def _line(line: PricedLine, commitment: str | None) -> dict[str, Any]:
    return {
        "key": line["key"],
        "title": line["title"],
        "kind": line["kind"],
        "rate": line["rate_card_key"] and {"key": line["rate_card_key"], "version": line["rate_version"]},
        "unit": line["unit"],
        "unitPrice": _decimal(line["unit_price"]),
        "costCommitment": commitment,
        "quantity": _decimal(line["quantity"]),
        "quantityBasis": line["quantity_basis"],
        "unitsPerPeriod": _decimal(line["units_per_period"]),
        "notToExceed": _money(line["not_to_exceed_minor"], line["currency_code"]),
        "value": _money(line["value_minor"], line["currency_code"]),
        "dueOn": _day(line["due_on"]),
        "acceptanceCriteria": line["acceptance_criteria"],
        "recurrence": line["recurrence"],
        "dueDayOfMonth": line["due_day_of_month"],
        "obligedParty": line["obliged_party"],
    }


def _pricing(arrangement: Mapping[str, Any] | None) -> dict[str, Any]:
    """How a line is priced, where more is agreed than its kind says."""
    return {} if arrangement is None else {"pricing": dict(arrangement)}


def _decimal(value: Decimal | None) -> str | None:
    """A decimal without trailing zeros, never in powers of ten."""
    return None if value is None else f"{value.normalize():f}"


def _money(minor: int | None, currency_code: str) -> str | None:
    """Minor units as a decimal with the currency's own digits."""
    if minor is None:
        return None
    return f"{Decimal(minor).scaleb(-currency_digits(currency_code)):f}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
