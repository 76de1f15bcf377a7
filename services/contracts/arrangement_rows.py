"""What is written down of a line's pricing arrangement: its rows, and what the signed document says of it."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import rfc8785
from sqlalchemy import insert

from core.money import to_minor
from services.contracts.arrangements import Arrangement
from services.contracts.models import ContractLineCostTerms, ContractLinePricing, ContractLineTier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Final

    from core.db import Transaction
    from core.events import ContractKey
    from services.contracts.arrangements import CostTermsDraft, PricingDraft
    from services.contracts.lines import Amount, LineDraft
    from services.contracts.pricing import PricedLine

SALT_BYTES: Final = 32


async def write_arrangements(
    tx: Transaction, contract: ContractKey, drafts: Sequence[LineDraft], lines: Sequence[PricedLine]
) -> dict[str, dict[str, Any]]:
    """Write the arrangements of a revision's lines; returns by line key what the document says of each.

    Target cost and contract fee are in it as a commitment only: the SHA-256 of a salt, kept beside them, followed by
    the terms as canonical JSON (RFC 8785).
    """
    said: dict[str, dict[str, Any]] = {}
    # the line of a minimum commitment comes last, and nobody drafted it
    for draft, line in zip(drafts, lines, strict=False):
        pricing = draft.pricing
        if pricing is None:
            continue
        key = {**contract.columns, "line_id": line["id"]}
        columns = _columns(pricing)
        await tx.execute(insert(ContractLinePricing).values(**key, **columns))
        said[draft.key] = {_public(name): value for name, value in columns.items()}
        if pricing.tiers is not None:
            tiers = [
                {
                    **key,
                    "position": position,
                    "up_to": tier.up_to,
                    "currency_code": line["currency_code"],
                    "unit_price": tier.unit_price.amount,
                }
                for position, tier in enumerate(pricing.tiers, start=1)
            ]
            await tx.execute(insert(ContractLineTier).values(tiers))
            said[draft.key]["tiers"] = [
                {"upTo": _decimal(tier.up_to), "unitPrice": _decimal(tier.unit_price.amount)} for tier in pricing.tiers
            ]
        if pricing.cost_terms is not None:
            terms = _cost_terms(pricing.cost_terms, line["currency_code"])
            salt = secrets.token_bytes(SALT_BYTES)
            commitment = committed(salt, terms)
            row = {**key, "arrangement": pricing.arrangement, "currency_code": line["currency_code"]}
            await tx.execute(insert(ContractLineCostTerms).values(**row, **terms, salt=salt, commitment=commitment))
            said[draft.key]["costTermsCommitment"] = commitment
    return said


def committed(salt: bytes, terms: dict[str, Any]) -> str:
    """The commitment to cost terms: amounts in minor units and percentages, all as text, none where not agreed."""
    text = {_public(name): None if value is None else f"{value}" for name, value in terms.items()}
    return sha256(salt + rfc8785.dumps(text)).hexdigest()


def _columns(pricing: PricingDraft) -> dict[str, Any]:
    recurring = pricing.arrangement == Arrangement.RECURRING
    tier_period = (pricing.tier_period or "TERM") if pricing.tiering else None
    anchored = recurring or (tier_period or "TERM") != "TERM"
    return {
        "arrangement": pricing.arrangement,
        "tiering": pricing.tiering,
        "tier_period": tier_period,
        "timing": (pricing.timing or "ARREARS") if recurring else None,
        "period_anchor": pricing.anchor.value if anchored else None,
        "prorated": bool(pricing.prorated) if recurring else None,
    }


def _cost_terms(given: CostTermsDraft, currency_code: str) -> dict[str, Any]:
    def minor(amount: Amount | None) -> int | None:
        return None if amount is None else to_minor(amount.amount, currency_code, field="costTerms")

    return {
        "target_cost_minor": minor(given.target_cost),
        "contract_fee_minor": minor(given.contract_fee),
        "contract_fee_percent": _two_decimals(given.contract_fee_percent),
        "fee_floor_minor": minor(given.fee_floor),
        "fee_ceiling_minor": minor(given.fee_ceiling),
        "vendor_share_under_percent": _two_decimals(given.vendor_share_under_percent),
        "vendor_share_over_percent": _two_decimals(given.vendor_share_over_percent),
    }


def _two_decimals(percent: Decimal | None) -> Decimal | None:
    return percent if percent is None else round(percent, 2)


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _public(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)
