"""The demo's LMS administration: a roster is imported into a Moodle, and each learner becomes a unit on an invoice."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from demo.seats import GUILD

if TYPE_CHECKING:
    from demo.office import Office

ROSTER: Final = Path(__file__).with_name("roster.csv")
LEARNER: Final = "GWI-1004"
"""Whose way is shown, from the changed account to the invoice."""

OFFERING: Final = {
    "title": "Learner account administration",
    "summary": "Accounts and enrolments of an association's LMS kept in step with its roster, each change proven.",
    "category": "LMS_ADMINISTRATION",
    "deliveryCountries": ["US"],
    "languages": ["en"],
    "timeZone": "America/Chicago",
    "deepestDisclosureTier": "OPEN_BOOK",
    "scope": {"deliverables": ["Each roster imported within a working day"]},
    "rateCard": [
        {
            "key": "learner",
            "title": "Learner account changed",
            "officeType": "BACK_OFFICE",
            "unit": "LEARNER",
            "unitCost": {"amount": "0.85", "currencyCode": "USD"},
            "unitPrice": {"amount": "1.20", "currencyCode": "USD"},
        }
    ],
}

PLAN: Final = """query($id: ID!) { lmsPlan(id: $id) { status planHash createCount updateCount noopCount conflictCount
  needsSecondPerson refusalMessage faultCount } }"""
JOB: Final = """query($id: ID!) { lmsJob(id: $id) { status appliedCount alreadySoCount rejectedCount unknownCount
  staleCount skippedCount metering workRecords { id quantity inScope } } }"""


@dataclass(frozen=True)
class Lms:
    """A Moodle that the demo may fill: a double of its own, or one that the environment names."""

    url: str
    token: str
    is_double: bool


@dataclass(frozen=True)
class Administered:
    """What was done, by its ids and numbers."""

    contract_id: str
    invoice_id: str
    plan: dict[str, Any]
    job: dict[str, Any]
    plan_again: dict[str, Any]
    again: dict[str, Any]


def administer(office: Office, lms: Lms) -> Administered:
    """Contract learner administration, import the roster twice, accept what was done and bill it.

    Refused with Hindrance, one line that says who was refused what.
    """
    contract = _contracted(office)
    site = office.do(
        "association.owner",
        "connectLmsSite",
        "site { id }",
        {
            "contractId": contract,
            "name": "Guild academy",
            "system": "MOODLE",
            "baseUrl": lms.url,
            "secret": [{"name": "token", "value": lms.token}],
        },
    )["site"]["id"]
    plan, job = _imported(office, site)
    plan_again, again = _imported(office, site)
    return Administered(contract, _billed(office, contract, job), plan, job, plan_again, again)


def _contracted(office: Office) -> str:
    offering = office.do("vendor.catalog", "createOffering", "offering { id }", OFFERING)["offering"]["id"]
    office.do("vendor.catalog", "publishOffering", "offering { id }", {"offeringId": offering})
    year = datetime.now(ZoneInfo(GUILD.time_zone)).year
    line = {"key": "learners", "title": "Learner accounts", "kind": "UNIT", "rateCardKey": "learner"}
    proposal = {
        "offeringId": offering,
        "title": "Learner account administration",
        "startsOn": f"{year}-01-01",
        "endsOn": f"{year}-12-31",
        "currencyCode": "USD",
        "paymentTermsDays": 30,
        "disclosureTier": "OPEN_BOOK",
        "lines": [{**line, "quantity": "5000", "quantityBasis": "MAXIMUM"}],
    }
    proposed = office.do("association.buyer", "proposeContract", "contract { id contentHash }", proposal)["contract"]
    signed = {"contractId": proposed["id"], "contentHash": proposed["contentHash"]}
    for signatory in ("vendor.owner", "association.owner"):
        office.do(signatory, "signContract", "contract { id }", signed)
    access = {
        "contractId": proposed["id"],
        "member": {"email": "delivery@lakeside.example"},
        "role": "DELIVERY_LEAD",
    }
    office.do("association.owner", "grantContractAccess", "grant { id }", access)
    return str(proposed["id"])


def _imported(office: Office, site: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Preview the roster, execute the plan, and wait until its job has been done and metered."""
    content = base64.b64encode(ROSTER.read_bytes()).decode()
    previewed = {
        "siteId": site,
        "lineKey": "learners",
        "mode": "DELTA",
        "file": {"name": ROSTER.name, "mediaType": "text/csv", "contentBase64": content},
        "reason": "The roster of this month",
    }
    asked = office.do("vendor.delivery", "previewRosterImport", "plan { id }", previewed)["plan"]["id"]
    plan = office.wait("vendor.delivery", PLAN, lambda data: bool(data["lmsPlan"]["status"] != "PREVIEWING"), id=asked)[
        "lmsPlan"
    ]
    ordered = {"planId": asked, "planHash": plan["planHash"]}
    job = office.do("vendor.delivery", "executeLmsPlan", "job { id }", ordered)["job"]["id"]
    done = office.wait("vendor.delivery", JOB, _is_metered, id=job)["lmsJob"]
    return plan, done | {"id": job}


def _is_metered(data: dict[str, Any]) -> bool:
    return bool(data["lmsJob"]["status"] == "DONE" and data["lmsJob"]["metering"] != "OPEN")


def _billed(office: Office, contract: str, job: dict[str, Any]) -> str:
    records = [record["id"] for record in job["workRecords"]]
    handed_over = {"contractId": contract, "workRecordIds": records}
    submission = office.do("vendor.delivery", "submitWork", "submission { id }", handed_over)["submission"]["id"]
    decisions = [{"workRecordId": each["id"], "acceptedQuantity": each["quantity"]} for each in job["workRecords"]]
    review = {"submissionId": submission, "decisions": decisions}
    office.do("association.acceptor", "reviewSubmission", "submission { id }", review)
    today = datetime.now(ZoneInfo(GUILD.time_zone)).date()
    period = {"startsOn": f"{today.year}-01-01", "endsOn": str(today)}
    invoice = office.do(
        "operator.billing", "issueInvoice", "invoice { id }", {"contractId": contract, "period": period}
    )
    return str(invoice["invoice"]["id"])
