"""What can be read of acts: the trace, from a learner to what was done for them, and from work to whom it was for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from services.contracts.reads import concerns
from services.lms_admin.acts.models import LmsAct, LmsActSubject, LmsMeteredItem

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader

_ACT = LmsAct.__table__.c  # type: ignore[attr-defined]
_METERED = LmsMeteredItem.__table__.c  # type: ignore[attr-defined]


def about(reader: Reader, contract_id: UUID, member_number: str) -> Select[Any]:
    """What was done about a member under a contract; nothing for whoever may not see learners."""
    subject = LmsActSubject.__table__.c  # type: ignore[attr-defined]
    return (
        select(*_ACT)
        .join_from(
            subject.act_id.table,
            _ACT.id.table,
            and_(_ACT.contract_id == subject.contract_id, _ACT.id == subject.act_id),
        )
        .where(subject.contract_id == contract_id, subject.member_number == member_number, concerns(reader, subject))
    )


def proving(contract_id: Any, records: Select[Any]) -> Select[Any]:  # noqa: ANN401  (a column of a row)
    """The acts that prove work records, named by their ids: all that was tried about each item that they count."""
    same = and_(_ACT.contract_id == _METERED.contract_id, _ACT.item_id == _METERED.item_id)
    return (
        select(*_ACT)
        .join_from(_METERED.item_id.table, _ACT.id.table, same)
        .where(_METERED.contract_id == contract_id, _METERED.work_record_id.in_(records))
    )


def proving_one(record: Any) -> Select[Any]:  # noqa: ANN401  (a row of work records)
    """The acts that prove a work record."""
    same = and_(_ACT.contract_id == _METERED.contract_id, _ACT.item_id == _METERED.item_id)
    return (
        select(*_ACT)
        .join_from(_METERED.item_id.table, _ACT.id.table, same)
        .where(_METERED.contract_id == record.contract_id, _METERED.work_record_id == record.id)
    )
