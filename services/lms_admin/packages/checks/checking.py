"""The static checks in their order: the directory, then the content, then the manifest; each only if it is safe to."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.archive import PIECE_BYTES, Archive, Unreadable, open_archive
from services.lms_admin.packages.checks.cmi5 import describe_cmi5
from services.lms_admin.packages.checks.container import CONTAINER
from services.lms_admin.packages.checks.contents import flash_that_is_opened, read_contents
from services.lms_admin.packages.checks.manifest_xml import parsed
from services.lms_admin.packages.checks.manifests import CMI5, SCORM, XAPI, Item, Standard, manifest_of
from services.lms_admin.packages.checks.references import References
from services.lms_admin.packages.checks.rules import OF_THE_ARCHIVE, Finding, Severity
from services.lms_admin.packages.checks.scorm import describe_scorm
from services.lms_admin.packages.checks.tincan import describe_tincan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO, Final

MOST_OF_A_RULE: Final = 20
"""So many findings of one rule are told, and how many more there are."""
MOST_ITEMS: Final = 200
DESCRIBE: Final = {SCORM: describe_scorm, CMI5: describe_cmi5, XAPI: describe_tincan}


@dataclass(slots=True)
class Checked:
    """What came of the static checks."""

    standard: Standard | None = None
    findings: list[Finding] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    sha1: str | None = None
    """The SHA-1 of the package, which some LMSs name its content by."""

    @property
    def is_safe(self) -> bool:
        """Whether the package can be opened without harm."""
        return not any(each.rule in OF_THE_ARCHIVE and each.severity == Severity.FAIL for each in self.findings)


def check(file: BinaryIO) -> Checked:
    """Check a package; what fails by its directory is not read further, what fails by its content not parsed."""
    checked = Checked(sha1=_sha1(file))
    try:
        archive = open_archive(file)
        _check(archive, checked)
    except Unreadable as unreadable:
        checked.findings.append(unreadable.finding)
    checked.findings = shortened(checked.findings)
    return checked


def _check(archive: Archive, checked: Checked) -> None:
    for rule in CONTAINER:
        checked.findings += rule(archive)
    if not checked.is_safe:
        return
    checked.findings += read_contents(archive)
    if not checked.is_safe:
        return
    manifest, misplaced = manifest_of(archive)
    checked.findings += misplaced
    if manifest is None:
        return
    references = References(archive)
    described = DESCRIBE[manifest](parsed(archive, manifest), references)
    checked.standard, checked.items = described.standard, described.items[:MOST_ITEMS]
    checked.findings += [*described.findings, *references.findings, *flash_that_is_opened(checked.items)]


def shortened(findings: Iterable[Finding]) -> list[Finding]:
    """Tell at most so many findings of each rule, and how many more there are."""
    told: list[Finding] = []
    times: Counter[str] = Counter()
    for finding in findings:
        times[finding.rule] += 1
        if times[finding.rule] <= MOST_OF_A_RULE:
            told.append(finding)
    more = {rule: count - MOST_OF_A_RULE for rule, count in times.items() if count > MOST_OF_A_RULE}
    last = {finding.rule: finding for finding in told}
    return told + [Finding(last[rule].rule, f"and {count} more of this kind") for rule, count in more.items()]  # type: ignore[index]


def _sha1(file: BinaryIO) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()
