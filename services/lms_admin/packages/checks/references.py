"""From what a manifest refers to, to a file of the package, by its exact name."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from services.lms_admin.packages.checks.rules import Finding, Rule

if TYPE_CHECKING:
    from typing import Final

    from services.lms_admin.packages.checks.archive import Archive


LONGEST_SHOWN: Final = 200
WRONG: Final = {
    Rule.OUTSIDE_HOST: "lies on another host",
    Rule.REFERENCE_OUTSIDE: "leads out of the package",
    Rule.REFERENCE_CASE: "is there under a name that differs in case: where case counts it is not found",
    Rule.REFERENCE_MISSING: "is not in the package",
}


class References:
    """Resolves references, and notes what is wrong with them."""

    def __init__(self, archive: Archive) -> None:
        files = [entry.name for entry in archive.entries if not entry.is_folder]
        self._files = set(files)
        self._folded = {name.casefold() for name in files}
        self.findings: list[Finding] = []

    def resolve(self, reference: str, *, named_in: str, base: str = "") -> tuple[str, str] | None:
        """Return the file that is meant and the query behind it; None, and a finding, when there is no such file."""
        found = self._look_up(base + reference.strip())
        if isinstance(found, tuple):
            return found
        what = reference if len(reference) <= LONGEST_SHOWN else reference[:LONGEST_SHOWN] + "…"
        finding = Finding(found, f"{what} {WRONG[found]}", named_in)
        if finding not in self.findings:
            self.findings.append(finding)
        return None

    def _look_up(self, reference: str) -> tuple[str, str] | Rule:
        try:
            parts = urlsplit(reference)
        except ValueError:
            return Rule.REFERENCE_MISSING
        if parts.scheme or parts.netloc:
            return Rule.OUTSIDE_HOST
        path = posixpath.normpath(unquote(parts.path))
        if path.startswith(("/", "..")):
            return Rule.REFERENCE_OUTSIDE
        if path in self._files:
            return path, f"?{parts.query}" if parts.query else ""
        return Rule.REFERENCE_CASE if path.casefold() in self._folded else Rule.REFERENCE_MISSING
