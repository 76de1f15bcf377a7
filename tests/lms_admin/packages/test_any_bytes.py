"""Whatever is in a file: the checks end, with findings in words that can be stored."""

from __future__ import annotations

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.lms_admin.packages.checks.checking import MOST_OF_A_RULE, check
from services.lms_admin.packages.checks.rules import Rule
from services.lms_admin.packages.concluding import verdict_of
from tests.lms_admin.packages.harming import with_entry
from tests.lms_admin.packages.making import Unit, cmi5, scorm_12, scorm_2004, tincan

SOUND = [package.bytes() for package in (scorm_12(), scorm_2004(3), cmi5(), tincan())]
ONE_NAMED_BADLY = SOUND[0].replace(b"index.html", b"\0ndex.html").replace(b"imsmanifest.xml", b"\0msmanifest.xml")
CHANGES = st.lists(st.tuples(st.integers(min_value=0), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6)
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def assert_storable(content: bytes) -> None:
    checked = check(io.BytesIO(content))
    for each in checked.findings:
        assert "\0" not in f"{each.message}{each.file}"
        f"{each.message}{each.file}".encode()
        assert len(each.message) <= 1000
    rules = [each.rule for each in checked.findings]
    assert all(rules.count(rule) <= MOST_OF_A_RULE + 1 for rule in Rule)
    assert all(len(f"{item.identifier}{item.title}") <= 400 for item in checked.items)


@settings(max_examples=400)
@given(st.sampled_from(SOUND), CHANGES)
# the first file begins nowhere, and is named with a byte that no text can hold
@example(ONE_NAMED_BADLY, [(0, b"\0")])
def test_a_changed_package(content: bytes, changes: list[tuple[int, bytes]]) -> None:
    changed = bytearray(content)
    for at, piece in changes:
        begin = at % len(changed)
        changed[begin : begin + len(piece)] = piece
    assert_storable(bytes(changed))


@settings(max_examples=200)
@given(st.sampled_from(SOUND), st.integers(min_value=0), st.integers(min_value=0))
def test_a_package_with_a_hole(content: bytes, begin: int, length: int) -> None:
    at = begin % len(content)
    assert_storable(content[:at] + content[at + length % len(content) :])


@settings(max_examples=300)
@given(TEXT, TEXT, TEXT)
def test_names_and_references_of_any_letters(name: str, href: str, moved: str) -> None:
    def safe(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

    package = with_entry(name or "a")
    package.files["imsmanifest.xml"] = str(package.files["imsmanifest.xml"]).replace("index.html", safe(href))
    assert_storable(package.bytes())
    assert_storable(cmi5(Unit(url=safe(moved)), course=safe(name)).bytes())


@given(st.binary(max_size=300))
def test_bytes_that_are_no_package_fail(content: bytes) -> None:
    assert verdict_of(check(io.BytesIO(content)).findings) == "FAIL"
