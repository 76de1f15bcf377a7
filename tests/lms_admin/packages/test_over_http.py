"""From an upload to what may be published, over HTTP: who may, what is found, who answers for it."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from core.actor import ANONYMOUS
from core.ids import encode, new_id
from services.delivery.uploading import LARGEST_UPLOAD_BYTES, LARGEST_ZIP_BYTES
from services.lms_admin.packages.checks.rules import Finding, Rule
from services.lms_admin.packages.concluding import Barrier, Launched
from services.lms_admin.packages.reviewing import Criterion
from tests.lms_admin.packages import harming
from tests.lms_admin.packages.making import Sco, Zip, page, scorm_12
from tests.lms_admin.packages.shelf import SIGN, SUBMIT, WAIVE, WITHDRAW, Shelf
from tests.lms_admin.places import connect, grant, grant_administration, narrow
from worker import checking_packages
from worker.checking_packages import packages_left
from worker.table import ERRANDS, LOOKED_OUT_FOR

NOT_OPENED = {"rule": "LAUNCH_NOT_CHECKED", "severity": "NOT_CHECKED", "canBeWaived": False, "file": None}
BROKEN = scorm_12(Sco("start.html")).bytes()
NEVER = "2099-12-31"
SUPPORTED = [{"criterion": criterion, "answer": "SUPPORTS"} for criterion in Criterion]


def finding(rule: str, file: str | None, *, waivable: bool) -> dict[str, object]:
    return {"rule": rule, "severity": "FAIL", "canBeWaived": waivable, "file": file}


async def test_a_package_is_submitted_and_waits_to_be_checked(shelf: Shelf) -> None:
    content = scorm_12().bytes()
    package = await shelf.submit(content)
    assert package == {
        "id": package["id"],
        "title": "Safety",
        "courseKey": "safety-1",
        "status": "CHECKING",
        "verdict": None,
        "byteSize": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "site": {"name": "Academy"},
        "line": {"key": "tickets"},
        "submittedBy": {"name": "Lee"},
    }
    queued = await shelf.guild.rows.fetchval("select count(*) from pgqueuer where entrypoint = 'PACKAGE_SUBMITTED'")
    assert queued == 1
    assert "PACKAGE_SUBMITTED" in ERRANDS
    assert packages_left in LOOKED_OUT_FOR


async def test_what_was_found_is_read_by_both_parties(shelf: Shelf) -> None:
    package = await shelf.checked(BROKEN)
    assert await shelf.read(package) == {
        "status": "CHECKED",
        "standard": "SCORM_12",
        "verdict": "FAIL",
        "launchChecked": False,
        "accessibilityUnscannedReason": "there is nothing in it that is known to open",
        "accessibilityScan": None,
        "findings": {
            "nodes": [
                finding("NO_LAUNCHABLE_ITEM", "imsmanifest.xml", waivable=True),
                finding("REFERENCE_MISSING", "imsmanifest.xml", waivable=True),
                NOT_OPENED,
            ]
        },
        "waivers": {"totalCount": 0},
        "accessibilityReviews": {"totalCount": 0},
    }
    for reader in (shelf.guild.acceptor, shelf.guild.vendor_owner):
        assert (await shelf.read(package, reader))["verdict"] == "FAIL"
    for reader in (shelf.guild.stranger, ANONYMOUS):
        assert await shelf.read(package, reader) is None
    event = await shelf.guild.one(
        "select after from audit_event where type = 'PACKAGE_CHECKED' and contract_id = $1", shelf.guild.contract_id
    )
    assert '"failed": ["NO_LAUNCHABLE_ITEM", "REFERENCE_MISSING"]' in event["after"]


async def test_what_no_browser_has_opened_is_not_said_to_pass(shelf: Shelf) -> None:
    read = await shelf.read(await shelf.checked())
    assert (read["verdict"], read["findings"]["nodes"]) == ("WARN", [NOT_OPENED])
    assert (read["accessibilityScan"], read["accessibilityUnscannedReason"]) == (None, "the worker has no Chromium")


async def test_what_a_browser_found_is_three_lists(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    certain = Barrier(True, "image-alt", "critical", "Images have text", "https://help.example", "index.html", 2, "img")
    maybe = Barrier(False, "color-contrast", None, "Text stands out", None, "index.html", 1, None, ("wcag143",))
    findings = [
        Finding(Rule.LAUNCH_INITIALISED, "it began a session with the LMS", "index.html"),
        Finding(Rule.ACCESSIBILITY_VIOLATIONS, "a scan found 1 kinds of barriers; they are listed apart"),
    ]

    async def launch(*_: object, **__: object) -> Launched:
        return Launched(findings, [certain, maybe], checked=True)

    monkeypatch.setattr(checking_packages, "launch", launch)
    package = await shelf.checked()
    assert (await shelf.desk.ask(shelf.guild.lead, SIGN, input={"packageId": package, "answers": SUPPORTED}))[
        "signAccessibilityReview"
    ]["userErrors"] == []
    read = await shelf.read(package)
    assert read["accessibilityScan"] == {
        "violations": {"nodes": [{"rule": "image-alt"}]},
        "needsReview": {"nodes": [{"rule": "color-contrast"}]},
    }
    assert (read["verdict"], read["launchChecked"], read["accessibilityReviews"]) == ("WARN", True, {"totalCount": 1})
    assert read["accessibilityUnscannedReason"] is None
    assert [each["severity"] for each in read["findings"]["nodes"]] == ["PASS", "WARN"]


@pytest.mark.parametrize(
    ("content", "rule", "file"),
    [
        (harming.with_entry("../../evil.sh").bytes(), "ZIP_TRAVERSAL", "../../evil.sh"),
        (harming.expanding(1000), "ZIP_BOMB_RATIO", "media/film.bin"),
        (harming.link(), "ZIP_LINK", "passwords"),
        (scorm_12(prolog=harming.billion_laughs()).bytes(), "XML_ENTITY", "imsmanifest.xml"),
        (scorm_12(files={"Index.html": page()}).bytes(), "ZIP_CASE_COLLISION", "Index.html"),
        (b"no zip at all", "ZIP_MALFORMED", None),
    ],
)
async def test_what_does_harm_fails_and_is_waived_by_nobody(
    shelf: Shelf, content: bytes, rule: str, file: str | None
) -> None:
    package = await shelf.checked(content)
    read = await shelf.read(package)
    assert (read["status"], read["verdict"]) == ("CHECKED", "FAIL")
    assert finding(rule, file, waivable=False) in read["findings"]["nodes"]
    waiver = {"packageId": package, "rules": [rule], "reason": "We trust it", "endsOn": NEVER}
    assert await shelf.refused(shelf.guild.acceptor, WAIVE, **waiver) == [("NEVER_WAIVED", "rules.0")]


async def test_no_manifest_is_said_so(shelf: Shelf) -> None:
    read = await shelf.read(await shelf.checked(Zip({"index.html": page()}).bytes()))
    assert read["findings"]["nodes"] == [finding("MANIFEST_MISSING", None, waivable=True), NOT_OPENED]


async def test_checks_are_concluded_once_however_often_they_are_made(shelf: Shelf) -> None:
    package = (await shelf.submit(BROKEN))["id"]
    assert sorted(await asyncio.gather(shelf.check(package), shelf.check(package))) == [False, True]
    assert await shelf.check(package) is False
    assert len((await shelf.read(package))["findings"]["nodes"]) == 3


async def test_checks_that_could_not_be_made_say_nothing_and_are_made_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = (await shelf.submit())["id"]

    async def broken(_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(checking_packages, "check_isolated", broken)
        with pytest.raises(ConnectionError):
            await shelf.check(package)
    assert (await shelf.read(package))["status"] == "CHECKING"
    assert await shelf.check(package)


async def test_lost_checks_are_looked_out_for(shelf: Shelf) -> None:
    package = (await shelf.submit())["id"]
    found = []
    for minutes in (1, 20):
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        async with shelf.batch.transaction(ANONYMOUS, now=now, request_id="test") as tx:
            due = [each for each in await packages_left(tx) if each.contract.contract_id == shelf.guild.contract_id]
        found.append([(each.event, encode("pkg", each.contract.contract_id, each.object_id)) for each in due])
    assert found == [[], [("PACKAGE_SUBMITTED", package)]]


async def test_who_may_submit(shelf: Shelf) -> None:
    guild = shelf.guild
    lina = await grant_administration(guild)
    upload = await shelf.upload(scorm_12().bytes(), by=lina)
    asked = await shelf.asked(upload)
    assert await shelf.refused(ANONYMOUS, SUBMIT, **asked) == [("UNAUTHENTICATED", None)]
    assert await shelf.refused(guild.stranger, SUBMIT, **asked) == [("NOT_FOUND", "siteId")]
    for member in (guild.worker, guild.acceptor, guild.vendor_owner):
        assert await shelf.refused(member, SUBMIT, **asked) == [("FORBIDDEN", None)]
    # what somebody else uploaded is not theirs to submit
    assert await shelf.refused(guild.lead, SUBMIT, **asked) == [("NOT_FOUND", "evidenceId")]
    elsewhere = await connect(guild, "Elsewhere")
    await narrow(guild, lina, elsewhere, "PUBLISH_PACKAGE")
    assert await shelf.refused(lina, SUBMIT, **asked) == [("OUTSIDE_GRANT", "siteId")]
    there = asked | {"siteId": encode("sit", guild.contract_id, elsewhere)}
    twice = await asyncio.gather(*(shelf.desk.ask(lina, SUBMIT, input=there) for _ in range(2)))
    codes = sorted(str(answer["submitPackage"]["userErrors"]) for answer in twice)
    assert codes == ["[]", "[{'field': 'evidenceId', 'code': 'UPLOAD_SUBMITTED'}]"]


async def test_what_can_be_submitted(shelf: Shelf) -> None:
    lead = shelf.guild.lead
    upload = await shelf.upload(scorm_12().bytes())
    text = await shelf.upload(b"a,b", media_type="text/csv")
    for wrong, code in (
        ({"evidenceId": text}, ("INVALID_INPUT", "evidenceId")),
        ({"evidenceId": encode("evd", shelf.guild.contract_id, new_id())}, ("NOT_FOUND", "evidenceId")),
        ({"siteId": encode("sit", shelf.guild.contract_id, new_id())}, ("NOT_FOUND", "siteId")),
        ({"lineId": encode("cln", shelf.guild.contract_id, new_id())}, ("LINE_NOT_FOUND", "lineId")),
        ({"title": " "}, ("TEXT_BLANK", "title")),
        ({"courseKey": "x" * 201}, ("TEXT_TOO_LONG", "courseKey")),
    ):
        assert await shelf.refused(lead, SUBMIT, **await shelf.asked(upload, **wrong)) == [code]


async def test_a_zip_may_be_larger_than_other_files(shelf: Shelf) -> None:
    lead = shelf.guild.lead
    await shelf.upload(b"x" * (LARGEST_UPLOAD_BYTES + 1))
    for media_type, size in (("text/csv", LARGEST_UPLOAD_BYTES), ("application/zip", LARGEST_ZIP_BYTES)):
        sent = await shelf.desk.upload(lead, b"x" * (size + 1), name="a", media_type=media_type)
        assert sent.status_code == 413


async def test_a_package_is_withdrawn_before_it_is_published(shelf: Shelf) -> None:
    guild = shelf.guild
    package = (await shelf.submit())["id"]
    asked = {"packageId": package, "reason": "The wrong course"}
    assert await shelf.refused(ANONYMOUS, WITHDRAW, **asked) == [("UNAUTHENTICATED", None)]
    assert await shelf.refused(guild.stranger, WITHDRAW, **asked) == [("NOT_FOUND", "packageId")]
    assert await shelf.refused(guild.acceptor, WITHDRAW, **asked) == [("FORBIDDEN", None)]
    assert await shelf.refused(guild.lead, WITHDRAW, **asked | {"reason": " "}) == [("TEXT_BLANK", "reason")]
    twice = await asyncio.gather(*(shelf.desk.ask(guild.lead, WITHDRAW, input=asked) for _ in range(2)))
    done, again = sorted((each["withdrawPackage"] for each in twice), key=lambda each: len(each["userErrors"]))
    assert done == {"package": {"status": "WITHDRAWN", "endReason": "The wrong course"}, "userErrors": []}
    assert again == {"package": None, "userErrors": [{"field": "packageId", "code": "PACKAGE_NOT_OPEN"}]}
    assert await shelf.check(package) is False
    assert (await shelf.read(package))["verdict"] is None


async def test_the_association_answers_for_what_may_be_waived(shelf: Shelf) -> None:
    guild = shelf.guild
    package = await shelf.checked(BROKEN)
    asked = {"packageId": package, "rules": ["NO_LAUNCHABLE_ITEM"], "reason": "A reader opens it", "endsOn": NEVER}
    assert await shelf.refused(ANONYMOUS, WAIVE, **asked) == [("UNAUTHENTICATED", None)]
    assert await shelf.refused(guild.stranger, WAIVE, **asked) == [("NOT_FOUND", "packageId")]
    for member in (guild.lead, guild.vendor_owner):
        assert await shelf.refused(member, WAIVE, **asked) == [("FORBIDDEN", None)]
    for wrong, codes in (
        ({"rules": []}, [("INVALID_INPUT", "rules")]),
        ({"rules": ["FLASH_LAUNCHED"]}, [("NOTHING_TO_WAIVE", "rules.0")]),
        ({"rules": ["NO_LAUNCHABLE_ITEM", "ZIP_LINK"]}, [("NEVER_WAIVED", "rules.1")]),
        ({"endsOn": "2020-01-01", "reason": ""}, [("TEXT_BLANK", "reason"), ("INVALID_INPUT", "endsOn")]),
    ):
        assert await shelf.refused(guild.acceptor, WAIVE, **asked | wrong) == codes
    granted = await grant(guild, "Gus", "ACCEPTOR", "ASSOCIATION", guild.association)
    for signer in (guild.acceptor, granted):
        answer = (await shelf.desk.ask(signer, WAIVE, input=asked))["waivePackageRules"]
        assert answer == {
            "waiver": {
                "rules": ["NO_LAUNCHABLE_ITEM"],
                "reason": "A reader opens it",
                "endsOn": NEVER,
                "signedBy": {"name": signer.name, "organizationName": "ASSOCIATION Inc"},
                "package": {"id": package},
            },
            "userErrors": [],
        }
    assert (await shelf.read(package))["waivers"] == {"totalCount": 2}


async def test_nothing_is_waived_before_the_checks_have_ended(shelf: Shelf) -> None:
    asked = {"packageId": (await shelf.submit())["id"], "rules": ["FLASH_LAUNCHED"], "reason": "-", "endsOn": NEVER}
    assert await shelf.refused(shelf.guild.acceptor, WAIVE, **asked) == [("PACKAGE_NOT_CHECKED", "packageId")]


async def test_a_person_signs_what_no_scan_can_tell(shelf: Shelf) -> None:
    guild = shelf.guild
    package = await shelf.checked()
    barrier = {"criterion": "WCAG_2_1_1", "answer": "DOES_NOT_SUPPORT", "remark": "The puzzle takes a mouse"}
    answers = [each for each in reversed(SUPPORTED) if each["criterion"] != "WCAG_2_1_1"] + [barrier]
    asked = {"packageId": package, "answers": answers, "note": "With NVDA"}
    assert await shelf.refused(ANONYMOUS, SIGN, **asked) == [("UNAUTHENTICATED", None)]
    assert await shelf.refused(guild.stranger, SIGN, **asked) == [("NOT_FOUND", "packageId")]
    for member in (guild.worker, guild.vendor_owner):
        assert await shelf.refused(member, SIGN, **asked) == [("FORBIDDEN", None)]
    for wrong, codes in (
        (SUPPORTED[1:], [("CHECKLIST_INCOMPLETE", "answers")]),
        ([*SUPPORTED, SUPPORTED[0]], [("NAMED_TWICE", "answers.30.criterion")]),
        ([SUPPORTED[0] | {"answer": "DOES_NOT_SUPPORT"}, *SUPPORTED[1:]], [("INVALID_INPUT", "answers.0.remark")]),
    ):
        assert await shelf.refused(guild.lead, SIGN, **asked | {"answers": wrong}) == codes
    answer = (await shelf.desk.ask(guild.acceptor, SIGN, input=asked))["signAccessibilityReview"]
    assert answer["userErrors"] == []
    review = answer["review"]
    assert (review["note"], review["signedBy"], review["package"]) == ("With NVDA", {"name": "Ada"}, {"id": package})
    assert [each["criterion"] for each in review["answers"]] == list(Criterion)
    assert [each for each in review["answers"] if each["remark"]] == [barrier]
    event = await guild.one(
        "select after from audit_event where type = 'ACCESSIBILITY_REVIEW_SIGNED' and contract_id = $1",
        guild.contract_id,
    )
    assert '"barriers": ["WCAG_2_1_1"]' in event["after"]


async def test_packages_of_a_contract_are_found(shelf: Shelf) -> None:
    checked, waiting = await shelf.checked(BROKEN), (await shelf.submit(scorm_12(files={"b": ""}).bytes()))["id"]
    request = """query($id: ID!, $filter: ContentPackageFilter) { contract(id: $id) {
      contentPackages(first: 5, filter: $filter) { totalCount nodes { id } } } }"""
    for filter_, found in (
        ({}, [waiting, checked]),
        ({"status": ["CHECKED"]}, [checked]),
        ({"verdict": ["FAIL"], "courseKey": "safety-1"}, [checked]),
        ({"courseKey": "other"}, []),
    ):
        page_ = await shelf.desk.ask(shelf.guild.acceptor, request, id=shelf.desk.contract, filter=filter_)
        nodes = [{"id": each} for each in found]
        assert page_["contract"]["contentPackages"] == {"totalCount": len(found), "nodes": nodes}
