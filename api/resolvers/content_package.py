"""Queries and mutations of content packages."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.accessibility import SignAccessibilityReviewInput, SignAccessibilityReviewPayload
from api.schema.content_package import (
    ContentPackage,
    SubmitPackageInput,
    SubmitPackagePayload,
    WithdrawPackageInput,
    WithdrawPackagePayload,
)
from api.schema.package_publishing import PreviewPublishingInput, PreviewPublishingPayload
from api.schema.package_waiver import WaivePackageRulesInput, WaivePackageRulesPayload
from services.lms_admin.packages import publishing, reads, reviewing, submitting, waiving, withdrawing


@strawberry.type
class ContentPackageQueries:
    """What is published into an LMS."""

    @query
    def content_package(self, reader: Reader, id: Id[ContentPackage]) -> Rows[ContentPackage | None]:
        """One content package by id; null when it does not exist or you may not see it."""
        return reads.content_package(reader, id.contract_id, id.id)


@strawberry.type
class ContentPackageMutations:
    """From an upload to what may be published."""

    @mutation
    async def submit_package(self, info: Info, input: SubmitPackageInput) -> SubmitPackagePayload:
        """Submit an uploaded ZIP for a course; it is checked in the background, and published by nobody yet."""
        tx = info.context.tx
        key = await submitting.submit_package(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            site_id=input.site_id.id,
            line_id=input.line_id.id,
            evidence_id=input.evidence_id.id,
            title=input.title,
            course_key=input.course_key,
            now=tx.now,
        )
        return SubmitPackagePayload(package=key)

    @mutation
    async def withdraw_package(self, info: Info, input: WithdrawPackageInput) -> WithdrawPackagePayload:
        """Take a package back before it is published."""
        tx = info.context.tx
        key = await withdrawing.withdraw_package(
            tx,
            actor=tx.actor,
            contract_id=input.package_id.contract_id,
            package_id=input.package_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawPackagePayload(package=key)

    @mutation
    async def waive_package_rules(self, info: Info, input: WaivePackageRulesInput) -> WaivePackageRulesPayload:
        """Answer, for the association, for what a package fails by, until a day; what does harm is never waived."""
        tx = info.context.tx
        key = await waiving.waive_package_rules(
            tx,
            actor=tx.actor,
            contract_id=input.package_id.contract_id,
            package_id=input.package_id.id,
            rules=[rule.name for rule in input.rules],
            reason=input.reason,
            ends_on=input.ends_on,
            now=tx.now,
        )
        return WaivePackageRulesPayload(waiver=key)

    @mutation
    async def preview_publishing(self, info: Info, input: PreviewPublishingInput) -> PreviewPublishingPayload:
        """Ask what publishing a package would do: a plan of one row, which is then approved and executed."""
        tx = info.context.tx
        plan = await publishing.preview_publishing(
            tx,
            actor=tx.actor,
            contract_id=input.package_id.contract_id,
            package_id=input.package_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return PreviewPublishingPayload(plan=plan)

    @mutation
    async def sign_accessibility_review(
        self, info: Info, input: SignAccessibilityReviewInput
    ) -> SignAccessibilityReviewPayload:
        """Sign what you found of each criterion of accessibility that no scan can judge."""
        tx = info.context.tx
        key = await reviewing.sign_accessibility_review(
            tx,
            actor=tx.actor,
            contract_id=input.package_id.contract_id,
            package_id=input.package_id.id,
            answers=[
                reviewing.Answer(answer.criterion.name, answer.answer.name, answer.remark) for answer in input.answers
            ],
            note=input.note,
            now=tx.now,
        )
        return SignAccessibilityReviewPayload(review=key)
