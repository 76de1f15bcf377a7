"""Which role may do what: the one table. `chapterhouse` code asks it through `require`; a test prints it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.errors import Forbidden, Unauthenticated

if TYPE_CHECKING:
    from typing import Final

    from core.actor import Actor


class OrganizationKind(StrEnum):
    """What an organization is in the marketplace."""

    ASSOCIATION = "ASSOCIATION"
    VENDOR = "VENDOR"
    OPERATOR = "OPERATOR"


class Role(StrEnum):
    """What a member is to their organization."""

    OWNER = "OWNER"
    SIGNATORY = "SIGNATORY"
    PROCUREMENT = "PROCUREMENT"
    ACCEPTOR = "ACCEPTOR"
    FINANCE = "FINANCE"
    CATALOG_MANAGER = "CATALOG_MANAGER"
    DELIVERY = "DELIVERY"
    LMS_ADMINISTRATOR = "LMS_ADMINISTRATOR"
    BILLING_ADMIN = "BILLING_ADMIN"
    AUDITOR = "AUDITOR"


class GrantRole(StrEnum):
    """What a member is to one contract, by a grant."""

    DELIVERY_LEAD = "DELIVERY_LEAD"
    DELIVERY = "DELIVERY"
    LMS_ADMINISTRATOR = "LMS_ADMINISTRATOR"
    ACCEPTOR = "ACCEPTOR"
    AUDITOR = "AUDITOR"


class Act(StrEnum):
    """What a member can ask for; each is one rule of the table."""

    MANAGE_MEMBERS = "manage members, invitations and API keys"
    REGISTER_ORGANIZATION = "register an organization"
    EDIT_OFFERING = "draft, publish and retire offerings"
    PROPOSE_CONTRACT = "propose and withdraw a contract"
    REVISE_CONTRACT = "revise a proposed contract"
    DECLINE_CONTRACT = "decline a proposed contract"
    SIGN_CONTRACT = "sign a contract"
    TERMINATE_CONTRACT = "terminate a contract"
    AGREE_GAINSHARE = "propose and answer a gainshare"
    GRANT_ACCESS = "grant access to a contract"
    REVOKE_ACCESS = "revoke access to a contract"
    RECORD_OBLIGATION = "record an obligation's occurrence"
    RECORD_WORK = "record, correct and evidence work"
    SUBMIT_WORK = "submit work and withdraw a submission"
    REVIEW_SUBMISSION = "accept, reject or return work"
    ANSWER_SCOPE = "say yes or no to work out of scope"
    REVERSE_ACCEPTANCE = "reverse an unbilled acceptance"
    ISSUE_INVOICE = "preview, issue and void invoices"
    ENTER_COST = "enter actual cost"
    QUESTION_COST = "question and disallow actual cost"
    ADJUST_INVOICE = "issue and void credit notes, debit notes and corrected invoices"
    DISPUTE_INVOICE = "dispute an invoice"
    RESOLVE_DISPUTE = "resolve a dispute of an invoice"
    RELEASE_RETAINAGE = "release retainage"
    CONFIGURE_BILLING = "configure taxes, rates of exchange, dunning and tolerances"
    FILE_EXEMPTION = "file a tax exemption certificate"
    PAY_INVOICE = "pay an invoice"
    RECORD_PAYMENT = "record, refund and reverse payments"
    ONBOARD_PAYEE = "set up where a vendor is paid"
    RELEASE_SETTLEMENT = "pay a vendor out of money received"
    RECONCILE = "import bank statements and resolve exceptions"
    CLOSE_PERIOD = "close an accounting period"
    CONNECT_LMS = "connect an LMS and announce its maintenance"
    NARROW_GRANT = "narrow a grant to a site and to operations"
    ADMINISTER_LMS = "administer an LMS"
    APPROVE_LMS_PLAN = "approve removals from an LMS as a second person"
    WAIVE_PACKAGE_RULE = "answer for what a content package fails by"
    SIGN_ACCESSIBILITY_REVIEW = "sign an accessibility review"
    APPROVE_CREDIT = "approve credit activities and rules, and withdraw them"
    AWARD_CREDIT = "award and reissue credits by an approved rule"
    REVOKE_CREDIT = "revoke credits"
    ERASE_LEARNER = "erase what names a learner"


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles of each kind of organization that may act; `grants` are roles on the contract itself."""

    association: frozenset[Role] = frozenset()
    vendor: frozenset[Role] = frozenset()
    operator: frozenset[Role] = frozenset()
    grants: frozenset[GrantRole] = frozenset()

    def roles_of(self, kind: str) -> frozenset[Role]:
        """Return the roles that may act in an organization of this kind."""
        return {"ASSOCIATION": self.association, "VENDOR": self.vendor, "OPERATOR": self.operator}.get(
            kind, frozenset()
        )


def _any(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_OWNER = _any(Role.OWNER)
_BILLING = Rule(operator=_any(Role.BILLING_ADMIN))

MAY: Final[dict[Act, Rule]] = {
    Act.MANAGE_MEMBERS: Rule(association=_OWNER, vendor=_OWNER, operator=_OWNER),
    Act.REGISTER_ORGANIZATION: Rule(operator=_OWNER),
    Act.EDIT_OFFERING: Rule(vendor=_any(Role.OWNER, Role.CATALOG_MANAGER)),
    Act.PROPOSE_CONTRACT: Rule(association=_any(Role.OWNER, Role.PROCUREMENT)),
    Act.REVISE_CONTRACT: Rule(association=_any(Role.OWNER, Role.PROCUREMENT), vendor=_OWNER),
    Act.DECLINE_CONTRACT: Rule(vendor=_OWNER),
    Act.SIGN_CONTRACT: Rule(association=_any(Role.SIGNATORY), vendor=_any(Role.SIGNATORY)),
    Act.TERMINATE_CONTRACT: Rule(association=_any(Role.SIGNATORY), vendor=_any(Role.SIGNATORY)),
    Act.AGREE_GAINSHARE: Rule(association=_any(Role.SIGNATORY), vendor=_any(Role.SIGNATORY)),
    Act.GRANT_ACCESS: Rule(association=_OWNER),
    Act.REVOKE_ACCESS: Rule(association=_OWNER, vendor=_OWNER),
    Act.RECORD_OBLIGATION: Rule(
        association=_any(Role.OWNER, Role.PROCUREMENT, Role.ACCEPTOR),
        vendor=_OWNER,
        grants=frozenset({GrantRole.DELIVERY_LEAD}),
    ),
    Act.RECORD_WORK: Rule(grants=frozenset({GrantRole.DELIVERY_LEAD, GrantRole.DELIVERY, GrantRole.LMS_ADMINISTRATOR})),
    Act.SUBMIT_WORK: Rule(grants=frozenset({GrantRole.DELIVERY_LEAD})),
    Act.REVIEW_SUBMISSION: Rule(
        association=_any(Role.ACCEPTOR),
        grants=frozenset({GrantRole.ACCEPTOR}),
    ),
    Act.ANSWER_SCOPE: Rule(association=_any(Role.OWNER, Role.PROCUREMENT, Role.SIGNATORY)),
    Act.REVERSE_ACCEPTANCE: Rule(
        association=_any(Role.ACCEPTOR),
        grants=frozenset({GrantRole.ACCEPTOR}),
    ),
    Act.ISSUE_INVOICE: _BILLING,
    Act.ENTER_COST: Rule(vendor=_any(Role.OWNER, Role.FINANCE), grants=frozenset({GrantRole.DELIVERY_LEAD})),
    Act.QUESTION_COST: Rule(association=_any(Role.OWNER, Role.FINANCE, Role.PROCUREMENT)),
    Act.ADJUST_INVOICE: _BILLING,
    Act.DISPUTE_INVOICE: Rule(association=_any(Role.OWNER, Role.FINANCE)),
    Act.RESOLVE_DISPUTE: _BILLING,
    Act.RELEASE_RETAINAGE: Rule(association=_any(Role.OWNER, Role.FINANCE, Role.SIGNATORY)),
    Act.CONFIGURE_BILLING: _BILLING,
    Act.FILE_EXEMPTION: Rule(association=_any(Role.OWNER, Role.FINANCE)),
    Act.PAY_INVOICE: Rule(association=_any(Role.OWNER, Role.FINANCE)),
    Act.RECORD_PAYMENT: _BILLING,
    Act.ONBOARD_PAYEE: Rule(vendor=_any(Role.OWNER, Role.FINANCE)),
    Act.RELEASE_SETTLEMENT: _BILLING,
    Act.RECONCILE: _BILLING,
    Act.CLOSE_PERIOD: _BILLING,
    Act.CONNECT_LMS: Rule(association=_OWNER, grants=frozenset({GrantRole.DELIVERY_LEAD, GrantRole.LMS_ADMINISTRATOR})),
    Act.NARROW_GRANT: Rule(association=_OWNER),
    Act.ADMINISTER_LMS: Rule(grants=frozenset({GrantRole.DELIVERY_LEAD, GrantRole.LMS_ADMINISTRATOR})),
    Act.APPROVE_LMS_PLAN: Rule(
        association=_OWNER, grants=frozenset({GrantRole.DELIVERY_LEAD, GrantRole.LMS_ADMINISTRATOR})
    ),
    Act.WAIVE_PACKAGE_RULE: Rule(
        association=_any(Role.OWNER, Role.ACCEPTOR),
        grants=frozenset({GrantRole.ACCEPTOR}),
    ),
    Act.SIGN_ACCESSIBILITY_REVIEW: Rule(
        association=_any(Role.OWNER, Role.ACCEPTOR),
        grants=frozenset({GrantRole.ACCEPTOR, GrantRole.DELIVERY_LEAD, GrantRole.LMS_ADMINISTRATOR}),
    ),
    Act.APPROVE_CREDIT: Rule(association=_OWNER),
    Act.AWARD_CREDIT: Rule(grants=frozenset({GrantRole.DELIVERY_LEAD, GrantRole.LMS_ADMINISTRATOR})),
    Act.REVOKE_CREDIT: Rule(association=_OWNER),
    Act.ERASE_LEARNER: Rule(association=_OWNER),
}


def allows(actor: Actor, act: Act) -> bool:
    """Whether a role in the actor's organization allows the act; a grant may still."""
    return not actor.roles.isdisjoint(MAY[act].roles_of(actor.kind))


def require(actor: Actor, act: Act) -> None:
    """Refuse with Unauthenticated or Forbidden unless a role in the actor's organization allows the act.

    Acts on a contract that a grant may also allow ask `contracts.granting.require_on_contract` instead.
    """
    require_member(actor)
    if not allows(actor, act):
        raise forbidden(act)


def require_member(actor: Actor) -> None:
    """Refuse with Unauthenticated unless a member acts."""
    if actor.kind == "ANONYMOUS":
        message = "sign in first: send a bearer token of a member of an organization here"
        raise Unauthenticated(message)


def forbidden(act: Act) -> Forbidden:
    """Say which roles the act takes."""
    rule = MAY[act]
    kinds = (("association", rule.association), ("vendor", rule.vendor), ("operator", rule.operator))
    takes = [f"{kind} {role}" for kind, roles in kinds for role in sorted(roles)]
    takes += [f"a {role} grant on the contract" for role in sorted(rule.grants)]
    return Forbidden(f"to {act.value} takes one of: {', '.join(takes)}")
