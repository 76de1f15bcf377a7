"""What an LMS holds may be odd; a job comes to its end all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.lms_admin.adapters.documents import document_of
from services.lms_admin.adapters.port import FoundUser
from tests.lms_admin.jobs.stage import Stage, account, person


@pytest.mark.parametrize("name", ["Ann\x00", "Ann\ud800", "=Ann", "A" * 5000])
async def test_odd_names_are_compared_sent_and_proven(stage: Stage, name: str) -> None:
    odd = person(1, given_name=name)
    stage.academy.have(odd)
    observed = document_of(FoundUser(**{field: getattr(odd, field) for field in type(odd).__slots__}))
    job = await stage.execute(replace(account(1), action="UPDATE", observed=observed))
    assert await stage.counts(job["id"]) == {"APPLIED": 1}
    before = await stage.guild.rows.fetchval(
        "select before ->> 'given_name' from lms_act_subject s join lms_act a on a.id = s.act_id where a.job_id = $1",
        job["id"],
    )
    assert before == observed["given_name"]
