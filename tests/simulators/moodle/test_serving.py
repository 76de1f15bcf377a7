"""`chapterhouse simulate moodle`, and its control door."""

from __future__ import annotations

from pathlib import Path

from services.lms_admin.adapters.opening import Connection, opened
from services.lms_admin.adapters.port import Capability, Enrolment, Outcome
from simulators.moodle.site import ADMIN_TOKEN
from tests.simulators.moodle.child import DOOR, simulated_moodle


async def test_a_seeded_double_is_administered_and_shows_what_became_of_it(tmp_path: Path) -> None:
    with simulated_moodle(tmp_path) as client:
        assert client.post(f"{DOOR}/users", json={"count": 1000}).json() == {"users": 1000}
        person = {"username": "ann", "firstname": "Ann", "lastname": "Lee", "email": "ann@example.org"}
        assert client.post(f"{DOOR}/users", json={"users": [person | {"idnumber": "A-1"}]}).json() == {"users": 1001}
        client.post(f"{DOOR}/courses", json={"shortname": "ETH-1", "packages": ["a" * 40]})
        client.post(f"{DOOR}/enrolments", json={"shortname": "ETH-1", "prefix": "M-00099"})
        secret = {"token": ADMIN_TOKEN, "roster_report_id": "1"}
        async with opened(Connection("MOODLE", str(client.base_url), secret, allow_loopback=True)) as lms:
            assert Capability.READ_ENROLMENT_ENDS in lms.capabilities
            assert len(await lms.find_users([f"M-{at:06}" for at in range(100)])) == 100
            client.post(f"{DOOR}/faults", json=[{"kind": "HTML", "function": "enrol_manual_enrol_users"}])
            (unknown,) = await lms.apply_enrolments([Enrolment("A-1", "ETH-1")])
            assert unknown.outcome is Outcome.UNKNOWN
            pages = [page async for page in lms.read_enrolments(["ETH-1"])]
        enrolled = {one.member_number for page in pages for one in page}
        assert enrolled == {"A-1", *(f"M-{at:06}" for at in range(990, 1000))}
        assert {line[0] for line in client.get(f"{DOOR}/enrolments").json()} == enrolled
        client.post(f"{DOOR}/site", json={"maintenance": True})
        assert client.post("/webservice/rest/server.php").status_code == 503
