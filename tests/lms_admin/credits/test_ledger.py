"""Whatever is awarded, revoked and reissued, the ledger adds up, and tells when somebody changed it."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor import ANONYMOUS
from core.db import Database, Transaction
from core.ids import encode, new_id
from services.lms_admin.credits.verifying import BrokenEntry, verify_credits
from tests.commanding import chapterhouse
from tests.databases import OneDatabase
from tests.delivery.guild import NOW
from tests.lms_admin.credits.faculty import Faculty
from tests.lms_admin.credits.test_approving import refused

BALANCE = """
select e.credit_type_code as type, case e.unit when 'CREDIT' then 'CREDIT' else 'HOURS' end as unit,
    sum(case e.kind when 'REVOKED' then -1 else 1 end * e.quantity * case e.unit when 'CEU' then 10 else 1 end) as sum
from credit_entry e join certificate c using (contract_id) where c.id = e.certificate_id and e.contract_id = $1
group by 1, 2"""
STANDING = """
select e.credit_type_code as type, case e.unit when 'CREDIT' then 'CREDIT' else 'HOURS' end as unit,
    sum(e.quantity * case e.unit when 'CEU' then 10 else 1 end) as sum
from certificate c join credit_entry e using (contract_id)
where e.certificate_id = c.id and e.kind <> 'REVOKED' and c.status = 'VALID' and c.contract_id = $1 group by 1, 2"""


async def broken(batch: Database, faculty: Faculty) -> list[tuple[int | None, str]]:
    async def walk(tx: Transaction) -> list[BrokenEntry]:
        return [each async for each in verify_credits(tx, faculty.guild.contract_id)]

    found = await batch.write(ANONYMOUS, walk, now=NOW, request_id="test")
    return [(each.sequence, each.reason) for each in found]


async def test_revoked_and_reissued_are_three_entries_and_two_certificates(faculty: Faculty, batch: Database) -> None:
    rule = await faculty.rule(await faculty.activity())
    (first,) = await faculty.award(rule, faculty.attested())
    assert await refused(faculty, faculty.reissue(first)) == [("CREDIT_NOT_REVOKED", "certificateId")]
    await faculty.revoke(first)
    assert await refused(faculty, faculty.revoke(first)) == [("CREDIT_ALREADY_REVOKED", "certificateId")]
    second = await faculty.reissue(first, learner_name="Anna Soto", earned_on=date(2026, 3, 2))
    assert await refused(faculty, faculty.reissue(first)) == [("CREDIT_ALREADY_REISSUED", "certificateId")]
    old, new = await faculty.certificate(first), await faculty.certificate(second)
    assert (old["status"], old["revoke_reason"], old["learner_name"]) == ("REPLACED", "Name misspelt", "Ana Soto")
    assert (new["status"], new["reissue_reason"], new["learner_name"]) == ("VALID", "Name corrected", "Anna Soto")
    assert new["number"] != old["number"]
    assert new["attestation"] == old["attestation"]
    rows = await faculty.guild.rows.fetch(
        "select kind, certificate_id, replaces_certificate_id, earned_on from credit_entry where contract_id = $1 "
        "order by sequence",
        faculty.guild.contract_id,
    )
    assert [tuple(row) for row in rows] == [
        ("AWARDED", first, None, date(2026, 3, 3)),
        ("REVOKED", first, None, date(2026, 3, 3)),
        ("REISSUED", second, first, date(2026, 3, 2)),
    ]
    assert await broken(batch, faculty) == []


async def test_a_reissue_is_held_to_the_rule_again(faculty: Faculty) -> None:
    activity = await faculty.activity()
    rule = await faculty.rule(activity)
    first, other = await faculty.award(rule, faculty.attested(), faculty.attested("2"))
    await faculty.revoke(first)
    late = faculty.reissue(first, earned_on=date(2027, 1, 1))
    assert {code for code, _ in await refused(faculty, late)} == {"EARNED_IN_FUTURE", "EARNED_OUTSIDE_APPROVAL"}
    assert await refused(faculty, faculty.reissue(first, reason=" ")) == [("TEXT_BLANK", "reason")]
    await faculty.withdraw_rule(rule)
    assert await refused(faculty, faculty.reissue(first)) == [("CREDIT_RULE_NOT_APPROVED", "creditRuleId")]
    current = await faculty.rule(activity, retention_years=10)
    second = await faculty.reissue(first, rule_id=current)
    assert (await faculty.certificate(second))["keep_until"] == date(2036, 3, 3)
    assert await refused(faculty, faculty.reissue(new_id())) == [("NOT_FOUND", "certificateId")]
    assert (await faculty.certificate(other))["status"] == "VALID"


async def test_what_was_revoked_can_be_awarded_again_but_then_not_reissued(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (first,) = await faculty.award(rule, faculty.attested())
    await faculty.revoke(first)
    await faculty.award(rule, faculty.attested())
    assert await refused(faculty, faculty.reissue(first)) == [("CREDIT_ALREADY_AWARDED", "memberNumber")]


async def test_who_may_revoke_and_reissue(faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    valid, revoked = await faculty.award(rule, faculty.attested(), faculty.attested("2"))
    await faculty.revoke(revoked)
    guild = faculty.guild
    for actor, code in ((ANONYMOUS, "UNAUTHENTICATED"), (guild.stranger, "NOT_FOUND"), (guild.acceptor, "FORBIDDEN")):
        for asked in (faculty.revoke(valid, by=actor), faculty.reissue(revoked, by=actor)):
            assert [told for told, _ in await refused(faculty, asked)] == [code]
    assert await refused(faculty, faculty.revoke(valid, by=faculty.administrator)) == [("FORBIDDEN", None)]
    assert await refused(faculty, faculty.reissue(revoked, by=faculty.owner)) == [("FORBIDDEN", None)]


async def test_at_once_one_revokes_and_one_reissues(faculty: Faculty, batch: Database) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())
    answers = await asyncio.gather(*(faculty.revoke(certificate) for _ in range(4)), return_exceptions=True)
    assert Counter(type(answer).__name__ for answer in answers) == {"CreditAlreadyRevoked": 3, "UUID": 1}
    answers = await asyncio.gather(*(faculty.reissue(certificate) for _ in range(4)), return_exceptions=True)
    assert Counter(type(answer).__name__ for answer in answers) == {"CreditAlreadyReissued": 3, "UUID": 1}
    assert await broken(batch, faculty) == []


STEPS = st.lists(st.tuples(st.sampled_from("AARRI"), st.integers(0, 3), st.integers(0, 3)), max_size=14)
KINDS = (("CE", "CONTACT_HOUR", "1.5"), ("CE", "CEU", "0.15"), ("CPE", "CREDIT", "2"), ("CE", "CREDIT", "0.000001"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_a_balance_is_what_the_standing_certificates_say(
    faculty: Faculty, batch: Database, steps: list[tuple[str, int, int]]
) -> None:
    """Random awards, revocations and reissues: the sum of the ledger is that of the certificates that hold."""
    rules = [
        await faculty.rule(await faculty.activity(credit_type_code=code, unit=unit, quantity=Decimal(quantity)))
        for code, unit, quantity in KINDS
    ]
    expected: dict[tuple[int, int], tuple[str, UUID]] = {}
    for step, kind, learner in steps:
        state, certificate = expected.get((kind, learner), ("NONE", new_id()))
        member = f"{rules[0]}-{learner}"
        asked = (
            faculty.award(rules[kind], faculty.attested(member))
            if step == "A"
            else faculty.revoke(certificate)
            if step == "R"
            else faculty.reissue(certificate)
        )
        if state not in {"A": ("NONE", "REVOKED"), "R": ("VALID",), "I": ("REVOKED",)}[step]:
            assert len(await refused(faculty, asked)) == 1
            continue
        answer = await asked
        given_now = certificate if step == "R" else answer[0] if isinstance(answer, list) else answer
        expected[kind, learner] = ("REVOKED" if step == "R" else "VALID", given_now)
    rows, contract = faculty.guild.rows, faculty.guild.contract_id
    balance = {(row["type"], row["unit"]): row["sum"] for row in await rows.fetch(BALANCE, contract) if row["sum"]}
    standing = {(row["type"], row["unit"]): row["sum"] for row in await rows.fetch(STANDING, contract)}
    assert balance == standing
    assert await broken(batch, faculty) == []


@pytest.mark.parametrize(
    ("sql", "sequence", "reason"),
    [
        ("update credit_entry set quantity = 15 where sequence = 2", 2, "the entry was changed"),
        ("update credit_entry set earned_on = earned_on - 1 where sequence = 1", 1, "the entry was changed"),
        ("update credit_entry set recorded_by_member_id = null where sequence = 3", 3, "the entry was changed"),
        ("delete from credit_entry where sequence = 2", 3, "entry 2 is missing"),
        (
            "update credit_entry set previous_hash = hash where sequence = 2",
            2,
            "it does not follow the entry before it",
        ),
        ("update credit_entry set hash = digest where sequence = 3", 3, "its hash is not that of its digest"),
        ("update certificate set learner_name = 'Eve'", 1, "its certificate was changed"),
        ("update certificate set revoke_reason = 'None'", 3, "its certificate was changed"),
        ("delete from credit_entry where sequence = 3", None, "is not as its entries say"),
        ("update certificate set status = 'VALID'", None, "is not as its entries say"),
    ],
)
async def test_what_was_changed_behind_our_back_is_named(
    faculty: Faculty, batch: Database, sql: str, sequence: int | None, reason: str
) -> None:
    rule = await faculty.rule(await faculty.activity())
    _, second = await faculty.award(rule, faculty.attested("1"), faculty.attested("2"))
    await faculty.revoke(second)
    assert await broken(batch, faculty) == []
    more = "and" if "where" in sql else "where"
    await faculty.guild.rows.execute(f"{sql} {more} contract_id = $1", faculty.guild.contract_id)
    ((at, why),) = await broken(batch, faculty)
    assert (at, why.endswith(reason)) == (sequence, True)


async def test_chapterhouse_verify_walks_the_ledger(faculty: Faculty, database: OneDatabase, tmp_path: Path) -> None:
    rule = await faculty.rule(await faculty.activity())
    await faculty.award(rule, faculty.attested("1"), faculty.attested("2"))
    contract, variables = encode("con", faculty.guild.contract_id), database.environment(tmp_path)
    sound = chapterhouse("verify", contract, folder=tmp_path, **variables)
    assert (sound.returncode, sound.stdout) == (0, "✓ 0 contracts, 0 entries, 0 acts on LMSs, 2 credits; sums: none\n")
    await faculty.guild.rows.execute(
        "update credit_entry set quantity = 9 where sequence = 2 and contract_id = $1", faculty.guild.contract_id
    )
    broken = chapterhouse("verify", contract, folder=tmp_path, **variables)
    assert broken.returncode == 1
    assert broken.stdout.splitlines()[0] == f"✗ {contract}, credit 2: the entry was changed"


async def test_what_names_a_learner_is_erased_when_nobody_has_to_keep_it(faculty: Faculty, batch: Database) -> None:
    rule = await faculty.rule(await faculty.activity())
    first, other = await faculty.award(rule, faculty.attested(), faculty.attested("2"))
    await faculty.revoke(first)
    await faculty.reissue(first)
    kept = [("RETENTION_NOT_OVER", "earlyReason")]
    assert await refused(faculty, faculty.erase()) == kept
    assert await refused(faculty, faculty.erase("none of ours")) == [("NOT_FOUND", "memberNumber")]
    assert await refused(faculty, faculty.erase(by=faculty.administrator)) == [("FORBIDDEN", None)]
    await faculty.erase(early_reason="The learner asked, and no licence depends on it")
    rows = await faculty.guild.rows.fetch(
        "select * from certificate where contract_id = $1 and id <> $2", faculty.guild.contract_id, other
    )
    left = {name for row in rows for name, value in row.items() if value is not None}
    assert left == {
        "contract_id", "id", "association_id", "vendor_id", "activity_id", "rule_id", "status", "period_starts_on",
        "period_ends_on", "keep_until", "erased_at",
    }  # fmt: skip
    assert (await faculty.certificate(other))["learner_name"] == "Ana Soto"
    assert await broken(batch, faculty) == []
    assert await refused(faculty, faculty.reissue(first)) == [("CREDIT_ALREADY_REISSUED", "certificateId")]
    assert await refused(faculty, faculty.erase()) == [("NOT_FOUND", "memberNumber")]


async def test_after_its_retention_nothing_has_to_be_said(faculty: Faculty) -> None:
    activity = await faculty.activity(approved_from=date(2020, 1, 1))
    rule = await faculty.rule(activity, retention_years=6)
    (kept,) = await faculty.award(rule, faculty.attested(earned_on=date(2020, 6, 15)))
    assert await refused(faculty, faculty.erase()) == [("RETENTION_NOT_OVER", "earlyReason")]
    (over,) = await faculty.award(rule, faculty.attested("2", earned_on=date(2020, 6, 14)))
    await faculty.revoke(over)
    await faculty.erase("2")
    assert await refused(faculty, faculty.reissue(over)) == [("LEARNER_ERASED", "certificateId")]
    assert (await faculty.certificate(kept))["status"] == "VALID"
