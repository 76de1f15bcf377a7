"""Packages as authoring tools write them, and as they go wrong: one builder a standard, one defect at a time."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

PAGE = "<!doctype html><html lang='en'><title>{title}</title><h1>{title}</h1>{body}</html>"
SCORM_12_NAMESPACE = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)
SCORM_2004_NAMESPACE = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
VERSIONS = {2: "CAM 1.3", 3: "2004 3rd Edition", 4: "2004 4th Edition"}

Content = Mapping[str, bytes | str]


@dataclass(frozen=True)
class Sco:
    """One item of a SCORM package and the file it opens."""

    href: str = "index.html"
    identifier: str = "item-1"
    resource: str = "res-1"
    refers_to: str | None = None
    scorm_type: str = "sco"
    files: tuple[str, ...] = ()
    inside: str = ""
    base: str = ""


@dataclass(frozen=True)
class Unit:
    """One assignable unit of a cmi5 course."""

    id: str = "https://guild.example/course/unit-1"
    url: str = "index.html"
    attributes: str = 'moveOn="CompletedOrPassed" masteryScore="0.8"'


@dataclass
class Zip:
    """What is put into a zip, and how: `infos` are entries with attributes of their own."""

    files: dict[str, bytes | str] = field(default_factory=dict)
    infos: list[tuple[zipfile.ZipInfo, bytes]] = field(default_factory=list)

    def bytes(self) -> bytes:
        """Write it."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a name that is there twice is what some tests are about
            for name, content in self.files.items():
                archive.writestr(name, content)
            for info, content in self.infos:
                archive.writestr(info, content)
        return buffer.getvalue()


def page(title: str = "Lesson", body: str = "") -> str:
    """A page that is in order."""
    return PAGE.format(title=title, body=body)


def scorm_12(
    *scos: Sco,
    version: str = "1.2",
    prolog: str = "",
    manifest: str = "imsmanifest.xml",
    namespace: str = SCORM_12_NAMESPACE,
    files: Content | None = None,
) -> Zip:
    """A SCORM 1.2 course; `files` are more of them, by name."""
    items = scos or (Sco(),)
    listed = "".join(
        f'<item identifier="{sco.identifier}" identifierref="{sco.refers_to or sco.resource}">'
        f"<title>{sco.identifier}</title>{sco.inside}</item>"
        for sco in items
    )
    resources = "".join(
        f'<resource identifier="{sco.resource}" type="webcontent" adlcp:{_type_name(namespace)}="{sco.scorm_type}" '
        f'href="{sco.href}"{f" xml:base={chr(34)}{sco.base}{chr(34)}" if sco.base else ""}>'
        + "".join(f'<file href="{name}"/>' for name in (sco.href, *sco.files))
        + "</resource>"
        for sco in items
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<manifest identifier="course" version="1" {namespace}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>"
        f'<organizations default="org"><organization identifier="org"><title>Course</title>{listed}</organization>'
        f"</organizations><resources>{resources}</resources></manifest>"
    )
    return Zip({manifest: text, "index.html": page(), **(files or {})})


def scorm_2004(edition: int, *scos: Sco, files: Content | None = None) -> Zip:
    """A SCORM 2004 course of an edition."""
    return scorm_12(*scos, version=VERSIONS[edition], namespace=SCORM_2004_NAMESPACE, files=files)


def cmi5(
    *units: Unit, course: str = "https://guild.example/course", prolog: str = "", files: Content | None = None
) -> Zip:
    """A cmi5 course."""
    listed = "".join(
        f'<au id="{unit.id}" {unit.attributes}><title><langstring lang="en">Unit</langstring></title>'
        f"<url>{unit.url}</url></au>"
        for unit in units or (Unit(),)
    )
    text = (
        f'{prolog}<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        f'<course id="{course}"><title><langstring lang="en">Course</langstring></title></course>{listed}'
        "</courseStructure>"
    )
    return Zip({"cmi5.xml": text, "index.html": page(), **(files or {})})


def tincan(
    launch: str = "index.html",
    id_: str = "https://guild.example/activity",
    prolog: str = "",
    files: Content | None = None,
) -> Zip:
    """An xAPI package."""
    text = (
        f'{prolog}<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity id="{id_}" '
        f'type="http://adlnet.gov/expapi/activities/course"><name lang="en">Course</name>'
        f'<launch lang="en">{launch}</launch></activity></activities></tincan>'
    )
    return Zip({"tincan.xml": text, "index.html": page(), **(files or {})})


def _type_name(namespace: str) -> str:
    return "scormtype" if "v1p2" in namespace else "scormType"
