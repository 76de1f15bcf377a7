"""Alerts about the margin, contract to date: a squeeze below the agreed floor, an excess above the ceiling.

The cost is actual cost where it is known and standard cost elsewhere. An alert is raised once and cleared when the
margin is back in its band; one of each kind is open at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Text, Uuid, and_, case, cast, insert, literal_column, null, select, true, update
from sqlmodel import col

from core.events import ContractKey, Event
from core.ids import new_id
from services.billing.open_book.actuals import contract_lines, totals
from services.billing.open_book.models import MarginAlert, MarginAlertCost
from services.billing.open_book.waterfall import gross_margin_percent
from services.contracts.models import Contract, ContractLine

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select

    from core.db import Transaction

AGREED = Contract.__table__.alias("agreed")  # type: ignore[attr-defined]  # SQLModel adds it
"""The contract whose lines are summed: by another name than theirs."""


def alerts_of(contract: Any) -> Select[Any]:  # noqa: ANN401  (a row of any SELECT that has the columns)
    """The alerts of one contract."""
    alerts = MarginAlert.__table__.c  # type: ignore[attr-defined]
    return select(*alerts).where(alerts.contract_id == contract.id)


def figures_of(alert: Any) -> Select[Any]:  # noqa: ANN401  (a row of alerts)
    """What the margin was made of when the alert was raised; no row for whoever does not read cost."""
    cost = MarginAlertCost.__table__.c  # type: ignore[attr-defined]
    return select(*cost, gross_margin_percent(cost.price_minor, cost.cost_minor).label("gross_margin_percent")).where(
        cost.contract_id == alert.contract_id, cost.alert_id == alert.id
    )


async def contracts_to_review(tx: Transaction, *, most: int = 500) -> list[UUID]:
    """The contracts whose open alert is not what their margin says; for the worker's sweep."""
    book = _margins().subquery("book")
    rows = select(book.c.id).where(book.c.kind.is_distinct_from(book.c.open_kind)).order_by(book.c.id).limit(most)
    return [row.id for row in await tx.all(rows)]


async def review_margin(tx: Transaction, *, contract_id: UUID, now: datetime) -> bool:
    """Raise or clear a contract's alert as its margin says; whether anything changed."""
    await tx.execute(select(col(Contract.id)).where(col(Contract.id) == contract_id).with_for_update(key_share=True))
    book = await tx.one_or_none(_margins().where(AGREED.c.id == contract_id))
    if book is None or book.kind == book.open_kind:
        return False
    key = ContractKey(book.id, book.association_id, book.vendor_id)
    cleared = await tx.scalar(
        update(MarginAlert)
        .where(col(MarginAlert.contract_id) == contract_id, col(MarginAlert.cleared_at).is_(None))
        .values(cleared_at=now)
        .returning(col(MarginAlert.id))
    )
    before = {"kind": book.open_kind} if cleared else {}
    if book.kind is None:
        tx.emit(Event("MARGIN_ALERT_CLEARED", object_id=cleared, contract=key, before=before))
        return True
    alert = {**key.columns, "id": new_id()}
    await tx.execute(
        insert(MarginAlert).values(
            **alert,
            kind=book.kind,
            cost_basis=book.cost_basis,
            margin_floor_percent=book.margin_floor_percent,
            margin_ceiling_percent=book.margin_ceiling_percent,
            raised_at=now,
        )
    )
    figures = {"price_minor": book.price_minor, "cost_minor": book.cost_minor, "currency_code": book.currency_code}
    await tx.execute(insert(MarginAlertCost).values(**key.columns, alert_id=alert["id"], **figures))
    after = {"kind": book.kind}
    tx.emit(Event("MARGIN_ALERT_RAISED", object_id=alert["id"], contract=key, before=before, after=after))
    return True


def _margins() -> Select[Any]:
    """Each contract in force with a band: its figures, the alert that they ask for, and the one that is open."""
    lines = contract_lines().where(
        col(ContractLine.contract_id) == literal_column("agreed.id", Uuid()),
        col(ContractLine.revision) == literal_column("agreed.revision", Integer()),
    )
    total = totals(lines).lateral("total")
    margin = gross_margin_percent(total.c.price_minor, total.c.cost_minor)
    kind = case(
        (margin < AGREED.c.margin_floor_percent, literal_column("'SQUEEZE'", Text())),
        (margin > AGREED.c.margin_ceiling_percent, literal_column("'EXCESS'", Text())),
        else_=cast(null(), Text),
    )
    return (
        select(
            AGREED.c.id,
            AGREED.c.association_id,
            AGREED.c.vendor_id,
            AGREED.c.currency_code,
            AGREED.c.margin_floor_percent,
            AGREED.c.margin_ceiling_percent,
            total.c.price_minor,
            total.c.cost_minor,
            total.c.cost_basis,
            kind.label("kind"),
            col(MarginAlert.kind).label("open_kind"),
        )
        .select_from(AGREED)
        .join(total, true())
        .outerjoin(
            MarginAlert, and_(col(MarginAlert.contract_id) == AGREED.c.id, col(MarginAlert.cleared_at).is_(None))
        )
        .where(AGREED.c.status == "ACTIVE", AGREED.c.margin_floor_percent.is_not(None))
    )
