"""What can be read of continuing education; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Numeric, and_, case, func, literal_column, select

from services.contracts.reads import concerns
from services.lms_admin.credits.models import Certificate, CreditActivity, CreditEntry
from services.lms_admin.credits.units import CONTACT_HOURS_OF_A_CEU, balance_quantity, balance_unit

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select

    from core.reader import Reader

ACTIVITY = CreditActivity.__table__  # type: ignore[attr-defined]  # SQLModel adds it
CERTIFICATE = Certificate.__table__  # type: ignore[attr-defined]
ENTRY = CreditEntry.__table__  # type: ignore[attr-defined]

OF_A_CERTIFICATE = and_(ENTRY.c.contract_id == CERTIFICATE.c.contract_id, ENTRY.c.certificate_id == CERTIFICATE.c.id)


def credit_activity(reader: Reader, contract_id: UUID, activity_id: UUID) -> Select[Any]:
    """One activity."""
    rows = ACTIVITY.c
    return select(*rows).where(rows.contract_id == contract_id, rows.id == activity_id, concerns(reader, rows))


def credit_entry(reader: Reader, contract_id: UUID, entry_id: UUID) -> Select[Any]:
    """One entry of the ledger."""
    return select(*ENTRY.c).where(ENTRY.c.contract_id == contract_id, ENTRY.c.id == entry_id, concerns(reader, ENTRY.c))


def certificate(reader: Reader, contract_id: UUID, certificate_id: UUID) -> Select[Any]:
    """One certificate."""
    rows = CERTIFICATE.c
    return select(*rows).where(rows.contract_id == contract_id, rows.id == certificate_id, concerns(reader, rows))


def replacement_of(certificate: Any) -> Select[Any]:  # noqa: ANN401  (a row of certificates)
    """The certificate that was given in place of another one."""
    return (
        select(*CERTIFICATE.c)
        .join(ENTRY, OF_A_CERTIFICATE)
        .where(ENTRY.c.contract_id == certificate.contract_id, ENTRY.c.replaces_certificate_id == certificate.id)
    )


def balances(
    reader: Reader, contract_id: UUID, member_number: str, starts_on: date | None, ends_on: date | None
) -> Select[Any]:
    """A learner's credit by type and reporting period: of all periods, or of those that share a day with these days.

    What was awarded and reissued less what was revoked; a CEU counts as ten contact hours, nothing else is converted.
    """
    entries = select(
        ENTRY.c.credit_type_code,
        ENTRY.c.credit_type_name,
        ENTRY.c.period_starts_on,
        ENTRY.c.period_ends_on,
        balance_unit(ENTRY.c).label("unit"),
        balance_quantity(ENTRY.c).label("quantity"),
    ).join(CERTIFICATE, OF_A_CERTIFICATE)
    entries = entries.where(
        CERTIFICATE.c.contract_id == contract_id,
        CERTIFICATE.c.member_number == member_number,
        concerns(reader, CERTIFICATE.c),
    )
    if starts_on is not None and ends_on is not None:
        entries = entries.where(ENTRY.c.period_starts_on <= ends_on, ENTRY.c.period_ends_on >= starts_on)
    each = entries.subquery("each").c
    total = func.sum(each.quantity, type_=Numeric())
    by = (each.period_starts_on, each.period_ends_on, each.credit_type_code, each.unit)
    ceus = case((each.unit != literal_column("'CREDIT'"), total / literal_column(str(CONTACT_HOURS_OF_A_CEU))))
    return select(
        *by, func.max(each.credit_type_name).label("credit_type_name"), total.label("quantity"), ceus.label("ceus")
    ).group_by(*by)


def to_print(number: str) -> Select[Any]:
    """What is printed on the certificate with this number, to whoever sees its learner."""
    return (
        select(
            *CERTIFICATE.c,
            *(ACTIVITY.c[name] for name in ("title", "accreditor", "provider_number", "approval_number")),
            *(ENTRY.c[name] for name in ("credit_type_name", "unit", "quantity", "earned_on", "on_behalf_of")),
            ENTRY.c.recorded_at,
        )
        .join(ENTRY, and_(OF_A_CERTIFICATE, ENTRY.c.kind != "REVOKED"))
        .join(
            ACTIVITY,
            and_(ACTIVITY.c.contract_id == CERTIFICATE.c.contract_id, ACTIVITY.c.id == CERTIFICATE.c.activity_id),
        )
        .where(CERTIFICATE.c.number == number)
    )


SHOWN = "select * from app.certificate_shown($1)"
"""What anybody may know who has a certificate's number."""
