"""What became of a job's items, for whoever may see learners: a page at a time, under their own rights."""

from __future__ import annotations

from typing import Final

HEADER: Final = (
    "position",
    "subject",
    "member_number",
    "course_key",
    "action",
    "outcome",
    "code",
    "message",
    "verification",
    "attempts",
    "ended_at",
)
SEES: Final = """
    select exists (select from lms_job j where j.contract_id = $1 and j.id = $2
        and app.sees_learners(j.contract_id, j.association_id, j.vendor_id, j.site_id))"""
PAGE: Final = """
    select i.position, r.subject_kind, r.member_number, r.course_key, r.action, i.status, i.error_code,
        i.error_message, i.verification, i.attempts,
        to_char(i.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    from lms_job_item i join lms_plan_row r on r.contract_id = i.contract_id and r.id = i.id
    where i.contract_id = $1 and i.job_id = $2 and i.position > $3
    order by i.position limit 1000"""
