"""Looking at Stripe: a message is a hint at what to look at, and what nobody told of is asked for every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from core.actor import NOBODY
from core.errors import DomainError
from services.billing.payments import lost
from services.billing.payments.balances import keep_changes, latest_change, post_changes, trace, unheard
from services.billing.payments.charging_back import chargeback_moved
from services.billing.payments.inbox import Hint, hints, latest, take_in, worked_off
from services.billing.payments.onboarding import account_moved
from services.billing.payments.paying import payment_moved
from services.billing.payments.paying_out import paid_out, payout_moved, payout_posted, post_payout
from services.billing.payments.refunding import adopt_refund, refund_moved
from services.billing.payments.saying_no import NotReachable
from services.billing.stripe_gateway import opened
from worker.means import NO_CONTRACT, About, Due, Means
from worker.stripe_asking import stripe_configured, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.db import Transaction
    from services.billing.payments.seen import BalanceSeen, PaymentSeen
    from services.billing.stripe_gateway import Gateway

STRIPE_DUE: Final = "STRIPE_DUE"
"""No event of anybody's: what is queued every minute while Stripe is in use."""

OVERLAP: Final = timedelta(hours=1)
"""Messages and changes are listed again for so long: what was made first is not always listed first."""
FIRST_LOOK: Final = timedelta(days=30)
"""For so long does Stripe keep its messages."""
AT_ONCE: Final = 500

log = structlog.get_logger(__name__)


async def stripe_due(tx: Transaction) -> list[Due]:
    """Asking Stripe, where it is in use."""
    return [Due(STRIPE_DUE, NO_CONTRACT, NOBODY)] if await lost.stripe_in_use(tx) else []


async def work_off(means: Means, _: About) -> bool:
    """Look at everything that messages hint at, each once however many messages there are."""
    if not stripe_configured(means.settings):
        return False
    async with opened(means.settings) as gateway:
        return await _Look(means, gateway).work_off()


async def ask_stripe(means: Means, _: About) -> bool:
    """Ask for the messages that did not come, for all that is open, and for the changes of the balance."""
    if not stripe_configured(means.settings):
        return False
    async with opened(means.settings) as gateway:
        look = _Look(means, gateway)
        await look.fetch_messages()
        changed = await look.work_off()
        for one in await write(means, lambda tx: lost.still_open(tx, now=tx.now), "ask stripe"):
            changed |= await look.anyhow_at(Hint(one.kind, one.object_id))
        return await look.fetch_changes() or changed


class _Look:
    """One errand's look at Stripe."""

    def __init__(self, means: Means, gateway: Gateway) -> None:
        self.means = means
        self.gateway = gateway

    async def fetch_messages(self) -> None:
        """Keep the messages that were made since the latest one that is kept."""
        last = await write(self.means, latest, "ask stripe")
        since = last - OVERLAP if last else datetime.now(UTC) - FIRST_LOOK
        found = [event async for event in self.gateway.events(since=since)]
        for at in range(0, len(found), AT_ONCE):
            some = found[at : at + AT_ONCE]
            await write(self.means, lambda tx: take_in(tx, some, now=tx.now), "ask stripe")  # noqa: B023  (awaited before the next)

    async def work_off(self) -> bool:
        """Look at what messages hint at, until none is left but what could not be worked off."""
        changed, failed = False, set[Hint]()
        while True:
            found = await write(self.means, hints, "stripe told")
            fresh = {hint: ids for hint, ids in found.items() if hint not in failed}
            if not fresh:
                return changed
            for hint, ids in fresh.items():
                moved, error = await self._try(hint)
                changed |= moved
                if error is not None:
                    failed.add(hint)
                await self._worked(ids, error)

    async def _worked(self, ids: Sequence[str], error: str | None) -> None:
        await write(self.means, lambda tx: worked_off(tx, ids, now=tx.now, error=error), "stripe told")

    async def anyhow_at(self, hint: Hint) -> bool:
        """Look at one thing; one that cannot be looked at hinders no other."""
        moved, _ = await self._try(hint)
        return moved

    async def _try(self, hint: Hint) -> tuple[bool, str | None]:
        try:
            return await self.at(hint), None
        except NotReachable:
            raise
        except DomainError as refused:
            error = f"{refused.code()}: {refused.message}"
            log.warning("something at Stripe could not be looked at", kind=hint.kind, object=hint.object_id, why=error)
            return False, error

    async def at(self, hint: Hint) -> bool:
        """Look at one thing, and take down where it stands; False when that was known."""
        looks = {
            "PAYMENT": self._payment,
            "PAGE": self._page,
            "CHARGE": self._charge,
            "REFUND": self._refund,
            "DISPUTE": self._dispute,
            "PAYOUT": self._payout,
            "ACCOUNT": self._account,
        }
        look = looks.get(hint.kind)
        return await look(hint.object_id) if look else False

    async def _payment(self, intent_id: str) -> bool:
        return await self._take_down(await self.gateway.see_payment(intent_id, datetime.now(UTC)))

    async def _page(self, page_id: str) -> bool:
        return await self._take_down(await self.gateway.see_page(page_id, datetime.now(UTC)), page_id)

    async def _charge(self, charge_id: str) -> bool:
        intent_id = await self.gateway.intent_of(charge_id)
        return await self._payment(intent_id) if intent_id else False

    async def _account(self, account_id: str) -> bool:
        seen = await self.gateway.see_account(account_id, datetime.now(UTC))
        return await write(self.means, lambda tx: account_moved(tx, seen=seen, now=tx.now), "stripe told")

    async def _take_down(self, seen: PaymentSeen, page_id: str | None = None) -> bool:
        async def move(tx: Transaction) -> bool:
            row = await lost.payment_behind(tx, row=seen.row, intent_id=seen.intent_id, page_id=page_id)
            if row is None:
                return False
            return await payment_moved(tx, contract_id=row.contract_id, payment_id=row.id, seen=seen, now=tx.now)

        return await write(self.means, move, "stripe told")

    async def _refund(self, refund_id: str) -> bool:
        seen = await self.gateway.see_refund(refund_id)
        if seen.intent_id:
            # what is given back was received before, whatever is heard of first
            await self._payment(seen.intent_id)

        async def move(tx: Transaction) -> bool:
            row = await lost.refund_behind(tx, row=seen.row, refund_id=refund_id)
            if row is None:
                payment = await lost.payment_behind(tx, row=None, intent_id=seen.intent_id)
                if payment is None or seen.status == "FAILED":
                    return False
                row = await adopt_refund(tx, payment=payment, refund=seen, now=tx.now)
            return await refund_moved(
                tx,
                contract_id=row.contract_id,
                refund_id=row.id,
                status=seen.status,
                stripe_refund_id=refund_id,
                failure=(seen.failure_code, None),
                now=tx.now,
            )

        return await write(self.means, move, "stripe told")

    async def _dispute(self, dispute_id: str) -> bool:
        seen = await self.gateway.see_dispute(dispute_id, datetime.now(UTC))
        if seen is None:
            return False
        intent_id = seen.intent_id or (await self.gateway.intent_of(seen.charge_id) if seen.charge_id else None)
        if intent_id:
            await self._payment(intent_id)

        async def move(tx: Transaction) -> bool:
            payment = await lost.payment_behind(tx, row=None, intent_id=intent_id, charge_id=seen.charge_id)
            if payment is None:
                return False
            return await chargeback_moved(
                tx, contract_id=payment.contract_id, payment_id=payment.id, seen=seen, now=tx.now
            )

        return await write(self.means, move, "stripe told")

    async def _payout(self, payout_id: str) -> bool:
        seen = await self.gateway.see_payout(payout_id, datetime.now(UTC))
        payout = await write(self.means, lambda tx: payout_moved(tx, seen=seen, now=tx.now), "stripe told")
        done = payout.returned_at if payout.status == "FAILED" else payout.posted_at
        if payout.status not in ("PAID", "FAILED") or done is not None or not (seen.by_hand or seen.traceable):
            return False
        changes = (
            [] if seen.by_hand else [change async for change in self.gateway.balance_transactions(payout_id=payout_id)]
        )
        await self._keep(changes, but=Hint("PAYOUT", payout_id))
        await self._post_changes()
        parts = await write(
            self.means,
            lambda tx: paid_out(tx, payout_id=payout.id, changes=[change.id for change in changes]),
            "stripe told",
        )
        for contract_id, minor in parts:
            await write(
                self.means,
                lambda tx: post_payout(tx, contract_id=contract_id, part_minor=minor, payout=payout, now=tx.now),  # noqa: B023  (awaited)
                "stripe told",
            )
        await write(self.means, lambda tx: payout_posted(tx, payout=payout, now=tx.now), "stripe told")
        return True

    async def fetch_changes(self) -> bool:
        """Keep the changes of the balance since the latest that is kept, and post what was charged and exchanged."""
        last = await write(self.means, latest_change, "ask stripe")
        since = last - OVERLAP if last else None
        moved = await self._keep([change async for change in self.gateway.balance_transactions(since=since)])
        return await self._post_changes() or moved

    async def _keep(self, changes: Sequence[BalanceSeen], *, but: Hint | None = None) -> bool:
        """Look at what changes hint at, `but` at what is looked at already, then keep them.

        Whoever dies in between looks again.
        """
        moved = False
        for at in range(0, len(changes), AT_ONCE):
            some = changes[at : at + AT_ONCE]
            for hint in await write(self.means, lambda tx: unheard(tx, some), "ask stripe"):  # noqa: B023  (awaited before the next)
                moved |= hint != but and await self.anyhow_at(hint)
            await write(self.means, lambda tx: keep_changes(tx, some, now=tx.now), "ask stripe")  # noqa: B023  (awaited before the next)
        return moved

    async def _post_changes(self) -> bool:
        contracts = await write(self.means, trace, "ask stripe")
        for contract_id in contracts:
            await write(self.means, lambda tx: post_changes(tx, contract_id=contract_id, now=tx.now), "ask stripe")  # noqa: B023  (awaited)
        return bool(contracts)
