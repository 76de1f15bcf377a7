"""A thousand accounts in a real Kolibri, by workers that are killed on the way: each once, each proven."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path

from tests.databases import OneDatabase
from tests.delivery.desk import Desk
from tests.lms_admin.jobs.killing import MEMBERS, importing, moments, numbers, roster
from tests.lms_admin.kolibri.running import Kolibri

USERS = "/api/auth/facilityuser/"


async def test_a_thousand_members_are_imported_once_however_often_the_worker_dies(
    desk: Desk, database: OneDatabase, tmp_path: Path, kolibri_site: Kolibri
) -> None:
    work = await importing(desk, database, tmp_path, kolibri_site.connection)
    prefix = f"K{secrets.token_hex(4).upper()}"
    content = roster(prefix, MEMBERS)
    with work.worker():
        plan = await work.plan(content)
    assert (plan["status"], plan["createCount"]) == ("READY", MEMBERS)
    job, others = await work.execute(plan), len(kolibri_site.ask("GET", USERS))
    for accounts in moments(MEMBERS):

        async def there_are(accounts: int = accounts) -> bool:
            counted = kolibri_site.ask("GET", USERS, page="1", page_size="1")["count"]
            return bool(counted - others >= accounts)

        await work.dead_for_long()
        with work.worker():
            await work.until(there_are)
    await work.dead_for_long()
    with work.worker():
        done = await work.ended(job)

    assert done == {
        "status": "DONE", "metering": "METERED", "totalCount": MEMBERS, "appliedCount": MEMBERS, "alreadySoCount": 0,
        "rejectedCount": 0, "unknownCount": 0, "staleCount": 0, "skippedCount": 0,
        "workRecords": [{"quantity": str(MEMBERS), "inScope": True}],
    }  # fmt: skip
    assert await work.acts(job) == {"APPLIED": MEMBERS}
    await work.assert_chain_holds()
    there = [one for one in kolibri_site.ask("GET", USERS) if one["id_number"].startswith(prefix)]
    assert Counter(one["id_number"] for one in there) == Counter(numbers(prefix, MEMBERS))
    assert {one["username"] for one in there} == {number.lower() for number in numbers(prefix, MEMBERS)}

    await work.dead_for_long()
    with work.worker():
        again = await work.ended(await work.execute(await work.plan(content)))
    assert again == done | {
        "metering": "NOTHING_TO_METER", "appliedCount": 0, "skippedCount": MEMBERS, "workRecords": [],
    }  # fmt: skip
    assert len(kolibri_site.ask("GET", USERS)) == others + MEMBERS
    assert await desk.guild.line("tickets") == (MEMBERS, 0, 0)
