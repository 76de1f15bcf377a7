"""Waivers: a member of the association answers, by name and until a day, for what a package fails by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import ListTooLong
from services.contracts.days import today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.packages.checks.rules import OF_THE_ARCHIVE, Rule
from services.lms_admin.packages.found import FIELD, package_for, require_checked
from services.lms_admin.packages.models import PackageFinding, PackageWaiver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000


class NeverWaived(DomainError):
    """What can harm whoever opens the package is mended, and answered for by nobody."""


class NothingToWaive(DomainError):
    """The package does not fail by this rule."""


async def waive_package_rules(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    package_id: UUID,
    rules: Sequence[str],
    reason: str,
    ends_on: date,
    now: datetime,
) -> RowKey:
    """Sign that a checked package may be published although it fails by `rules`, through `ends_on`.

    Refuses with NotFound, Forbidden, PackageNotChecked, NeverWaived, NothingToWaive, InvalidInput (no rule, or a day
    that has passed), ListTooLong, TextBlank and TextTooLong.
    """
    contract = await contract_for(tx, actor=actor, act=Act.WAIVE_PACKAGE_RULE, contract_id=contract_id, field=FIELD)
    package = await package_for(tx, contract_id, package_id)
    require_checked(package)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    if ends_on < today_in(contract.time_zone, now):
        faults.note(InvalidInput(f"{ends_on} has passed", field="endsOn"))
    if not rules:
        faults.note(InvalidInput("there must be at least one", field="rules"))
    if len(rules) > len(Rule):
        faults.note(ListTooLong(f"there are {len(rules)}; there are {len(Rule)} rules in all", field="rules"))
    faults.refuse()
    failed = await failed_rules(tx, contract_id, package_id)
    for at, rule in enumerate(rules[: len(Rule)]):
        if rule in OF_THE_ARCHIVE:
            faults.note(NeverWaived(f"{rule} is never waived: mend the package", field=f"rules.{at}"))
        elif rule not in failed:
            faults.note(NothingToWaive(f"the package does not fail by {rule}", field=f"rules.{at}"))
    faults.refuse()
    waiver_id, named = new_id(), sorted(set(rules))
    await tx.execute(
        insert(PackageWaiver).values(
            **key_of(contract).columns,
            id=waiver_id,
            package_id=package_id,
            rules=named,
            reason=reason.strip(),
            ends_on=ends_on,
            signed_at=now,
            **actor.signed("signed_by"),
        )
    )
    after = {"rules": named, "endsOn": str(ends_on)}
    tx.emit(Event("PACKAGE_RULES_WAIVED", package_id, contract=key_of(contract), after=after, reason=reason.strip()))
    return RowKey(contract_id, waiver_id)


async def failed_rules(tx: Transaction, contract_id: UUID, package_id: UUID) -> set[str]:
    """Return the rules by which a package fails."""
    found = await tx.all(
        select(col(PackageFinding.rule))
        .where(
            col(PackageFinding.contract_id) == contract_id,
            col(PackageFinding.package_id) == package_id,
            col(PackageFinding.severity) == "FAIL",
        )
        .distinct()
    )
    return {row.rule for row in found}


async def waived_rules(tx: Transaction, contract_id: UUID, package_id: UUID, *, on: date) -> set[str]:
    """Return the rules that a waiver in force names; those of the archive never are."""
    found = await tx.all(
        select(func.unnest(col(PackageWaiver.rules)).label("rule"))
        .where(
            col(PackageWaiver.contract_id) == contract_id,
            col(PackageWaiver.package_id) == package_id,
            col(PackageWaiver.ends_on) >= on,
        )
        .distinct()
    )
    return {row.rule for row in found} - OF_THE_ARCHIVE
