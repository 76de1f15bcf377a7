"""The association approves what credit is awarded for, and how."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.errors import DomainError, Refusals
from core.ids import new_id
from tests.lms_admin.credits.faculty import COMPLETED, Faculty


async def refused(faculty: Faculty, asked: Awaitable[object]) -> list[tuple[str, str | None]]:
    """The codes and fields of a refusal; nothing may have changed."""
    before = await faculty.state()
    try:
        await asked
    except Refusals as several:
        told = [(error.code(), error.field) for error in several.errors]
    except DomainError as error:
        told = [(error.code(), error.field)]
    else:
        told = []
    assert await faculty.state() == before
    return told


async def test_what_was_approved_is_kept_as_it_was_said(faculty: Faculty) -> None:
    activity = await faculty.course(
        title="  Ethics ", jurisdictions=[" US-CA ", "US-NY"], unit="CEU", quantity=Decimal("0.15")
    )
    row = await faculty.guild.one("select * from credit_activity where id = $1", activity)
    kept = {name: row[name] for name in ("title", "jurisdictions", "unit", "quantity", "course_key", "site_id")}
    assert kept == {
        "title": "Ethics",
        "jurisdictions": ["US-CA", "US-NY"],
        "unit": "CEU",
        "quantity": Decimal("0.15"),
        "course_key": "ethics",
        "site_id": faculty.site,
    }
    assert (row["approved_by_name"], row["withdrawn_at"]) == ("Odile", None)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"title": " "}, ("TEXT_BLANK", "title")),
        ({"provider_number": "1" * 101}, ("TEXT_TOO_LONG", "providerNumber")),
        ({"credit_type_code": "ce"}, ("INVALID_INPUT", "creditTypeCode")),
        ({"quantity": Decimal(0)}, ("INVALID_QUANTITY", "quantity")),
        ({"approved_to": date(2025, 12, 31)}, ("INVALID_INPUT", "approvedTo")),
        ({"approved_to": date(2200, 1, 1)}, ("INVALID_INPUT", "approvedTo")),
        ({"jurisdictions": ["US-CA", " "]}, ("TEXT_BLANK", "jurisdictions.1")),
        ({"jurisdictions": ["US-CA"] * 101}, ("LIST_TOO_LONG", "jurisdictions")),
        ({"course_key": "ethics"}, ("INVALID_INPUT", "courseKey")),
        ({"course_key": "ethics", "site_id": new_id()}, ("NOT_FOUND", "siteId")),
    ],
)
async def test_an_activity_that_is_none(faculty: Faculty, others: dict[str, Any], told: tuple[str, str]) -> None:
    assert await refused(faculty, faculty.activity(**others)) == [told]


async def test_one_approval_stands_for_a_day_at_a_time(faculty: Faculty) -> None:
    first = await faculty.activity(approval_number="ETH-1")
    overlapping: dict[str, Any] = {
        "approval_number": "ETH-1",
        "approved_from": date(2026, 12, 31),
        "approved_to": date(2027, 12, 31),
    }
    already = [("CREDIT_ALREADY_APPROVED", "approvalNumber")]
    assert await refused(faculty, faculty.activity(**overlapping)) == already
    await faculty.activity(**{**overlapping, "approved_from": date(2027, 1, 1)})
    await faculty.activity(approval_number="ETH-1", credit_type_code="CPE")
    await faculty.withdraw_activity(first)
    await faculty.activity(approval_number="ETH-1")


async def test_two_at_once_approve_once(faculty: Faculty) -> None:
    asked = [faculty.activity(approval_number="ETH-2") for _ in range(2)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["CreditAlreadyApproved", "UUID"]


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"needs_attestation": False}, ("INVALID_INPUT", "needsCompletion")),
        ({"needs_completion": True}, ("INVALID_INPUT", "needsCompletion")),
        ({"minimum_score_percent": Decimal(80)}, ("INVALID_INPUT", "minimumScorePercent")),
        ({"period_months": 0}, ("INVALID_INPUT", "periodMonths")),
        ({"period_months": 121}, ("INVALID_INPUT", "periodMonths")),
        ({"retention_years": 101}, ("INVALID_INPUT", "retentionYears")),
        ({"periods_begin_on": date(1969, 12, 31)}, ("INVALID_INPUT", "periodsBeginOn")),
    ],
)
async def test_a_rule_that_is_none(faculty: Faculty, others: dict[str, Any], told: tuple[str, str]) -> None:
    activity = await faculty.activity()
    assert await refused(faculty, faculty.rule(activity, **others)) == [told]


@pytest.mark.parametrize("score", [Decimal(-1), Decimal("100.01"), Decimal("80.001")])
async def test_a_score_that_is_none(faculty: Faculty, score: Decimal) -> None:
    activity = await faculty.course()
    told = await refused(faculty, faculty.rule(activity, **(COMPLETED | {"minimum_score_percent": score})))
    assert told == [("INVALID_INPUT", "minimumScorePercent")]


async def test_an_activity_has_one_rule_at_a_time(faculty: Faculty) -> None:
    activity = await faculty.activity()
    first = await faculty.rule(activity)
    assert await refused(faculty, faculty.rule(activity)) == [("CREDIT_ALREADY_APPROVED", "creditActivityId")]
    await faculty.withdraw_rule(first)
    assert await refused(faculty, faculty.withdraw_rule(first)) == [("CREDIT_APPROVAL_WITHDRAWN", "creditRuleId")]
    await faculty.rule(activity)
    await faculty.withdraw_activity(activity)
    withdrawn = [("CREDIT_APPROVAL_WITHDRAWN", "creditActivityId")]
    assert await refused(faculty, faculty.withdraw_activity(activity)) == withdrawn
    assert await refused(faculty, faculty.rule(activity)) == withdrawn
    assert await refused(faculty, faculty.rule(new_id())) == [("NOT_FOUND", "creditActivityId")]


async def test_an_approval_is_withdrawn_for_days_to_come(faculty: Faculty) -> None:
    activity = await faculty.activity()
    past = faculty.withdraw_activity(activity, withdrawn_from=date(2026, 6, 14))
    assert await refused(faculty, past) == [("WITHDRAWAL_IN_PAST", "withdrawnFrom")]
    blank = faculty.withdraw_activity(activity, reason=" ")
    assert await refused(faculty, blank) == [("TEXT_BLANK", "reason")]
    await faculty.withdraw_activity(activity)
    row = await faculty.guild.one("select * from credit_activity where id = $1", activity)
    assert (row["withdrawn_from"], row["withdraw_reason"]) == (date(2026, 6, 15), "Accreditation lapsed")


async def test_only_the_association_s_owner_approves_and_withdraws(faculty: Faculty) -> None:
    activity = await faculty.activity()
    rule = await faculty.rule(activity)
    guild = faculty.guild
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (faculty.administrator, "FORBIDDEN"),
    ):
        for asked in (
            faculty.activity(by=actor),
            faculty.rule(activity, by=actor),
            faculty.withdraw_activity(activity, by=actor),
            faculty.withdraw_rule(rule, by=actor),
        ):
            assert [told for told, _ in await refused(faculty, asked)] == [code]
