"""Sites: connections to an association's learning management system."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import any_, case, func

from api.reading import (
    Id,
    Node,
    Payload,
    Percent,
    column,
    expression,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.person import Person, person
from services.lms_admin.sites import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract


@strawberry.enum(description="Which learning management system a site runs.")
class LmsSystem(Enum):
    """The systems that Chapterhouse speaks to, and none."""

    MOODLE = strawberry.enum_value("MOODLE", description="Moodle, by its web services.")
    KOLIBRI = strawberry.enum_value("KOLIBRI", description="Kolibri, by its REST interface.")
    MANUAL = strawberry.enum_value("MANUAL", description="Any other: all work on it is done by hand.")


@strawberry.enum(description="Whether a site is connected.")
class LmsSiteStatus(Enum):
    """Connected or not."""

    CONNECTED = strawberry.enum_value("CONNECTED", description="Work on it can be planned and done.")
    DISCONNECTED = strawberry.enum_value("DISCONNECTED", description="Let go; nothing is sent to it any more.")


@strawberry.enum(description="How a site answers.")
class LmsCondition(Enum):
    """What the last probe found."""

    UP = strawberry.enum_value("UP", description="It answers as it should.")
    MAINTENANCE = strawberry.enum_value("MAINTENANCE", description="It says that it is under maintenance.")
    UNAUTHORIZED = strawberry.enum_value(
        "UNAUTHORIZED", description="It refuses the credential, or the credential lacks a right that work takes."
    )
    THROTTLED = strawberry.enum_value("THROTTLED", description="It asks to be left alone for a while.")
    MISCONFIGURED = strawberry.enum_value(
        "MISCONFIGURED",
        description="It answers, but not as its system does: services switched off, another program, a page of HTML; "
        "or its credential cannot be opened.",
    )
    DOWN = strawberry.enum_value("DOWN", description="It does not answer, or breaks off.")


@strawberry.enum(description="What a system can do through Chapterhouse; what it cannot is done by hand.")
class LmsCapability(Enum):
    """What an adapter declares."""

    FIND_USERS = strawberry.enum_value("FIND_USERS", description="Look accounts up.")
    UPSERT_USERS = strawberry.enum_value("UPSERT_USERS", description="Create and change accounts.")
    SUSPEND_USERS = strawberry.enum_value("SUSPEND_USERS", description="Suspend and restore accounts.")
    RESET_ACCESS = strawberry.enum_value("RESET_ACCESS", description="Make a learner's password useless.")
    READ_ENROLMENTS = strawberry.enum_value("READ_ENROLMENTS", description="Read who takes part in courses.")
    APPLY_ENROLMENTS = strawberry.enum_value("APPLY_ENROLMENTS", description="Enrol and unenrol.")
    SUSPEND_ENROLMENTS = strawberry.enum_value("SUSPEND_ENROLMENTS", description="Suspend somebody's part in a course.")
    READ_ENROLMENT_ENDS = strawberry.enum_value("READ_ENROLMENT_ENDS", description="Read when enrolments end.")
    CREATE_COURSE = strawberry.enum_value("CREATE_COURSE", description="Make a course out of a template.")
    PUBLISH_PACKAGE = strawberry.enum_value("PUBLISH_PACKAGE", description="Put a content package into a course.")
    READ_COMPLETIONS = strawberry.enum_value("READ_COMPLETIONS", description="Read how far learners are.")
    READ_AUDIT = strawberry.enum_value("READ_AUDIT", description="Read the system's own log.")


@node(rows.LmsSite, prefix="sit")
class LmsSite(Node):
    """A connection to a learning management system of the association's. Its credential is never shown."""

    name: str = column("What the parties call it.")
    system: LmsSystem = column("Which system it runs.")
    base_url: str | None = column("Where it is; null where work is done by hand.")
    status: LmsSiteStatus = column("Whether it is connected.")
    contract: Contract = one("The contract.", lambda site, contract: contract.id == site.contract_id)
    condition: LmsCondition | None = column(
        "How it answered last; null before the first probe, and where work is done by hand."
    )
    condition_since: datetime | None = column("Since when it answers so.")
    probed_at: datetime | None = column("When it was last asked how it is.")
    version: str | None = column("The version that its system gives.", name="lms_version")
    capabilities: list[LmsCapability] = column("What its system can do through Chapterhouse, as last probed.")
    removal_threshold_percent: Percent = column(
        "Up to which share of those it is about, in percent, a plan removes or suspends by one person's decision."
    )
    removal_threshold_rows: int = column(
        "Up to how many rows a plan removes or suspends by one person's decision; above either, a second one approves."
    )
    protected_count: int = expression(
        "How many members are never touched.", lambda site: func.cardinality(site.protected_member_numbers)
    )
    protected_member_numbers: list[str] | None = expression(
        "The numbers of the members who are never touched; null to those who may not see learners.",
        lambda site: case(
            (
                func.app.sees_learners(site.contract_id, site.association_id, site.vendor_id, site.id),
                site.protected_member_numbers,
            )
        ),
    )
    connected_at: datetime = column("When it was connected.")
    connected_by: Person = one("Who connected it.", rows=lambda site: person(site, prefix="connected_by_"))
    credential_stored_at: datetime | None = column(
        "When its credential was last given; null where work is done by hand."
    )
    disconnected_at: datetime | None = column("When it was let go; null while connected.")


@filters
class LmsSiteFilter:
    """Which sites."""

    status: LmsSiteStatus | None = where("Connected, or let go.", lambda site, value: site.status == value)
    system: LmsSystem | None = where("Of this system.", lambda site, value: site.system == value)
    condition: list[LmsCondition] | None = where(
        "That last answered in one of these ways.", lambda site, value: site.condition == any_(value)
    )


@orders
class LmsSiteOrder(Enum):
    """How sites are ordered."""

    NAME = order("By name.", lambda site: [site.name])
    NEWEST = order("The latest connected first.", lambda site: [site.connected_at.desc()])


@inputs
class SecretValueInput:
    """One value of a credential, by its name. It is stored sealed, sent to the site alone, and never shown again."""

    name: str = strawberry.field(
        description="MOODLE takes `token` and may take `roster_report_id`; KOLIBRI `username`, `password` and may "
        "take `facility_id`."
    )
    value: str = strawberry.field(description="1 to 2000 characters, none of them a control character.")


@inputs
class ConnectLmsSiteInput:
    """A site to connect."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be ACTIVE.")
    name: str = strawberry.field(description="What to call it; at most 200 characters, unique among those connected.")
    system: LmsSystem = strawberry.field(description="Which system it runs.")
    base_url: str | None = strawberry.field(
        default=None, description="Its https address, on a public host; none where work is done by hand."
    )
    secret: list[SecretValueInput] = strawberry.field(
        default_factory=list, description="Its credential; none where work is done by hand."
    )


@payload
class ConnectLmsSitePayload(Payload):
    """What was connected."""

    site: LmsSite | None = result("The site; null when refused.")


@inputs
class ChangeLmsConnectionInput:
    """What changes of a connection; what is not given stays."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    name: str | None = strawberry.field(default=None, description="What to call it.")
    base_url: str | None = strawberry.field(
        default=None, description="Where it is now. Another address takes its credential along."
    )
    secret: list[SecretValueInput] | None = strawberry.field(
        default=None, description="The credential for the address, whole."
    )


@payload
class ChangeLmsConnectionPayload(Payload):
    """What was changed."""

    site: LmsSite | None = result("The site; null when refused.")


@inputs
class ReplaceLmsCredentialInput:
    """Another credential for a site."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    secret: list[SecretValueInput] = strawberry.field(description="The credential, whole.")


@payload
class ReplaceLmsCredentialPayload(Payload):
    """Whose credential was replaced."""

    site: LmsSite | None = result("The site; null when refused.")


@inputs
class ConfigureLmsSiteInput:
    """How careful work on a site is; what is not given stays.

    Only an OWNER of the association raises a threshold, or takes a member's protection away.
    """

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    removal_threshold_percent: Percent | None = strawberry.field(
        default=None, description="From 0.00 to 100.00, in percent of those a plan is about."
    )
    removal_threshold_rows: int | None = strawberry.field(default=None, description="From 0 to 1000000 rows.")
    protected_member_numbers: list[str] | None = strawberry.field(
        default=None, description="All who are never touched, at most 1000 member numbers."
    )


@payload
class ConfigureLmsSitePayload(Payload):
    """What was configured."""

    site: LmsSite | None = result("The site; null when refused.")


@inputs
class DisconnectLmsSiteInput:
    """A site to let go."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class DisconnectLmsSitePayload(Payload):
    """What was let go."""

    site: LmsSite | None = result("The site; null when refused.")
