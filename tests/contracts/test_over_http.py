from __future__ import annotations

import hashlib
import json

import pytest

from tests.contracts.client import STARTS_ON, TODAY, Client, propose, sign, usd


async def test_a_contract_as_both_parties_read_it(api: Client) -> None:
    contract_id = await propose(api, marginBand={"floorPercent": "10", "ceilingPercent": "35.5"})
    await sign(api, contract_id, "vendor.owner", "association.owner")
    read = await api.contract(
        "association.owner",
        contract_id,
        """title status association { name } vendor { name } offering { title } offeringVersion { number } timeZone
        currencyCode purchaseOrderNumber paymentTermsDays acceptancePeriodDays disclosureTier platformFeePercent
        marginBand { floorPercent ceilingPercent } totalValue { amount currencyCode } revision signedAfterStart endedAt
        signatures { party revision afterStart signatory { name organizationName email } }
        revisions { totalCount nodes { number recordedBy { name } signatures { party } } }
        obligations(first: 1) { totalCount nodes { dueOn status recordedBy { name } line { key } } }""",
    )
    obligations = read.pop("obligations")
    assert obligations["totalCount"] == 24
    assert obligations["nodes"] == [
        {"dueOn": f"{TODAY.year}-01-05", "status": "DUE", "recordedBy": None, "line": {"key": "roster"}}
    ]
    late = TODAY > STARTS_ON
    assert read == {
        "title": "LMS administration",
        "status": "ACTIVE",
        "association": {"name": "Association"},
        "vendor": {"name": "Vendor"},
        "offering": {"title": "Managed LMS administration"},
        "offeringVersion": {"number": 1},
        "timeZone": "America/Chicago",
        "currencyCode": "USD",
        "purchaseOrderNumber": None,
        "paymentTermsDays": 30,
        "acceptancePeriodDays": None,
        "disclosureTier": "OPEN_BOOK",
        "platformFeePercent": "3.00",
        "marginBand": {"floorPercent": "10.00", "ceilingPercent": "35.50"},
        "totalValue": usd("38904.00"),
        "revision": 1,
        "signedAfterStart": late,
        "endedAt": None,
        "signatures": [
            {
                "party": party,
                "revision": 1,
                "afterStart": late,
                "signatory": {"name": seat, "organizationName": name, "email": api.fair[seat].email},
            }
            for party, seat, name in (
                ("VENDOR", "vendor.owner", "Vendor"),
                ("ASSOCIATION", "association.owner", "Association"),
            )
        ],
        "revisions": {
            "totalCount": 1,
            "nodes": [
                {
                    "number": 1,
                    "recordedBy": {"name": "association.buyer"},
                    "signatures": [{"party": "VENDOR"}, {"party": "ASSOCIATION"}],
                }
            ],
        },
    }


async def test_lines_and_their_burn(api: Client) -> None:
    contract_id = await propose(api)
    newest = await api.fair.value("select max(id::text)::uuid from contract")
    await api.fair.rows.execute(
        "update contract_line set recorded_quantity = 600, submitted_quantity = 600, accepted_quantity = 470, "
        "billed_quantity = 10, billed_minor = 52000 where contract_id = $1 and key = 'admin'",
        newest,
    )
    await api.fair.rows.execute(
        "update contract_line set billed_quantity = 6, billed_minor = 174300 "
        "where contract_id = $1 and key = 'hosting'",
        newest,
    )
    read = await api.contract(
        "vendor.owner",
        contract_id,
        """lines { key kind quantity quantityBasis unitsPerPeriod unit unitPrice { amount } unitCost { amount }
        notToExceed { amount } value { amount } recurrence dueDayOfMonth obligedParty occurrences { totalCount }
        scopeBurn { contracted submitted accepted billed remaining burnPercent notToExceed { amount }
        acceptedValue { amount } billedValue { amount } remainingValue { amount } } }""",
    )
    admin, hosting, roster = read["lines"]
    assert admin["unitPrice"] == {"amount": "52.00"}
    assert admin["unitCost"] == {"amount": "38.00"}
    assert admin["scopeBurn"] == {
        "contracted": "480",
        "submitted": "600",
        "accepted": "470",
        "billed": "10",
        "remaining": "10",
        "burnPercent": "97.92",
        "notToExceed": {"amount": "24960.00"},
        "acceptedValue": {"amount": "24440.00"},
        "billedValue": {"amount": "520.00"},
        "remainingValue": {"amount": "520.00"},
    }
    assert (hosting["quantity"], hosting["unitsPerPeriod"], hosting["unit"]) == ("48", "2", "MONTH")
    assert (hosting["unitPrice"], hosting["value"]) == ({"amount": "290.50"}, {"amount": "13944.00"})
    assert hosting["scopeBurn"] == {
        "contracted": "48",
        "submitted": "0",
        "accepted": "0",
        "billed": "6",
        "remaining": "42",
        "burnPercent": "12.50",
        "notToExceed": None,
        "acceptedValue": {"amount": "1743.00"},
        "billedValue": {"amount": "1743.00"},
        "remainingValue": {"amount": "12201.00"},
    }
    assert roster == {
        "key": "roster",
        "kind": "OBLIGATION",
        "quantity": None,
        "quantityBasis": None,
        "unitsPerPeriod": None,
        "unit": None,
        "unitPrice": None,
        "unitCost": None,
        "notToExceed": None,
        "value": {"amount": "0.00"},
        "recurrence": "MONTHLY",
        "dueDayOfMonth": 5,
        "obligedParty": "ASSOCIATION",
        "occurrences": {"totalCount": 0},
        "scopeBurn": None,
    }


async def test_the_document_is_read_and_hashed_by_whoever_signs_it(api: Client) -> None:
    contract_id = await propose(api)
    for seat in ("vendor.owner", "association.finance"):
        read = await api.contract(
            seat, contract_id, "id contentHash document revisions { nodes { contentHash document } }"
        )
        assert hashlib.sha256(read["document"].encode()).hexdigest() == read["contentHash"]
        assert json.loads(read["document"])["contract"] == read["id"]
        assert read["revisions"]["nodes"] == [{"contentHash": read["contentHash"], "document": read["document"]}]


FULL, WITHHELD = "FULL", "WITHHELD_FROM_ROLE"


@pytest.mark.parametrize(
    ("tier", "signed", "association"),
    [
        ("OPEN_BOOK", False, "PRICE_ONLY"),
        ("OPEN_BOOK", True, "FULL"),
        ("BAND", True, "BAND_ONLY"),
        ("CLOSED", True, "PRICE_ONLY"),
    ],
)
async def test_cost_is_read_by_tier_role_and_signature(api: Client, tier: str, signed: bool, association: str) -> None:
    contract_id = await propose(api, disclosureTier=tier)
    if signed:
        await sign(api, contract_id, "vendor.owner")
    told = {
        "vendor.owner": FULL,
        "operator.billing": FULL,
        "association.owner": association,
        "association.buyer": association,
        "association.finance": association,
        "association.acceptor": WITHHELD,
    }
    for seat, disclosure in told.items():
        read = await api.contract(seat, contract_id, "disclosure lines { unitPrice { amount } unitCost { amount } }")
        assert read["disclosure"] == disclosure, seat
        assert read["lines"][0]["unitPrice"] == {"amount": "52.00"}
        assert (read["lines"][0]["unitCost"] is not None) == (disclosure == FULL), seat
