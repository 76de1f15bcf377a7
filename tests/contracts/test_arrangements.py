"""How lines are priced: proposed, read back by whoever may, signed with the document, refused field by field."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from core.ids import decode
from services.contracts.arrangement_rows import committed
from tests.contracts.client import LINES, Client, propose, sign, terms, usd

TICKETS: dict[str, Any] = {
    "key": "tickets", "title": "Help desk", "kind": "UNIT", "rateCardKey": "ticket", "quantity": "6000",
    "quantityBasis": "ESTIMATE",
    "pricing": {"arrangement": "UNIT", "tiering": "GRADUATED", "tierPeriod": "MONTHLY", "tiers": [
        {"upTo": "100", "unitPrice": usd("6.5")}, {"upTo": "250.5", "unitPrice": usd("5.125")},
        {"unitPrice": usd("4")}]},
}  # fmt: skip
HOSTING: dict[str, Any] = {
    "key": "platform", "title": "Hosting", "kind": "RECURRING", "rateCardKey": "month", "recurrence": "QUARTERLY",
    "pricing": {"arrangement": "RECURRING", "timing": "ADVANCE", "periodAnchor": "CALENDAR", "prorated": True},
}  # fmt: skip
PARTNER: dict[str, Any] = {
    "key": "partner", "title": "Partner", "kind": "RECURRING", "rateCardKey": "month", "recurrence": "MONTHLY",
    "pricing": {"arrangement": "COST_PLUS_INCENTIVE_FEE", "costTerms": {
        "targetCost": usd("48000"), "contractFee": usd("4000"), "feeFloor": usd("1000"), "feeCeiling": usd("7000"),
        "vendorShareUnderPercent": "20", "vendorShareOverPercent": "30.5"}},
}  # fmt: skip
PRICING = """lines { key quantity unitPrice { amount } value { amount } pricing { arrangement tiering tierPeriod
  tiers { upTo unitPrice { amount currencyCode } } timing periodAnchor prorated
  costTerms { targetCost { amount } contractFee { amount } contractFeePercent feeFloor { amount } feeCeiling { amount }
    vendorShareUnderPercent vendorShareOverPercent } } }"""


async def test_arrangements_are_read_as_they_were_agreed(api: Client) -> None:
    contract_id = await propose(api, lines=[TICKETS, HOSTING, PARTNER, *LINES], retainagePercent="7.5")
    read = await api.contract("association.acceptor", contract_id, f"retainagePercent {PRICING}")
    assert read["retainagePercent"] == "7.50"
    by_key = {line["key"]: line for line in read["lines"]}
    unsaid = dict.fromkeys(("tiering", "tierPeriod", "timing", "periodAnchor", "prorated", "costTerms")) | {"tiers": []}
    assert by_key["tickets"]["pricing"] == unsaid | {
        "arrangement": "UNIT", "tiering": "GRADUATED", "tierPeriod": "MONTHLY", "periodAnchor": "ANNIVERSARY",
        "tiers": [{"upTo": "100", "unitPrice": usd("6.50")}, {"upTo": "250.5", "unitPrice": usd("5.125")},
                  {"upTo": None, "unitPrice": usd("4.00")}],
    }  # fmt: skip
    assert by_key["tickets"]["unitPrice"] == {"amount": "6.50"}
    assert by_key["tickets"]["value"] == {"amount": "39000.00"}
    assert by_key["platform"]["pricing"] == unsaid | {
        "arrangement": "RECURRING", "timing": "ADVANCE", "periodAnchor": "CALENDAR", "prorated": True
    }  # fmt: skip
    assert (by_key["platform"]["quantity"], by_key["platform"]["value"]) == ("8", {"amount": "2400.00"})
    assert by_key["partner"]["pricing"] == unsaid | {"arrangement": "COST_PLUS_INCENTIVE_FEE"}
    # target cost and contract fee over the 24 months of the term
    assert by_key["partner"]["value"] == {"amount": "52000.00"}
    assert by_key["partner"]["unitPrice"] == {"amount": "2166.666667"}
    assert by_key["admin"]["pricing"] == unsaid | {"arrangement": "TIME_AND_MATERIALS"}
    assert by_key["roster"]["pricing"] is None


async def test_a_kind_says_how_a_line_is_priced_where_nothing_else_is_agreed(api: Client) -> None:
    read = await api.contract("association.owner", await propose(api, lines=[
        LINES[1] | {"key": "a"},
        {"key": "b", "title": "B", "kind": "MILESTONE", "rateCardKey": "cutover", "dueOn": terms(api.fair)["endsOn"]},
    ]), "retainagePercent lines { pricing { arrangement timing periodAnchor prorated } }")  # fmt: skip
    assert read == {"retainagePercent": None, "lines": [
        {"pricing": {"arrangement": "RECURRING", "timing": "ARREARS", "periodAnchor": "ANNIVERSARY",
                     "prorated": False}},
        {"pricing": {"arrangement": "FIXED_PRICE", "timing": None, "periodAnchor": None, "prorated": None}},
    ]}  # fmt: skip


async def test_cost_terms_are_read_by_whoever_reads_cost(api: Client) -> None:
    contract_id = await propose(api, lines=[PARTNER])

    async def readers() -> list[str]:
        seats = [f"{party}.{seat}" for party in ("association", "vendor", "other", "rival")
                 for seat in ("owner", "buyer", "acceptor", "finance", "delivery")]  # fmt: skip
        found, told = [], None
        for seat in [*seats, "operator.billing"]:
            read = await api.contract(seat, contract_id, PRICING)
            if read and read["lines"] and read["lines"][0]["pricing"]["costTerms"]:
                told = read["lines"][0]["pricing"]["costTerms"]
                found.append(seat)
        assert told == {
            "targetCost": {"amount": "48000.00"}, "contractFee": {"amount": "4000.00"}, "contractFeePercent": None,
            "feeFloor": {"amount": "1000.00"}, "feeCeiling": {"amount": "7000.00"},
            "vendorShareUnderPercent": "20.00", "vendorShareOverPercent": "30.50",
        }  # fmt: skip
        return found

    assert await readers() == ["vendor.owner", "operator.billing"]
    await sign(api, contract_id, "vendor.owner", "association.owner")
    assert await readers() == [
        "association.owner", "association.buyer", "association.finance", "vendor.owner", "operator.billing"
    ]  # fmt: skip


async def test_the_signed_document_says_it_with_cost_as_a_commitment(api: Client) -> None:
    contract_id = await propose(api, lines=[TICKETS, PARTNER, LINES[0]], retainagePercent="5")
    before = await api.contract("association.owner", contract_id, "document contentHash")
    document = json.loads(before["document"])
    assert document["terms"]["retainagePercent"] == "5.00"
    tickets, partner, admin = document["lines"]
    assert tickets["pricing"] == {
        "arrangement": "UNIT", "tiering": "GRADUATED", "tierPeriod": "MONTHLY", "timing": None,
        "periodAnchor": "ANNIVERSARY", "prorated": None,
        "tiers": [{"upTo": "100", "unitPrice": "6.5"}, {"upTo": "250.5", "unitPrice": "5.125"},
                  {"upTo": None, "unitPrice": "4"}],
    }  # fmt: skip
    assert "pricing" not in admin
    (id_,) = decode("con", contract_id, field="id")
    row = await api.fair.row("select * from contract_line_cost_terms where contract_id = $1", id_)
    names = (
        "target_cost_minor contract_fee_minor contract_fee_percent fee_floor_minor fee_ceiling_minor "
        "vendor_share_under_percent vendor_share_over_percent"
    )
    assert committed(row["salt"], {name: row[name] for name in names.split()}) == row["commitment"]
    assert partner["pricing"]["costTermsCommitment"] == row["commitment"]
    assert row["target_cost_minor"] == 4_800_000
    assert row["vendor_share_over_percent"] == Decimal("30.50")
    changed = deepcopy(TICKETS)
    changed["pricing"]["tiers"][2]["unitPrice"] = usd("3.99")
    revised = terms(api.fair, lines=[changed])
    revised.pop("offeringId")
    payload = await api.change("vendor.owner", "reviseContract", "contract { contentHash document retainagePercent }",
                               contractId=contract_id, revision=1, **revised)  # fmt: skip
    assert payload["userErrors"] == []
    assert payload["contract"]["contentHash"] != before["contentHash"]
    (line,) = json.loads(payload["contract"]["document"])["lines"]
    assert line["pricing"]["tiers"][2] == {"upTo": None, "unitPrice": "3.99"}
    assert payload["contract"]["retainagePercent"] is None


def _with(line: dict[str, Any], pricing: dict[str, Any], **fields: object) -> dict[str, Any]:
    return line | {"pricing": line["pricing"] | pricing} | fields


COST = PARTNER["pricing"]["costTerms"]
FAULTS: list[tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = [
    (LINES[0] | {"pricing": {"arrangement": "UNIT"}}, {}, [("pricing.arrangement", "ARRANGEMENT_NOT_TAKEN")]),
    (LINES[2] | {"pricing": {"arrangement": "UNIT"}}, {}, [("pricing.arrangement", "ARRANGEMENT_NOT_TAKEN")]),
    (_with(TICKETS, {"timing": "ADVANCE", "prorated": False, "costTerms": COST}), {},
     [("pricing.timing", "FIELD_NOT_TAKEN"), ("pricing.prorated", "FIELD_NOT_TAKEN"),
      ("pricing.costTerms", "FIELD_NOT_TAKEN")]),
    (_with(TICKETS, {"tiers": None}), {},
     [("pricing.tiers", "FIELD_MISSING"), ("pricing.tierPeriod", "FIELD_NOT_TAKEN")]),
    (_with(TICKETS, {"tiering": None}), {}, [("pricing.tiering", "FIELD_MISSING")]),
    (_with(TICKETS, {"tierPeriod": "TERM", "periodAnchor": "CALENDAR"}), {},
     [("pricing.periodAnchor", "FIELD_NOT_TAKEN")]),
    (_with(TICKETS, {}, unitPrice=usd("3")), {}, [("unitPrice", "FIELD_NOT_TAKEN")]),
    (_with(TICKETS, {"tiers": []}), {}, [("pricing.tiers", "INVALID_TIERS")]),
    (_with(TICKETS, {"tiers": [{"upTo": "3", "unitPrice": usd("1")}]}), {}, [("pricing.tiers", "INVALID_TIERS")]),
    (_with(TICKETS, {"tiers": [{"upTo": "3", "unitPrice": usd("1")}, {"upTo": "3", "unitPrice": usd("1.0000001")},
                               {"unitPrice": {"amount": "1", "currencyCode": "EUR"}}]}), {},
     [("pricing.tiers.1.unitPrice.amount", "INVALID_AMOUNT"),
      ("pricing.tiers.2.unitPrice.currencyCode", "TWO_CURRENCIES"), ("pricing.tiers.1.upTo", "INVALID_TIERS")]),
    (_with(TICKETS, {"tiers": [{"upTo": "0", "unitPrice": usd("1")}, {"unitPrice": usd("1")}]}), {},
     [("pricing.tiers.0.upTo", "INVALID_QUANTITY")]),
    (_with(TICKETS, {"tiers": [{"unitPrice": usd("1")}] * 21}), {},
     [("pricing.tiers", "LIST_TOO_LONG"), ("pricing.tiers", "INVALID_TIERS")]),
    (PARTNER, {"disclosureTier": "CLOSED"}, [("^disclosureTier", "COST_PLUS_NEEDS_OPEN_BOOK")]),
    (_with(PARTNER, {"costTerms": None}), {}, [("pricing.costTerms", "FIELD_MISSING")]),
    (_with(PARTNER, {}, quantity="2", unitPrice=usd("3")), {},
     [("unitPrice", "FIELD_NOT_TAKEN"), ("quantity", "FIELD_NOT_TAKEN")]),
    (_with(PARTNER, {"arrangement": "COST_PLUS_PERCENTAGE",
                     "costTerms": {"targetCost": usd("0"), "contractFeePercent": "100.01", "feeFloor": usd("1")}}), {},
     [("pricing.costTerms.feeFloor", "FIELD_NOT_TAKEN"),
      ("pricing.costTerms.contractFeePercent", "INVALID_CONTRACT_FEE"),
      ("pricing.costTerms.targetCost.amount", "INVALID_CONTRACT_FEE")]),
    (_with(PARTNER, {"arrangement": "COST_PLUS_FIXED_FEE", "costTerms": {"targetCost": usd("1.001")}}), {},
     [("pricing.costTerms.contractFee", "FIELD_MISSING"),
      ("pricing.costTerms.targetCost.amount", "INVALID_AMOUNT")]),
    (_with(PARTNER, {"costTerms": COST | {"feeFloor": usd("4000.01")}}), {},
     [("pricing.costTerms.contractFee", "INVALID_CONTRACT_FEE")]),
    (_with(HOSTING, {"prorated": False}), {"startsOn": "2026-01-02"}, [("recurrence", "NOT_WHOLE_PERIODS")]),
    (HOSTING, {"retainagePercent": "0"}, [("^retainagePercent", "INVALID_RETAINAGE")]),
    (HOSTING, {"retainagePercent": "100.01"}, [("^retainagePercent", "INVALID_RETAINAGE")]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "others", "faults"), FAULTS)
async def test_what_cannot_be_agreed_is_refused_field_by_field(
    api: Client, line: dict[str, Any], others: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    before = await api.fair.state()
    proposed = await api.change("association.buyer", "proposeContract", "contract { id }",
                                **terms(api.fair, **{"lines": [line], **others}))  # fmt: skip
    expected = [
        {"field": field[1:] if field.startswith("^") else f"lines.0.{field}", "code": code} for field, code in faults
    ]
    assert proposed == {"contract": None, "userErrors": expected}
    assert await api.fair.state() == before
