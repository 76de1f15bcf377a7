"""Access to one contract for one member, from a day to a day; gone the moment it is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.days import begins_at, day_after, today_in
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractGrant
from services.identity.roles import Act, GrantRole

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row, RowMapping

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract

DELIVERS: Final = frozenset({GrantRole.DELIVERY_LEAD, GrantRole.DELIVERY, GrantRole.LMS_ADMINISTRATOR})
"""Roles of the party that delivers; ACCEPTOR is one of the party that accepts, AUDITOR one of either."""


class MemberNotFound(DomainError):
    """Neither party has such a member; a person of another organization and nobody at all answer the same."""


class RoleDoesNotFit(DomainError):
    """The role is one of the other party's: vendors deliver, associations accept."""


class GrantOutsideContract(DomainError):
    """The grant would begin before today, end before it begins, or outlast the contract."""


class AlreadyGranted(DomainError):
    """The member has this role on the contract in those days already."""


class AlreadyRevoked(DomainError):
    """The grant was revoked before, or ended with the contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grantee:
    """Who gets access: a member of one of the parties, by e-mail address or by id, one of the two."""

    email: str | None = None
    member_id: UUID | None = None


async def grant_contract_access(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    grantee: Grantee,
    role: str,
    starts_on: date | None,
    ends_on: date | None,
    now: datetime,
) -> RowKey:
    """Grant a role on an active contract, from today and to the contract's end unless said otherwise.

    Refuses with NotFound, Forbidden, ContractNotActive, MemberNotFound, RoleDoesNotFit, GrantOutsideContract or
    AlreadyGranted.
    """
    contract = await contract_for(tx, actor=actor, act=Act.GRANT_ACCESS, contract_id=contract_id, lock=True)
    require_active(contract)
    member = await _member_of_a_party(tx, contract_id, grantee)
    if (role in DELIVERS and member["organization_id"] != contract.vendor_id) or (
        role == GrantRole.ACCEPTOR and member["organization_id"] != contract.association_id
    ):
        raise RoleDoesNotFit(f"{member['organization_name']} takes no {role} here", field="role")
    first, last = _days(contract, starts_on, ends_on, now)
    key, grant_id = key_of(contract), new_id()
    await tx.execute(
        insert(ContractGrant).values(
            **key.columns,
            id=grant_id,
            **member,
            role=role,
            starts_on=first,
            ends_on=last,
            effective=Range(begins_at(first, contract.time_zone), begins_at(day_after(last), contract.time_zone)),
            granted_at=now,
            **actor.signed("granted_by"),
        ),
        refusing={
            "one_grant_at_a_time": AlreadyGranted(f"{member['name']} is {role} in those days already", field="member")
        },
    )
    tx.emit(
        Event(
            "CONTRACT_ACCESS_GRANTED",
            grant_id,
            contract=key,
            after={"member": member["email"], "role": role, "starts_on": str(first), "ends_on": str(last)},
        )
    )
    return RowKey(contract_id, grant_id)


async def revoke_contract_access(
    tx: Transaction, *, actor: Actor, contract_id: UUID, grant_id: UUID, reason: str | None, now: datetime
) -> RowKey:
    """Take a grant away at once, as an OWNER of either party; refuses with NotFound, Forbidden or AlreadyRevoked."""
    contract = await contract_for(tx, actor=actor, act=Act.REVOKE_ACCESS, contract_id=contract_id, field="grantId")
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    faults.refuse()
    this = (col(ContractGrant.contract_id) == contract_id, col(ContractGrant.id) == grant_id)
    revoked = await tx.one_or_none(
        update(ContractGrant)
        .where(*this, col(ContractGrant.revoked_at).is_(None), func.upper(col(ContractGrant.effective)) > now)
        .values(revoked_at=now, revoke_reason=reason)
        .returning(col(ContractGrant.email), col(ContractGrant.role))
    )
    if revoked is None:
        if await tx.one_or_none(select(col(ContractGrant.id)).where(*this)) is None:
            raise NotFound("there is no such grant", field="grantId")
        raise AlreadyRevoked("the grant is no longer in force", field="grantId")
    tx.emit(
        Event(
            "CONTRACT_ACCESS_REVOKED",
            grant_id,
            contract=key_of(contract),
            before={"member": revoked.email, "role": revoked.role},
            reason=reason,
        )
    )
    return RowKey(contract_id, grant_id)


async def _member_of_a_party(tx: Transaction, contract_id: UUID, grantee: Grantee) -> RowMapping:
    if (grantee.email is None) == (grantee.member_id is None):
        raise InvalidInput("say who by email or by memberId, one of the two", field="member")
    found = func.app.find_party_member(contract_id, grantee.email, grantee.member_id).table_valued(
        "member_id", "name", "email", "organization_id", "organization_name"
    )
    member = (await tx.execute(select(found))).mappings().one_or_none()
    if member is None:
        raise MemberNotFound("neither party of this contract has such a member", field="member")
    return member


def _days(
    contract: Row[tuple[Contract]], starts_on: date | None, ends_on: date | None, now: datetime
) -> tuple[date, date]:
    today = today_in(contract.time_zone, now)
    first, last = starts_on or today, ends_on or contract.ends_on
    if first < today:
        raise GrantOutsideContract(f"access begins today, {today}, at the earliest", field="startsOn")
    if last > contract.ends_on:
        raise GrantOutsideContract(f"access ends with the contract, on {contract.ends_on}", field="endsOn")
    if first > last:
        raise GrantOutsideContract(f"access from {first} would end before, on {last}", field="endsOn")
    return first, last
