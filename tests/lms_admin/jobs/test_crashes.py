"""Whenever a runner dies, and however the LMS misbehaves, every item ends true to it: done, proven and metered once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from core.actor import SYSTEM
from services.lms_admin.acts.verifying import verify_acts
from services.lms_admin.adapters.documents import document_of
from services.lms_admin.adapters.port import User
from services.lms_admin.jobs.deciding import MOST_ATTEMPTS
from tests.delivery.guild import NOW
from tests.lms_admin.jobs.academy import MISHAPS, Academy
from tests.lms_admin.jobs.stage import Stage, account, part, person
from tests.lms_admin.places import connect
from worker.means import About
from worker.metering_jobs import meter_job

ACCOUNTS, PARTS = 7, 3


class Killed(BaseException):
    """The process is gone: nothing that it would have done any more is done."""


class Reaper:
    """Kills at the n-th statement, commit or call that follows; before a call, or once the LMS has done it."""

    def __init__(self, deaths: list[tuple[int, bool]]) -> None:
        self.deaths = deaths
        self.left: int | None = None
        self.after_the_call = False

    def wake(self) -> None:
        """A process begins; it dies as the next entry says, or not at all."""
        self.left, self.after_the_call = self.deaths.pop(0) if self.deaths else (None, False)

    def step(self, *_: object) -> None:
        """One thing happens."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                raise Killed

    def over(self, academy: Academy) -> Academy:
        """An LMS whose calls are counted."""
        for name in ("find_users", "upsert_users", "suspend_users", "find_enrolments", "apply_enrolments", "probe"):
            setattr(academy, name, self._counted(getattr(academy, name)))
        return academy

    def _counted(self, call: Any) -> Any:  # noqa: ANN401
        async def counted(*given: object, **named: object) -> object:
            if not self.after_the_call:
                self.step()
                return await call(*given, **named)
            answer = await call(*given, **named)
            self.step()
            return answer

        return counted


def seen(user: User) -> dict[str, Any]:
    return document_of(user) | {"protected": False}


deaths = st.lists(st.tuples(st.integers(1, 90), st.booleans()), max_size=6)
mishaps = st.lists(st.sampled_from([None, None, None, *MISHAPS]), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=deaths, mishaps=mishaps, there=st.sets(st.integers(0, ACCOUNTS - 1), max_size=2))
async def test_every_item_ends_true_to_the_lms(
    stage: Stage, deaths: list[tuple[int, bool]], mishaps: list[str | None], there: set[int]
) -> None:
    reaper = Reaper(list(deaths))
    stage.academy = reaper.over(Academy(batch_size=3, mishaps=list(mishaps)))
    stage.now, units = NOW, await units_so_far(stage)
    stage.site = await connect(stage.guild, name=f"Academy {units} {len(stage.jobs)} {id(reaper)}")
    for number in there:
        stage.academy.have(person(number))
    job = await stage.order(await stage.plan(*map(account, range(ACCOUNTS)), *map(part, range(PARTS))))
    engine = stage.batch.engine.sync_engine
    hooks = ("before_cursor_execute", "commit")
    for hook in hooks:
        event.listen(engine, hook, reaper.step)
    try:
        await run_whatever_happens(stage, reaper, job)
    finally:
        for hook in hooks:
            event.remove(engine, hook, reaper.step)

    row, counts = await stage.job(job), await stage.counts(job)
    assert row["status"] == "DONE"
    statuses = await stage.items(job)
    for number, status in enumerate(statuses[:ACCOUNTS]):
        is_there = stage.academy.users.get(f"M-{number}", [])
        assert len(is_there) == (status in {"APPLIED", "ALREADY_SO"}), (number, status)
        # whatever was lost on the way, what the job did is told from what others had done
        assert (status == "ALREADY_SO") == (number in there), (number, status)
    for number, status in enumerate(statuses[ACCOUNTS:]):
        assert ((f"M-{number}", "safety") in stage.academy.enrolments) == (status == "APPLIED"), (number, status)
    # an LMS that loses every second call may wear the runner out: then the item says that it was not taken
    assert set(counts) <= {"APPLIED", "ALREADY_SO", "REJECTED"}
    acts = Counter(
        record["outcome"]
        for record in await stage.guild.rows.fetch("select outcome from lms_act where job_id = $1", job)
    )
    acts.pop("UNKNOWN", None)
    assert acts == counts
    assert await units_so_far(stage) - units == counts.get("APPLIED", 0)
    contract = stage.guild.contract_id
    assert await stage.batch.write(SYSTEM, lambda tx: verify_acts(tx, contract), now=NOW, request_id="test") is None
    assert stage.academy.most_in_flight <= 1


async def test_that_runners_died_is_not_held_against_an_item(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    job = await stage.order(await stage.plan(account(1)))

    async def dies(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(stage.academy, "upsert_users", dies)
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(Killed):
                await stage.run(job)
            stage.die()
    # both looks before it is sent go well, and then it is not taken, once
    stage.academy.mishaps = [None, None, "LATE"]
    assert (await stage.run_out(job))["status"] == "DONE"
    assert await stage.items(job) == ["APPLIED"]
    assert stage.academy.writes == {("upsert", "M-1"): 1}


async def run_whatever_happens(stage: Stage, reaper: Reaper, job: Any) -> None:  # noqa: ANN401
    """Run a job to its end and meter it, by as many processes as it takes."""
    row: dict[str, Any] = {}
    for _ in range(80):
        reaper.wake()
        try:
            await stage.run(job)
            row = await stage.job(job)
            if row["ended_at"]:
                await meter_job(stage.means, About(stage.guild.contract_id, job), clock=lambda: stage.now)
                if (await stage.job(job))["metering"] != "OPEN":
                    return
        except Killed:
            row = await stage.job(job)
        stage.now = max(stage.now, row["wait_until"] or stage.now, row["lease_until"] or stage.now)
    pytest.fail(f"it does not end: {row}")


async def units_so_far(stage: Stage) -> int:
    """What is recorded on the guild's line."""
    (recorded, *_) = await stage.guild.line("tickets")
    return int(str(recorded).split(".", maxsplit=1)[0])
