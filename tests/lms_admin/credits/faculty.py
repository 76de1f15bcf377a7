"""An association that approves credit, and the vendor's people who award it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.actor import Actor
from core.ids import RowKey, new_id
from services.lms_admin.credits.approving import Activity, approve_credit_activity, withdraw_credit_activity
from services.lms_admin.credits.awarding import award_credits
from services.lms_admin.credits.earning import Award
from services.lms_admin.credits.erasing import erase_learner
from services.lms_admin.credits.reissuing import Correction, reissue_credit
from services.lms_admin.credits.revoking import revoke_credit
from services.lms_admin.credits.ruling import Ruling, approve_credit_rule, withdraw_credit_rule
from tests.delivery.guild import LONG_AGO, NOW, Guild, insert
from tests.lms_admin.places import connect, grant_administration, join, key_of

MARCH_3 = date(2026, 3, 3)
LATE_ON_MARCH_3 = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
"""The contract's days are those of Chicago."""
WORKSHOP: dict[str, Any] = {
    "title": "Ethics in Credentialing",
    "accreditor": "IACET",
    "provider_number": "105873",
    "approval_number": "ETH-2026-014",
    "credit_type_code": "CE",
    "credit_type_name": "Continuing Education",
    "unit": "CONTACT_HOUR",
    "quantity": Decimal("1.5"),
    "approved_from": date(2026, 1, 1),
    "approved_to": date(2026, 12, 31),
}
ATTESTED: dict[str, Any] = {
    "needs_completion": False,
    "minimum_score_percent": None,
    "needs_attestation": True,
    "periods_begin_on": date(2025, 7, 1),
    "period_months": 24,
    "retention_years": 7,
}
COMPLETED: dict[str, Any] = {**ATTESTED, "needs_completion": True, "needs_attestation": False}


@dataclass
class Faculty:
    """The guild, its owner who approves, and an administrator who awards."""

    guild: Guild
    owner: Actor
    administrator: Actor
    evidence: UUID
    site: UUID

    async def activity(self, *, by: Actor | None = None, now: datetime = NOW, **others: Any) -> UUID:  # noqa: ANN401
        """Approve a workshop, but for what `others` say, with an approval number of its own."""
        facts = WORKSHOP | {"approval_number": f"ETH-{new_id().hex[-12:]}"} | others
        key: RowKey = await self.guild.write(by or self.owner, approve_credit_activity, now, activity=Activity(**facts))
        return key.id

    async def course(self, **others: Any) -> UUID:  # noqa: ANN401
        """Approve a course of the site."""
        return await self.activity(site_id=self.site, course_key="ethics", **others)

    async def rule(self, activity: UUID, *, by: Actor | None = None, **others: Any) -> UUID:  # noqa: ANN401
        """Approve the rule of a workshop, but for what `others` say."""
        key: RowKey = await self.guild.write(
            by or self.owner, approve_credit_rule, activity_id=activity, ruling=Ruling(**(ATTESTED | others))
        )
        return key.id

    async def withdraw_activity(self, activity: UUID, *, by: Actor | None = None, **others: Any) -> None:  # noqa: ANN401
        """Withdraw an activity from today on."""
        facts = {"withdrawn_from": None, "reason": "Accreditation lapsed"} | others
        await self.guild.write(by or self.owner, withdraw_credit_activity, activity_id=activity, **facts)

    async def withdraw_rule(self, rule: UUID, *, by: Actor | None = None, reason: str = "Too lax") -> None:
        """Withdraw a rule."""
        await self.guild.write(by or self.owner, withdraw_credit_rule, rule_id=rule, reason=reason)

    def attested(self, member_number: str = "104233", **others: Any) -> Award:  # noqa: ANN401
        """An award that is in order for a workshop."""
        facts: dict[str, Any] = {
            "learner_name": "Ana Soto",
            "earned_on": MARCH_3,
            "attestation": "Present throughout; R. Vale",
            "evidence_id": self.evidence,
        }
        return Award(member_number=member_number, **(facts | others))

    async def award(self, rule: UUID, *awards: Award, by: Actor | None = None, now: datetime = NOW) -> list[UUID]:
        """Award as the administrator; the certificates."""
        keys: list[RowKey] = await self.guild.write(
            by or self.administrator, award_credits, now, rule_id=rule, awards=awards
        )
        return [(await self.entry(key.id))["certificate_id"] for key in keys]

    async def revoke(self, certificate: UUID, *, by: Actor | None = None, reason: str = "Name misspelt") -> UUID:
        """Revoke as the owner; the entry."""
        key: RowKey = await self.guild.write(by or self.owner, revoke_credit, certificate_id=certificate, reason=reason)
        return key.id

    async def reissue(self, certificate: UUID, *, by: Actor | None = None, **others: Any) -> UUID:  # noqa: ANN401
        """Reissue as the administrator; the certificate that takes its place."""
        facts: dict[str, Any] = {"rule_id": None, "reason": "Name corrected"}
        facts |= {name: others.pop(name) for name in list(others) if name in facts}
        key: RowKey = await self.guild.write(
            by or self.administrator,
            reissue_credit,
            certificate_id=certificate,
            correction=Correction(**others),
            **facts,
        )
        return (await self.entry(key.id))["certificate_id"]  # type: ignore[no-any-return]

    async def erase(self, member_number: str = "104233", *, by: Actor | None = None, **others: Any) -> None:  # noqa: ANN401
        """Erase a learner as the owner."""
        facts = {"early_reason": None} | others
        await self.guild.write(by or self.owner, erase_learner, member_number=member_number, **facts)

    async def completion(self, member_number: str = "104233", **others: Any) -> None:  # noqa: ANN401
        """What the LMS reports of a learner in the course."""
        reading = new_id()
        await insert(
            self.guild.rows, "lms_completion_reading", **key_of(self.guild), id=reading, site_id=self.site,
            course_keys=["ethics"], status="DONE", requested_at=LONG_AGO, progressed_at=LONG_AGO, ended_at=LONG_AGO,
        )  # fmt: skip
        facts = {"state": "COMPLETE", "completed_at": LATE_ON_MARCH_3, "overridden": False, "score_percent": None}
        await insert(
            self.guild.rows, "lms_completion", **key_of(self.guild), id=new_id(), site_id=self.site,
            member_number=member_number, course_key="ethics", reading_id=reading, read_at=NOW, **(facts | others),
        )  # fmt: skip

    async def entry(self, entry: UUID) -> dict[str, Any]:
        """An entry of the ledger."""
        return await self.guild.one("select * from credit_entry where id = $1", entry)

    async def certificate(self, certificate: UUID) -> dict[str, Any]:
        """A certificate."""
        return await self.guild.one("select * from certificate where id = $1", certificate)

    async def state(self) -> list[object]:
        """All that continuing education writes, to compare what was with what is."""
        tables = ("credit_activity", "credit_rule", "certificate", "credit_entry", "audit_event")
        return [
            await self.guild.rows.fetchval(
                f"select coalesce(jsonb_agg(t order by t::text), '[]') from {table} t"  # noqa: S608  (our own words)
            )
            for table in tables
        ]


async def found_faculty(guild: Guild) -> Faculty:
    """Add to a guild what continuing education takes."""
    evidence = new_id()
    await insert(
        guild.rows, "evidence", **key_of(guild), id=evidence, name="attendance.pdf", media_type="application/pdf",
        byte_size=9, sha256="0" * 64, uploaded_at=LONG_AGO, **guild.lead.signed("uploaded_by"),
    )  # fmt: skip
    return Faculty(
        guild,
        owner=await join(guild, "Odile", "ASSOCIATION", guild.association, "OWNER"),
        administrator=await grant_administration(guild),
        evidence=evidence,
        site=await connect(guild),
    )
