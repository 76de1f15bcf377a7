"""Who may see which row, said once more and from scratch: the guard holds the application and its policies to this."""

from collections.abc import Callable
from typing import Any

from core.ids import encode
from tests.guards.world import Onlooker

Row = Any
Rule = Callable[[Onlooker, Row], bool]

PARTY_ROLES = {
    "ASSOCIATION": {"OWNER", "SIGNATORY", "PROCUREMENT", "ACCEPTOR", "FINANCE", "AUDITOR"},
    "VENDOR": {"OWNER", "SIGNATORY"},
    "OPERATOR": {"OWNER", "BILLING_ADMIN", "AUDITOR"},
}


def is_party(onlooker: Onlooker, row: Row) -> bool:
    """An association's members with a role, a vendor's owners and signatories, and the operator's staff with one."""
    own = {"ASSOCIATION": row["association_id"], "VENDOR": row["vendor_id"], "OPERATOR": onlooker.organization_id}
    return own.get(onlooker.kind) == onlooker.organization_id and bool(
        onlooker.roles & PARTY_ROLES.get(onlooker.kind, set())
    )


def sees_contract(onlooker: Onlooker, row: Row) -> bool:
    """A party, or whoever holds a grant in force."""
    return is_party(onlooker, row) or encode("con", row.get("contract_id") or row["id"]) in onlooker.granted


def sees_learners(onlooker: Onlooker, row: Row) -> bool:
    """Some roles of the association, the vendor's owners, and who administers the site; the operator never."""
    if onlooker.kind == "ASSOCIATION":
        return onlooker.organization_id == row["association_id"] and bool(
            onlooker.roles & {"OWNER", "ACCEPTOR", "AUDITOR"}
        )
    if onlooker.organization_id != row["vendor_id"]:
        return False
    return "OWNER" in onlooker.roles or encode("con", row["contract_id"]) in onlooker.granted


COST_ROLES = {
    "ASSOCIATION": {"OWNER", "PROCUREMENT", "FINANCE", "SIGNATORY"},
    "VENDOR": {"OWNER", "FINANCE", "CATALOG_MANAGER"},
    "OPERATOR": {"BILLING_ADMIN"},
}


def reads_cost(onlooker: Onlooker, row: Row) -> bool:
    """Of those who see the contract: these roles under an open book, and the vendor's granted DELIVERY_LEAD."""
    if not sees_contract(onlooker, row):
        return False
    leads = onlooker.kind == "VENDOR" and encode("con", row["contract_id"]) in onlooker.granted
    return leads or bool(onlooker.roles & COST_ROLES.get(onlooker.kind, set()))


def sees_evidence(onlooker: Onlooker, row: Row) -> bool:
    """What shows work is seen with the contract, what shows a cost with the cost."""
    return reads_cost(onlooker, row) if row["shows_cost"] else sees_contract(onlooker, row)


def own(*roles: str) -> Rule:
    """The organization's own members, of one of these roles if any is named."""
    return lambda onlooker, row: (
        onlooker.organization_id == row["organization_id"] and (not roles or bool(onlooker.roles & set(roles)))
    )


def sees_organization(onlooker: Onlooker, row: Row) -> bool:
    """Vendors and the operator are public; an association is seen by itself, the operator, its contracts' parties."""
    if row["kind"] != "ASSOCIATION" or onlooker.organization_id == row["id"] or onlooker.kind == "OPERATOR":
        return True
    return any(sees_contract(onlooker, contract) for contract in row["contracts"])


def sees_offering(onlooker: Onlooker, row: Row) -> bool:
    """What was published is public; drafts are the vendor's."""
    return row["published_at"] is not None or onlooker.organization_id == row["vendor_id"]


def sees_invitation(onlooker: Onlooker, row: Row) -> bool:
    """The organization's owners, and the operator's, who invites the first of each."""
    return "OWNER" in onlooker.roles and (
        onlooker.organization_id == row["organization_id"] or onlooker.kind == "OPERATOR"
    )


def sees_grant(onlooker: Onlooker, row: Row) -> bool:
    """The parties, and the grantee."""
    return is_party(onlooker, row) or onlooker.member_id == row["member_id"]


def sees_event(onlooker: Onlooker, row: Row) -> bool:
    """A contract's events are its readers'; an organization's are its owners' and auditors'."""
    if row["contract_id"] is not None:
        return sees_contract(onlooker, row)
    return onlooker.organization_id == row["actor_organization_id"] and bool(onlooker.roles & {"OWNER", "AUDITOR"})


def oversees_billing(onlooker: Onlooker, _: Row) -> bool:
    """The operator's staff with a role that has to do with billing."""
    return onlooker.kind == "OPERATOR" and bool(onlooker.roles & PARTY_ROLES["OPERATOR"])


def bills(onlooker: Onlooker, _: Row) -> bool:
    """The operator's billing desk."""
    return onlooker.kind == "OPERATOR" and "BILLING_ADMIN" in onlooker.roles


def sees_exemption(onlooker: Onlooker, row: Row) -> bool:
    """The association's own, by those who buy and pay, and the operator."""
    own = onlooker.organization_id == row["association_id"]
    buys = own and bool(onlooker.roles & {"OWNER", "FINANCE", "PROCUREMENT", "AUDITOR"})
    return buys or oversees_billing(onlooker, row)


def sees_settlement(onlooker: Onlooker, row: Row) -> bool:
    """The contract's readers but the association: it tells the platform fee."""
    return onlooker.kind != "ASSOCIATION" and sees_contract(onlooker, row)


def of_the_operators_desk(onlooker: Onlooker, _: Row) -> bool:
    """The operator's owners, billing desk and auditors."""
    return onlooker.kind == "OPERATOR" and bool(onlooker.roles & PARTY_ROLES["OPERATOR"])


def sees_payee(onlooker: Onlooker, row: Row) -> bool:
    """The vendor's own owners and finance, and the operator's desk."""
    own_finance = onlooker.organization_id == row["vendor_id"] and bool(onlooker.roles & {"OWNER", "FINANCE"})
    return own_finance or of_the_operators_desk(onlooker, row)


RULES: dict[str, Rule] = {
    "Organization": sees_organization,
    "Member": own(),
    "Invitation": sees_invitation,
    "ApiKey": own("OWNER"),
    "Offering": sees_offering,
    "OfferingVersion": sees_offering,
    "Contract": sees_contract,
    "ContractLine": sees_contract,
    "Signature": sees_contract,
    "ContractGrant": sees_grant,
    "ObligationOccurrence": sees_contract,
    "WorkRecord": sees_contract,
    "ScopeAnswer": sees_contract,
    "Submission": sees_contract,
    "Decision": sees_contract,
    "ActualCost": reads_cost,
    "MarginAlert": reads_cost,
    "CostQuestion": reads_cost,
    "GainshareAgreement": sees_contract,
    "Gainshare": reads_cost,
    "Evidence": sees_evidence,
    "Invoice": sees_contract,
    "BillingRun": bills,
    "BillingRunItem": bills,
    "InvoiceLine": sees_contract,
    "CreditNote": sees_contract,
    "CreditNoteLine": sees_contract,
    "InvoiceDispute": sees_contract,
    "JournalEntry": sees_contract,
    "Payment": sees_contract,
    "Refund": sees_contract,
    "Chargeback": sees_contract,
    "Settlement": sees_settlement,
    "Payout": of_the_operators_desk,
    "BalanceTransaction": of_the_operators_desk,
    "PayeeAccount": sees_payee,
    "PlatformFeeInvoice": sees_payee,
    "TaxRule": oversees_billing,
    "TaxExemption": sees_exemption,
    "ExchangeRate": oversees_billing,
    "DunningNotice": sees_contract,
    "LmsSite": sees_contract,
    "ContentPackage": sees_contract,
    "PackageFinding": sees_contract,
    "PackageWaiver": sees_contract,
    "AccessibilityReview": sees_contract,
    "CreditActivity": sees_contract,
    "CreditRule": sees_contract,
    "CreditEntry": sees_contract,
    "Certificate": sees_learners,
    "LmsProbe": sees_contract,
    "LmsMaintenance": sees_contract,
    "LmsCompletionReading": sees_contract,
    "LmsCompletion": sees_learners,
    "LmsDriftReading": sees_contract,
    "LmsDriftFinding": sees_learners,
    "LmsGrant": sees_contract,
    "LmsPlan": sees_contract,
    "LmsPlanRow": sees_learners,
    "LmsTask": sees_learners,
    "LmsJob": sees_contract,
    "LmsJobItem": sees_learners,
    "LmsAct": sees_contract,
    "AccountingPeriod": oversees_billing,
    "BankStatement": oversees_billing,
    "BankStatementLine": oversees_billing,
    "MatchRun": oversees_billing,
    "MatchVariance": oversees_billing,
    "MatchTolerance": oversees_billing,
    "BillingException": oversees_billing,
    "WriteOff": oversees_billing,
    "AuditEvent": sees_event,
}

READS_COST = {
    "vendor.owner",
    "vendor.delivery",
    "association.owner",
    "association.buyer",
    "association.finance",
    "operator.billing",
}
"""Who reads the cost of the world's contract: open book, signed by the vendor."""
