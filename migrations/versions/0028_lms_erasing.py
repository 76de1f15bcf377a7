"""Erasing a learner from LMS administration: in one function, since the serving role changes no act; and the trace's way."""

from __future__ import annotations

from migrations.sql import lookup_function, run

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TAKEN_AWAY = (
    "lms_completion_withdrawal",
    "lms_completion",
    "lms_drift_finding",
    "lms_roster_enrolment",
    "lms_roster_member",
)
"""What says how a learner is, or should be: without the learner there is nothing to say."""


def upgrade() -> None:
    """Bring it."""
    run(
        """
        create index lms_plan_row_about on lms_plan_row (contract_id, member_number) where member_number is not null --;
        create index invoice_source_decision on invoice_source (contract_id, decision_id)
        """
    )
    for table in TAKEN_AWAY:
        run(f"grant delete on {table} to chapterhouse_lookup")
    lookup_function(
        "app.erase_learner(contract uuid, member text, at timestamptz) returns jsonb",
        """
        language plpgsql security definer set search_path = public as $$
        declare
            acts int; rows int; others int;
        begin
            -- whoever calls it has been asked who they are: an owner of the contract's association, and nobody else
            if not exists (select from contract c where c.id = contract
                    and c.association_id = current_setting('app.organization_id')::uuid)
                or app.organization_kind() <> 'ASSOCIATION' or not app.has_role('OWNER') then
                raise exception 'only an OWNER of the association erases its learners' using errcode = 'insufficient_privilege';
            end if;
            update lms_act_subject set salt = null, member_number = null, course_key = null, before = null, after = null,
                error_message = null, erased_at = at
            where contract_id = contract and member_number = member;
            get diagnostics acts = row_count;
            update lms_job_item i set sent_before = null, error_message = null
            from lms_plan_row r where r.contract_id = contract and r.member_number = member
                and i.contract_id = r.contract_id and i.id = r.id;
            update lms_plan_row set member_number = null, desired = null, observed = null, observed_digest = null,
                opted_out_reason = null
            where contract_id = contract and member_number = member;
            get diagnostics rows = row_count;
            delete from lms_completion_withdrawal w using lms_completion c
            where c.contract_id = contract and c.member_number = member and w.contract_id = c.contract_id
                and w.completion_id = c.id;
            delete from lms_completion where contract_id = contract and member_number = member;
            delete from lms_drift_finding where contract_id = contract and member_number = member;
            delete from lms_roster_enrolment where contract_id = contract and member_number = member;
            delete from lms_roster_member where contract_id = contract and member_number = member;
            get diagnostics others = row_count;
            update lms_site set protected_member_numbers = array_remove(protected_member_numbers, member)
            where contract_id = contract and member = any(protected_member_numbers);
            return jsonb_build_object('acts', acts, 'planRows', rows, 'sites', others);
        end $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run("drop function app.erase_learner")
    for table in TAKEN_AWAY:
        run(f"revoke delete on {table} from chapterhouse_lookup")
    run("drop index lms_plan_row_about --; drop index invoice_source_decision")
