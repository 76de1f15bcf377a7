"""Completions as clients ask for them: begun, read in the background, found again by course, state and learner."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import decode, encode
from tests.delivery.desk import Desk
from tests.lms_admin.learning.conftest import School
from tests.lms_admin.learning.test_reading_completions import complete, incomplete

SYNC = """mutation($input: SyncCompletionsInput!) { syncCompletions(input: $input) {
  reading { id status courseKeys requestedBy { name } site { name } } userErrors { field code } } }"""
READING = """query($id: ID!) { node(id: $id) { ... on LmsCompletionReading {
  status readCount withdrawnCount unreadCourseKeys failureCode failureMessage } } }"""
COMPLETIONS = """query($id: ID!, $filter: LmsCompletionFilter, $order: LmsCompletionOrder) { lmsSite(id: $id) {
  completions(filter: $filter, orderBy: $order, first: 10) { totalCount nodes {
    memberNumber courseKey state overridden completedAt scorePercent
    withdrawals(first: 5) { nodes { became wasCompletedAt wasScorePercent } } } } } }"""


def site(school: School) -> str:
    return encode("sit", school.guild.contract_id, school.site)


async def test_from_asking_to_what_was_read(school: School, desk: Desk) -> None:
    asked = {"siteId": site(school), "courseKeys": ["ethics"]}
    begun = (await desk.ask(school.guild.lead, SYNC, input=asked))["syncCompletions"]
    assert begun["userErrors"] == []
    reading = begun["reading"].pop("id")
    assert begun["reading"] == {
        "status": "READING",
        "courseKeys": ["ethics"],
        "requestedBy": {"name": "Lee"},
        "site": {"name": "Academy"},
    }
    again = (await desk.ask(school.guild.lead, SYNC, input=asked))["syncCompletions"]
    assert again == {"reading": None, "userErrors": [{"field": "siteId", "code": "COMPLETIONS_BEING_READ"}]}
    school.lms.completions = [complete(), incomplete("1002")]
    await school.run(decode("cmr", reading, parts=2)[1])
    await school.sync(incomplete(), incomplete("1002"))
    assert (await desk.ask(school.guild.acceptor, READING, id=reading))["node"] == {
        "status": "DONE",
        "readCount": 2,
        "withdrawnCount": 0,
        "unreadCourseKeys": [],
        "failureCode": None,
        "failureMessage": None,
    }
    page = (await desk.ask(school.guild.acceptor, COMPLETIONS, id=site(school)))["lmsSite"]["completions"]
    assert (page["totalCount"], page["nodes"][0]) == (
        2,
        {
            "memberNumber": "1001",
            "courseKey": "ethics",
            "state": "INCOMPLETE",
            "overridden": False,
            "completedAt": None,
            "scorePercent": None,
            "withdrawals": {
                "nodes": [
                    {"became": "INCOMPLETE", "wasCompletedAt": "2026-02-01T09:30:00Z", "wasScorePercent": "87.50"}
                ]
            },
        },
    )


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ({}, ["1 ethics", "1 law", "2 ethics", "3 law"]),
        ({"courseKey": ["law"]}, ["1 law", "3 law"]),
        ({"state": ["COMPLETE"]}, ["1 ethics", "3 law"]),
        ({"state": ["COMPLETE", "INCOMPLETE"], "courseKey": ["ethics"]}, ["1 ethics", "2 ethics"]),
        ({"memberNumber": "1"}, ["1 ethics", "1 law"]),
        ({"overridden": True}, ["3 law"]),
        ({"inCourse": False}, []),
    ],
)
async def test_completions_can_be_found(school: School, desk: Desk, filter_: dict[str, Any], found: list[str]) -> None:
    await school.sync(complete("1"), incomplete("2"), complete("3", "law", overridden=True), incomplete("1", "law"))
    answer = await desk.ask(school.guild.lead, COMPLETIONS, id=site(school), filter=filter_)
    page = answer["lmsSite"]["completions"]
    assert [f"{row['memberNumber']} {row['courseKey']}" for row in page["nodes"]] == found
    assert page["totalCount"] == len(found)


async def test_those_who_may_not_see_learners_see_none(school: School, desk: Desk) -> None:
    await school.sync(complete())
    assert (await desk.ask(school.guild.worker, COMPLETIONS, id=site(school)))["lmsSite"]["completions"] == {
        "totalCount": 0,
        "nodes": [],
    }
    for actor in (school.guild.stranger, ANONYMOUS):
        assert await desk.ask(actor, COMPLETIONS, id=site(school)) == {"lmsSite": None}
