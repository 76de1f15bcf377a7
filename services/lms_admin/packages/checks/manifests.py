"""Which standard a package follows: told by the manifest at its root."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.rules import Finding, Rule

if TYPE_CHECKING:
    from typing import Final

    from services.lms_admin.packages.checks.archive import Archive


class Standard(StrEnum):
    """How a package speaks to an LMS."""

    SCORM_12 = "SCORM_12"
    SCORM_2004_2 = "SCORM_2004_2"
    SCORM_2004_3 = "SCORM_2004_3"
    SCORM_2004_4 = "SCORM_2004_4"
    CMI5 = "CMI5"
    XAPI = "XAPI"


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a package that a learner opens; `path` is a file of it, with the query that it is opened with."""

    identifier: str
    title: str
    path: str
    query: str = ""
    reports: bool = True
    """Whether it is to tell the LMS how the learner did; an asset of SCORM is not."""


@dataclass(slots=True)
class Described:
    """What a manifest says: the standard, what can be opened, and what is wrong with it."""

    standard: Standard | None = None
    items: list[Item] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: Rule, message: str, manifest: str) -> None:
        """Keep a finding about the manifest, once."""
        found = Finding(rule, message[:500], manifest)
        if found not in self.findings:
            self.findings.append(found)


def score_in_range(text: str, least: int, most: int, *, name: str, manifest: str, described: Described) -> None:
    """Note a score that is no number, or outside its bounds."""
    try:
        fits = least <= Decimal(text) <= most
    except InvalidOperation:
        fits = False
    if not fits:
        message = f"{name} is {text[:80]!r}; it should be a number from {least} to {most}"
        described.note(Rule.MASTERY_SCORE_RANGE, message, manifest)


SCORM: Final = "imsmanifest.xml"
CMI5: Final = "cmi5.xml"
XAPI: Final = "tincan.xml"
MANIFESTS: Final = (SCORM, CMI5, XAPI)


def manifest_of(archive: Archive) -> tuple[str | None, list[Finding]]:
    """Return the manifest at the root, and what is wrong with where manifests are."""
    files = [entry.name for entry in archive.entries if not entry.is_folder]
    at_root = [name for name in MANIFESTS if name in files]
    if len(at_root) > 1:
        message = f"there are {', '.join(at_root)}; the first of these is taken"
        return at_root[0], [Finding(Rule.MANIFEST_SEVERAL, message, at_root[0])]
    if at_root:
        return at_root[0], []
    alike = sorted(
        (name.count("/"), name)
        for name in files
        if name.rpartition("/")[2].lower() in MANIFESTS and not name.startswith("__MACOSX/")
    )
    if not alike:
        return None, [Finding(Rule.MANIFEST_MISSING, f"there is none of {', '.join(MANIFESTS)} at its root")]
    deep, name = alike[0]
    if deep:
        folder = name.rpartition("/")[0]
        message = f"the manifest lies in the folder {folder}: zip what is in that folder, and not the folder"
        return None, [Finding(Rule.MANIFEST_TOO_DEEP, message, name)]
    return None, [Finding(Rule.MANIFEST_CASE, f"the manifest must be called {name.lower()}, in small letters", name)]
