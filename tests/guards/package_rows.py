"""A package of the world's contract that was checked, scanned, waived and reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, new_id
from services.lms_admin.packages.reviewing import Criterion
from tests.lms_admin.packages.making import scorm_12

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

FINDING = """insert into package_finding (contract_id, association_id, vendor_id, id, package_id, position, rule,
    severity, can_be_waived, message, file)
select contract_id, association_id, vendor_id, $2, id, 1, 'NO_LAUNCHABLE_ITEM', 'FAIL', true, 'nothing opens', 'a.xml'
from content_package where id = $1"""
BARRIER = """insert into accessibility_finding (contract_id, association_id, vendor_id, id, package_id, position,
    certain, rule, message, file, element_count)
select contract_id, association_id, vendor_id, $2, id, $3, $3 = 1, 'image-alt', 'images have text', 'index.html', 1
from content_package where id = $1"""
CHECKED = """update content_package set status = 'CHECKED', verdict = 'FAIL', checked_at = now(), launch_checked = true,
    accessibility_scanned = true where id = $1"""


async def add_packages(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The lead submits it, the worker's findings are written down, the association answers for them."""
    contract = world.names["contract"]
    lead = dict(world.onlookers["vendor.delivery"].headers) | {"content-type": "application/zip"}
    params = {"contractId": contract, "name": "course.zip"}
    uploaded = await world.client.post("/evidence", params=params, content=scorm_12().bytes(), headers=lead)
    lines = await world.ask(
        "vendor.delivery", "query($id: ID!) { contract(id: $id) { lines { id } } }", {"id": contract}
    )
    package = {
        "contractId": contract,
        "siteId": world.names["site"],
        "lineId": lines["data"]["contract"]["lines"][0]["id"],
        "evidenceId": uploaded.json()["id"],
        "title": "Safety",
        "courseKey": "safety-1",
    }
    submitted = await world.do("vendor.delivery", "submitPackage", "package { id }", package)
    public_id = world.names["package"] = submitted["package"]["id"]
    package_id = decode("pkg", public_id, parts=2)[1]
    await batch.execute(CHECKED, package_id)
    await batch.execute(FINDING, package_id, new_id())
    for position in (1, 2):
        await batch.execute(BARRIER, package_id, new_id(), position)
    waiver = {
        "packageId": public_id,
        "rules": ["NO_LAUNCHABLE_ITEM"],
        "reason": "It is a reader.",
        "endsOn": "2099-12-31",
    }
    await world.do("association.acceptor", "waivePackageRules", "waiver { id }", waiver)
    publish = {"packageId": public_id}
    await world.do("vendor.delivery", "previewPublishing", "plan { id }", publish)
    answers = [{"criterion": criterion, "answer": "SUPPORTS"} for criterion in Criterion]
    review = {"packageId": public_id, "answers": answers}
    await world.do("vendor.delivery", "signAccessibilityReview", "review { id }", review)
