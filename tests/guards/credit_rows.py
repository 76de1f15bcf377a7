"""Continuing education: credit that was awarded, taken back, and awarded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from tests.guards.world import World


async def add_credits(world: World, _: asyncpg.Connection[Any]) -> None:
    """Approve a course, award its credit by attestation, revoke and reissue it."""
    from tests.guards.world import LAST_YEAR  # noqa: PLC0415  (the world imports what is added to it)

    contract = world.names["contract"]
    year = {"approvedFrom": f"{LAST_YEAR}-01-01", "approvedTo": f"{LAST_YEAR}-12-31"}
    activity = {
        "contractId": contract,
        "title": "Ethics in Credentialing",
        "accreditor": "IACET",
        "providerNumber": "105873",
        "approvalNumber": "ETH-014",
        "creditTypeCode": "CE",
        "creditTypeName": "Continuing Education",
        "unit": "CEU",
        "quantity": "0.15",
        "siteId": world.names["site"],
        "courseKey": "ethics",
        **year,
    }
    approved = await world.do("association.owner", "approveCreditActivity", "creditActivity { id }", activity)
    rule = {
        "creditActivityId": approved["creditActivity"]["id"],
        "needsCompletion": False,
        "needsAttestation": True,
        "periodsBeginOn": f"{LAST_YEAR}-01-01",
        "periodMonths": 24,
        "retentionYears": 7,
    }
    ruled = await world.do("association.owner", "approveCreditRule", "creditRule { id }", rule)
    path = f"/evidence?contractId={contract}&name=attendance.csv"
    sender = {**world.onlookers["vendor.delivery"].headers, "content-type": "text/csv"}
    upload = await world.client.post(path, content=b"104233", headers=sender)
    award = {
        "memberNumber": "104233",
        "learnerName": "Ana Soto",
        "earnedOn": f"{LAST_YEAR}-03-03",
        "attestation": "Present throughout",
        "evidenceId": upload.json()["id"],
    }
    asked = {"creditRuleId": ruled["creditRule"]["id"], "awards": [award]}
    awarded = await world.do("vendor.delivery", "awardCredits", "creditEntries { certificate { id } }", asked)
    taken_back = {"certificateId": awarded["creditEntries"][0]["certificate"]["id"], "reason": "Name misspelt"}
    await world.do("association.owner", "revokeCredit", "creditEntry { id }", taken_back)
    corrected = {**taken_back, "learnerName": "Anna Soto", "reason": "Name corrected"}
    await world.do("vendor.delivery", "reissueCredit", "creditEntry { id }", corrected)
