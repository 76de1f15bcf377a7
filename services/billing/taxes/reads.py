"""What can be read of taxes and rates; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select, true
from sqlmodel import col

from services.billing.taxes.models import BillingSetting, ExchangeRate, TaxExemption, TaxRegistration, TaxRule

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader


def of_the_operator(reader: Reader) -> ColumnElement[bool]:
    """What the operator alone reads; which of its members, its policies say."""
    if reader.kind == "OPERATOR":
        return true()
    # told when it is read, and not when it is planned: an order that nobody needs would be planned as a sort
    return func.app.organization_kind() == literal_column("'OPERATOR'")


def tax_rules(reader: Reader) -> Select[Any]:
    """Every rule, also those that have ended."""
    return select(*TaxRule.__table__.c).where(of_the_operator(reader))  # type: ignore[attr-defined]  # SQLModel adds it


def exchange_rates(reader: Reader) -> Select[Any]:
    """Every rate, also those that were withdrawn."""
    return select(*ExchangeRate.__table__.c).where(of_the_operator(reader))  # type: ignore[attr-defined]


def billing_setting(reader: Reader) -> Select[Any]:
    """What the operator set for all of billing."""
    return select(*BillingSetting.__table__.c).where(of_the_operator(reader))  # type: ignore[attr-defined]


def tax_exemptions(reader: Reader) -> Select[Any]:
    """The certificates of the reader's association, or all for the operator."""
    rows = select(*TaxExemption.__table__.c)  # type: ignore[attr-defined]
    if reader.kind == "ASSOCIATION":
        return rows.where(col(TaxExemption.association_id) == reader.organization_id)
    return rows.where(of_the_operator(reader))


def tax_registration(organization: Any, reader: Reader) -> Select[Any]:  # noqa: ANN401  (a row of organizations)
    """Where an organization is registered for tax, for itself and for the operator."""
    own = organization.id == reader.organization_id
    return select(*TaxRegistration.__table__.c).where(  # type: ignore[attr-defined]
        col(TaxRegistration.organization_id) == organization.id, own if reader.kind != "OPERATOR" else true()
    )
