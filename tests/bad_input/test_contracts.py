from __future__ import annotations

import pytest

from tests.bad_input.clerk import USD, Clerk
from tests.guards.world import LAST_YEAR

pytestmark = pytest.mark.asyncio(loop_scope="session")

ABSURD = ["-1", "0", "1000000000000", "999999999999999999999999", "0.0000001"]


@pytest.mark.parametrize("quantity", ABSURD)
async def test_a_negative_or_absurd_quantity(clerk: Clerk, quantity: str) -> None:
    given = clerk.proposal(clerk.line(quantity=quantity))
    assert await clerk.refusals("association.buyer", "proposeContract", given) == [
        ("INVALID_QUANTITY", "lines.0.quantity")
    ]


@pytest.mark.parametrize("amount", ["100.005", "-1", "1000000000000"])
async def test_three_decimals_in_a_usd_amount_and_other_amounts_that_are_none(clerk: Clerk, amount: str) -> None:
    given = clerk.proposal(clerk.line(notToExceed={"amount": amount, **USD}))
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("INVALID_AMOUNT", "lines.0.notToExceed.amount")]


async def test_two_currencies_in_one_contract(clerk: Clerk) -> None:
    given = clerk.proposal(clerk.line(notToExceed={"amount": "520", "currencyCode": "EUR"}))
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("TWO_CURRENCIES", "lines.0.notToExceed.currencyCode")]


async def test_a_contract_in_another_currency_than_its_rates(clerk: Clerk) -> None:
    euros = {"amount": "520", "currencyCode": "EUR"}
    given = clerk.proposal(clerk.line(notToExceed=euros), currencyCode="EUR")
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("TWO_CURRENCIES", "lines.0.rateCardKey")]


async def test_a_term_that_ends_before_it_starts(clerk: Clerk) -> None:
    given = clerk.proposal(startsOn=f"{LAST_YEAR}-06-02", endsOn=f"{LAST_YEAR}-06-01")
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("TERM_ENDS_BEFORE_IT_STARTS", "endsOn")]


@pytest.mark.parametrize("ends_on", ["9999-12-31", "2199-12-31"])
async def test_a_term_that_is_absurdly_long(clerk: Clerk, ends_on: str) -> None:
    told = await clerk.refusals("association.buyer", "proposeContract", clerk.proposal(endsOn=ends_on))
    assert told == [("INVALID_TERM", "endsOn")]


async def test_a_tier_deeper_than_offered(clerk: Clerk) -> None:
    line = clerk.line(rateCardKey="hour")
    given = clerk.proposal(line, offeringId=clerk.names["bandOffering"], disclosureTier="OPEN_BOOK")
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("TIER_TOO_DEEP", "disclosureTier")]


async def test_a_revision_that_is_refused_leaves_the_signature(clerk: Clerk) -> None:
    given = clerk.proposal(clerk.line(quantity="0"))
    del given["offeringId"]
    revision = {**given, "contractId": clerk.names["proposed"], "revision": 1}
    told = await clerk.refusals("association.buyer", "reviseContract", revision)
    assert told == [("INVALID_QUANTITY", "lines.0.quantity")]


async def test_a_rate_that_does_not_exist(clerk: Clerk) -> None:
    given = clerk.proposal(clerk.line(rateCardKey="butler"))
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert told == [("UNKNOWN_RATE", "lines.0.rateCardKey")]


async def test_a_contract_without_lines(clerk: Clerk) -> None:
    told = await clerk.refusals("association.buyer", "proposeContract", clerk.proposal(lines=[]))
    assert told == [("NO_LINES", "lines")]


async def test_every_fault_of_one_proposal_is_told(clerk: Clerk) -> None:
    given = clerk.proposal(
        clerk.line(quantity="-1"),
        clerk.line(key="admin", rateCardKey="butler"),
        startsOn=f"{LAST_YEAR}-06-02",
        endsOn=f"{LAST_YEAR}-06-01",
        paymentTermsDays=-1,
        title=" ",
    )
    told = await clerk.refusals("association.buyer", "proposeContract", given)
    assert sorted(told, key=str) == [
        ("DUPLICATE_KEY", "lines.1.key"),
        ("INVALID_INPUT", "paymentTermsDays"),
        ("INVALID_QUANTITY", "lines.0.quantity"),
        ("TERM_ENDS_BEFORE_IT_STARTS", "endsOn"),
        ("TEXT_BLANK", "title"),
        ("UNKNOWN_RATE", "lines.1.rateCardKey"),
    ]


@pytest.mark.parametrize(
    ("seat", "told"),
    [
        ("association.buyer", ("FORBIDDEN", None)),
        ("operator.owner", ("FORBIDDEN", None)),
        ("association.plain", ("NOT_FOUND", "contractId")),
        ("vendor.catalog", ("NOT_FOUND", "contractId")),
    ],
)
async def test_a_contract_signed_by_no_signatory(clerk: Clerk, seat: str, told: tuple[str, str | None]) -> None:
    assert await clerk.refusals(seat, "signContract", clerk.signature()) == [told]


@pytest.mark.parametrize("seat", ["stranger.vendor", "stranger.association"])
async def test_a_contract_signed_by_the_wrong_side(clerk: Clerk, seat: str) -> None:
    assert await clerk.refusals(seat, "signContract", clerk.signature()) == [("NOT_FOUND", "contractId")]


async def test_a_contract_signed_twice_by_the_same_side(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.owner", "signContract", clerk.signature())
    assert told == [("ALREADY_SIGNED", "contractId")]


async def test_a_contract_in_force_signed_once_more(clerk: Clerk) -> None:
    given = clerk.signature(contractId=clerk.names["contract"], contentHash=clerk.names["hash"])
    told = await clerk.refusals("association.owner", "signContract", given)
    assert told == [("ALREADY_SIGNED", "contractId")]


@pytest.mark.parametrize("content_hash", ["0" * 64, "", "not a hash"])
async def test_a_contract_signed_by_a_stale_hash(clerk: Clerk, content_hash: str) -> None:
    given = clerk.signature(contentHash=content_hash)
    told = await clerk.refusals("association.owner", "signContract", given)
    assert told == [("STALE_CONTENT_HASH", "contentHash")]
