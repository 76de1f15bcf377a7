"""A job of the world's plan that has ended, its acts, and the work they count in: that which an invoice bills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, encode

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_job(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The worker's part is written down: one item was applied and is billed, one is unknown."""
    contract, plan = decode("pln", world.names["plan"], parts=2)
    lead = world.onlookers["vendor.delivery"]
    job = await batch.fetchval(
        """insert into lms_job (contract_id, association_id, vendor_id, id, site_id, plan_id, line_id, operation,
            status, total_count, applied_count, unknown_count, ordered_at, ordered_by_person_id, ordered_by_member_id,
            ordered_by_name, ordered_by_email, ordered_by_organization_id, ordered_by_organization_name, started_at,
            ended_at, metering, metering_code)
        select contract_id, association_id, vendor_id, uuidv7(), site_id, id, line_id, operation, 'DONE', 2, 1, 1,
            now(), $2, $2, 'Lead', 'lead@guard.example', $3, 'Vendor', now(), now(), 'REFUSED', 'WORK_OUTSIDE_TERM'
        from lms_plan where id = $1 returning id""",
        plan,
        lead.member_id,
        lead.organization_id,
    )
    world.names["job"] = encode("job", contract, job)
    mended = "update lms_drift_finding set resolution = 'MENDED', mended_by_job_id = $2 where contract_id = $1"
    await batch.execute(f"{mended} and resolution = 'ACCEPTED'", contract, job)
    await batch.execute(
        """insert into lms_job_item (contract_id, association_id, vendor_id, site_id, job_id, id, position,
            idempotency_key, status, attempts, readings)
        select contract_id, association_id, vendor_id, site_id, $2, id, position, id::text,
            case position when 1 then 'APPLIED' else 'UNKNOWN' end, 1, 4
        from lms_plan_row where plan_id = $1 and position <= 2""",
        plan,
        job,
    )
    await batch.execute(
        """insert into lms_act (contract_id, association_id, vendor_id, site_id, job_id, id, sequence, item_id,
            operation, action, outcome, verification, lms_system, on_behalf_of, acted_at, recorded_at,
            acted_by_member_id, acted_by_name, acted_by_email, acted_by_organization_id,
            acted_by_organization_name, subject_digest,
            before_digest, after_digest, digest, previous_hash, hash)
        select contract_id, association_id, vendor_id, site_id, job_id, uuidv7(), 1000 + position,
            id, 'SUSPEND', 'SUSPEND',
            status, 'READ_BACK', 'MOODLE', 'Guild', now(), now(), $2, 'Lead', 'lead@guard.example', $3, 'Vendor', zero,
            zero, zero, zero, zero, zero
        from lms_job_item, (values (sha256(''))) as nothing (zero) where job_id = $1""",
        job,
        lead.member_id,
        lead.organization_id,
    )
    await batch.execute(
        """insert into lms_act_subject (contract_id, association_id, vendor_id, site_id, act_id, salt, member_number)
        select contract_id, association_id, vendor_id, site_id, id, sha256('salt'), '104233' from lms_act
        where job_id = $1""",
        job,
    )
    await batch.execute(
        """insert into lms_metered_item (contract_id, association_id, vendor_id, job_id, item_id, work_record_id,
            quantity)
        select i.contract_id, i.association_id, i.vendor_id, i.job_id, i.id, billed.work_record_id, 1
        from lms_job_item i, lateral (select d.work_record_id from invoice_source s
            join decision d on d.contract_id = s.contract_id and d.id = s.decision_id
            where s.contract_id = i.contract_id order by s.id limit 1) billed
        where i.job_id = $1 and i.status = 'APPLIED'""",
        job,
    )
    await batch.execute(
        """insert into lms_plan (contract_id, association_id, vendor_id, id, site_id, line_id, operation, status,
            request, undoes_job_id, mends_job_id, requested_at,
            requested_by_person_id, requested_by_member_id, requested_by_name,
            requested_by_email, requested_by_organization_id, requested_by_organization_name)
        select contract_id, association_id, vendor_id, uuidv7(), site_id, line_id, 'UNDO', 'WITHDRAWN', '{}', $2, $2,
            now(),
            requested_by_person_id, requested_by_member_id, requested_by_name, requested_by_email,
            requested_by_organization_id, requested_by_organization_name
        from lms_plan where id = $1""",
        plan,
        job,
    )
