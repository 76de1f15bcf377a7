"""The errands that ask Stripe for something: begun by a mutation, called here with no transaction open, then ended.

Each call has the key of our row, so that a crash between any two lines is mended by running the errand again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from core.actor import SYSTEM
from services.billing.payments import lost
from services.billing.payments.cancelling import (
    PAYMENT_CANCELLING,
    give_up_unasked,
    not_given_up,
    payment_to_give_up,
)
from services.billing.payments.charging_back import CHARGEBACK_ANSWERED, answer_sent, answer_to_send
from services.billing.payments.onboarding import PAYEE_ASKED, account_moved, keep_account, keep_link, payee
from services.billing.payments.paying import (
    PAYMENT_STARTED,
    keep_customer,
    payment_asked,
    payment_moved,
    payment_refused,
    prepare_payment,
)
from services.billing.payments.refunding import REFUND_ORDERED, refund_asked, refund_moved
from services.billing.payments.releasing import SETTLEMENT_RELEASED
from services.billing.payments.saying_no import Declined, Refused
from services.billing.payments.transferring import settlement_moved, settlement_to_send
from services.billing.stripe_gateway import opened
from worker.means import NO_CONTRACT, About, Due, Means

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from core.db import Transaction
    from core.settings import Settings
    from services.billing.stripe_gateway import Gateway

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


def stripe_configured(settings: Settings) -> bool:
    """Whether this installation has a key of Stripe's; without one nothing is asked, and nothing is lost."""
    return bool(settings.stripe_secret_key.get_secret_value())


async def write(means: Means, work: Callable[[Transaction], Awaitable[Result]], name: str) -> Result:
    """Run one service function in a transaction of its own."""
    return await means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id=name)


def return_url(means: Means) -> str:
    """Where payers and vendors return to from Stripe's pages."""
    return means.settings.payment_return_url or means.settings.issuer


async def ask_payment(means: Means, about: About) -> bool:
    """Ask Stripe for a payment, on a page of its own or on the association's."""
    if not stripe_configured(means.settings):
        return False
    name = f"payment {about.object_id}"

    async def prepare(tx: Transaction) -> Any:  # noqa: ANN401  (a row)
        return await prepare_payment(tx, contract_id=about.contract_id, payment_id=about.object_id, now=tx.now)

    async with opened(means.settings) as gateway:
        payment = await write(means, prepare, name)
        if payment is None:
            return False
        try:
            if payment.stripe_customer_id is None:
                await _make_customer(means, gateway, payment, name)
                payment = await write(means, prepare, name)
                if payment is None:
                    return False
            page = await (gateway.page(payment, return_url(means)) if payment.by_page else gateway.intent(payment))
        except (Declined, Refused) as refused:
            failure = (refused.why, refused.message)
            return await write(
                means,
                lambda tx: payment_refused(
                    tx, contract_id=about.contract_id, payment_id=about.object_id, failure=failure, now=tx.now
                ),
                name,
            )
    return await write(
        means,
        lambda tx: payment_asked(tx, contract_id=about.contract_id, payment_id=about.object_id, page=page, now=tx.now),
        name,
    )


async def give_up_payment(means: Means, about: About) -> bool:
    """Ask Stripe to give a payment up, and take down where it stands then: who paid in that moment has paid."""
    if not stripe_configured(means.settings):
        return False
    name = f"payment {about.object_id}"
    this: dict[str, UUID] = {"contract_id": about.contract_id, "payment_id": about.object_id}
    if await write(means, lambda tx: give_up_unasked(tx, **this, now=tx.now), name):
        return True
    # one that is being asked for is found under the same key
    await ask_payment(means, about)
    payment = await write(means, lambda tx: payment_to_give_up(tx, **this), name)
    if payment is None:
        return False
    why: str | None = None
    async with opened(means.settings) as gateway:
        try:
            await gateway.cancel(payment)
        except Refused as refused:
            why = refused.message
        if page_id := payment.stripe_checkout_session_id:
            seen = await gateway.see_page(page_id, datetime.now(UTC))
        else:
            seen = await gateway.see_payment(payment.stripe_payment_intent_id, datetime.now(UTC))
    moved = await write(means, lambda tx: payment_moved(tx, **this, seen=seen, now=tx.now), name)
    if why is not None:
        moved |= await write(means, lambda tx: not_given_up(tx, **this, why=why, now=tx.now), name)
    return moved


async def _make_customer(means: Means, gateway: Gateway, payment: Any, name: str) -> None:  # noqa: ANN401  (a row)
    customer = await gateway.customer(payment.association_id, payment.association_name)
    await write(
        means,
        lambda tx: keep_customer(tx, association_id=payment.association_id, stripe_customer_id=customer, now=tx.now),
        name,
    )


async def ask_refund(means: Means, about: About) -> bool:
    """Ask Stripe to give back a payment or a part of it."""
    if not stripe_configured(means.settings):
        return False
    name = f"refund {about.object_id}"
    refund = await write(
        means, lambda tx: refund_asked(tx, contract_id=about.contract_id, refund_id=about.object_id, now=tx.now), name
    )
    if refund is None:
        return False
    status, refund_id = "FAILED", None
    failure: tuple[str | None, str | None] = (None, None)
    try:
        async with opened(means.settings) as gateway:
            seen = await gateway.refund(refund)
        status, refund_id, failure = seen.status, seen.refund_id, (seen.failure_code, None)
    except (Declined, Refused) as refused:
        failure = (refused.why, refused.message)
    return await write(
        means,
        lambda tx: refund_moved(
            tx,
            contract_id=about.contract_id,
            refund_id=about.object_id,
            status=status,
            stripe_refund_id=refund_id,
            failure=failure,
            now=tx.now,
        ),
        name,
    )


async def send_settlement(means: Means, about: About) -> bool:
    """Ask Stripe to pay a vendor, or to take that back."""
    if not stripe_configured(means.settings):
        return False
    name = f"settlement {about.object_id}"
    found = await write(
        means,
        lambda tx: settlement_to_send(tx, contract_id=about.contract_id, settlement_id=about.object_id),
        name,
    )
    if found is None:
        return False
    settlement, source = found
    taking_back = settlement.status == "REVERSING"
    status, stripe_id = "FAILED", None
    failure: tuple[str | None, str | None] = (None, None)
    try:
        async with opened(means.settings) as gateway:
            asking = gateway.reverse_transfer(settlement) if taking_back else gateway.transfer(settlement, source)
            stripe_id = await asking
        status = "REVERSED" if taking_back else "PAID"
    except Refused as refused:
        # a reversal that Stripe refuses leaves the vendor paid
        status = "KEPT" if taking_back else "FAILED"
        failure = (refused.why, refused.message)
    return await write(
        means,
        lambda tx: settlement_moved(
            tx,
            contract_id=about.contract_id,
            settlement_id=about.object_id,
            status=status,
            stripe_id=stripe_id,
            failure=failure,
            now=tx.now,
        ),
        name,
    )


async def ask_payee(means: Means, about: About) -> bool:
    """Ask Stripe for a vendor's account, and for a link on which it tells Stripe who it is."""
    if not stripe_configured(means.settings):
        return False
    name = f"payee {about.object_id}"
    account_id, url, failure = about.object_id, None, None
    async with opened(means.settings) as gateway:
        account = await write(means, lambda tx: payee(tx, account_id=account_id), name)
        try:
            stripe_id = account.stripe_account_id or await gateway.account(account)
            await write(
                means,
                lambda tx: keep_account(tx, account_id=account_id, stripe_account_id=stripe_id, now=tx.now),
                name,
            )
            seen = await gateway.see_account(stripe_id, datetime.now(UTC))
            await write(means, lambda tx: account_moved(tx, seen=seen, now=tx.now), name)
            url = await gateway.onboarding_link(stripe_id, return_url(means))
        except Refused as refused:
            failure = refused.message
    return await write(
        means, lambda tx: keep_link(tx, account_id=account_id, url=url, failure_message=failure, now=tx.now), name
    )


async def send_answer(means: Means, about: About) -> bool:
    """Hand an answer to a chargeback to Stripe."""
    if not stripe_configured(means.settings):
        return False
    name = f"chargeback {about.object_id}"
    told = await write(
        means, lambda tx: answer_to_send(tx, contract_id=about.contract_id, chargeback_id=about.object_id), name
    )
    if told is None:
        return False
    failure: str | None = None
    try:
        async with opened(means.settings) as gateway:
            await gateway.answer_dispute(told.stripe_dispute_id, told.answer, told.number)
    except Refused as refused:
        failure = refused.message
    return await write(
        means,
        lambda tx: answer_sent(
            tx, contract_id=about.contract_id, chargeback_id=about.object_id, failure_message=failure, now=tx.now
        ),
        name,
    )


async def asked_too_little(tx: Transaction) -> list[Due]:
    """What was begun and Stripe was not asked for: its job was lost."""
    searches = (
        (PAYMENT_STARTED, lost.payments_begun),
        (PAYMENT_CANCELLING, lost.cancellations_begun),
        (REFUND_ORDERED, lost.refunds_begun),
        (SETTLEMENT_RELEASED, lost.settlements_begun),
        (CHARGEBACK_ANSWERED, lost.answers_begun),
    )
    due = [Due(event, found.key, found.id) for event, search in searches for found in await search(tx, now=tx.now)]
    return due + [Due(PAYEE_ASKED, NO_CONTRACT, id_) for id_ in await lost.payees_begun(tx, now=tx.now)]
