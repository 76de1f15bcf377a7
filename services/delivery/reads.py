"""What can be read of delivery; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, and_, func, select
from sqlmodel import col

from services.contracts.models import ContractLine, ContractLineCost
from services.contracts.reads import concerns
from services.delivery.models import Evidence, Submission, SubmissionRecord, WorkRecord

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ScalarSelect, Select

    from core.reader import Reader


def work_record(reader: Reader, contract_id: UUID, record_id: UUID) -> Select[Any]:
    """One work record."""
    records = WorkRecord.__table__.c  # type: ignore[attr-defined]
    return select(*records).where(
        records.contract_id == contract_id, records.id == record_id, concerns(reader, records)
    )


def submission(reader: Reader, contract_id: UUID, submission_id: UUID) -> Select[Any]:
    """One submission."""
    submissions = Submission.__table__.c  # type: ignore[attr-defined]
    return select(*submissions).where(
        submissions.contract_id == contract_id, submissions.id == submission_id, concerns(reader, submissions)
    )


def submissions(reader: Reader) -> Select[Any]:
    """Every submission of the reader's contracts: the reviewers' inbox, when filtered by status."""
    rows = Submission.__table__.c  # type: ignore[attr-defined]
    return select(*rows).where(concerns(reader, rows))


def records_of_submission(submission: Any) -> Select[Any]:  # noqa: ANN401  (a row of submissions)
    """The records of a submission, each with its place in it."""
    record, place = WorkRecord.__table__, SubmissionRecord.__table__  # type: ignore[attr-defined]
    same = and_(place.c.contract_id == record.c.contract_id, place.c.work_record_id == record.c.id)
    return (
        select(*record.c, place.c.position)
        .join_from(place, record, same)
        .where(place.c.contract_id == submission.contract_id, place.c.submission_id == submission.id)
    )


def evidence_file(contract_id: UUID, evidence_id: UUID) -> Select[Any]:
    """What is needed to serve a file of evidence."""
    files = Evidence.__table__.c  # type: ignore[attr-defined]
    return select(*files).where(files.contract_id == contract_id, files.id == evidence_id)


def currency_of(record: Any) -> ScalarSelect[str]:  # noqa: ANN401  (a row of work records)
    """The currency of a work record's line."""
    return (
        select(col(ContractLine.currency_code))
        .where(and_(col(ContractLine.contract_id) == record.contract_id, col(ContractLine.id) == record.line_id))
        .scalar_subquery()
    )


def standard_cost_minor(record: Any) -> ScalarSelect[int]:  # noqa: ANN401  (a row of work records)
    """What a work record's quantity costs at its line's standard cost; null to whom the cost's policy hides it."""
    line, cost = ContractLine.__table__, ContractLineCost.__table__  # type: ignore[attr-defined]
    amount = func.app.extended_minor(record.quantity, cost.c.unit_cost, line.c.currency_code, type_=BigInteger())
    return (
        select(amount)
        .join_from(cost, line, and_(line.c.contract_id == cost.c.contract_id, line.c.id == cost.c.line_id))
        .where(cost.c.contract_id == record.contract_id, cost.c.line_id == record.line_id)
        .scalar_subquery()
    )
