"""The association approves what credit is awarded for, in its name, and takes an approval back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from core.texts import check_length, check_words
from services.contracts.days import today_in
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.lines import require_quantity
from services.delivery.scope import plain
from services.identity.roles import Act
from services.lms_admin.credits.models import CreditActivity
from services.lms_admin.credits.periods import check_day
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

TYPE_CODE = re.compile(r"[A-Z0-9][A-Z0-9._+/-]{0,31}", re.ASCII)
LONGEST: Final = {
    "title": 300,
    "accreditor": 200,
    "provider_number": 100,
    "approval_number": 100,
    "credit_type_name": 200,
    "course_key": 200,
}
MOST_JURISDICTIONS: Final = 100
LONGEST_JURISDICTION: Final = 100
LONGEST_REASON: Final = 2000


class CreditAlreadyApproved(DomainError):
    """The accreditor's approval stands for days that it is approved for already, or the activity has a rule."""


class CreditApprovalWithdrawn(DomainError):
    """The association has withdrawn its approval before."""


class WithdrawalInPast(DomainError):
    """An approval is withdrawn from today on at the earliest: what was earned before stays earned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity as the accreditor approved it; a workshop has no site and no course."""

    title: str
    accreditor: str
    provider_number: str
    approval_number: str
    credit_type_code: str
    credit_type_name: str
    unit: str
    quantity: Decimal
    approved_from: date
    approved_to: date
    jurisdictions: Sequence[str] = ()
    site_id: UUID | None = None
    course_key: str | None = None

    def trimmed(self) -> Activity:
        """The same without blanks around its texts."""
        texts = {name: value.strip() for name in LONGEST if (value := getattr(self, name)) is not None}
        return replace(self, jurisdictions=[each.strip() for each in self.jurisdictions], **texts)


async def approve_credit_activity(
    tx: Transaction, *, actor: Actor, contract_id: UUID, activity: Activity, now: datetime
) -> RowKey:
    """Approve an activity: what is completed on a day of its approval earns credit in the association's name.

    Refuses with NotFound, Forbidden, ContractNotActive, TextBlank, TextTooLong, ListTooLong, InvalidQuantity,
    InvalidInput or CreditAlreadyApproved.
    """
    contract = await contract_for(tx, actor=actor, act=Act.APPROVE_CREDIT, contract_id=contract_id)
    require_active(contract)
    activity = activity.trimmed()
    _refuse_faults(activity)
    if activity.site_id is not None:
        await _require_site(tx, contract_id, activity.site_id)
    key, activity_id = key_of(contract), new_id()
    columns = {name: getattr(activity, name) for name in Activity.__slots__}
    already = CreditAlreadyApproved("this approval is here for some of these days", field="approvalNumber")
    await tx.execute(
        insert(CreditActivity).values(
            **key.columns, id=activity_id, **columns, approved_at=now, **actor.signed("approved_by")
        ),
        refusing={"one_approval_at_a_time": already},
    )
    after = {
        "title": activity.title,
        "approval": f"{activity.accreditor}, {activity.provider_number}, {activity.approval_number}",
        "credit": f"{plain(activity.quantity)} {activity.unit} of {activity.credit_type_code}",
        "approvedFrom": str(activity.approved_from),
        "approvedTo": str(activity.approved_to),
    }
    tx.emit(Event("CREDIT_ACTIVITY_APPROVED", activity_id, contract=key, after=after))
    return RowKey(contract_id, activity_id)


async def withdraw_credit_activity(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    activity_id: UUID,
    withdrawn_from: date | None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Withdraw the approval: what is completed on `withdrawn_from`, today if not said, or later earns nothing.

    Refuses with NotFound, Forbidden, TextBlank, TextTooLong, WithdrawalInPast or CreditApprovalWithdrawn.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.APPROVE_CREDIT, contract_id=contract_id, field="creditActivityId", lock=True
    )
    faults, today = Faults(), today_in(contract.time_zone, now)
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    first = withdrawn_from or today
    if first < today:
        message = f"{first} is over: in {contract.time_zone} it is {today}"
        faults.note(WithdrawalInPast(message, field="withdrawnFrom"))
    faults.refuse()
    this = (col(CreditActivity.contract_id) == contract_id, col(CreditActivity.id) == activity_id)
    withdrawn = await tx.one_or_none(
        update(CreditActivity)
        .where(*this, col(CreditActivity.withdrawn_at).is_(None))
        .values(withdrawn_from=first, withdrawn_at=now, withdraw_reason=reason.strip(), **actor.signed("withdrawn_by"))
        .returning(col(CreditActivity.title))
    )
    if withdrawn is None:
        if await tx.one_or_none(select(col(CreditActivity.id)).where(*this)) is None:
            raise NotFound("there is no such activity", field="creditActivityId")
        raise CreditApprovalWithdrawn("the approval was withdrawn before", field="creditActivityId")
    tx.emit(
        Event(
            "CREDIT_ACTIVITY_WITHDRAWN",
            activity_id,
            contract=key_of(contract),
            after={"title": withdrawn.title, "withdrawnFrom": str(first)},
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, activity_id)


def _refuse_faults(activity: Activity) -> None:
    faults = Faults()
    for name, longest in LONGEST.items():
        faults.text(getattr(activity, name), longest=longest, field=_field(name))
    if not TYPE_CODE.fullmatch(activity.credit_type_code):
        message = "1 to 32 capital letters, digits and . _ + / -, beginning with a letter or digit"
        faults.note(InvalidInput(message, field="creditTypeCode"))
    with faults.noting():
        require_quantity(activity.quantity, field="quantity")
    for name in ("approved_from", "approved_to"):
        faults.note_all(check_day(getattr(activity, name), field=_field(name)))
    if activity.approved_from > activity.approved_to:
        message = f"the approval ends on {activity.approved_to}, before it begins on {activity.approved_from}"
        faults.note(InvalidInput(message, field="approvedTo"))
    faults.note_all(check_length(activity.jurisdictions, most=MOST_JURISDICTIONS, field="jurisdictions"))
    for at, each in enumerate(activity.jurisdictions):
        faults.note_all(check_words(each, longest=LONGEST_JURISDICTION, field=f"jurisdictions.{at}"))
    if (activity.site_id is None) != (activity.course_key is None):
        faults.note(InvalidInput("a course is one of a site: name both, or neither", field="courseKey"))
    faults.refuse()


def _field(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


async def _require_site(tx: Transaction, contract_id: UUID, site_id: UUID) -> None:
    site = select(col(LmsSite.id)).where(col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id)
    if await tx.one_or_none(site) is None:
        raise NotFound("there is no such site", field="siteId")
