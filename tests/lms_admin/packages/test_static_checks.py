"""Packages made sound and made wrong: each gets the findings that it was made with, and no other."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from services.lms_admin.packages.checks.checking import check
from services.lms_admin.packages.checks.isolated import check_isolated
from services.lms_admin.packages.checks.manifests import Item, Standard
from services.lms_admin.packages.checks.rules import Rule, Severity, severity_of
from tests.lms_admin.packages import harming
from tests.lms_admin.packages.making import Sco, Unit, Zip, cmi5, page, scorm_12, scorm_2004, tincan

MANIFEST = "imsmanifest.xml"
MASTERY = "<adlcp:masteryscore>{}</adlcp:masteryscore>"
MEASURE = (
    "<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure='true'>"
    "<imsss:minNormalizedMeasure>{}</imsss:minNormalizedMeasure>"
    "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
)
THRESHOLD = "<adlcp:completionThreshold minProgressMeasure='{}'/>"
TWO = (Sco(), Sco("quiz.html", "item-2", "res-2"))
REMOTE = '<script src="https://cdn.example/player.js"></script><img src=//img.example/a.png>'
STYLED = '<link rel="stylesheet" href="https://fonts.example/css"><a href="https://guild.example">Home</a>'
SOUND: dict[str, tuple[Zip, Standard]] = {
    "scorm 1.2": (scorm_12(), Standard.SCORM_12),
    "scorm 1.2 of two": (scorm_12(*TWO, files={"quiz.html": page()}), Standard.SCORM_12),
    "scorm 1.2 with a mastery score": (scorm_12(Sco(inside=MASTERY.format(80))), Standard.SCORM_12),
    "scorm 1.2 with a query": (scorm_12(Sco("index.html?lesson=1#top")), Standard.SCORM_12),
    "scorm 1.2 below a base": (scorm_12(Sco("a.html", base="co/"), files={"co/a.html": page()}), Standard.SCORM_12),
    "scorm 1.2 with blanks in names": (
        scorm_12(Sco("my%20course.html"), files={"my course.html": page()}),
        Standard.SCORM_12,
    ),
    "scorm 2004 2nd": (scorm_2004(2), Standard.SCORM_2004_2),
    "scorm 2004 3rd": (scorm_2004(3, Sco(inside=MEASURE.format(0.8))), Standard.SCORM_2004_3),
    "scorm 2004 4th": (scorm_2004(4, Sco(inside=THRESHOLD.format(1))), Standard.SCORM_2004_4),
    "cmi5": (cmi5(), Standard.CMI5),
    "cmi5 of two": (cmi5(Unit(), Unit("https://guild.example/course/unit-2")), Standard.CMI5),
    "xapi": (tincan(), Standard.XAPI),
}
WRONG: dict[str, tuple[bytes, list[tuple[str, str | None]]]] = {
    # what harms whoever opens it
    "no zip": (b"%PDF-1.7", [("ZIP_MALFORMED", None)]),
    "nothing": (b"", [("ZIP_MALFORMED", None)]),
    "cut off": (scorm_12().bytes()[:-40], [("ZIP_MALFORMED", None)]),
    "damaged": (harming.damaged(), [("ZIP_MALFORMED", "notes.txt")]),
    "zip64": (harming.zip64(), [("ZIP_64", None)]),
    "endless directory": (harming.endless_directory(), [("ZIP_TOO_MANY_ENTRIES", None)]),
    "escapes": (harming.with_entry("../../evil.sh").bytes(), [("ZIP_TRAVERSAL", "../../evil.sh")]),
    "escapes by backslashes": (
        harming.with_entry("..\\evil.sh").bytes(),
        [("ZIP_NAME", "..\\evil.sh"), ("ZIP_TRAVERSAL", "..\\evil.sh")],
    ),
    "absolute": (harming.with_entry("/etc/cron.d/x").bytes(), [("ZIP_ABSOLUTE_PATH", "/etc/cron.d/x")]),
    "absolute on a drive": (harming.with_entry("C:/x.txt").bytes(), [("ZIP_ABSOLUTE_PATH", "C:/x.txt")]),
    "control characters": (harming.with_entry("a\x07b").bytes(), [("ZIP_NAME", "a\N{REPLACEMENT CHARACTER}b")]),
    "too deep": (harming.with_entry("a/" * 40 + "b").bytes(), [("ZIP_NAME", "a/" * 40 + "b")]),
    "link": (harming.link(), [("ZIP_LINK", "passwords")]),
    "expands 1,000 times": (harming.expanding(1000), [("ZIP_BOMB_RATIO", "media/film.bin"), ("ZIP_BOMB_RATIO", None)]),
    "expands in sum": (harming.many_that_expand(), [("ZIP_BOMB_RATIO", None)]),
    "says it is enormous": (harming.enormous(), [("ZIP_TOO_LARGE", None), ("ZIP_OVERLAP", None)]),
    "two of a name": (
        Zip({**scorm_12().files}, [*harming.with_entry("index.html").infos]).bytes(),
        [("ZIP_DUPLICATE", "index.html")],
    ),
    "file and folder": (harming.with_entry("index.html/a").bytes(), [("ZIP_DUPLICATE", "index.html")]),
    "differ by case": (scorm_12(files={"Index.html": page()}).bytes(), [("ZIP_CASE_COLLISION", "Index.html")]),
    "encrypted": (harming.encrypted(), [("ZIP_ENCRYPTED", "notes.txt")]),
    "another method": (harming.with_entry("notes.txt", method=12).bytes(), [("ZIP_METHOD", "notes.txt")]),
    "larger than it says": (harming.larger_than_it_says(), [("ZIP_LIES", "notes.txt")]),
    "smaller than it says": (harming.smaller_than_it_says(), [("ZIP_LIES", "notes.txt")]),
    "two names": (harming.two_names(), [("ZIP_LIES", "notes.txt")]),
    "overlapping": (harming.overlapping(), [("ZIP_LIES", "notes.txt"), ("ZIP_OVERLAP", "notes.txt")]),
    "behind a program": (harming.with_prefix(), [("ZIP_HIDDEN_DATA", MANIFEST)]),
    "zip in a zip": (scorm_12(files={"more.zip": tincan().bytes()}).bytes(), [("ZIP_NESTED", "more.zip")]),
    "entities": (scorm_12(prolog=harming.billion_laughs()).bytes(), [("XML_ENTITY", MANIFEST)]),
    "entity from elsewhere": (
        cmi5(prolog='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>').bytes(),
        [("XML_ENTITY", "cmi5.xml")],
    ),
    "document type": (tincan(prolog="<!DOCTYPE tincan>").bytes(), [("XML_DTD", "tincan.xml")]),
    "no xml": (Zip({MANIFEST: "<manifest>", "index.html": ""}).bytes(), [("XML_MALFORMED", MANIFEST)]),
    "endless manifest": (
        Zip({MANIFEST: f"<a>{harming.noise(2_200_000).hex()}</a>"}).bytes(),
        [("XML_TOO_LARGE", MANIFEST)],
    ),
    "deep manifest": (Zip({MANIFEST: "<a>" * 300 + "</a>" * 300}).bytes(), [("XML_TOO_LARGE", MANIFEST)]),
    # what keeps a course from being found
    "no manifest": (Zip({"index.html": page()}).bytes(), [("MANIFEST_MISSING", None)]),
    "one folder too deep": (
        Zip({f"course/{name}": content for name, content in scorm_12().files.items()}).bytes(),
        [("MANIFEST_TOO_DEEP", "course/imsmanifest.xml")],
    ),
    "manifest in capitals": (scorm_12(manifest="IMSManifest.xml").bytes(), [("MANIFEST_CASE", "IMSManifest.xml")]),
    "two manifests": (
        Zip({**tincan().files, **scorm_12().files}).bytes(),
        [("MANIFEST_SEVERAL", MANIFEST)],
    ),
    "another document": (Zip({MANIFEST: "<html/>"}).bytes(), [("MANIFEST_UNKNOWN", MANIFEST)]),
    # what keeps it from working
    "unknown version": (scorm_12(version="1.3.7").bytes(), [("VERSION_UNKNOWN", MANIFEST)]),
    "one identifier twice": (
        scorm_12(Sco(), Sco("quiz.html", resource="res-2"), files={"quiz.html": ""}).bytes(),
        [("IDENTIFIER_DUPLICATE", MANIFEST)],
    ),
    "item of nothing": (
        scorm_12(Sco(), Sco("b.html", "item-2", "res-2", refers_to="res-9"), files={"b.html": ""}).bytes(),
        [("ITEM_WITHOUT_RESOURCE", MANIFEST)],
    ),
    "assets alone": (scorm_12(Sco(scorm_type="asset")).bytes(), [("NOTHING_REPORTS", MANIFEST)]),
    "file missing": (scorm_12(Sco(files=("logo.png",))).bytes(), [("REFERENCE_MISSING", MANIFEST)]),
    "launch missing": (
        scorm_12(Sco("start.html")).bytes(),
        [("NO_LAUNCHABLE_ITEM", MANIFEST), ("REFERENCE_MISSING", MANIFEST)],
    ),
    "launch in another case": (
        scorm_12(Sco("Index.html")).bytes(),
        [("NO_LAUNCHABLE_ITEM", MANIFEST), ("REFERENCE_CASE", MANIFEST)],
    ),
    "reference out of it": (scorm_12(Sco(files=("../x.js",))).bytes(), [("REFERENCE_OUTSIDE", MANIFEST)]),
    "mastery score": (scorm_12(Sco(inside=MASTERY.format(120))).bytes(), [("MASTERY_SCORE_RANGE", MANIFEST)]),
    "mastery score in words": (
        scorm_12(Sco(inside=MASTERY.format("all"))).bytes(),
        [("MASTERY_SCORE_RANGE", MANIFEST)],
    ),
    "measure": (scorm_2004(3, Sco(inside=MEASURE.format(80))).bytes(), [("MASTERY_SCORE_RANGE", MANIFEST)]),
    "threshold": (scorm_2004(4, Sco(inside=THRESHOLD.format(1.5))).bytes(), [("MASTERY_SCORE_RANGE", MANIFEST)]),
    "cmi5 mastery score": (
        cmi5(Unit(attributes='moveOn="Passed" masteryScore="80"')).bytes(),
        [("MASTERY_SCORE_RANGE", "cmi5.xml")],
    ),
    "cmi5 without moveOn": (cmi5(Unit(attributes="")).bytes(), [("CMI5_MOVEON_NOT_APPLICABLE", "cmi5.xml")]),
    "cmi5 with another moveOn": (
        cmi5(Unit(attributes='moveOn="Finished"')).bytes(),
        [("CMI5_MOVEON_UNKNOWN", "cmi5.xml")],
    ),
    "cmi5 without an id": (cmi5(course="course").bytes(), [("CMI5_ID", "cmi5.xml")]),
    "cmi5 with one id twice": (cmi5(Unit(), Unit()).bytes(), [("CMI5_ID", "cmi5.xml")]),
    "cmi5 elsewhere": (
        cmi5(Unit(url="https://elsewhere.example/unit")).bytes(),
        [("NO_LAUNCHABLE_ITEM", "cmi5.xml"), ("OUTSIDE_HOST", "cmi5.xml")],
    ),
    "xapi without an id": (tincan(id_="activity").bytes(), [("TINCAN_ID", "tincan.xml")]),
    "xapi without a launch": (tincan(launch="").bytes(), [("NO_LAUNCHABLE_ITEM", "tincan.xml")]),
    "loads from elsewhere": (
        scorm_12(files={"b.html": page(body=REMOTE + STYLED)}).bytes(),
        [("OUTSIDE_HOST", "b.html")] * 3,
    ),
    "flash": (scorm_12(files={"intro.swf": b"FWS"}).bytes(), [("FLASH", "intro.swf")]),
    "flash that is opened": (
        scorm_12(Sco("intro.swf"), files={"intro.swf": b"FWS"}).bytes(),
        [("FLASH", "intro.swf"), ("FLASH_LAUNCHED", "intro.swf")],
    ),
    "program": (scorm_12(files={"lib/send.php": b"<?php"}).bytes(), [("SERVER_PROGRAM", "lib/send.php")]),
}
HOSTILE = [name for name, (_, found) in WRONG.items() if found[0][0].startswith(("ZIP_", "XML_"))]


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_has_no_findings(name: str) -> None:
    package, standard = SOUND[name]
    checked = check(io.BytesIO(package.bytes()))
    assert (checked.findings, checked.standard) == ([], standard)
    assert checked.items


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_and_nothing_else(name: str) -> None:
    package, expected = WRONG[name]
    checked = check(io.BytesIO(package))
    assert Counter((each.rule.value, each.file) for each in checked.findings) == Counter(expected)


def test_there_are_fifty_packages_and_a_package_for_every_rule() -> None:
    assert len(SOUND) + len(WRONG) >= 50
    made = {rule for _, found in WRONG.values() for rule, _ in found}
    of_a_browser = {rule.value for rule in Rule if rule.startswith(("LAUNCH_", "ACCESSIBILITY_"))}
    assert {rule.value for rule in Rule} - made - of_a_browser == {"ZIP_TOO_COSTLY", "ZIP_UNCHECKED"}


def test_what_learners_open_is_told_with_its_query() -> None:
    scos = (Sco("index.html?lesson=1"), Sco("quiz.html", "item-2", "res-2"))
    checked = check(io.BytesIO(scorm_12(*scos, files={"quiz.html": page()}).bytes()))
    assert checked.items == [
        Item("item-1", "item-1", "index.html", "?lesson=1"),
        Item("item-2", "item-2", "quiz.html", ""),
    ]


def test_many_findings_of_a_rule_are_counted_and_not_all_told() -> None:
    missing = tuple(f"page-{at}.html" for at in range(500))
    checked = check(io.BytesIO(scorm_12(Sco(files=missing)).bytes()))
    assert [each.rule for each in checked.findings] == [Rule.REFERENCE_MISSING] * 21
    assert checked.findings[-1].message == "and 480 more of this kind"


def test_what_harms_is_never_merely_a_warning() -> None:
    warned = {rule for rule in Rule if rule.startswith(("ZIP_", "XML_")) and severity_of(rule) != Severity.FAIL}
    assert warned == {Rule.ZIP_HIDDEN_DATA, Rule.ZIP_NESTED}


@pytest.mark.parametrize("name", [*HOSTILE, "scorm 1.2"])
async def test_a_hostile_package_is_refused_within_200_mb_and_2_seconds_of_a_processor(
    name: str, tmp_path: Path
) -> None:
    content = WRONG[name][0] if name in WRONG else SOUND[name][0].bytes()
    package = tmp_path / "package.zip"
    package.write_bytes(content)
    assert await check_isolated(package, cpu_seconds=2) == check(io.BytesIO(content))


async def test_what_breaks_the_checks_is_taken_for_harmful(tmp_path: Path) -> None:
    checked = await check_isolated(tmp_path / "is not there.zip")
    assert [(each.rule, each.severity) for each in checked.findings] == [(Rule.ZIP_UNCHECKED, Severity.FAIL)]
    assert not checked.is_safe


async def test_what_takes_more_than_it_may_fails_and_harms_nobody(tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    package.write_bytes(harming.expanding(90, megabytes=250))
    checked = await check_isolated(package, cpu_seconds=0)
    assert [each.rule for each in checked.findings] == [Rule.ZIP_TOO_COSTLY]
