"""Tax rules, certificates and rates, of days that nothing is issued on, so that nothing else is taxed by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import encode
from demo.organizations import organization_id
from demo.seats import GUILD, LAKESIDE, OPERATOR

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_taxes(world: World, _: asyncpg.Connection[Any]) -> None:
    """The operator configures, the association files."""
    why = {"reason": "For the guard."}
    rule = {
        "supply": "SERVICES",
        "category": "S",
        "ratePercent": "8.25",
        "validFrom": "2001-01-01",
        "validUntil": "2001-12-31",
        **why,
    }
    await world.do("operator.billing", "addTaxRule", "taxRule { id }", rule)
    for organization in (GUILD, LAKESIDE, OPERATOR):
        registered = {"organizationId": encode("org", organization_id(organization)), "regionCode": "TX", **why}
        await world.do("operator.billing", "recordTaxRegistration", "organization { id }", registered)
    rate = {"rateOn": "2001-03-03", "fromCurrencyCode": "EUR", "toCurrencyCode": "USD", "rate": "1.0811", **why}
    await world.do("operator.billing", "enterExchangeRate", "exchangeRate { id }", rate)
    reported = {"currencyCode": "USD", **why}
    await world.do("operator.billing", "setReportingCurrency", "reportingCurrencyCode", reported)
    path = f"/evidence?contractId={world.names['contract']}&name=exemption.csv"
    sender = {**world.onlookers["association.finance"].headers, "content-type": "text/csv"}
    upload = await world.client.post(path, content=b"TX-501-88", headers=sender)
    assert upload.status_code < 300, upload.text
    filed = {
        "number": "TX-501-88",
        "countryCode": "US",
        "regionCode": "TX",
        "evidenceId": upload.json()["id"],
        "validFrom": "2001-01-01",
        "validUntil": "2001-12-31",
    }
    await world.do("association.finance", "fileTaxExemption", "taxExemption { id }", filed)
