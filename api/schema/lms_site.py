"""Sites: connections to an association's learning management system."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_, case, func

from api.reading import (
    Connection,
    Id,
    Node,
    Payload,
    Percent,
    column,
    connection,
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
from api.schema.lms_act import LmsActFilter, LmsActOrder
from api.schema.lms_completion import LmsCompletionFilter, LmsCompletionOrder
from api.schema.lms_drift import LmsDriftFindingFilter, LmsDriftFindingOrder
from api.schema.lms_health import (
    LmsMaintenanceFilter,
    LmsMaintenanceOrder,
    LmsProbeFilter,
    LmsProbeOrder,
    LmsUptime,
)
from api.schema.lms_job import LmsJobFilter, LmsJobOrder
from api.schema.lms_plan import LmsPlanFilter, LmsPlanOrder
from api.schema.lms_words import LmsCapability, LmsCondition, LmsSiteStatus, LmsSystem
from api.schema.person import Person, person
from services.lms_admin.sites import models as rows
from services.lms_admin.sites import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.lms_act import LmsAct
    from api.schema.lms_completion import LmsCompletion, LmsCompletionReading
    from api.schema.lms_drift import LmsDriftFinding, LmsDriftReading
    from api.schema.lms_health import LmsMaintenance, LmsProbe
    from api.schema.lms_job import LmsJob
    from api.schema.lms_plan import LmsPlan


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
    uptime: LmsUptime = one(
        "For how much of the last 30 days it was there.",
        rows=lambda site: reads.uptime(site, func.now() - timedelta(days=30), func.now()),
    )
    probes: Connection[LmsProbe] = connection(
        "How it answered when it was asked, every five minutes; kept for 400 days.",
        lambda site, probe: and_(probe.contract_id == site.contract_id, probe.site_id == site.id),
        filter=LmsProbeFilter,
        order=LmsProbeOrder,
    )
    maintenances: Connection[LmsMaintenance] = connection(
        "Maintenance that was announced.",
        lambda site, planned: and_(planned.contract_id == site.contract_id, planned.site_id == site.id),
        filter=LmsMaintenanceFilter,
        order=LmsMaintenanceOrder,
    )
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
    completions: Connection[LmsCompletion] = connection(
        "How far learners are in its courses, to those who may see learners.",
        lambda site, completion: and_(completion.contract_id == site.contract_id, completion.site_id == site.id),
        filter=LmsCompletionFilter,
        order=LmsCompletionOrder,
    )
    completion_readings: Connection[LmsCompletionReading] = connection(
        "When its completions were read, the latest asked for first.",
        lambda site, reading: and_(reading.contract_id == site.contract_id, reading.site_id == site.id),
        order=lambda reading: [reading.requested_at.desc()],
    )
    drift_readings: Connection[LmsDriftReading] = connection(
        "When it was compared with its roster, the latest asked for first.",
        lambda site, reading: and_(reading.contract_id == site.contract_id, reading.site_id == site.id),
        order=lambda reading: [reading.requested_at.desc()],
    )
    drift_findings: Connection[LmsDriftFinding] = connection(
        "Where it differs from its roster, or did, to those who may see learners.",
        lambda site, finding: and_(finding.contract_id == site.contract_id, finding.site_id == site.id),
        filter=LmsDriftFindingFilter,
        order=LmsDriftFindingOrder,
    )
    lms_jobs: Connection[LmsJob] = connection(
        "Plans that were executed on it.",
        lambda site, job: and_(job.contract_id == site.contract_id, job.site_id == site.id),
        filter=LmsJobFilter,
        order=LmsJobOrder,
    )
    lms_acts: Connection[LmsAct] = connection(
        "What was done on it.",
        lambda site, act: and_(act.contract_id == site.contract_id, act.site_id == site.id),
        filter=LmsActFilter,
        order=LmsActOrder,
    )
    lms_plans: Connection[LmsPlan] = connection(
        "What operations on it would do, or did.",
        lambda site, plan: and_(plan.contract_id == site.contract_id, plan.site_id == site.id),
        filter=LmsPlanFilter,
        order=LmsPlanOrder,
    )


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
