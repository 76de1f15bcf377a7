"""What a billing run is held against: a plain loop over the ORM, an object a record and a commit a contract."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from core.db import Database
from core.ids import new_id
from core.money import extended_minor, round_half_even
from services.billing.invoices.models import Invoice, InvoiceLine, InvoiceLineCost, InvoiceSource
from services.contracts.models import Contract, ContractLine, ContractLineCost
from services.delivery.models import Decision

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


async def bill_one_by_one(batch_url: str, vendor_id: UUID, starts_on: date, ends_on: date) -> None:
    """Write a draft of each of a vendor's contracts: its lines, their cost and sources; without journal and number."""
    database = Database(batch_url)
    async with AsyncSession(database.engine, expire_on_commit=False) as session:
        contracts = (await session.scalars(select(Contract).where(col(Contract.vendor_id) == vendor_id))).all()
        for contract in contracts:
            await _bill(session, contract, starts_on, ends_on)
            await session.commit()
            session.expunge_all()
    await database.close()


async def _bill(session: AsyncSession, contract: Contract, starts_on: date, ends_on: date) -> None:
    key: dict[str, Any] = {
        "contract_id": contract.id,
        "association_id": contract.association_id,
        "vendor_id": contract.vendor_id,
    }
    lines = {
        line.id: line
        for line in await session.scalars(select(ContractLine).where(col(ContractLine.contract_id) == contract.id))
    }
    costs = {
        cost.line_id: cost
        for cost in await session.scalars(
            select(ContractLineCost).where(col(ContractLineCost.contract_id) == contract.id)
        )
    }
    due = select(Decision).where(
        col(Decision.contract_id) == contract.id,
        col(Decision.performed_to) <= ends_on,
        col(Decision.billed).is_(False),
        col(Decision.reversed_at).is_(None),
    )
    decisions: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in await session.scalars(due.order_by(col(Decision.performed_to))):
        decisions[decision.line_id].append(decision)
    parties: dict[str, Any] = {
        f"{party}_{name}": "US" for party in ("seller", "buyer", "issuer") for name in ("name", "country_code")
    }
    invoice = Invoice(
        **key, **parties, id=new_id(), status="DRAFT", period_starts_on=starts_on, period_ends_on=ends_on,
        currency_code=contract.currency_code, subtotal_minor=1, tax_total_minor=0, amount_due_minor=0,
        platform_fee_percent=contract.platform_fee_percent,
    )  # fmt: skip
    session.add(invoice)
    await session.flush()
    subtotal = 0
    for position, (line_id, accepted) in enumerate(decisions.items(), start=1):
        line = lines[line_id]
        quantity = sum((decision.accepted_quantity for decision in accepted), Decimal(0))
        assert line.unit_price is not None, "what is billed has a price"
        amount = extended_minor(quantity, line.unit_price, contract.currency_code)
        subtotal += amount
        billed = InvoiceLine(
            **key, id=new_id(), invoice_id=invoice.id, contract_line_id=line_id, position=position,
            description=line.title, unit=line.unit or "", currency_code=contract.currency_code, quantity=quantity,
            late_quantity=Decimal(0), unit_price=line.unit_price, rate_card_key=line.rate_card_key or "",
            rate_version=line.rate_version or 1, amount_minor=amount,
        )  # fmt: skip
        session.add(billed)
        await session.flush()
        session.add(
            InvoiceLineCost(
                **key,
                invoice_line_id=billed.id,
                invoice_id=invoice.id,
                cost_basis="STANDARD",
                cost_minor=extended_minor(quantity, costs[line_id].unit_cost, contract.currency_code),
                platform_fee_minor=int(round_half_even(amount * contract.platform_fee_percent / 100)),
            )
        )
        for decision in accepted:
            decision.billed = True
            session.add(
                InvoiceSource(
                    **key,
                    id=new_id(),
                    invoice_id=invoice.id,
                    invoice_line_id=billed.id,
                    contract_line_id=line_id,
                    kind="ACCEPTANCE",
                    decision_id=decision.id,
                    quantity=decision.accepted_quantity,
                    late=False,
                )
            )
        line.billed_quantity += quantity
        line.billed_minor += amount
    invoice.subtotal_minor = subtotal
    await session.flush()
