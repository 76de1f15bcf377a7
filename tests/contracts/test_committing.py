"""A minimum commitment: stated in the terms, signed with the document, carried by a line, refused field by field."""

from __future__ import annotations

import json

import pytest

from tests.contracts.client import LINES, Client, propose, sign, terms, usd

COMMITTED = {"amount": usd("50000"), "per": "YEAR"}
READ = """totalValue { amount } contentHash document minimumCommitment { amount { amount currencyCode } per }
lines { key kind title quantity unitPrice { amount } unitCost { amount } value { amount } rateCardKey
  scopeBurn { burnPercent } pricing { arrangement } openBook { price { amount } cost { amount } }
  actualBook { openBook { cost { amount } } } prices { listPrice { amount } billed { amount } } }"""


async def test_a_commitment_is_a_term_and_a_line_carries_it(api: Client) -> None:
    without = await api.contract(
        "association.owner", await propose(api), "totalValue { amount } minimumCommitment { per }"
    )
    assert without["minimumCommitment"] is None
    contract_id = await propose(api, minimumCommitment=COMMITTED)
    read = await api.contract("vendor.owner", contract_id, READ)
    assert read["minimumCommitment"] == {"amount": usd("50000.00"), "per": "YEAR"}
    # what is committed to is bought by the other lines
    assert read["totalValue"] == without["totalValue"]
    assert [line["key"] for line in read["lines"]] == [*(line["key"] for line in LINES), "minimum-commitment"]
    assert read["lines"][-1] == {
        "key": "minimum-commitment", "kind": "MINIMUM_COMMITMENT",
        "title": "Minimum commitment of 50000.00 USD per year", "quantity": "2", "unitPrice": {"amount": "0.00"},
        "unitCost": {"amount": "0.00"}, "value": {"amount": "0.00"}, "rateCardKey": None, "scopeBurn": None,
        "pricing": None, "openBook": {"price": {"amount": "0.00"}, "cost": {"amount": "0.00"}},
        "actualBook": {"openBook": {"cost": {"amount": "0.00"}}},
        "prices": {"listPrice": {"amount": "0.00"}, "billed": {"amount": "0.00"}},
    }  # fmt: skip
    document = json.loads(read["document"])
    assert document["terms"]["minimumCommitment"] == {"amount": "50000.00", "per": "YEAR"}
    line = document["lines"][-1]
    assert (line["kind"], line["rate"], len(line["costCommitment"])) == ("MINIMUM_COMMITMENT", None, 64)
    await sign(api, contract_id, "vendor.owner", "association.owner")
    assert (await api.contract("association.owner", contract_id, "status"))["status"] == "ACTIVE"


async def test_a_revision_changes_the_hash_and_may_leave_it_out(api: Client) -> None:
    contract_id = await propose(api, minimumCommitment=COMMITTED)
    before = await api.contract("association.owner", contract_id, "contentHash")
    revised = terms(api.fair, minimumCommitment=COMMITTED | {"per": "TERM"})
    revised.pop("offeringId")
    given = {"contractId": contract_id, **revised}
    payload = await api.change("vendor.owner", "reviseContract", f"contract {{ {READ} }}", revision=1, **given)
    contract = payload["contract"]
    assert contract["minimumCommitment"]["per"] == "TERM"
    assert contract["lines"][-1]["quantity"] == "1"
    assert contract["contentHash"] != before["contentHash"]
    del given["minimumCommitment"]
    payload = await api.change("vendor.owner", "reviseContract", f"contract {{ {READ} }}", revision=2, **given)
    assert payload["contract"]["minimumCommitment"] is None
    assert [line["key"] for line in payload["contract"]["lines"]] == [line["key"] for line in LINES]


@pytest.mark.parametrize(
    ("others", "refused"),
    [
        (
            {"minimumCommitment": COMMITTED | {"amount": usd("0")}},
            ("minimumCommitment.amount.amount", "INVALID_COMMITMENT"),
        ),
        (
            {"minimumCommitment": COMMITTED | {"amount": usd("0.001")}},
            ("minimumCommitment.amount.amount", "INVALID_AMOUNT"),
        ),
        (
            {"minimumCommitment": COMMITTED | {"amount": {"amount": "5", "currencyCode": "EUR"}}},
            ("minimumCommitment.amount.currencyCode", "TWO_CURRENCIES"),
        ),
        (
            {"minimumCommitment": COMMITTED, "lines": [LINES[0] | {"key": "minimum-commitment"}]},
            ("lines.0.key", "COMMITMENT_STATED_AS_LINE"),
        ),
        (
            {"lines": [LINES[0], {"key": "least", "title": "Least", "kind": "MINIMUM_COMMITMENT"}]},
            ("lines.1.kind", "COMMITMENT_STATED_AS_LINE"),
        ),
    ],
)
async def test_what_is_no_commitment_is_refused(
    api: Client, others: dict[str, object], refused: tuple[str, str]
) -> None:
    before = await api.fair.state()
    payload = await api.change("association.buyer", "proposeContract", "contract { id }", **terms(api.fair, **others))
    assert [(error["field"], error["code"]) for error in payload["userErrors"]] == [refused]
    assert await api.fair.state() == before
