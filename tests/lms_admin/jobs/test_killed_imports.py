"""A thousand accounts in a Moodle that goes wrong in every way, by workers that are killed: each once, each proven."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import httpx2

from services.lms_admin.adapters.opening import Connection
from simulators.moodle.site import ADMIN_TOKEN
from tests.databases import OneDatabase
from tests.delivery.desk import Desk
from tests.lms_admin.jobs.killing import MEMBERS, importing, moments, numbers, roster
from tests.simulators.moodle.child import DOOR, simulated_moodle

CREATE = "core_user_create_users"
MADE_BY_OTHERS = 12
"""Members whom somebody else gives their accounts, between the preview and the import."""
EVERYBODY = MEMBERS + MADE_BY_OTHERS
CUTS_OFF = 400
"""Form fields that PHP takes; a chunk of a hundred accounts is more, and loses its end without a word."""
AT_FIRST = [
    {"kind": "BREAK", "function": CREATE, "skip": 2},
    {"kind": "MAINTENANCE", "function": CREATE, "skip": 5},
    {"kind": "HALF", "function": CREATE, "skip": 8},
]
LATER = [
    {"kind": "BREAK", "function": "core_user_get_users_by_field", "skip": 9},
    {"kind": "BREAK", "function": CREATE, "skip": 10, "applied": False},
    {"kind": "MAINTENANCE", "skip": 45},
]
"""Answers that are lost after, and before, a call was done; half of an answer; maintenance amid a chunk, and anywhere.

No member meets so many that the import gives them up.
"""


async def test_a_thousand_members_are_imported_once_however_often_the_worker_dies(
    desk: Desk, database: OneDatabase, tmp_path: Path
) -> None:
    with simulated_moodle(tmp_path) as moodle:
        connection = Connection("MOODLE", str(moodle.base_url).rstrip("/"), {"token": ADMIN_TOKEN})
        work = await importing(desk, database, tmp_path, connection)
        content = roster("GWI", EVERYBODY)
        with work.worker():
            plan = await work.plan(content)
        assert (plan["status"], plan["createCount"]) == ("READY", EVERYBODY)
        by_others = random.sample(numbers("GWI", EVERYBODY), MADE_BY_OTHERS)
        moodle.post(f"{DOOR}/users", json={"users": [account(number) for number in by_others]})
        moodle.post(f"{DOOR}/site", json={"max_input_vars": CUTS_OFF})
        moodle.post(f"{DOOR}/faults", json=AT_FIRST)
        job = await work.execute(plan)

        async def dies_when(accounts: int) -> None:
            async def there_are() -> bool:
                if (await work.told(job))["status"] == "WAITING":
                    open_again(moodle)
                    await work.wait_is_over()
                return len(people(moodle)) >= accounts

            await work.dead_for_long()
            with work.worker():
                await work.until(there_are)

        for accounts in moments(MEMBERS // 2):
            await dies_when(MADE_BY_OTHERS + accounts)
        # once more, where nothing but the LMS knows that the call was done
        open_again(moodle)
        moodle.post(f"{DOOR}/site", json={"max_input_vars": 5000})
        moodle.post(f"{DOOR}/faults", json=[{"kind": "HANG", "function": CREATE}])
        await dies_when(len(people(moodle)) + 1)
        moodle.post(f"{DOOR}/site", json={"max_input_vars": CUTS_OFF})
        moodle.post(f"{DOOR}/faults", json=LATER)
        await work.dead_for_long()
        with work.worker():
            done = await work.ended(job, before_each_wait_is_over=lambda: open_again(moodle))

        assert done == {
            "status": "DONE", "metering": "METERED", "totalCount": EVERYBODY, "appliedCount": MEMBERS,
            "alreadySoCount": MADE_BY_OTHERS, "rejectedCount": 0, "unknownCount": 0, "staleCount": 0,
            "skippedCount": 0, "workRecords": [{"quantity": str(MEMBERS), "inScope": True}],
        }  # fmt: skip
        assert await work.already_so(job) == sorted(by_others)
        assert await work.acts(job) == {"APPLIED": MEMBERS, "ALREADY_SO": MADE_BY_OTHERS}
        await work.assert_chain_holds()
        there = people(moodle)
        assert Counter(one["idnumber"] for one in there) == Counter(numbers("GWI", EVERYBODY))
        assert len({one["username"] for one in there}) == EVERYBODY

        moodle.post(f"{DOOR}/faults", json=[])
        open_again(moodle)
        await work.dead_for_long()
        with work.worker():
            again = await work.ended(await work.execute(await work.plan(content)))
        assert again == done | {
            "metering": "NOTHING_TO_METER", "appliedCount": 0, "alreadySoCount": 0, "skippedCount": EVERYBODY,
            "workRecords": [],
        }  # fmt: skip
        assert people(moodle) == there
        assert await desk.guild.line("tickets") == (MEMBERS, 0, 0)


def people(moodle: httpx2.Client) -> list[dict[str, str]]:
    """Who has an account with a number."""
    shown: list[dict[str, str]] = moodle.get(f"{DOOR}/users").json()
    return shown


def open_again(moodle: httpx2.Client) -> None:
    """Maintenance is over."""
    moodle.post(f"{DOOR}/site", json={"maintenance": False})


def account(number: str) -> dict[str, str]:
    """The account of a member as the roster has it."""
    name = number.lower()
    return {
        "idnumber": number, "username": name, "email": f"{name}@learners.example", "firstname": "Ann",
        "lastname": "Learner",
    }  # fmt: skip
