from __future__ import annotations

import pytest

from core.ids import encode, new_id
from tests.bad_input.clerk import Clerk
from tests.bad_input.test_contracts import ABSURD
from tests.guards.world import LAST_YEAR

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("quantity", ABSURD)
async def test_a_negative_or_absurd_quantity(clerk: Clerk, quantity: str) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(quantity=quantity))
    assert told == [("INVALID_QUANTITY", "records.0.quantity")]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (f"{LAST_YEAR - 1}-12-31", f"{LAST_YEAR}-01-01", "records.0.performedFrom"),
        (f"{LAST_YEAR - 1}-12-31", f"{LAST_YEAR - 1}-12-31", "records.0.performedFrom"),
    ],
)
async def test_work_outside_the_term(clerk: Clerk, first: str, last: str, field: str) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(performedFrom=first, performedTo=last))
    assert told == [("WORK_OUTSIDE_TERM", field)]


async def test_work_after_the_term(clerk: Clerk) -> None:
    day = f"{LAST_YEAR + 3}-01-01"
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(performedFrom=day, performedTo=day))
    assert told == [("WORK_OUTSIDE_TERM", "records.0.performedFrom"), ("WORK_IN_FUTURE", "records.0.performedTo")]


async def test_work_that_ends_before_it_starts(clerk: Clerk) -> None:
    given = clerk.work(performedFrom=f"{LAST_YEAR}-02-02", performedTo=f"{LAST_YEAR}-02-01")
    told = await clerk.refusals("vendor.delivery", "recordWork", given)
    assert told == [("INVALID_INPUT", "records.0.performedTo")]


@pytest.mark.parametrize("seat", ["vendor.ungranted", "vendor.revoked", "stranger.delivery"])
async def test_work_by_someone_without_a_grant(clerk: Clerk, seat: str) -> None:
    assert await clerk.refusals(seat, "recordWork", clerk.work()) == [("NOT_FOUND", "contractId")]


@pytest.mark.parametrize("seat", ["vendor.owner", "association.owner", "operator.billing"])
async def test_work_by_someone_who_sees_the_contract_without_a_grant(clerk: Clerk, seat: str) -> None:
    assert await clerk.refusals(seat, "recordWork", clerk.work()) == [("FORBIDDEN", None)]


async def test_a_line_that_does_not_exist(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(lineKey="gardening"))
    assert told == [("LINE_NOT_FOUND", "records.0.lineKey")]


async def test_a_line_that_does_not_exist_by_its_id(clerk: Clerk) -> None:
    line_id = encode("cln", new_id(), new_id())
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(lineKey=None, lineId=line_id))
    assert told == [("LINE_NOT_FOUND", "records.0.lineId")]


async def test_a_line_named_twice_or_not_at_all(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(lineKey=None))
    assert told == [("INVALID_INPUT", "records.0.lineKey")]


async def test_a_line_that_takes_no_work(clerk: Clerk) -> None:
    told = await clerk.refusals("vendor.delivery", "recordWork", clerk.work(lineKey="roster", quantity="1"))
    assert told == [("LINE_TAKES_NO_WORK", "records.0.lineKey")]


async def test_no_records_and_too_many(clerk: Clerk) -> None:
    given = clerk.work()
    record = given["records"][0]
    none = await clerk.refusals("vendor.delivery", "recordWork", {**given, "records": []})
    assert none == [("INVALID_INPUT", "records")]
    many = await clerk.refusals("vendor.delivery", "recordWork", {**given, "records": [record] * 101})
    assert many == [("LIST_TOO_LONG", "records")]


async def test_more_accepted_than_submitted(clerk: Clerk) -> None:
    told = await clerk.refusals("association.acceptor", "reviewSubmission", clerk.decision(acceptedQuantity="5.000001"))
    assert told == [("ACCEPTED_MORE_THAN_SUBMITTED", "decisions.0.acceptedQuantity")]


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "reasonCode"), ({"reasonCode": "QUALITY"}, "disposition"), ({"disposition": "RETURNED"}, "reasonCode")],
)
async def test_a_shortfall_without_reason(clerk: Clerk, given: dict[str, str], field: str) -> None:
    decision = clerk.decision(acceptedQuantity="4", **given)
    told = await clerk.refusals("association.acceptor", "reviewSubmission", decision)
    assert told == [("SHORTFALL_WITHOUT_REASON", f"decisions.0.{field}")]


async def test_a_reason_without_shortfall(clerk: Clerk) -> None:
    decision = clerk.decision(reasonCode="QUALITY", disposition="REJECTED")
    told = await clerk.refusals("association.acceptor", "reviewSubmission", decision)
    assert told == [("REASON_WITHOUT_SHORTFALL", "decisions.0.reasonCode")]


async def test_a_negative_acceptance(clerk: Clerk) -> None:
    told = await clerk.refusals("association.acceptor", "reviewSubmission", clerk.decision(acceptedQuantity="-1"))
    assert told == [("INVALID_QUANTITY", "decisions.0.acceptedQuantity")]


async def test_a_record_that_is_not_of_the_submission(clerk: Clerk) -> None:
    given = clerk.decision(workRecordId=clerk.names["admin"])
    told = await clerk.refusals("association.acceptor", "reviewSubmission", given)
    assert told == [("NOT_IN_SUBMISSION", "decisions.0.workRecordId"), ("DECISION_MISSING", "decisions")]
