"""What the people of a market do with money, and what is left of it afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from core.actor import Actor
from core.db import Transaction
from core.ids import RowKey
from services.billing.payments.reclaiming import reverse_settlement
from services.billing.payments.recording import Means, Seen, record_payment, reverse_payment
from services.billing.payments.refunding import Back, refund_payment
from services.billing.payments.releasing import Release, release_settlement
from tests.billing.market import ADMIN, NOW, Agreement, Market

Result = TypeVar("Result")
ARRIVED = date(2026, 6, 12)


class Till:
    """An agreement with one invoice of 520.00: platform fee 15.60, vendor proceeds 504.40."""

    def __init__(self, agreement: Agreement, invoice_id: UUID) -> None:
        self.agreement = agreement
        self.invoice_id = invoice_id
        self.market = agreement.market

    async def act(
        self, work: Callable[[Transaction, Actor], Awaitable[Result]], by: Actor | None = None, now: datetime = NOW
    ) -> Result:
        """Run a service function as somebody, by default the operator's billing desk."""
        actor = by or self.market.billing_admin
        return await self.market.database.write(actor, lambda tx: work(tx, actor), now=now, request_id="test")

    async def record(self, amount: str, *, reference: str = "TRX-1", by: Actor | None = None, **seen: Any) -> UUID:  # noqa: ANN401
        """Record a bank transfer of dollars; returns the payment's id."""
        told = Seen(
            Decimal(amount), seen.pop("currency", "USD"), Means.BANK_TRANSFER, seen.pop("on", ARRIVED), reference
        )
        key: RowKey = await self.act(
            lambda tx, actor: record_payment(
                tx, actor=actor, contract_id=self.agreement.id, invoice_id=seen.pop("invoice", self.invoice_id),
                seen=told, reason=seen.pop("reason", "Seen on the account"), now=NOW,
            ),
            by,
        )  # fmt: skip
        return key.id

    async def reverse(self, payment_id: UUID, *, by: Actor | None = None) -> UUID:
        """Take a recorded payment back."""
        key = await self.act(
            lambda tx, actor: reverse_payment(
                tx, actor=actor, contract_id=self.agreement.id, payment_id=payment_id, reason="Another's", now=NOW
            ),
            by,
        )
        return key.id

    async def refund(
        self,
        payment_id: UUID,
        amount: str,
        *,
        reference: str | None = "OUT-1",
        by: Actor | None = None,
        currency: str = "USD",
    ) -> UUID:
        """Give some of a payment back."""
        key = await self.act(
            lambda tx, actor: refund_payment(
                tx, actor=actor, contract_id=self.agreement.id, payment_id=payment_id,
                back=Back(Decimal(amount), currency, reference), reason="Paid too much", now=NOW,
            ),
            by,
        )  # fmt: skip
        return key.id

    async def release(
        self, amount: str | None = None, *, reference: str | None = "OUT-2", by: Actor | None = None
    ) -> UUID:
        """Pay the vendor, by default all that can be, by a bank transfer."""
        release = Release(Decimal(amount) if amount else None, "USD", reference)
        key = await self.act(
            lambda tx, actor: release_settlement(
                tx, actor=actor, contract_id=self.agreement.id, invoice_id=self.invoice_id, release=release,
                reason="Paid by the association", now=NOW,
            ),
            by,
        )  # fmt: skip
        return key.id

    async def unrelease(self, settlement_id: UUID, *, by: Actor | None = None, now: datetime = NOW) -> UUID:
        """Take a settlement back."""
        key = await self.act(
            lambda tx, actor: reverse_settlement(
                tx, actor=actor, contract_id=self.agreement.id, settlement_id=settlement_id, reason="Wrong", now=now
            ),
            by,
            now,
        )
        return key.id

    async def invoice(self) -> tuple[str, int, int]:
        """Where the invoice stands, what was paid of it, and what is due."""
        row = await self.market.one("select * from invoice where id = $1", self.invoice_id)
        return row["status"], row["paid_minor"], row["amount_due_minor"]

    async def ledger(self) -> dict[str, int]:
        """The balances that are not zero; each entry balances by a constraint, and the chain must hold."""
        assert await self.market.broken_link(self.agreement) is None
        rows = await self.market.all(
            "select account, sum(amount_minor)::bigint as minor from posting where contract_id = $1 group by account",
            self.agreement.id,
        )
        return {row["account"]: row["minor"] for row in rows if row["minor"]}

    async def entries(self) -> list[str]:
        """The kinds of the journal's entries, in their order."""
        rows = await self.market.all(
            "select kind from journal_entry where contract_id = $1 order by sequence", self.agreement.id
        )
        return [row["kind"] for row in rows]

    async def everything(self) -> list[Any]:
        """All that could change."""
        tables = ("invoice", "payment", "refund", "settlement", "chargeback", "journal_entry", "audit_event")
        return [
            # when Stripe was asked last is all that asking may change
            await self.market.all(
                f"select to_jsonb(t) - 'asked_at' as row from {table} t where contract_id = $1 order by t.id",  # noqa: S608
                self.agreement.id,
            )
            for table in tables
        ]


async def till_of(market: Market, **terms: Any) -> Till:  # noqa: ANN401  (the columns of a contract)
    """A contract with an invoice of 520.00."""
    agreement = await market.agree(ADMIN, **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return Till(agreement, await agreement.issue())
