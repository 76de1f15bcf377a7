"""What credit is counted in: CEUs and contact hours are one measure, credits are their accreditor's own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import case, literal_column

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement

CONTACT_HOURS_OF_A_CEU = 10


class CreditUnit(StrEnum):
    """The unit of a quantity of credit."""

    CONTACT_HOUR = "CONTACT_HOUR"
    CEU = "CEU"
    CREDIT = "CREDIT"


def balance_unit(entry: Any) -> ColumnElement[Any]:  # noqa: ANN401  (columns of entries)
    """The unit in which an entry is added up: a CEU counts as contact hours."""
    return case((entry.unit == literal_column("'CEU'"), literal_column("'CONTACT_HOUR'")), else_=entry.unit)


def balance_quantity(entry: Any) -> ColumnElement[Any]:  # noqa: ANN401
    """What an entry adds to a balance, in that unit: a revocation takes away what was awarded."""
    one: ColumnElement[Any] = literal_column("1")
    hours: ColumnElement[Any] = literal_column(str(CONTACT_HOURS_OF_A_CEU))
    sign = case((entry.kind == literal_column("'REVOKED'"), -one), else_=one)
    quantity: ColumnElement[Any] = sign * entry.quantity
    return quantity * case((entry.unit == literal_column("'CEU'"), hours), else_=one)
