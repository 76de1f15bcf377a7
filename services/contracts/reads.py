"""The contracts that a reader may see, as SELECTs that name the tenant themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal_column, or_, select, true
from sqlmodel import col

from core.audit import AuditEvent
from services.contracts.models import (
    Contract,
    ContractGrant,
    ContractLineCost,
    ContractLinePricing,
    ContractRevision,
)

if TYPE_CHECKING:
    from typing import Final
    from uuid import UUID

    from core.reader import Reader

SEE_ALL_OF_THEIR_OWN: Final = {
    "ASSOCIATION": ("OWNER", "SIGNATORY", "PROCUREMENT", "ACCEPTOR", "FINANCE", "AUDITOR"),
    "VENDOR": ("OWNER", "SIGNATORY"),
}
"""Roles whose members see every contract of their organization; others see what they are granted. So says
`app.is_party` too, which guards the rows themselves."""

UNPRICED: Final[tuple[ColumnElement[str], ...]] = tuple(
    literal_column(f"'{kind}'") for kind in ("OBLIGATION", "MINIMUM_COMMITMENT")
)
"""Kinds of lines that have no price of their own, and on which nothing is delivered."""

COLUMNS: Final = tuple(Contract.__table__.c)  # type: ignore[attr-defined]


def concerns(reader: Reader, row: Any) -> ColumnElement[bool]:  # noqa: ANN401  (any table of a contract's rows)
    """Whether a contract's row is one of the reader's organization: the tenant predicate of every read of such rows."""
    match reader.kind:
        case "OPERATOR":
            return true()
        case "ASSOCIATION":
            return col(row.association_id) == reader.organization_id
        case "VENDOR":
            return col(row.vendor_id) == reader.organization_id
    return false()


def contract(reader: Reader, contract_id: UUID) -> Select[Any]:
    """One contract of the reader's organization, or any for the operator."""
    return select(*COLUMNS).where(col(Contract.id) == contract_id, concerns(reader, Contract))


def trail(reader: Reader, contract_id: UUID) -> Select[Any]:
    """What was done to one contract and its rows."""
    events = AuditEvent.__table__.c  # type: ignore[attr-defined]
    # Whose the contract is goes with which it is. As a plain condition it would be taken for another choice among its
    # events, of which then so few seem left that they are not worth reading in order.
    theirs = func.coalesce(concerns(reader, events), false())
    return select(*events).where(events.contract_id == contract_id, theirs)


def contracts(reader: Reader) -> Select[Any]:
    """Every contract that the reader sees: all of their organization's by their role, or those they are granted.

    A grant is always to a member of a party, so that the party's index leads either way.
    """
    rows = select(*COLUMNS).where(concerns(reader, Contract))
    if reader.kind not in SEE_ALL_OF_THEIR_OWN:
        return rows
    granted = select(col(ContractGrant.contract_id)).where(
        col(ContractGrant.member_id) == reader.member_id, col(ContractGrant.revoked_at).is_(None)
    )
    return rows.where(or_(func.app.has_role(*SEE_ALL_OF_THEIR_OWN[reader.kind]), col(Contract.id).in_(granted)))


def unit_cost(line: Any) -> ColumnElement[Any]:  # noqa: ANN401  (a row of contract lines)
    """The standard cost of a line; null where its policy hides it."""
    return (
        select(col(ContractLineCost.unit_cost))
        .where(col(ContractLineCost.contract_id) == line.contract_id, col(ContractLineCost.line_id) == line.id)
        .scalar_subquery()
    )


def pricing(line: Any) -> Select[Any]:  # noqa: ANN401  (a row of contract lines)
    """How a line is priced: as was agreed, or as its kind says; no row for an obligation or a commitment."""
    agreed = select(*ContractLinePricing.__table__.c).where(  # type: ignore[attr-defined]
        col(ContractLinePricing.contract_id) == line.contract_id, col(ContractLinePricing.line_id) == line.id
    )
    row = agreed.subquery("agreed")
    one = select(literal_column("1").label("one")).subquery("one")
    periodic = line.kind == "RECURRING"
    without = row.c.line_id.is_(None)
    return (
        select(
            line.contract_id.label("contract_id"),
            line.id.label("line_id"),
            func.coalesce(
                row.c.arrangement, case((line.kind == "MILESTONE", literal_column("'FIXED_PRICE'")), else_=line.kind)
            ).label("arrangement"),
            row.c.tiering,
            row.c.tier_period,
            case((and_(without, periodic), literal_column("'ARREARS'")), else_=row.c.timing).label("timing"),
            case((and_(without, periodic), literal_column("'ANNIVERSARY'")), else_=row.c.period_anchor).label(
                "period_anchor"
            ),
            case((and_(without, periodic), false()), else_=row.c.prorated).label("prorated"),
        )
        .select_from(one.outerjoin(row, true()))
        .where(line.kind.not_in(UNPRICED))
    )


def document(contract: Any) -> ColumnElement[str]:  # noqa: ANN401  (a row of contracts)
    """The document of a contract's current revision."""
    return (
        select(col(ContractRevision.document))
        .where(col(ContractRevision.contract_id) == contract.id, col(ContractRevision.number) == contract.revision)
        .scalar_subquery()
    )
