"""xAPI packages: tincan.xml names activities, one of which at least is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.cmi5 import has_scheme
from services.lms_admin.packages.checks.manifest_xml import children, local_name, text_of, within
from services.lms_admin.packages.checks.manifests import XAPI, Described, Item, Standard
from services.lms_admin.packages.checks.rules import Rule

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from services.lms_admin.packages.checks.references import References


def describe_tincan(root: Element, references: References) -> Described:
    """Read tincan.xml."""
    described = Described()
    if local_name(root) != "tincan":
        described.note(Rule.MANIFEST_UNKNOWN, "its root is no element called tincan", XAPI)
        return described
    described.standard = Standard.XAPI
    for activity in within(root, "activity"):
        identifier = (activity.get("id") or "")[:200]
        if not has_scheme(identifier):
            described.note(Rule.TINCAN_ID, f"{identifier!r} is no id: it should be an IRI", XAPI)
        launch = text_of(next(iter(children(activity, "launch")), None))
        if launch and (resolved := references.resolve(launch, named_in=XAPI)):
            title = text_of(next(iter(children(activity, "name")), None))[:200]
            described.items.append(Item(identifier, title, *resolved))
    if not described.items:
        described.note(Rule.NO_LAUNCHABLE_ITEM, "no activity has a file that can be opened", XAPI)
    return described
