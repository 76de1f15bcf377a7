"""The habits of a running Moodle that trip its clients, each in the order in which they were written down."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulators.moodle.records import Token
from simulators.moodle.site import ADMIN_TOKEN, Site
from tests.simulators.moodle.asking import SERVER, Asked, asking

NOW = 1795287600
LATER = 1900000000


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    """A site with three members, a course and a template."""
    site = Site(clock=lambda: NOW)
    site.seed_users(3)
    site.add_course("ETH-1")
    site.add_course("TPL-1", packages=["c" * 40])
    async with asking(site) as asked:
        yield asked


def _row(at: int, **changes: object) -> dict[str, object]:
    row = {"username": f"u{at}", "password": "Pass-w0rd!1", "firstname": "A", "lastname": "B"}
    return row | {"email": f"u{at}@example.org", "idnumber": f"U-{at}"} | changes


def _options(**options: object) -> list[dict[str, object]]:
    return [{"name": name, "value": value} for name, value in options.items()]


async def _enrol(asked: Asked, number: str, **changes: object) -> Any:  # noqa: ANN401 - whatever JSON it is
    ids = {"userid": asked.site.user_named(number).id, "courseid": asked.site.course_named("ETH-1").id}
    return await asked.body("enrol_manual_enrol_users", {"enrolments": [{"roleid": 5, **ids, **changes}]})


async def test_habit_1_an_error_is_told_by_the_body_alone(asked: Asked) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "no_such_function": {},
        "core_user_create_users": {"users": [_row(1, password="weak")]},
        "core_user_get_users_by_field": {"field": "colour", "values": ["red"]},
        "core_completion_get_course_completion_status": {"courseid": 2, "userid": 3},
    }
    for function, params in wrong.items():
        assert set(await asked.body(function, params)) == {"exception", "errorcode", "message"}


async def test_habit_1_what_is_unknown_or_missing_among_parameters_is_refused_without_saying_which(
    asked: Asked,
) -> None:
    for row in (_row(1, nickname="x"), {**_row(1), "id": 7}, {k: v for k, v in _row(1).items() if k != "email"}):
        answer = await asked.body("core_user_create_users", {"users": [row]})
        assert (answer["errorcode"], answer["message"]) == ("invalidparameter", "Invalid parameter value detected")
    assert "U-1" not in asked.site.by_idnumber


async def test_habit_2_services_switched_off_answer_403_with_nothing(asked: Asked) -> None:
    asked.site.services_on = False
    answer = await asked.send("core_webservice_get_site_info")
    assert (answer.status_code, answer.content) == (403, b"")


async def test_habit_2_maintenance_answers_503_with_a_page(asked: Asked) -> None:
    asked.site.maintenance = True
    answer = await asked.send("core_webservice_get_site_info")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")


async def test_habit_2_who_names_no_format_gets_xml(asked: Asked) -> None:
    answer = await asked.send("core_webservice_get_site_info", form="")
    assert answer.headers["content-type"].startswith("application/xml")
    assert '<KEY name="userid"><VALUE>2</VALUE>' in answer.text
    refusal = await asked.send("core_webservice_get_site_info", form="", token="none")
    assert "<ERRORCODE>invalidtoken</ERRORCODE>" in refusal.text


async def test_habit_3_success_has_four_shapes(asked: Asked) -> None:
    assert await _enrol(asked, "M-000000") is None
    created = await asked.body("core_user_create_users", {"users": [_row(1)]})
    assert [set(one) for one in created] == [{"id", "username"}]
    assert "userid" in await asked.body("core_webservice_get_site_info")
    rows = [{"id": 999, "suspended": 1}, {"id": created[0]["id"], "suspended": 1}]
    warned = await asked.body("core_user_update_users", {"users": rows})
    assert [(one["itemid"], one["warningcode"]) for one in warned["warnings"]] == [(999, "invaliduserid")]
    assert asked.site.user_named("U-1").suspended


async def test_habit_4_creating_is_all_or_nothing_and_does_not_say_why(asked: Asked) -> None:
    before = dict(asked.site.users)
    for bad in (_row(2, username="m000000"), _row(2, email="M000000@example.org"), _row(2, firstname=" ")):
        answer = await asked.body("core_user_create_users", {"users": [_row(1), bad, _row(3)]})
        assert answer["message"] == "Invalid parameter value detected"
    assert asked.site.users == before
    assert asked.site.by_username.keys() == {user.username for user in before.values()}


async def test_habit_4_messages_may_be_markup(asked: Asked) -> None:
    answer = await asked.body("core_user_create_users", {"users": [_row(1, password="a")]})
    assert answer["message"].startswith("error/<div>")


async def test_habit_5_what_is_beyond_max_input_vars_is_gone_without_a_word(asked: Asked) -> None:
    created = await asked.body("core_user_create_users", {"users": [_row(at) for at in range(900)]})
    assert len(created) == 833
    assert asked.site.users[created[-1]["id"]].idnumber == ""  # cut off in the middle of a row


async def test_habit_6_enrolling_again_and_suspending_reset_dates_that_are_not_sent(asked: Asked) -> None:
    enrolments = asked.site.course_named("ETH-1").enrolments
    user_id = asked.site.user_named("M-000000").id
    for changes in ({}, {"suspend": 1}):
        await _enrol(asked, "M-000000", timestart=NOW, timeend=LATER)
        assert (enrolments[user_id].timestart, enrolments[user_id].timeend) == (NOW, LATER)
        assert await _enrol(asked, "M-000000", **changes) is None
        assert (enrolments[user_id].timestart, enrolments[user_id].timeend) == (0, 0)
        assert enrolments[user_id].suspended == bool(changes)


async def test_habit_6_a_batch_with_one_bad_enrolment_enrols_nobody(asked: Asked) -> None:
    good = {"roleid": 5, "userid": asked.site.user_named("M-000000").id, "courseid": 2}
    bad = await asked.body("enrol_manual_enrol_users", {"enrolments": [good, good | {"userid": 888888}]})
    assert bad["errorcode"] == "invaliduser"
    assert asked.site.course_named("ETH-1").enrolments == {}


async def test_habit_7_the_suspended_are_found_by_asking_twice_and_no_date_is_told(asked: Asked) -> None:
    await _enrol(asked, "M-000000", timeend=LATER)
    await _enrol(asked, "M-000001", suspend=1)
    await _enrol(asked, "M-000002", timeend=NOW - 1)
    course = {"courseid": asked.site.course_named("ETH-1").id}
    everybody = await asked.body("core_enrol_get_enrolled_users", course)
    active = await asked.body("core_enrol_get_enrolled_users", {**course, "options": _options(onlyactive=1)})
    assert [one["idnumber"] for one in everybody] == ["M-000000", "M-000001", "M-000002"]
    assert [one["idnumber"] for one in active] == ["M-000000"]
    assert not any("time" in name for one in everybody for name in one if name != "timezone")


async def test_habit_7_a_saved_report_tells_dates_as_text_in_its_readers_language(asked: Asked) -> None:
    await _enrol(asked, "M-000000", timestart=NOW, timeend=LATER)
    page = {"reportid": 1, "page": 0, "perpage": 100}

    async def dates() -> Any:  # noqa: ANN401 - likewise
        rows = (await asked.body("core_reportbuilder_retrieve_report", page))["data"]["rows"]
        return next(line["columns"][4:6] for line in rows if line["columns"][0] == "M-000000")

    assert await dates() == ["Saturday, 21 November 2026, 7:00 PM", "Sunday, 17 March 2030, 5:46 PM"]
    asked.site.language = "de"
    assert await dates() == ["21.11.2026, 19:00", "17.3.2030, 17:46"]


async def test_habit_8_a_deleted_user_still_answers_by_id_mangled(asked: Asked) -> None:
    user = asked.site.user_named("M-000000")
    assert await asked.body("core_user_delete_users", {"userids": [user.id]}) is None
    (found,) = await asked.body("core_user_get_users_by_field", {"field": "id", "values": [user.id]})
    assert found["username"] == f"m000000@example.org.{NOW}"
    assert found["email"] == hashlib.md5(b"m000000", usedforsecurity=False).hexdigest()
    assert "idnumber" not in found
    by_number = {"field": "idnumber", "values": ["M-000000"]}
    assert await asked.body("core_user_get_users_by_field", by_number) == []


async def test_habit_8_an_id_number_may_be_that_of_several(asked: Asked) -> None:
    await asked.body("core_user_create_users", {"users": [_row(1, idnumber="M-000000")]})
    found = await asked.body("core_user_get_users_by_field", {"field": "idnumber", "values": ["M-000000"]})
    assert [one["username"] for one in found] == ["m000000", "u1"]


async def test_habit_9_completion_is_complete_not_complete_or_not_measurable(asked: Asked) -> None:
    site = asked.site
    user_id = site.user_named("M-000000").id
    for course in (site.course_named("ETH-1"), site.course_named("TPL-1")):
        enrolment = {"roleid": 5, "userid": user_id, "courseid": course.id}
        await asked.body("enrol_manual_enrol_users", {"enrolments": [enrolment]})

    async def status(shortname: str) -> Any:  # noqa: ANN401 - likewise
        params = {"courseid": site.course_named(shortname).id, "userid": user_id}
        return await asked.body("core_completion_get_course_completion_status", params)

    assert (await status("ETH-1"))["errorcode"] == "nocriteriaset"
    assert (await status("TPL-1"))["completionstatus"]["completed"] is False
    site.course_named("TPL-1").complete(user_id, NOW, overrideby=2)
    assert (await status("TPL-1"))["completionstatus"]["completed"] is True
    params = {"courseid": site.course_named("TPL-1").id, "userid": user_id}
    activities = await asked.body("core_completion_get_activities_completion_status", params)
    assert [one["overrideby"] for one in activities["statuses"]] == [2]


async def test_habit_10_duplicating_a_course_copies_its_package_and_none_of_its_people(asked: Asked) -> None:
    template = asked.site.course_named("TPL-1")
    new = {"fullname": "New", "shortname": "NEW-1", "categoryid": 1, "visible": 1, "options": _options(users=0)}
    made = await asked.body("core_course_duplicate_course", {"courseid": template.id, **new})
    answer = await asked.body("mod_scorm_get_scorms_by_courses", {"courseids": [template.id, made["id"]]})
    assert [scorm["sha1hash"] for scorm in answer["scorms"]] == ["c" * 40] * 2
    assert asked.site.courses[made["id"]].enrolments == {}
    again = await asked.body("core_course_duplicate_course", {"courseid": template.id, **new})
    assert again["errorcode"] == "shortnametaken"


async def test_habit_11_a_token_in_a_url_opens_nothing(asked: Asked) -> None:
    query = {"wstoken": ADMIN_TOKEN, "wsfunction": "core_webservice_get_site_info", "moodlewsrestformat": "json"}
    for answer in (await asked.client.get(SERVER, params=query), await asked.client.post(SERVER, params=query)):
        assert "invalidtoken" in answer.text


async def test_habit_11_a_token_may_lack_a_capability_or_a_function_or_have_expired(asked: Asked) -> None:
    asked.site.tokens["poor"] = Token(2, capabilities=frozenset({"moodle/user:update"}))
    asked.site.tokens["narrow"] = Token(2, functions=frozenset({"core_user_create_users"}))
    asked.site.tokens["old"] = Token(2, valid_until=NOW - 1)
    create = ("core_user_create_users", {"users": [_row(1)]})
    assert (await asked.body(*create, token="poor"))["errorcode"] == "nopermissions"
    assert (await asked.body("core_webservice_get_site_info", token="narrow"))["errorcode"] == "accessexception"
    assert (await asked.body(*create, token="old"))["errorcode"] == "accessexception"
    assert (await asked.body(*create, token="old"))["errorcode"] == "invalidtoken"
    assert len(await asked.body(*create, token="narrow")) == 1


async def test_habit_12_health_is_told_without_a_token_in_maintenance_too(asked: Asked) -> None:
    asked.site.maintenance = True
    body = [{"index": 0, "methodname": "tool_mobile_get_public_config", "args": {}}]
    answer = await asked.client.post("/lib/ajax/service-nologin.php", json=body)
    (told,) = answer.json()
    assert told["error"] is False
    assert (told["data"]["maintenanceenabled"], told["data"]["enablewebservices"]) == (1, 1)


async def test_the_control_door_is_there_only_for_who_binds_it(asked: Asked) -> None:
    assert (await asked.client.post("/_simulator/users", json={"count": 1})).status_code == 404
