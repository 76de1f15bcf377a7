"""Packages of a guild's site, over HTTP, and the worker that checks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.actor import Actor
from core.db import Database
from core.ids import decode, encode
from core.settings import Settings
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild
from tests.lms_admin.packages.making import scorm_12
from tests.lms_admin.places import KEYS, connect
from worker.checking_packages import check_package
from worker.means import About, Means

SUBMIT = """mutation($input: SubmitPackageInput!) { submitPackage(input: $input) {
  package { id title courseKey status verdict byteSize sha256 site { name } line { key } submittedBy { name } }
  userErrors { field code } } }"""
WITHDRAW = """mutation($input: WithdrawPackageInput!) { withdrawPackage(input: $input) {
  package { status endReason } userErrors { field code } } }"""
WAIVE = """mutation($input: WaivePackageRulesInput!) { waivePackageRules(input: $input) {
  waiver { rules reason endsOn signedBy { name organizationName } package { id } } userErrors { field code } } }"""
SIGN = """mutation($input: SignAccessibilityReviewInput!) { signAccessibilityReview(input: $input) {
  review { note signedBy { name } answers { criterion answer remark } package { id } } userErrors { field code } } }"""
ONE = """query($id: ID!) { contentPackage(id: $id) {
  status standard verdict launchChecked accessibilityUnscannedReason
  accessibilityScan { violations(first: 9) { nodes { rule } } needsReview(first: 9) { nodes { rule } } }
  findings(first: 50) { nodes { rule severity canBeWaived file } }
  waivers(first: 5) { totalCount } accessibilityReviews(first: 5) { totalCount } } }"""


@dataclass
class Shelf:
    """The desk, a site, and what the worker works with."""

    desk: Desk
    batch: Database
    means: Means
    site: UUID

    @classmethod
    async def build(cls, desk: Desk, batch: Database, settings: Settings) -> Shelf:
        """Connect a site; the worker has no browser."""
        means = Means(batch, desk.guild.blobs, settings, KEYS)
        return cls(desk, batch, means, await connect(desk.guild))

    @property
    def guild(self) -> Guild:
        """The guild."""
        return self.desk.guild

    async def upload(self, content: bytes, by: Actor | None = None, media_type: str = "application/zip") -> str:
        """Upload a file; its public id."""
        sent = await self.desk.upload(by or self.guild.lead, content, name="course.zip", media_type=media_type)
        assert sent.status_code == 201, sent.text
        return str(sent.json()["id"])

    async def asked(self, evidence_id: str, **others: object) -> dict[str, object]:
        """What a package is submitted with, in order but for what `others` says."""
        line = await self.guild.rows.fetchval(
            "select id from contract_line where contract_id = $1 and key = 'tickets'", self.guild.contract_id
        )
        return {
            "contractId": self.desk.contract,
            "siteId": encode("sit", self.guild.contract_id, self.site),
            "lineId": encode("cln", self.guild.contract_id, line),
            "evidenceId": evidence_id,
            "title": "Safety",
            "courseKey": "safety-1",
            **others,
        }

    async def submit(self, content: bytes | None = None) -> dict[str, Any]:
        """Upload and submit a package as the lead."""
        asked = await self.asked(await self.upload(content or scorm_12().bytes()))
        answer = (await self.desk.ask(self.guild.lead, SUBMIT, input=asked))["submitPackage"]
        assert answer["userErrors"] == []
        return answer["package"]  # type: ignore[no-any-return]

    async def check(self, package: str) -> bool:
        """Check a package as the worker does."""
        return await check_package(self.means, About(*decode("pkg", package, parts=2)))

    async def checked(self, content: bytes | None = None) -> str:
        """A package whose checks have ended."""
        package = str((await self.submit(content))["id"])
        assert await self.check(package)
        return package

    async def read(self, package: str, by: Actor | None = None) -> dict[str, Any]:
        """A package as somebody reads it."""
        found = await self.desk.ask(by or self.guild.lead, ONE, id=package)
        return found["contentPackage"]  # type: ignore[no-any-return]

    async def refused(self, actor: Actor, mutation: str, **given: object) -> list[tuple[str, str | None]]:
        """The codes and fields with which a mutation is refused; nothing may have changed."""
        before = await self.state()
        (payload,) = (await self.desk.ask(actor, mutation, input=given)).values()
        errors = [(error["code"], error["field"]) for error in payload.pop("userErrors")]
        assert (list(payload.values()) == [None]) is bool(errors)
        assert (await self.state() == before) is bool(errors)
        return errors

    async def state(self) -> list[object]:
        """Everything that is written of packages."""
        tables = (
            "content_package", "package_finding", "accessibility_finding", "package_waiver", "accessibility_review",
            "accessibility_answer", "audit_event", "pgqueuer",
        )  # fmt: skip
        return [
            await self.guild.rows.fetchval(f"select jsonb_agg(t order by t::text) from {table} t")  # noqa: S608  (our own words)
            for table in tables
        ]
