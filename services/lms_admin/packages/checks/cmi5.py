"""cmi5: a course of assignable units, each with a way to be opened and a rule for moving on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from services.lms_admin.packages.checks.manifest_xml import children, local_name, text_of, within
from services.lms_admin.packages.checks.manifests import CMI5, Described, Item, Standard, score_in_range
from services.lms_admin.packages.checks.rules import Rule

if TYPE_CHECKING:
    from typing import Final
    from xml.etree.ElementTree import Element

    from services.lms_admin.packages.checks.references import References

MOVE_ON: Final = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")


def describe_cmi5(root: Element, references: References) -> Described:
    """Read cmi5.xml."""
    described = Described()
    if local_name(root) != "courseStructure":
        described.note(Rule.MANIFEST_UNKNOWN, "its root is no element called courseStructure", CMI5)
        return described
    described.standard = Standard.CMI5
    _ids(root, described)
    for unit in within(root, "au"):
        _unit(unit, references, described)
    if not described.items:
        described.note(Rule.NO_LAUNCHABLE_ITEM, "no assignable unit has a file that can be opened", CMI5)
    return described


def _ids(root: Element, described: Described) -> None:
    given = [each.get("id") or "" for each in root.iter() if local_name(each) in ("course", "block", "au")]
    for identifier, times in Counter(given).items():
        if not has_scheme(identifier):
            described.note(Rule.CMI5_ID, f"{identifier[:200]!r} is no id: it should be an IRI", CMI5)
        elif times > 1:
            described.note(Rule.CMI5_ID, f"{identifier[:200]} identifies {times} elements", CMI5)


def _unit(unit: Element, references: References, described: Described) -> None:
    identifier = (unit.get("id") or "")[:200]
    move_on = unit.get("moveOn", "NotApplicable")
    if move_on not in MOVE_ON:
        message = f"{identifier}: moveOn is {move_on[:80]!r}; it should be one of {', '.join(MOVE_ON)}"
        described.note(Rule.CMI5_MOVEON_UNKNOWN, message, CMI5)
    elif move_on == "NotApplicable":
        message = f"{identifier} counts as done without being opened: moveOn is NotApplicable"
        described.note(Rule.CMI5_MOVEON_NOT_APPLICABLE, message, CMI5)
    if (score := unit.get("masteryScore")) is not None:
        score_in_range(score, 0, 1, name="masteryScore", manifest=CMI5, described=described)
    reference = text_of(next(iter(children(unit, "url")), None))
    if resolved := references.resolve(reference, named_in=CMI5):
        title = text_of(next(iter(children(unit, "title")), None))[:200]
        described.items.append(Item(identifier, title, *resolved))


def has_scheme(identifier: str) -> bool:
    """Whether an identifier is an absolute IRI."""
    try:
        parts = urlsplit(identifier)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path)
