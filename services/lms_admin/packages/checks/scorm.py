"""SCORM 1.2 and SCORM 2004: what imsmanifest.xml promises has to be there, and within its bounds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.manifest_xml import attribute, children, local_name, text_of, within
from services.lms_admin.packages.checks.manifests import SCORM, Described, Item, Standard, score_in_range
from services.lms_admin.packages.checks.rules import Rule

if TYPE_CHECKING:
    from typing import Final
    from xml.etree.ElementTree import Element

    from services.lms_admin.packages.checks.references import References

VERSIONS: Final = {
    "1.2": Standard.SCORM_12,
    "cam 1.3": Standard.SCORM_2004_2,
    "2004 3rd edition": Standard.SCORM_2004_3,
    "2004 4th edition": Standard.SCORM_2004_4,
}
NAMESPACE_OF_12: Final = "adlcp_rootv1p2"
NAMESPACE_OF_2004: Final = "adlcp_v1p3"
BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"


def describe_scorm(root: Element, references: References) -> Described:
    """Read imsmanifest.xml."""
    described = Described()
    if local_name(root) != "manifest":
        described.note(Rule.MANIFEST_UNKNOWN, "its root is no element called manifest", SCORM)
        return described
    described.standard = _standard(root, described)
    _identifiers(root, described)
    _scores(root, described)
    resources = _resources(root, references)
    _items(root, resources, described)
    return described


def _standard(root: Element, described: Described) -> Standard | None:
    version = next((text_of(each) for each in within(root, "schemaversion")), "")
    known = VERSIONS.get(version.lower())
    if known is None:
        used = " ".join({name for each in root.iter() for name in (str(each.tag), *each.attrib)})
        is_2004, is_12 = NAMESPACE_OF_2004 in used, NAMESPACE_OF_12 in used
        known = Standard.SCORM_2004_4 if is_2004 else Standard.SCORM_12 if is_12 else None
        read_as = f"; read as {known} by its namespaces" if known else ""
        described.note(Rule.VERSION_UNKNOWN, f"schemaversion says {version[:80] or 'nothing'!r}{read_as}", SCORM)
    return known


def _identifiers(root: Element, described: Described) -> None:
    named = ("manifest", "organization", "item", "resource")
    given = Counter(
        identifier for each in root.iter() if local_name(each) in named and (identifier := each.get("identifier"))
    )
    for identifier, times in given.items():
        if times > 1:
            described.note(Rule.IDENTIFIER_DUPLICATE, f"{identifier[:200]} identifies {times} elements", SCORM)


def _scores(root: Element, described: Described) -> None:
    bounds = {"masteryscore": (0, 100), "minNormalizedMeasure": (-1, 1)}
    for element in root.iter():
        name = local_name(element)
        if name in bounds:
            score_in_range(text_of(element), *bounds[name], name=name, manifest=SCORM, described=described)
        elif name == "completionThreshold" and (least := attribute(element, "minProgressMeasure")) is not None:
            score_in_range(least, 0, 1, name="minProgressMeasure", manifest=SCORM, described=described)


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str | None
    query: str
    reports: bool


def _resources(root: Element, references: References) -> dict[str, _Resource]:
    found = {}
    for listed in children(root, "resources"):
        for resource in children(listed, "resource"):
            base = _joined(root.get(BASE), listed.get(BASE), resource.get(BASE))
            for file in children(resource, "file"):
                references.resolve(file.get("href") or "", named_in=SCORM, base=base)
            href = resource.get("href")
            resolved = references.resolve(href, named_in=SCORM, base=base) if href else None
            path, query = resolved or (None, "")
            reports = (attribute(resource, "scormtype") or "").lower() == "sco"
            found[resource.get("identifier") or ""] = _Resource(path, query, reports)
    return found


def _items(root: Element, resources: dict[str, _Resource], described: Described) -> None:
    reports = False
    for item in within(root, "item"):
        identifier, reference = item.get("identifier") or "", item.get("identifierref")
        if not reference:
            continue
        resource = resources.get(reference)
        if resource is None:
            message = f"the item {identifier[:200]} refers to {reference[:200]}, which is no resource"
            described.note(Rule.ITEM_WITHOUT_RESOURCE, message, SCORM)
        elif resource.path is not None:
            reports |= resource.reports
            title = text_of(next(iter(children(item, "title")), None))[:200]
            query = resource.query + _parameters(item.get("parameters"), resource.query)
            described.items.append(Item(identifier[:200], title, resource.path, query, resource.reports))
    if not described.items:
        described.note(Rule.NO_LAUNCHABLE_ITEM, "no item refers to a file that can be opened", SCORM)
    elif not reports:
        described.note(Rule.NOTHING_REPORTS, "every item is an asset: none tells the LMS that it was completed", SCORM)


def _parameters(parameters: str | None, query: str) -> str:
    bare = (parameters or "").lstrip("?&")
    return f"{'&' if query else '?'}{bare}" if bare and not bare.startswith("#") else ""


def _joined(*bases: str | None) -> str:
    return "".join(base for base in bases if base)
