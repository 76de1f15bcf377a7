from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.ids import new_id
from services.contracts.lines import Amount, LineDraft
from services.contracts.proposing import propose_contract
from services.contracts.terms import MarginBand
from tests.contracts.fair import ADMIN, CUTOVER, HOSTING, LINES, NOW, ROSTER, TERMS, TICKETS, Fair


async def test_a_proposal_pins_version_price_fee_and_time_zone(fair: Fair) -> None:
    contract_id = await fair.propose()
    contract = await fair.row("select * from contract where id = $1", contract_id)
    assert contract["status"] == "PROPOSED"
    assert contract["revision"] == 1
    assert contract["offering_version_id"] == fair.version_id
    assert contract["vendor_id"] == fair["vendor.owner"].organization_id
    assert contract["association_id"] == fair["association.buyer"].organization_id
    assert contract["platform_fee_percent"] == Decimal("3.00")
    assert contract["time_zone"] == "America/Chicago"
    assert contract["offer_expires_on"] == date(2026, 3, 11)
    lines = await fair.rows.fetch("select * from contract_line where contract_id = $1 order by position", contract_id)
    assert [(line["key"], line["unit_price"], line["quantity"], line["value_minor"]) for line in lines] == [
        ("admin", Decimal(52), Decimal(480), 24_960_00),
        ("tickets", Decimal("6.50"), Decimal(6000), 39_000_00),
        ("cutover", Decimal(4000), Decimal(1), 4_000_00),
        ("hosting", Decimal(300), Decimal(24), 7_200_00),
        ("roster", None, None, 0),
    ]
    assert contract["total_value_minor"] == 75_160_00
    assert [line["units_per_period"] for line in lines] == [None, None, None, Decimal(2), None]
    costs = await fair.value(
        "select array_agg(unit_cost order by unit_cost) from contract_line_cost where contract_id = $1", contract_id
    )
    assert costs == [Decimal("4.10"), Decimal(38), Decimal(210), Decimal(2900)]
    event = await fair.row("select * from audit_event where contract_id = $1", contract_id)
    assert (event["type"], event["actor_name"]) == ("CONTRACT_PROPOSED", "association.buyer")
    assert "cost" not in event["after"]


async def test_a_negotiated_price_takes_the_place_of_the_rate_cards(fair: Fair) -> None:
    line = replace(TICKETS, unit_price=Amount(Decimal("6.012345"), "USD"), quantity=Decimal("0.5"))
    contract_id = await fair.propose(line)
    stored = await fair.row("select unit_price, value_minor from contract_line where contract_id = $1", contract_id)
    assert stored == {"unit_price": Decimal("6.012345"), "value_minor": 301}


async def test_the_association_proposes_and_reads_no_cost_on_the_way(fair: Fair) -> None:
    contract_id = await fair.propose()
    async with fair.database.reading(fair["association.buyer"]) as connection:
        seen = await connection.fetch("select * from contract_line_cost where contract_id = $1", contract_id)
    assert seen == []


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.acceptor", "FORBIDDEN"),
        ("association.finance", "FORBIDDEN"),
        ("vendor.owner", "FORBIDDEN"),
        ("operator.billing", "FORBIDDEN"),
    ],
)
async def test_who_may_not_propose(fair: Fair, seat: str, code: str) -> None:
    assert [told for told, _ in await fair.refused(fair.propose(seat=seat))] == [code]


async def test_only_what_is_sold_is_contracted(fair: Fair) -> None:
    async def propose(offering_id: object) -> object:
        return await fair.write(
            "association.owner", propose_contract, offering_id=offering_id, terms=TERMS, lines=LINES
        )

    assert await fair.refused(propose(new_id())) == [("NOT_FOUND", "offeringId")]
    await fair.rows.execute(
        "update offering set status = 'RETIRED', retired_at = $2 where id = $1", fair.offering_id, NOW
    )
    assert await fair.refused(propose(fair.offering_id)) == [("OFFERING_RETIRED", "offeringId")]


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"title": "  "}, "TEXT_BLANK", "title"),
        ({"title": "x" * 201}, "TEXT_TOO_LONG", "title"),
        ({"purchase_order_number": ""}, "TEXT_BLANK", "purchaseOrderNumber"),
        ({"purchase_order_number": "x" * 51}, "TEXT_TOO_LONG", "purchaseOrderNumber"),
        ({"payment_terms_days": -1}, "INVALID_INPUT", "paymentTermsDays"),
        ({"payment_terms_days": 366}, "INVALID_INPUT", "paymentTermsDays"),
        ({"acceptance_period_days": 0}, "INVALID_INPUT", "acceptancePeriodDays"),
        ({"ends_on": date(2025, 12, 31)}, "TERM_ENDS_BEFORE_IT_STARTS", "endsOn"),
        ({"ends_on": date(2046, 12, 31)}, "INVALID_TERM", "endsOn"),
        ({"starts_on": date(1999, 12, 31)}, "INVALID_TERM", "startsOn"),
        ({"starts_on": date(9999, 1, 1), "ends_on": date(9999, 12, 31)}, "INVALID_TERM", "startsOn"),
        ({"currency_code": "XXX"}, "UNKNOWN_CURRENCY", "currencyCode"),
        ({"margin_band": MarginBand(Decimal(35), Decimal(10))}, "INVALID_MARGIN_BAND", "marginBand.floorPercent"),
        ({"margin_band": MarginBand(Decimal(-1), Decimal(10))}, "INVALID_MARGIN_BAND", "marginBand.floorPercent"),
        ({"margin_band": MarginBand(Decimal(1), Decimal(101))}, "INVALID_MARGIN_BAND", "marginBand.ceilingPercent"),
        ({"margin_band": MarginBand(Decimal(1), Decimal("2.001"))}, "INVALID_MARGIN_BAND", "marginBand.ceilingPercent"),
        ({"offer_expires_on": date(2026, 1, 9)}, "INVALID_OFFER_EXPIRY", "offerExpiresOn"),
        ({"offer_expires_on": date(2027, 1, 11)}, "INVALID_OFFER_EXPIRY", "offerExpiresOn"),
    ],
)
async def test_terms_that_are_refused(fair: Fair, terms: dict[str, Any], code: str, field: str) -> None:
    obligation = replace(
        ROSTER, recurrence=None, due_day_of_month=None, due_on=terms.get("starts_on", date(2026, 1, 1))
    )
    assert await fair.refused(fair.propose(obligation, **terms)) == [(code, field)]


@pytest.mark.parametrize(("offered", "asked"), [("CLOSED", "BAND"), ("CLOSED", "OPEN_BOOK"), ("BAND", "OPEN_BOOK")])
async def test_a_tier_deeper_than_offered_is_refused(fair: Fair, offered: str, asked: str) -> None:
    await fair.rows.execute("alter table offering_version disable trigger frozen")
    await fair.rows.execute(
        "update offering_version set deepest_disclosure_tier = $2 where id = $1", fair.version_id, offered
    )
    await fair.rows.execute("alter table offering_version enable trigger frozen")
    assert await fair.refused(fair.propose(disclosure_tier=asked)) == [("TIER_TOO_DEEP", "disclosureTier")]
    await fair.propose(disclosure_tier=offered)


A_MILLION_MILLION = Amount(Decimal(10) ** 12, "USD")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (replace(TICKETS, key="Tickets"), "INVALID_KEY", "key"),
        (replace(TICKETS, title=" "), "TEXT_BLANK", "title"),
        (replace(TICKETS, rate_card_key="unheard-of"), "UNKNOWN_RATE", "rateCardKey"),
        (replace(TICKETS, rate_card_key="euro"), "TWO_CURRENCIES", "rateCardKey"),
        (replace(TICKETS, rate_card_key=None), "FIELD_MISSING", "rateCardKey"),
        (replace(TICKETS, quantity=None), "FIELD_MISSING", "quantity"),
        (replace(TICKETS, quantity_basis=None), "FIELD_MISSING", "quantityBasis"),
        (replace(TICKETS, quantity=Decimal(0)), "INVALID_QUANTITY", "quantity"),
        (replace(TICKETS, quantity=Decimal(-1)), "INVALID_QUANTITY", "quantity"),
        (replace(TICKETS, quantity=Decimal(10) ** 9), "INVALID_QUANTITY", "quantity"),
        (replace(TICKETS, quantity=Decimal("0.0000001")), "INVALID_QUANTITY", "quantity"),
        (replace(TICKETS, not_to_exceed=Amount(Decimal(1), "USD")), "FIELD_NOT_TAKEN", "notToExceed"),
        (replace(TICKETS, due_on=date(2026, 2, 1)), "FIELD_NOT_TAKEN", "dueOn"),
        (replace(TICKETS, unit_price=Amount(Decimal(1), "EUR")), "TWO_CURRENCIES", "unitPrice.currencyCode"),
        (replace(TICKETS, unit_price=Amount(Decimal(-1), "USD")), "INVALID_AMOUNT", "unitPrice.amount"),
        (replace(TICKETS, unit_price=Amount(Decimal("1.0000001"), "USD")), "INVALID_AMOUNT", "unitPrice.amount"),
        (replace(TICKETS, unit_price=Amount(Decimal(10) ** 9, "USD")), "INVALID_AMOUNT", "quantity"),
        (replace(ADMIN, not_to_exceed=Amount(Decimal("1.001"), "USD")), "INVALID_AMOUNT", "notToExceed.amount"),
        (replace(ADMIN, not_to_exceed=A_MILLION_MILLION), "INVALID_AMOUNT", "notToExceed.amount"),
        (replace(ADMIN, not_to_exceed=Amount(Decimal(1), "EUR")), "TWO_CURRENCIES", "notToExceed.currencyCode"),
        (replace(CUTOVER, due_on=None), "FIELD_MISSING", "dueOn"),
        (replace(CUTOVER, due_on=date(2027, 1, 1)), "DUE_OUTSIDE_TERM", "dueOn"),
        (replace(CUTOVER, quantity=Decimal(1)), "FIELD_NOT_TAKEN", "quantity"),
        (replace(CUTOVER, acceptance_criteria=["ok", " "]), "TEXT_BLANK", "acceptanceCriteria.1"),
        (replace(CUTOVER, acceptance_criteria=["ok"] * 21), "LIST_TOO_LONG", "acceptanceCriteria"),
        (replace(HOSTING, recurrence=None), "FIELD_MISSING", "recurrence"),
        (replace(HOSTING, quantity_basis="MAXIMUM"), "FIELD_NOT_TAKEN", "quantityBasis"),
        (replace(ROSTER, obliged_party=None), "FIELD_MISSING", "obligedParty"),
        (replace(ROSTER, recurrence=None, due_day_of_month=None), "FIELD_MISSING", "dueOn"),
        (replace(ROSTER, recurrence=None), "FIELD_MISSING", "recurrence"),
        (replace(ROSTER, due_day_of_month=None), "FIELD_MISSING", "dueDayOfMonth"),
        (replace(ROSTER, due_day_of_month=32), "INVALID_INPUT", "dueDayOfMonth"),
        (replace(ROSTER, rate_card_key="ticket"), "FIELD_NOT_TAKEN", "rateCardKey"),
        (replace(ROSTER, due_on=date(2026, 2, 1), due_day_of_month=None), "FIELD_NOT_TAKEN", "recurrence"),
    ],
)
async def test_lines_that_are_refused(fair: Fair, line: LineDraft, code: str, field: str) -> None:
    ahead = replace(TICKETS, key="first")
    assert await fair.refused(fair.propose(ahead, line)) == [(code, f"lines.1.{field}")]


async def test_a_term_that_is_no_whole_number_of_periods_is_refused(fair: Fair) -> None:
    asked = fair.propose(HOSTING, ends_on=date(2026, 12, 30))
    assert await fair.refused(asked) == [("NOT_WHOLE_PERIODS", "lines.0.recurrence")]
    yearly = replace(HOSTING, recurrence="YEARLY")
    assert await fair.refused(fair.propose(yearly, ends_on=date(2026, 6, 30))) == [
        ("NOT_WHOLE_PERIODS", "lines.0.recurrence")
    ]


async def test_an_obligation_that_would_never_fall_due_is_refused(fair: Fair) -> None:
    asked = fair.propose(ROSTER, starts_on=date(2026, 2, 6), ends_on=date(2026, 3, 4))
    assert await fair.refused(asked) == [("DUE_OUTSIDE_TERM", "lines.0.dueDayOfMonth")]


async def test_as_many_lines_as_a_contract_takes(fair: Fair) -> None:
    many = [replace(TICKETS, key=f"line-{number}") for number in range(101)]
    assert await fair.refused(fair.propose(*many)) == [("LIST_TOO_LONG", "lines")]
    await fair.propose(*many[:100])
    nothing = fair.write("association.owner", propose_contract, offering_id=fair.offering_id, terms=TERMS, lines=[])
    assert await fair.refused(nothing) == [("NO_LINES", "lines")]
    assert await fair.refused(fair.propose(TICKETS, TICKETS)) == [("DUPLICATE_KEY", "lines.1.key")]


async def test_faults_are_told_together(fair: Fair) -> None:
    told = await fair.refused(
        fair.propose(
            replace(TICKETS, rate_card_key="unheard-of", quantity=Decimal(-1)),
            replace(CUTOVER, quantity=Decimal(1), due_on=None),
            title="",
            payment_terms_days=999,
        )
    )
    assert told == [
        ("TEXT_BLANK", "title"),
        ("INVALID_INPUT", "paymentTermsDays"),
        ("UNKNOWN_RATE", "lines.0.rateCardKey"),
        ("INVALID_QUANTITY", "lines.0.quantity"),
        ("FIELD_NOT_TAKEN", "lines.1.quantity"),
        ("FIELD_MISSING", "lines.1.dueOn"),
    ]


async def test_without_an_operator_there_is_no_contract(fair: Fair) -> None:
    await fair.rows.execute("set session_replication_role = replica")
    await fair.rows.execute("create table set_aside as select * from organization where kind = 'OPERATOR'")
    await fair.rows.execute("delete from organization where kind = 'OPERATOR'")
    try:
        assert await fair.refused(fair.propose()) == [("NO_OPERATOR", None)]
    finally:
        await fair.rows.execute("insert into organization select * from set_aside")
        await fair.rows.execute("drop table set_aside")
