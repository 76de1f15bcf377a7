"""Every rule that a package is held to, and how much it weighs; the ids are stable, clients and waivers name them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """What a finding means."""

    PASS = "PASS"  # noqa: S105  (no password)
    WARN = "WARN"
    FAIL = "FAIL"
    NOT_CHECKED = "NOT_CHECKED"
    """It could not be looked at; that is never a pass."""


class Rule(StrEnum):
    """What is looked at; api/schema/package_rule.py says each in words."""

    ZIP_MALFORMED = "ZIP_MALFORMED"
    ZIP_64 = "ZIP_64"
    ZIP_TOO_MANY_ENTRIES = "ZIP_TOO_MANY_ENTRIES"
    ZIP_TOO_LARGE = "ZIP_TOO_LARGE"
    ZIP_TOO_COSTLY = "ZIP_TOO_COSTLY"
    ZIP_UNCHECKED = "ZIP_UNCHECKED"
    ZIP_BOMB_RATIO = "ZIP_BOMB_RATIO"
    ZIP_OVERLAP = "ZIP_OVERLAP"
    ZIP_LIES = "ZIP_LIES"
    ZIP_HIDDEN_DATA = "ZIP_HIDDEN_DATA"
    ZIP_METHOD = "ZIP_METHOD"
    ZIP_ENCRYPTED = "ZIP_ENCRYPTED"
    ZIP_NAME = "ZIP_NAME"
    ZIP_TRAVERSAL = "ZIP_TRAVERSAL"
    ZIP_ABSOLUTE_PATH = "ZIP_ABSOLUTE_PATH"
    ZIP_LINK = "ZIP_LINK"
    ZIP_DUPLICATE = "ZIP_DUPLICATE"
    ZIP_CASE_COLLISION = "ZIP_CASE_COLLISION"
    ZIP_NESTED = "ZIP_NESTED"
    XML_MALFORMED = "XML_MALFORMED"
    XML_TOO_LARGE = "XML_TOO_LARGE"
    XML_DTD = "XML_DTD"
    XML_ENTITY = "XML_ENTITY"
    MANIFEST_MISSING = "MANIFEST_MISSING"
    MANIFEST_TOO_DEEP = "MANIFEST_TOO_DEEP"
    MANIFEST_CASE = "MANIFEST_CASE"
    MANIFEST_SEVERAL = "MANIFEST_SEVERAL"
    MANIFEST_UNKNOWN = "MANIFEST_UNKNOWN"
    VERSION_UNKNOWN = "VERSION_UNKNOWN"
    IDENTIFIER_DUPLICATE = "IDENTIFIER_DUPLICATE"
    ITEM_WITHOUT_RESOURCE = "ITEM_WITHOUT_RESOURCE"
    NO_LAUNCHABLE_ITEM = "NO_LAUNCHABLE_ITEM"
    NOTHING_REPORTS = "NOTHING_REPORTS"
    REFERENCE_MISSING = "REFERENCE_MISSING"
    REFERENCE_CASE = "REFERENCE_CASE"
    REFERENCE_OUTSIDE = "REFERENCE_OUTSIDE"
    MASTERY_SCORE_RANGE = "MASTERY_SCORE_RANGE"
    CMI5_ID = "CMI5_ID"
    CMI5_MOVEON_UNKNOWN = "CMI5_MOVEON_UNKNOWN"
    CMI5_MOVEON_NOT_APPLICABLE = "CMI5_MOVEON_NOT_APPLICABLE"
    TINCAN_ID = "TINCAN_ID"
    OUTSIDE_HOST = "OUTSIDE_HOST"
    FLASH = "FLASH"
    FLASH_LAUNCHED = "FLASH_LAUNCHED"
    SERVER_PROGRAM = "SERVER_PROGRAM"
    LAUNCH_NOT_CHECKED = "LAUNCH_NOT_CHECKED"
    LAUNCH_INITIALISED = "LAUNCH_INITIALISED"
    LAUNCH_NOT_INITIALISED = "LAUNCH_NOT_INITIALISED"
    LAUNCH_NO_STATUS = "LAUNCH_NO_STATUS"
    LAUNCH_ERROR = "LAUNCH_ERROR"
    LAUNCH_MISSING_FILE = "LAUNCH_MISSING_FILE"
    LAUNCH_OUTSIDE_HOST = "LAUNCH_OUTSIDE_HOST"
    LAUNCH_TIMEOUT = "LAUNCH_TIMEOUT"
    ACCESSIBILITY_VIOLATIONS = "ACCESSIBILITY_VIOLATIONS"


WARNS: Final = frozenset(
    {
        Rule.ZIP_HIDDEN_DATA,
        Rule.ZIP_NESTED,
        Rule.MANIFEST_SEVERAL,
        Rule.VERSION_UNKNOWN,
        Rule.IDENTIFIER_DUPLICATE,
        Rule.NOTHING_REPORTS,
        Rule.CMI5_MOVEON_NOT_APPLICABLE,
        Rule.OUTSIDE_HOST,
        Rule.FLASH,
        Rule.SERVER_PROGRAM,
        Rule.LAUNCH_NO_STATUS,
        Rule.LAUNCH_ERROR,
        Rule.LAUNCH_MISSING_FILE,
        Rule.LAUNCH_OUTSIDE_HOST,
        Rule.LAUNCH_TIMEOUT,
        Rule.ACCESSIBILITY_VIOLATIONS,
    }
)
"""What a person should know, and may publish all the same."""

OF_THE_ARCHIVE: Final = frozenset(rule for rule in Rule if rule.startswith(("ZIP_", "XML_")))
"""What can harm whoever opens the package: a failure of these is never waived."""

OF_THE_LAUNCH: Final = frozenset(rule for rule in Rule if rule.startswith(("LAUNCH_", "ACCESSIBILITY_")))
"""What takes a browser."""


def severity_of(rule: Rule) -> Severity:
    """Return what a finding of this rule means, always the same."""
    if rule == Rule.LAUNCH_INITIALISED:
        return Severity.PASS
    if rule == Rule.LAUNCH_NOT_CHECKED:
        return Severity.NOT_CHECKED
    return Severity.WARN if rule in WARNS else Severity.FAIL


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, in which file of the package, in words that are safe to show."""

    rule: Rule
    message: str
    file: str | None = None

    @property
    def severity(self) -> Severity:
        """What it means."""
        return severity_of(self.rule)


def printable(name: str) -> str:
    """A name as it can be stored and shown: what cannot be seen is left out, and it is cut."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c)[0] == "C" else c for c in name)[:300]
