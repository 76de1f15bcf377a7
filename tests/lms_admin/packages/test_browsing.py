"""Packages opened in a real Chromium, where the machine has one; and what is said where it has none."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from services.lms_admin.packages import browsing
from services.lms_admin.packages.browsing import PROGRAMS, launch
from services.lms_admin.packages.checks.checking import check
from services.lms_admin.packages.checks.rules import Rule
from services.lms_admin.packages.concluding import Launched
from tests.lms_admin.packages import harming
from tests.lms_admin.packages.making import Sco, Zip, cmi5, page, scorm_12, scorm_2004, tincan

CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), "")
in_a_browser = pytest.mark.skipif(not CHROMIUM, reason="this machine has no Chromium")

FIND = (
    "<script>const find = w => w.{0} || (w.parent !== w ? find(w.parent) : null); const api = find(window);{1}</script>"
)
BEGINS_12 = FIND.format("API", 'api.LMSInitialize("");')
REPORTS_12 = FIND.format("API", 'api.LMSInitialize(""); api.LMSSetValue("cmi.core.lesson_status", "completed");')
REPORTS_2004 = FIND.format(
    "API_1484_11", 'api.Initialize(""); api.SetValue("cmi.completion_status", "completed"); api.Commit("");'
)
ON_LEAVING = FIND.format(
    "API",
    'api.LMSInitialize(""); onpagehide = () => api.LMSSetValue("cmi.core.lesson_status", "incomplete");',
)
STATEMENTS = """<script>
const asked = new URLSearchParams(location.search);
const say = verb => fetch(asked.get("endpoint") + "statements?statementId=" + crypto.randomUUID(), {
  method: "PUT", headers: {"Content-Type": "application/json"},
  body: JSON.stringify({verb: {id: "http://adlnet.gov/expapi/verbs/" + verb}})});
(async () => {
  if (asked.get("fetch")) await fetch(asked.get("fetch"), {method: "POST"});
  await say("initialized"); await say("completed");
})();
</script>"""
BARRIERS = '<img src="chart.png"><a href="#" style="color:#ccc;background:#fff">More</a>'


async def launched(package: Zip, folder: Path, *, settling: float = 30.0) -> Launched:
    content = package.bytes()
    path = folder / "package.zip"
    path.write_bytes(content)
    return await launch(path, check(io.BytesIO(content)), chromium=CHROMIUM, settling=settling)


def told(came: Launched) -> list[tuple[str, str | None]]:
    return [(each.rule.value, each.file) for each in came.findings]


@in_a_browser
@pytest.mark.parametrize(
    "package",
    [
        scorm_12(files={"index.html": page(body=REPORTS_12)}),
        scorm_12(files={"index.html": page(body=ON_LEAVING)}),
        scorm_2004(3, files={"index.html": page(body=REPORTS_2004)}),
        scorm_2004(4, files={"index.html": page(body=REPORTS_2004)}),
        cmi5(files={"index.html": page(body=STATEMENTS)}),
        tincan(files={"index.html": page(body=STATEMENTS)}),
    ],
    ids=["scorm 1.2", "scorm 1.2 on leaving", "scorm 2004 3rd", "scorm 2004 4th", "cmi5", "xapi"],
)
async def test_what_talks_to_the_lms_is_heard(package: Zip, tmp_path: Path) -> None:
    on_leaving = ON_LEAVING in str(package.files["index.html"])
    came = await launched(package, tmp_path, settling=0.5 if on_leaving else 30.0)
    assert told(came) == [("LAUNCH_INITIALISED", "index.html")]
    assert (came.checked, came.unscanned_reason) == (True, None)
    assert [each for each in came.barriers if each.certain] == []


@in_a_browser
@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", ["LAUNCH_NOT_INITIALISED"]),
        (BEGINS_12, ["LAUNCH_INITIALISED", "LAUNCH_NO_STATUS"]),
        (REPORTS_12 + "<script>missing();</script>", ["LAUNCH_INITIALISED", "LAUNCH_ERROR"]),
        (REPORTS_12 + "<script src=lib/player.js></script>", ["LAUNCH_INITIALISED", "LAUNCH_MISSING_FILE"]),
        (
            "<script src='https://cdn.example/a.js'></script>" + REPORTS_12,
            ["LAUNCH_INITIALISED", "LAUNCH_OUTSIDE_HOST"],
        ),
        (
            "<script>new WebSocket('ws://169.254.169.254/'); fetch('http://127.0.0.1:1/').catch(() => 0);</script>"
            + REPORTS_12,
            ["LAUNCH_INITIALISED", "LAUNCH_OUTSIDE_HOST", "LAUNCH_OUTSIDE_HOST"],
        ),
    ],
    ids=["silent", "no status", "script fails", "file missing", "elsewhere", "inside the network"],
)
async def test_what_goes_wrong_in_a_browser_is_found(body: str, found: list[str], tmp_path: Path) -> None:
    reports = "LAUNCH_NO_STATUS" not in found and "LAUNCH_NOT_INITIALISED" not in found
    package = scorm_12(files={"index.html": page(body=body)})
    came = await launched(package, tmp_path, settling=30.0 if reports else 0.2)
    assert sorted(rule for rule, _ in told(came)) == sorted(found)


@in_a_browser
async def test_each_item_begins_anew_and_an_asset_need_not_report(tmp_path: Path) -> None:
    scos = (Sco(), Sco("read.html", "item-2", "res-2", scorm_type="asset"))
    files = {"index.html": page(body=REPORTS_12), "read.html": page("Reading")}
    came = await launched(scorm_12(*scos, files=files), tmp_path, settling=0.5)
    assert told(came) == [("LAUNCH_INITIALISED", "index.html")]


@in_a_browser
async def test_a_page_that_never_ends_does_not_keep_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "ITEM_SECONDS", 3.0)
    came = await launched(scorm_12(files={"index.html": page(body="<script>for (;;);</script>")}), tmp_path)
    assert told(came) == [("LAUNCH_TIMEOUT", "index.html"), ("LAUNCH_NOT_INITIALISED", "index.html")]
    assert came.unscanned_reason == "index.html was not ready within its time"


@in_a_browser
async def test_content_that_tampers_with_the_check_makes_nothing_of_it(tmp_path: Path) -> None:
    body = "<script>parent.eval('delete told.status; told.initialised = {}; JSON.parse = null'); axe = 1;</script>"
    came = await launched(scorm_12(files={"index.html": page(body=body)}), tmp_path, settling=0.5)
    assert told(came) == [("LAUNCH_NOT_INITIALISED", "index.html")]


@in_a_browser
async def test_barriers_are_told_apart_from_what_a_person_has_to_judge(tmp_path: Path) -> None:
    maybe = '<p style="background:linear-gradient(#000,#fff);color:#777">Over a gradient</p>'
    came = await launched(
        scorm_12(files={"index.html": page(body=REPORTS_12 + BARRIERS + maybe), "chart.png": b""}), tmp_path
    )
    assert sorted((each.rule, each.impact, each.certain) for each in came.barriers) == [
        ("color-contrast", "serious", False),
        ("color-contrast", "serious", True),
        ("image-alt", "critical", True),
    ]
    image = next(each for each in came.barriers if each.rule == "image-alt")
    assert (image.file, image.element_count, image.first_element) == ("index.html", 1, "img")
    assert {"wcag2a", "wcag111"} <= set(image.criteria)
    assert told(came)[-1] == ("ACCESSIBILITY_VIOLATIONS", None)
    assert "compliant" not in str(came).lower()


@pytest.mark.parametrize(
    ("package", "reason"),
    [
        (scorm_12(), "the worker has no Chromium"),
        (harming.with_entry("../x"), "it is not safe to open"),
        (Zip({"index.html": page()}), "there is nothing in it that is known to open"),
    ],
    ids=["no browser", "not safe", "nothing to open"],
)
async def test_what_was_not_opened_is_never_said_to_be_in_order(
    package: Zip, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "PROGRAMS", ())
    content = package.bytes()
    came = await launch(tmp_path, check(io.BytesIO(content)), chromium="")
    assert [(each.rule, each.severity.value) for each in came.findings] == [(Rule.LAUNCH_NOT_CHECKED, "NOT_CHECKED")]
    assert (came.barriers, came.checked, came.unscanned_reason) == ((), False, reason)
