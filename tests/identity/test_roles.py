from __future__ import annotations

from enum import Enum
from itertools import product

import pytest

from api.schema import grant, member, organization
from core.actor import ANONYMOUS, Actor
from core.errors import Forbidden, Unauthenticated
from services.identity.fitting_roles import FITTING, FOR_PEOPLE_ONLY
from services.identity.roles import MAY, Act, GrantRole, OrganizationKind, Role, require

KINDS = ("ASSOCIATION", "VENDOR", "OPERATOR")

TABLE = """\
manage members, invitations and API keys | ASSOCIATION OWNER | VENDOR OWNER | OPERATOR OWNER
register an organization | OPERATOR OWNER
draft, publish and retire offerings | VENDOR CATALOG_MANAGER OWNER
propose and withdraw a contract | ASSOCIATION OWNER PROCUREMENT
revise a proposed contract | ASSOCIATION OWNER PROCUREMENT | VENDOR OWNER
decline a proposed contract | VENDOR OWNER
sign a contract | ASSOCIATION SIGNATORY | VENDOR SIGNATORY
terminate a contract | ASSOCIATION SIGNATORY | VENDOR SIGNATORY
propose and answer a gainshare | ASSOCIATION SIGNATORY | VENDOR SIGNATORY
grant access to a contract | ASSOCIATION OWNER
revoke access to a contract | ASSOCIATION OWNER | VENDOR OWNER
record an obligation's occurrence | ASSOCIATION ACCEPTOR OWNER PROCUREMENT | VENDOR OWNER | granted DELIVERY_LEAD
record, correct and evidence work | granted DELIVERY DELIVERY_LEAD LMS_ADMINISTRATOR
submit work and withdraw a submission | granted DELIVERY_LEAD
accept, reject or return work | ASSOCIATION ACCEPTOR | granted ACCEPTOR
say yes or no to work out of scope | ASSOCIATION OWNER PROCUREMENT SIGNATORY
reverse an unbilled acceptance | ASSOCIATION ACCEPTOR | granted ACCEPTOR
preview, issue and void invoices | OPERATOR BILLING_ADMIN
enter actual cost | VENDOR FINANCE OWNER | granted DELIVERY_LEAD
question and disallow actual cost | ASSOCIATION FINANCE OWNER PROCUREMENT
issue and void credit notes, debit notes and corrected invoices | OPERATOR BILLING_ADMIN
dispute an invoice | ASSOCIATION FINANCE OWNER
resolve a dispute of an invoice | OPERATOR BILLING_ADMIN
release retainage | ASSOCIATION FINANCE OWNER SIGNATORY
configure taxes, rates of exchange, dunning and tolerances | OPERATOR BILLING_ADMIN
file a tax exemption certificate | ASSOCIATION FINANCE OWNER
pay an invoice | ASSOCIATION FINANCE OWNER
record, refund and reverse payments | OPERATOR BILLING_ADMIN
set up where a vendor is paid | VENDOR FINANCE OWNER
pay a vendor out of money received | OPERATOR BILLING_ADMIN
import bank statements and resolve exceptions | OPERATOR BILLING_ADMIN
close an accounting period | OPERATOR BILLING_ADMIN
connect an LMS and announce its maintenance | ASSOCIATION OWNER | granted DELIVERY_LEAD LMS_ADMINISTRATOR
narrow a grant to a site and to operations | ASSOCIATION OWNER
administer an LMS | granted DELIVERY_LEAD LMS_ADMINISTRATOR
approve removals from an LMS as a second person | ASSOCIATION OWNER | granted DELIVERY_LEAD LMS_ADMINISTRATOR
answer for what a content package fails by | ASSOCIATION ACCEPTOR OWNER | granted ACCEPTOR
sign an accessibility review | ASSOCIATION ACCEPTOR OWNER | granted ACCEPTOR DELIVERY_LEAD LMS_ADMINISTRATOR
approve credit activities and rules, and withdraw them | ASSOCIATION OWNER
award and reissue credits by an approved rule | granted DELIVERY_LEAD LMS_ADMINISTRATOR
revoke credits | ASSOCIATION OWNER
erase what names a learner | ASSOCIATION OWNER
"""


def test_who_may_do_what() -> None:
    lines = []
    for act, rule in MAY.items():
        takes = [f"{kind} {' '.join(sorted(roles))}" for kind in KINDS if (roles := rule.roles_of(kind))]
        granted = [f"granted {' '.join(sorted(rule.grants))}"] if rule.grants else []
        lines.append(" | ".join([act.value, *takes, *granted]))
    printed = "\n".join(lines) + "\n"
    print(printed)
    assert printed == TABLE


def test_every_act_has_its_rule() -> None:
    assert list(MAY) == list(Act)


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_asks_for_a_role_that_nobody_there_can_have(kind: str) -> None:
    asked = {role for rule in MAY.values() for role in rule.roles_of(kind)}
    assert asked <= FITTING[kind]


def test_every_role_exists_somewhere_and_machines_sign_nothing() -> None:
    assert set().union(*FITTING.values()) == set(Role)
    signing = MAY[Act.SIGN_CONTRACT]
    assert (signing.association | signing.vendor | MAY[Act.MANAGE_MEMBERS].vendor) <= FOR_PEOPLE_ONLY


def test_a_role_may_what_the_table_says_and_nothing_else() -> None:
    for act, kind, role in product(Act, KINDS, Role):
        actor = Actor(kind=kind, roles=frozenset({role}))
        if role in MAY[act].roles_of(kind):
            require(actor, act)
        else:
            with pytest.raises(Forbidden, match="takes one of"):
                require(actor, act)


@pytest.mark.parametrize("act", list(Act))
def test_nobody_may_anything(act: Act) -> None:
    with pytest.raises(Unauthenticated):
        require(ANONYMOUS, act)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [(member.Role, Role), (organization.OrganizationKind, OrganizationKind), (grant.GrantRole, GrantRole)],
)
def test_the_schema_names_what_there_is(shown: type[Enum], meant: type[Enum]) -> None:
    assert [each.name for each in shown] == [each.name for each in meant]
