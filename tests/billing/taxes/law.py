"""Rules, registrations, certificates and rates as rows, for tests of what is made of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.ids import new_id
from tests.billing.market import LONG_AGO, Agreement, Market

REASONS = {"E": "Exempt by law", "AE": "Reverse charge", "K": "Within the EU", "G": "Export", "O": "Outside of scope"}


async def rule(market: Market, category: str, rate: str = "0", **conditions: Any) -> UUID:  # noqa: ANN401  (columns)
    """A rule of services that holds from 2020 on, with these conditions."""
    row = {"supply": "SERVICES", "valid_from": date(2020, 1, 1), "reason": REASONS.get(category), **conditions}
    id_ = new_id()
    await market.insert(
        "tax_rule", id=id_, category_code=category, rate_percent=Decimal(rate), recorded_at=LONG_AGO, **row
    )
    return id_


async def register(market: Market, organization_id: UUID, number: str | None = "N-1", **columns: Any) -> None:  # noqa: ANN401
    """An organization's registration."""
    await market.insert(
        "tax_registration", organization_id=organization_id, number=number, recorded_at=LONG_AGO, **columns
    )


async def at_home(market: Market, *, vendor: str, association: str) -> None:
    """Move the two to countries."""
    await market.rows.execute("update organization set country_code = $2 where id = $1", market.vendor, vendor)
    await market.rows.execute(
        "update organization set country_code = $2 where id = $1", market.association, association
    )


async def exemption(market: Market, agreement: Agreement, country: str, region: str | None, **columns: Any) -> UUID:  # noqa: ANN401
    """A verified certificate of the association's, from 2020 to 2030."""
    id_, file = new_id(), new_id()
    await market.insert(
        "evidence", **market.key(agreement.id), id=file, name="x.pdf", media_type="application/pdf", byte_size=4,
        sha256="0" * 64, uploaded_at=LONG_AGO, uploaded_by_member_id=new_id(), uploaded_by_name="Kim",
        uploaded_by_email="kim@guild.example", uploaded_by_organization_name="Guild",
    )  # fmt: skip
    row = {
        "number": "C-7", "status": "VERIFIED", "valid_from": date(2020, 1, 1), "valid_until": date(2030, 1, 1),
        "decided_at": LONG_AGO, **columns,
    }  # fmt: skip
    await market.insert(
        "tax_exemption", id=id_, association_id=market.association, country_code=country, region_code=region,
        evidence_contract_id=agreement.id, evidence_id=file, filed_at=LONG_AGO, **row,
    )  # fmt: skip
    return id_


async def exchange_rate(market: Market, from_: str, to: str, rate: str, on: date, *, source: str = "OPERATOR") -> None:
    """A rate of a day."""
    await market.insert(
        "exchange_rate", id=new_id(), source=source, rate_on=on, from_currency_code=from_, to_currency_code=to,
        rate=Decimal(rate), recorded_at=LONG_AGO,
    )  # fmt: skip


async def report_in(market: Market, currency: str) -> None:
    """The operator adds up in a currency."""
    await market.insert(
        "billing_setting", operator_id=market.operator, reporting_currency_code=currency, changed_at=LONG_AGO
    )
