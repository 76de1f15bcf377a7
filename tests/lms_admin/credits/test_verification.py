"""Whoever has a certificate's number is told whether it holds, and as little else as can be."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import httpx2
import pytest

from core.settings import Settings
from services.lms_admin.credits.numbers import grouped
from tests.lms_admin.credits.faculty import Faculty
from tests.serving import serving

JSON = {"accept": "application/json"}


async def awarded(faculty: Faculty, **others: Any) -> tuple[object, str]:  # noqa: ANN401
    """A certificate, and its number in groups."""
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested(**others))
    return certificate, grouped((await faculty.certificate(certificate))["number"])


async def test_it_shows_the_least(client: httpx2.AsyncClient, faculty: Faculty) -> None:
    _, number = await awarded(faculty, learner_name="Dr. María-José Ångström (she) Ωνάσης", licence_number="RN-1")
    answer = await client.get(f"/verify/{number}", headers=JSON)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "VALID",
        "association": "ASSOCIATION Inc",
        "activity": "Ethics in Credentialing",
        "credit": "1.5 contact hours of Continuing Education",
        "quantity": "1.5",
        "unit": "CONTACT_HOUR",
        "earnedOn": "2026-03-03",
        "initials": "D. M. Å. Ω.",
        "number": number,
    }
    page = (await client.get(f"/verify/{number}")).text
    for hidden in ("María", "Ångström", "104233", "RN-1"):
        assert hidden not in page


async def test_it_is_a_small_page_that_runs_nothing(client: httpx2.AsyncClient, faculty: Faculty) -> None:
    _, number = await awarded(faculty)
    answer = await client.get(f"/verify/{number}", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(answer.content) < 2000
    page = answer.text
    assert '<html lang="en">' in page
    assert page.count("<h1>This certificate is valid.</h1>") == page.count("<main>") == page.count("<title>") == 1
    assert page.count("<dt>") == page.count("<dd>") == 6
    assert "<script" not in page
    policy = answer.headers["content-security-policy"]
    (style,) = re.findall(r"<style>(.*)</style>", page)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{hashed}'")
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_it_follows_the_certificate(client: httpx2.AsyncClient, faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())

    async def told(of: object) -> str:
        number = await faculty.guild.rows.fetchval("select number from certificate where id = $1", of)
        return (await client.get(f"/verify/{number}", headers=JSON)).json()["status"]  # type: ignore[no-any-return]

    assert await told(certificate) == "VALID"
    await faculty.revoke(certificate)
    assert await told(certificate) == "REVOKED"
    other = await faculty.reissue(certificate)
    assert (await told(certificate), await told(other)) == ("REPLACED", "VALID")
    number = (await faculty.certificate(other))["number"]
    await faculty.erase(early_reason="They asked")
    assert (await client.get(f"/verify/{number}", headers=JSON)).json() == {"status": "UNKNOWN"}


async def test_unknown_and_malformed_answer_the_same(client: httpx2.AsyncClient) -> None:
    typed = ("Z" * 28, grouped("Z" * 28), "none", "%00", "'%20or%201=1", "U" * 28, "%F0%9F%8E%93", "9" * 5000)
    for headers in ({}, JSON):
        answers = [await client.get(f"/verify/{each}", headers=headers) for each in typed]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


async def test_a_number_may_be_typed_as_it_was_read(client: httpx2.AsyncClient, faculty: Faculty) -> None:
    _, number = await awarded(faculty)
    typed = number.lower().replace("-", " ").replace("0", "o")
    assert (await client.get(f"/verify/{typed}", headers=JSON)).json()["number"] == number


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html, application/json", "text/html"),
        ("application/json, text/html", "application/json"),
        ("application/json;q=0.9", "application/json"),
    ],
)
async def test_json_is_for_those_who_ask_for_it(client: httpx2.AsyncClient, accept: str, kind: str) -> None:
    answer = await client.get("/verify/none", headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind


async def test_what_is_said_is_text(client: httpx2.AsyncClient, faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity(title="<script>alert(1)</script> & more"))
    (certificate,) = await faculty.award(rule, faculty.attested(learner_name="<b>"))
    number = (await faculty.certificate(certificate))["number"]
    page = (await client.get(f"/verify/{number}")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script" not in page


async def test_whoever_guesses_has_to_wait(settings: Settings) -> None:
    few = settings.model_copy(update={"budget_capacity": 20_000, "budget_restore_per_second": 1})
    async with serving(few) as client:
        answers = [await client.get("/verify/none") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [404] * 20 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
