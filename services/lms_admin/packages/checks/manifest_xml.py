"""Parsing a manifest: without a document type, entities or anything from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, DTDForbidden, ElementTree

from services.lms_admin.packages.checks.archive import Unreadable
from services.lms_admin.packages.checks.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final
    from xml.etree.ElementTree import Element

    from services.lms_admin.packages.checks.archive import Archive

LARGEST_BYTES: Final = 2 * 1024 * 1024
MOST_STEPS: Final = 200


def parsed(archive: Archive, name: str) -> Element:
    """Parse a manifest. Raises Unreadable by the rule that it breaks."""
    content = archive.head(name, LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise Unreadable(Rule.XML_TOO_LARGE, f"a manifest has at most {LARGEST_BYTES} bytes", name)
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DTDForbidden:
        raise _forbidden(content, name) from None
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(Rule.XML_MALFORMED, f"it is no XML: {str(error)[:200]}", name) from None
    _measure(root, name)
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; empty when it has none."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name in whatever namespace; the tools that write packages disagree about that."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == name.lower():
            return value.strip()
    return None


def children(element: Element, name: str) -> list[Element]:
    """The elements of a name directly within another."""
    return [child for child in element if local_name(child) == name]


def within(element: Element, name: str) -> Iterator[Element]:
    """The elements of a name anywhere within another."""
    return (child for child in element.iter() if local_name(child) == name)


def text_of(element: Element | None) -> str:
    """What an element says, with its blanks put in order."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _forbidden(content: bytes, name: str) -> Unreadable:
    try:
        ElementTree.fromstring(content)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return Unreadable(Rule.XML_ENTITY, "it declares entities, or fetches its document type from elsewhere", name)
    return Unreadable(Rule.XML_DTD, "it has a document type; a manifest needs none", name)


def _measure(root: Element, name: str) -> None:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MOST_STEPS:
            raise Unreadable(Rule.XML_TOO_LARGE, f"its elements lie more than {MOST_STEPS} deep", name)
        waiting.extend((child, depth + 1) for child in element)
