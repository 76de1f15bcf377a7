"""Credit is awarded for what was earned, and for nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import new_id
from services.lms_admin.credits.earning import Award
from tests.delivery.guild import LONG_AGO, insert
from tests.lms_admin.credits.faculty import COMPLETED, LATE_ON_MARCH_3, MARCH_3, Faculty
from tests.lms_admin.credits.test_approving import refused
from tests.lms_admin.places import connect, key_of

ANA = Award(member_number="104233", learner_name="Ana Soto")


async def test_a_workshop_is_awarded_by_attestation(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity(jurisdictions=["US-CA"]))
    award = faculty.attested(licence_number=" RN-883112 ", licence_jurisdiction="US-CA")
    (certificate,) = await faculty.award(rule, award)
    row = await faculty.certificate(certificate)
    said = ("status", "member_number", "learner_name", "licence_number", "licence_jurisdiction", "attestation")
    assert [row[name] for name in said] == [
        "VALID", "104233", "Ana Soto", "RN-883112", "US-CA", "Present throughout; R. Vale"
    ]  # fmt: skip
    assert (row["keep_until"], row["score_percent"], row["site_id"]) == (date(2033, 3, 3), None, None)
    entry = await faculty.guild.one("select * from credit_entry where certificate_id = $1", certificate)
    told = ("sequence", "kind", "unit", "quantity", "earned_on", "period_starts_on", "period_ends_on", "evidence_id")
    assert [entry[name] for name in told] == [
        1, "AWARDED", "CONTACT_HOUR", Decimal("1.5"), MARCH_3, date(2025, 7, 1), date(2027, 6, 30), faculty.evidence
    ]  # fmt: skip
    assert (entry["on_behalf_of"], entry["recorded_by_name"]) == ("ASSOCIATION Inc", "Lina")


async def test_the_ledger_and_the_audit_trail_name_no_learner(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested("X-104233-X", learner_name="Zoë Quux"))
    await faculty.revoke(certificate, reason="Zoë Quux was not there")
    await faculty.reissue(certificate, reason="Zoë Quux was there after all")
    for table in ("credit_entry", "audit_event", "pgqueuer"):
        rows = await faculty.guild.rows.fetch(f"select t::text as row from {table} t")  # noqa: S608  (our own words)
        for row in rows:
            assert "Quux" not in row["row"], table
            assert "X-104233-X" not in row["row"], table


async def test_a_course_is_awarded_by_its_completion_on_the_day_it_was_there(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.course(), **(COMPLETED | {"minimum_score_percent": Decimal(80)}))
    await faculty.completion(score_percent=Decimal(80))
    (certificate,) = await faculty.award(rule, ANA)
    row = await faculty.certificate(certificate)
    assert (row["site_id"], row["score_percent"], row["keep_until"]) == (faculty.site, 80, date(2033, 3, 3))
    entry = await faculty.guild.one("select * from credit_entry where certificate_id = $1", certificate)
    # half past four in UTC is the evening before in Chicago
    assert (entry["earned_on"], entry["evidence_id"]) == (MARCH_3, None)


@pytest.mark.parametrize(
    ("completion", "award", "told"),
    [
        ({"member_number": "other"}, {}, ("NOT_COMPLETED", "memberNumber")),
        ({"state": "INCOMPLETE", "completed_at": None}, {}, ("NOT_COMPLETED", "memberNumber")),
        ({"state": "NOT_MEASURABLE", "completed_at": None}, {}, ("NOT_COMPLETED", "memberNumber")),
        ({"overridden": True}, {}, ("COMPLETION_OVERRIDDEN", "memberNumber")),
        ({"completed_at": None}, {}, ("COMPLETION_UNDATED", "earnedOn")),
        ({"score_percent": Decimal("79.99")}, {}, ("SCORE_TOO_LOW", "memberNumber")),
        ({"score_percent": None}, {}, ("SCORE_TOO_LOW", "memberNumber")),
        ({}, {"earned_on": date(2026, 3, 4)}, ("INVALID_INPUT", "earnedOn")),
        ({"completed_at": datetime(2026, 1, 1, 5, 59, tzinfo=UTC)}, {}, ("EARNED_OUTSIDE_APPROVAL", "earnedOn")),
        ({}, {"attestation": "I saw it"}, ("INVALID_INPUT", "attestation")),
    ],
)
async def test_what_the_lms_reports_decides(
    faculty: Faculty, completion: dict[str, Any], award: dict[str, Any], told: tuple[str, str]
) -> None:
    rule = await faculty.rule(await faculty.course(), **(COMPLETED | {"minimum_score_percent": Decimal(80)}))
    await faculty.completion(**({"score_percent": Decimal(80)} | completion))
    code, field = told
    assert await refused(faculty, faculty.award(rule, replace(ANA, **award))) == [(code, f"awards.0.{field}")]


async def test_completion_and_attestation_may_both_be_needed(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.course(), **(COMPLETED | {"needs_attestation": True}))
    missing = [("ATTESTATION_MISSING", "awards.0.attestation"), ("ATTESTATION_MISSING", "awards.0.evidenceId")]
    await faculty.completion()
    assert await refused(faculty, faculty.award(rule, ANA)) == missing
    await faculty.award(rule, replace(ANA, attestation="Proctored", evidence_id=faculty.evidence))


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"member_number": " "}, ("TEXT_BLANK", "memberNumber")),
        ({"learner_name": "x" * 201}, ("TEXT_TOO_LONG", "learnerName")),
        ({"learner_name": "Ana\nSoto"}, ("INVALID_INPUT", "learnerName")),
        ({"learner_name": "Ana \u202e otoS"}, ("INVALID_INPUT", "learnerName")),
        ({"licence_jurisdiction": "US-TX"}, ("JURISDICTION_NOT_APPROVED", "licenceJurisdiction")),
        ({"earned_on": None}, ("INVALID_INPUT", "earnedOn")),
        ({"earned_on": date(2025, 12, 31)}, ("EARNED_OUTSIDE_APPROVAL", "earnedOn")),
        ({"earned_on": date(2027, 1, 1)}, ("EARNED_OUTSIDE_APPROVAL", "earnedOn")),
        ({"earned_on": date(2026, 6, 16)}, ("EARNED_IN_FUTURE", "earnedOn")),
        ({"attestation": None}, ("ATTESTATION_MISSING", "attestation")),
        ({"evidence_id": None}, ("ATTESTATION_MISSING", "evidenceId")),
        ({"evidence_id": new_id()}, ("NOT_FOUND", "evidenceId")),
    ],
)
async def test_an_award_that_is_none(faculty: Faculty, others: dict[str, Any], told: tuple[str, str]) -> None:
    rule = await faculty.rule(await faculty.activity(jurisdictions=["US-CA"], approved_to=date(2026, 12, 31)))
    code, field = told
    asked = faculty.award(rule, faculty.attested("1"), faculty.attested(**others))
    answer = await refused(faculty, asked)
    if others.get("earned_on") == date(2027, 1, 1):
        assert answer.pop(0) == ("EARNED_IN_FUTURE", "awards.1.earnedOn")
    assert answer == [(code, f"awards.1.{field}")]


async def test_a_name_may_have_the_joiners_that_its_script_needs(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    await faculty.award(rule, faculty.attested(learner_name="شاه\u200cرخ"))


async def test_all_faults_are_told_at_once_and_none_or_too_many_is_none(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    told = await refused(
        faculty, faculty.award(rule, faculty.attested("1", earned_on=None), faculty.attested("2", attestation=None))
    )
    assert told == [("INVALID_INPUT", "awards.0.earnedOn"), ("ATTESTATION_MISSING", "awards.1.attestation")]
    assert await refused(faculty, faculty.award(rule)) == [("INVALID_INPUT", "awards")]
    many = [faculty.attested(str(at)) for at in range(101)]
    assert await refused(faculty, faculty.award(rule, *many)) == [("LIST_TOO_LONG", "awards")]
    assert len(await faculty.award(rule, *many[:100])) == 100


async def test_once_for_each_learner_activity_and_reporting_period(faculty: Faculty) -> None:
    activity = await faculty.activity(approved_from=date(2023, 1, 1))
    rule = await faculty.rule(activity)
    already = [("CREDIT_ALREADY_AWARDED", "awards.0.memberNumber")]
    await faculty.award(rule, faculty.attested())
    again = faculty.attested(earned_on=date(2026, 5, 1))
    assert await refused(faculty, faculty.award(rule, again)) == already
    twice = [faculty.attested("7"), faculty.attested(" 7 ")]
    assert await refused(faculty, faculty.award(rule, *twice)) == [("CREDIT_ALREADY_AWARDED", "awards.1.memberNumber")]
    await faculty.award(rule, faculty.attested(earned_on=date(2025, 6, 30)), faculty.attested("7"))
    # another rule, with periods that overlap what was awarded
    await faculty.withdraw_rule(rule)
    shorter = await faculty.rule(activity, periods_begin_on=date(2026, 1, 1), period_months=3)
    assert await refused(faculty, faculty.award(shorter, again)) == already


async def test_two_at_once_award_once(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    asked = [faculty.award(rule, faculty.attested()) for _ in range(4)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Refusals"] * 3 + ["list"]
    assert await faculty.guild.rows.fetchval(
        "select count(*) from credit_entry where contract_id = $1", faculty.guild.contract_id
    ) == 1  # fmt: skip


async def test_the_database_holds_it_too(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())
    row = await faculty.certificate(certificate)
    with pytest.raises(Exception, match="one_award_of_a_period"):
        await insert(faculty.guild.rows, "certificate", **(row | {"id": new_id(), "number": "Z" * 28}))


async def test_what_was_earned_before_a_withdrawal_is_awarded_after_it(faculty: Faculty) -> None:
    activity = await faculty.activity()
    rule = await faculty.rule(activity)
    await faculty.withdraw_activity(activity)
    late = faculty.attested(earned_on=date(2026, 6, 15))
    outside = [("EARNED_OUTSIDE_APPROVAL", "awards.0.earnedOn")]
    assert await refused(faculty, faculty.award(rule, late)) == outside
    await faculty.award(rule, faculty.attested(earned_on=date(2026, 6, 14)))
    await faculty.withdraw_rule(rule)
    other = faculty.award(rule, faculty.attested("2"))
    assert await refused(faculty, other) == [("CREDIT_RULE_NOT_APPROVED", "creditRuleId")]


async def test_who_may_award(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    guild = faculty.guild
    for actor, code in (
        (ANONYMOUS, "UNAUTHENTICATED"),
        (guild.stranger, "NOT_FOUND"),
        (guild.acceptor, "FORBIDDEN"),
        (guild.worker, "FORBIDDEN"),
        (guild.vendor_owner, "FORBIDDEN"),
        (faculty.owner, "FORBIDDEN"),
    ):
        told = await refused(faculty, faculty.award(rule, faculty.attested(), by=actor))
        assert [code for code, _ in told] == [code]
    await faculty.award(rule, faculty.attested("1"), by=guild.lead)
    await faculty.award(rule, faculty.attested("2"))
    assert await refused(faculty, faculty.award(new_id(), faculty.attested())) == [("NOT_FOUND", "creditRuleId")]


async def test_a_grant_that_is_narrowed_to_another_site_does_not_reach(faculty: Faculty) -> None:
    guild = faculty.guild
    elsewhere = await connect(guild, "Elsewhere")
    grant = await guild.rows.fetchval(
        "select id from contract_grant where member_id = $1", faculty.administrator.member_id
    )
    await insert(
        guild.rows, "lms_grant", **key_of(guild), id=new_id(), grant_id=grant, site_id=elsewhere,
        member_id=faculty.administrator.member_id, operations=["ENROL"], reason="-", narrowed_at=LONG_AGO,
    )  # fmt: skip
    here = await faculty.rule(await faculty.course(), **COMPLETED)
    workshop = await faculty.rule(await faculty.activity())
    await faculty.completion()
    for rule, award in ((here, ANA), (workshop, faculty.attested())):
        assert await refused(faculty, faculty.award(rule, award)) == [("OUTSIDE_GRANT", "creditRuleId")]
    there = await faculty.rule(await faculty.activity(site_id=elsewhere, course_key="ethics"))
    await faculty.award(there, faculty.attested())


async def test_nothing_is_awarded_under_a_contract_that_has_ended(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())
    await faculty.guild.rows.execute(
        "update contract set status = 'TERMINATED', ended_at = now() where id = $1", faculty.guild.contract_id
    )
    later = faculty.award(rule, faculty.attested("2"))
    assert await refused(faculty, later) == [("CONTRACT_NOT_ACTIVE", "contractId")]
    # what was given can be taken back for as long as there is somebody to do it
    await faculty.revoke(certificate)


def test_the_completion_of_these_tests_is_of_the_evening_before() -> None:
    assert LATE_ON_MARCH_3.date() == date(2026, 3, 4)
