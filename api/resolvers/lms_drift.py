"""Mutations of drift."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.lms_drifting import (
    AssignDriftFindingInput,
    AssignDriftFindingPayload,
    ReadDriftInput,
    ReadDriftPayload,
    ResolveDriftFindingInput,
    ResolveDriftFindingPayload,
)
from services.contracts.granting import Grantee
from services.lms_admin.drift.requesting import read_drift
from services.lms_admin.drift.resolving import Resolution, assign_drift_finding, resolve_drift_finding


@strawberry.type
class LmsDriftMutations:
    """Comparing a site with its roster, and looking after what differs."""

    @mutation
    async def read_drift(self, info: Info, input: ReadDriftInput) -> ReadDriftPayload:
        """Compare a site with its roster, in the background; nothing of the site is changed."""
        tx = info.context.tx
        reading = await read_drift(
            tx, actor=tx.actor, contract_id=input.site_id.contract_id, site_id=input.site_id.id, now=tx.now
        )
        return ReadDriftPayload(reading=reading)

    @mutation
    async def assign_drift_finding(self, info: Info, input: AssignDriftFindingInput) -> AssignDriftFindingPayload:
        """Say who looks after a difference, or that nobody does any more."""
        tx = info.context.tx
        who = input.assignee
        finding = await assign_drift_finding(
            tx,
            actor=tx.actor,
            contract_id=input.finding_id.contract_id,
            finding_id=input.finding_id.id,
            assignee=Grantee(email=who.email, member_id=who.member_id) if who else None,
            now=tx.now,
        )
        return AssignDriftFindingPayload(finding=finding)

    @mutation
    async def resolve_drift_finding(self, info: Info, input: ResolveDriftFindingInput) -> ResolveDriftFindingPayload:
        """Say that a job mended a difference, or accept it for a reason; seen again, the finding opens again."""
        tx = info.context.tx
        finding = await resolve_drift_finding(
            tx,
            actor=tx.actor,
            contract_id=input.finding_id.contract_id,
            finding_id=input.finding_id.id,
            resolved=Resolution(job_id=input.job_id and input.job_id.id, reason=input.reason),
            now=tx.now,
        )
        return ResolveDriftFindingPayload(finding=finding)
