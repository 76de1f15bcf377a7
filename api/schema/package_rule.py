"""Every rule that a package is held to, in words."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(
    description="A rule that a package is held to. What begins with ZIP or XML can do harm, and a failure of it is "
    "never waived."
)
class PackageRule(Enum):
    """Stable ids: clients switch on them, and waivers name them."""

    ZIP_MALFORMED = strawberry.enum_value(
        "ZIP_MALFORMED", description="It is no zip, was cut off, or holds damaged content."
    )
    ZIP_64 = strawberry.enum_value(
        "ZIP_64", description="It is written as zip64, which no package needs and readers take differently."
    )
    ZIP_TOO_MANY_ENTRIES = strawberry.enum_value(
        "ZIP_TOO_MANY_ENTRIES", description="It holds more than 20,000 entries."
    )
    ZIP_TOO_LARGE = strawberry.enum_value("ZIP_TOO_LARGE", description="Unpacked it has more than 256 MiB.")
    ZIP_TOO_COSTLY = strawberry.enum_value(
        "ZIP_TOO_COSTLY", description="Looking into it takes more time or memory than a package may."
    )
    ZIP_UNCHECKED = strawberry.enum_value(
        "ZIP_UNCHECKED", description="The checks broke off; it is taken for harmful until they end."
    )
    ZIP_BOMB_RATIO = strawberry.enum_value(
        "ZIP_BOMB_RATIO", description="A file of it, or all of it, expands more than a hundredfold."
    )
    ZIP_OVERLAP = strawberry.enum_value("ZIP_OVERLAP", description="Two files of it share their content.")
    ZIP_LIES = strawberry.enum_value(
        "ZIP_LIES", description="Its directory says something else of a file than the file itself."
    )
    ZIP_HIDDEN_DATA = strawberry.enum_value("ZIP_HIDDEN_DATA", description="It holds bytes that belong to no file.")
    ZIP_METHOD = strawberry.enum_value(
        "ZIP_METHOD", description="A file is neither stored nor deflated; not every LMS can read it."
    )
    ZIP_ENCRYPTED = strawberry.enum_value("ZIP_ENCRYPTED", description="A file is encrypted.")
    ZIP_NAME = strawberry.enum_value(
        "ZIP_NAME", description="A name has control characters or backslashes, is too long, or lies too deep."
    )
    ZIP_TRAVERSAL = strawberry.enum_value(
        "ZIP_TRAVERSAL", description="A name leads out of the folder that the package is unpacked into."
    )
    ZIP_ABSOLUTE_PATH = strawberry.enum_value("ZIP_ABSOLUTE_PATH", description="A name begins at the root of a disk.")
    ZIP_LINK = strawberry.enum_value("ZIP_LINK", description="An entry is a link or a device, and no file.")
    ZIP_DUPLICATE = strawberry.enum_value(
        "ZIP_DUPLICATE", description="Two entries have one name, or a file and a folder have."
    )
    ZIP_CASE_COLLISION = strawberry.enum_value(
        "ZIP_CASE_COLLISION", description="Two names differ in case alone, or in how an accent is written."
    )
    ZIP_NESTED = strawberry.enum_value("ZIP_NESTED", description="It holds an archive, into which nothing looked.")
    XML_MALFORMED = strawberry.enum_value("XML_MALFORMED", description="The manifest is no XML.")
    XML_TOO_LARGE = strawberry.enum_value(
        "XML_TOO_LARGE", description="The manifest has more than 2 MiB, or its elements lie too deep."
    )
    XML_DTD = strawberry.enum_value("XML_DTD", description="The manifest has a document type.")
    XML_ENTITY = strawberry.enum_value(
        "XML_ENTITY", description="The manifest declares entities, or fetches them from elsewhere."
    )
    MANIFEST_MISSING = strawberry.enum_value(
        "MANIFEST_MISSING", description="It holds no imsmanifest.xml, cmi5.xml or tincan.xml."
    )
    MANIFEST_TOO_DEEP = strawberry.enum_value(
        "MANIFEST_TOO_DEEP", description="The manifest lies in a folder, and not at the root."
    )
    MANIFEST_CASE = strawberry.enum_value("MANIFEST_CASE", description="The manifest is at the root, in capitals.")
    MANIFEST_SEVERAL = strawberry.enum_value(
        "MANIFEST_SEVERAL", description="There are manifests of more than one standard at its root."
    )
    MANIFEST_UNKNOWN = strawberry.enum_value(
        "MANIFEST_UNKNOWN", description="The manifest is another kind of document."
    )
    VERSION_UNKNOWN = strawberry.enum_value(
        "VERSION_UNKNOWN", description="The manifest does not say which version of SCORM it follows."
    )
    IDENTIFIER_DUPLICATE = strawberry.enum_value(
        "IDENTIFIER_DUPLICATE", description="Two elements of the manifest have one identifier."
    )
    ITEM_WITHOUT_RESOURCE = strawberry.enum_value(
        "ITEM_WITHOUT_RESOURCE", description="An item refers to a resource that the manifest does not have."
    )
    NO_LAUNCHABLE_ITEM = strawberry.enum_value(
        "NO_LAUNCHABLE_ITEM", description="It has nothing that a learner can open."
    )
    NOTHING_REPORTS = strawberry.enum_value(
        "NOTHING_REPORTS",
        description="All that can be opened is an asset, which never tells the LMS that it was completed.",
    )
    REFERENCE_MISSING = strawberry.enum_value(
        "REFERENCE_MISSING", description="The manifest refers to a file that is not there."
    )
    REFERENCE_CASE = strawberry.enum_value(
        "REFERENCE_CASE", description="The manifest refers to a file whose name differs in case."
    )
    REFERENCE_OUTSIDE = strawberry.enum_value(
        "REFERENCE_OUTSIDE", description="The manifest refers to something outside the package."
    )
    MASTERY_SCORE_RANGE = strawberry.enum_value(
        "MASTERY_SCORE_RANGE", description="A mastery score, or a threshold, is no number within its standard's bounds."
    )
    CMI5_ID = strawberry.enum_value(
        "CMI5_ID", description="An id of the course structure is no IRI, or is there twice."
    )
    CMI5_MOVEON_UNKNOWN = strawberry.enum_value(
        "CMI5_MOVEON_UNKNOWN", description="A unit has a moveOn that cmi5 does not know."
    )
    CMI5_MOVEON_NOT_APPLICABLE = strawberry.enum_value(
        "CMI5_MOVEON_NOT_APPLICABLE", description="A unit counts as done without being opened."
    )
    TINCAN_ID = strawberry.enum_value("TINCAN_ID", description="An activity's id is no IRI.")
    OUTSIDE_HOST = strawberry.enum_value(
        "OUTSIDE_HOST", description="Something is loaded from another host, which a learner's network may not reach."
    )
    FLASH = strawberry.enum_value("FLASH", description="It holds Flash, which no browser runs.")
    FLASH_LAUNCHED = strawberry.enum_value("FLASH_LAUNCHED", description="What learners open is Flash.")
    SERVER_PROGRAM = strawberry.enum_value(
        "SERVER_PROGRAM", description="It holds a program, which an LMS does not run."
    )
    LAUNCH_NOT_CHECKED = strawberry.enum_value(
        "LAUNCH_NOT_CHECKED", description="It was not opened in a browser; the message says why."
    )
    LAUNCH_INITIALISED = strawberry.enum_value(
        "LAUNCH_INITIALISED", description="An item was opened and began a session with the LMS."
    )
    LAUNCH_NOT_INITIALISED = strawberry.enum_value(
        "LAUNCH_NOT_INITIALISED", description="An item was opened and began no session with the LMS."
    )
    LAUNCH_NO_STATUS = strawberry.enum_value(
        "LAUNCH_NO_STATUS", description="An item set no status while it was open; a learner may have to do something."
    )
    LAUNCH_ERROR = strawberry.enum_value("LAUNCH_ERROR", description="A script of an item failed.")
    LAUNCH_MISSING_FILE = strawberry.enum_value(
        "LAUNCH_MISSING_FILE", description="An item asked for a file that is not in the package."
    )
    LAUNCH_OUTSIDE_HOST = strawberry.enum_value(
        "LAUNCH_OUTSIDE_HOST", description="An item asked for something from another host, which was kept from it."
    )
    LAUNCH_TIMEOUT = strawberry.enum_value("LAUNCH_TIMEOUT", description="An item was not ready within its time.")
    ACCESSIBILITY_VIOLATIONS = strawberry.enum_value(
        "ACCESSIBILITY_VIOLATIONS", description="A scan found barriers for people with disabilities; they are listed."
    )
