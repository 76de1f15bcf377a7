from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.document import canonical, content_hash
from services.contracts.lines import Amount
from tests.contracts.fair import LINES, TICKETS, Fair

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
CONTENT = st.dictionaries(
    TEXT, st.recursive(TEXT | st.none() | st.booleans(), lambda inner: st.lists(inner, max_size=3))
)


async def read(fair: Fair, contract_id: UUID, number: int = 1) -> tuple[str, str, dict[str, Any]]:
    row = await fair.row(
        "select document, content_hash from contract_revision where contract_id = $1 and number = $2",
        contract_id,
        number,
    )
    return row["document"], row["content_hash"], json.loads(row["document"])


async def test_the_hash_is_the_sha256_of_the_documents_bytes(fair: Fair) -> None:
    contract_id = await fair.propose()
    text, hashed, _ = await read(fair, contract_id)
    assert hashlib.sha256(text.encode()).hexdigest() == hashed
    assert hashed == await fair.value("select content_hash from contract where id = $1", contract_id)


async def test_the_document_says_everything_agreed(fair: Fair) -> None:
    contract_id = await fair.propose()
    text, _, document = await read(fair, contract_id)
    assert text == canonical(document)
    assert document["revision"] == 1
    assert document["association"]["name"] == "Association"
    assert document["vendor"] == {"id": document["vendor"]["id"], "name": "Vendor", "country": "US"}
    assert document["mandate"]["operator"]["name"] == "Operator"
    assert "in the vendor's name" in document["mandate"]["text"]
    assert document["offering"]["version"]["number"] == 1
    assert document["offering"]["exclusions"] == ["Course authoring"]
    assert document["terms"] == {
        "title": "LMS administration",
        "startsOn": "2026-01-01",
        "endsOn": "2026-12-31",
        "timeZone": "America/Chicago",
        "currencyCode": "USD",
        "purchaseOrderNumber": "PO-2207",
        "paymentTermsDays": 30,
        "acceptancePeriodDays": 10,
        "disclosureTier": "OPEN_BOOK",
        "marginBand": {"floorPercent": "10.00", "ceilingPercent": "35.00"},
        "platformFeePercent": "3.00",
        "offerExpiresOn": "2026-03-11",
        "totalValue": "75160.00",
    }
    assert [line["key"] for line in document["lines"]] == [line.key for line in LINES]
    assert document["lines"][1] == {
        "key": "tickets",
        "title": "Member help desk",
        "kind": "UNIT",
        "rate": {"key": "ticket", "version": 1},
        "unit": "TICKET",
        "unitPrice": "6.5",
        "costCommitment": document["lines"][1]["costCommitment"],
        "quantity": "6000",
        "quantityBasis": "MAXIMUM",
        "unitsPerPeriod": None,
        "notToExceed": None,
        "value": "39000.00",
        "dueOn": None,
        "acceptanceCriteria": [],
        "recurrence": None,
        "dueDayOfMonth": None,
        "obligedParty": None,
    }
    assert document["lines"][0]["notToExceed"] == "24960.00"


async def test_cost_is_in_it_as_a_commitment_only(fair: Fair) -> None:
    contract_id = await fair.propose(TICKETS)
    _, _, document = await read(fair, contract_id)
    cost = await fair.row(
        "select unit_cost, salt, commitment from contract_line_cost where contract_id = $1", contract_id
    )
    assert cost["unit_cost"] == Decimal("4.10")
    assert document["lines"][0]["costCommitment"] == hashlib.sha256(cost["salt"] + b"4.1 USD").hexdigest()
    assert "4.1" not in json.dumps(document)
    other = await fair.propose(TICKETS)
    _, _, again = await read(fair, other)
    assert again["lines"][0]["costCommitment"] != document["lines"][0]["costCommitment"], "the salt hides equal costs"


async def test_decimals_are_strings_and_never_powers_of_ten(fair: Fair) -> None:
    line = replace(TICKETS, quantity=Decimal("0.000001"), unit_price=Amount(Decimal("1000000.000001"), "USD"))
    _, _, document = await read(fair, await fair.propose(line))
    assert document["lines"][0]["quantity"] == "0.000001"
    assert document["lines"][0]["unitPrice"] == "1000000.000001"
    assert document["lines"][0]["value"] == "1.00"


async def test_words_of_any_language_are_kept(fair: Fair) -> None:
    title = 'Прием 試験 \U0001d4b3 \u200f"\\\x7f'
    text, hashed, document = await read(fair, await fair.propose(title=title))
    assert document["terms"]["title"] == title
    assert content_hash(text) == hashed


@given(CONTENT, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_written_does_not_matter(content: dict[str, Any], random: Any) -> None:  # noqa: ANN401
    items = list(content.items())
    random.shuffle(items)
    assert canonical(dict(items)) == canonical(content)
    assert json.loads(canonical(content)) == content
    keys = list(json.loads(canonical(content)))
    assert keys == sorted(content, key=lambda key: key.encode("utf-16-be"))


@given(CONTENT, CONTENT)
def test_different_content_has_a_different_hash(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (content_hash(canonical(one)) == content_hash(canonical(other))) == (one == other)
