"""Messages of Stripe's come twice, late, in any order or never: what is kept in the end is the same."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import stripe as sdk

from core.actor import SYSTEM
from services.billing import stripe_gateway
from services.billing.payments.inbox import kind_of, take_in
from services.billing.payments.looking import event_seen
from simulators.stripe import disputing
from simulators.stripe.cards import Behaviour
from tests.billing.payments.shop import NOTHING, Shop
from tests.billing.payments.till import Till
from worker import stripe_asking, stripe_looking
from worker.means import About

UNPAID = """
set session_replication_role = replica;
delete from posting p using journal_entry e where e.contract_id = p.contract_id and e.id = p.entry_id
    and e.kind <> 'INVOICE_ISSUED';
delete from journal_entry where kind <> 'INVOICE_ISSUED';
delete from refund; delete from chargeback; delete from audit_event; delete from stripe_event;
update payment set status = 'REQUIRES_ACTION', received_minor = 0, applied_minor = 0, refunded_minor = 0,
    charged_back_minor = 0, received_on = null, stripe_charge_id = null, asked_at = null;
update invoice set paid_minor = 0, amount_due_minor = total_minor, status = 'ISSUED';
set session_replication_role = origin
"""


async def at_stripe(shop: Shop, till: Till) -> list[dict[str, Any]]:
    """Paid, given back in part at Stripe itself, disputed and lost: what Stripe tells of that, in its order."""
    payment_id = await shop.paid(till)
    intent = (await shop.payment(payment_id))["stripe_payment_intent_id"]
    http = stripe_gateway._Http()  # noqa: SLF001  (the client that the gateway gives to the SDK)
    client = sdk.StripeClient("sk_test_double", base_addresses={"api": shop.stripe.base_url}, http_client=http)
    await client.v1.refunds.create_async({"payment_intent": intent, "amount": 12000})
    await http.close_async()
    charge = shop.stripe.objects[shop.stripe.objects[intent]["latest_charge"]]
    disputing.dispute(shop.stripe, charge, Behaviour(dispute="fraudulent"))
    (made,) = [one for one in shop.stripe.objects.values() if one["object"] == "dispute"]
    disputing.decide(shop.stripe, made, won=False)
    return [one for one in shop.stripe.objects.values() if one["object"] == "event"]


async def state(shop: Shop, till: Till) -> list[Any]:
    """All that counts, whatever its order."""
    refunds = await shop.market.all("select status, amount_minor, credit_minor from refund")
    chargebacks = await shop.market.all("select status, amount_minor from chargeback")
    payments = await shop.market.all(
        "select status, received_minor, applied_minor, refunded_minor, charged_back_minor from payment"
    )
    return [
        (await till.invoice())[1:], await till.ledger(), sorted(await till.entries()), refunds, chargebacks, payments
    ]  # fmt: skip


async def test_all_orders_of_five_messages_with_duplicates_end_in_the_same_state(shop: Shop) -> None:
    till = await shop.till()
    told = {event["type"]: event for event in await at_stripe(shop, till)}
    five = ("payment_intent.succeeded", "charge.succeeded", "refund.created", "charge.dispute.created",
            "charge.dispute.closed")  # fmt: skip
    ends: list[list[Any]] = []
    async with stripe_gateway.opened(shop.means.settings) as gateway:
        for order in itertools.permutations(five):
            await shop.market.rows.execute(UNPAID)
            look = stripe_looking._Look(shop.means, gateway)  # noqa: SLF001  (one errand would open the door each time)
            for at, name in enumerate(order):
                # each comes again with the one after it, and once more as another message about the same
                again = told[order[at - 1]] if at else told[name]
                copy = told[name] | {"id": f"{told[name]['id']}_{at}"}
                await take(shop, told[name], again, copy)
                await look.work_off()
            ends.append(await state(shop, till))
    assert len(ends) == 120
    assert ends[0] == [
        (0, 52000),
        {"ASSOCIATION_RECEIVABLE": 52000, "PLATFORM_FEE_INCOME": -1560, "VENDOR_PAYABLE": -50440},
        ["CHARGEBACK_LOST", "CHARGEBACK_OPENED", "INVOICE_ISSUED", "PAYMENT_RECEIVED", "REFUND_PAID"],
        [{"status": "SUCCEEDED", "amount_minor": 12000, "credit_minor": 0}],
        [{"status": "LOST", "amount_minor": 40000}],
        [{"status": "SUCCEEDED", "received_minor": 52000, "applied_minor": 52000, "refunded_minor": 12000,
          "charged_back_minor": 40000}],
    ]  # fmt: skip
    assert [end for end in ends if end != ends[0]] == []


async def take(shop: Shop, *events: dict[str, Any]) -> int:
    """Keep messages as the webhook does."""
    now = datetime.now(UTC)
    seen = [event_seen(event) for event in events]
    return await shop.means.database.write(SYSTEM, lambda tx: take_in(tx, seen, now=now), now=now, request_id="test")


async def test_ten_thousand_replayed_messages_change_nothing(shop: Shop) -> None:
    till = await shop.till()
    events = await at_stripe(shop, till)
    await take(shop, *events)
    await stripe_looking.work_off(shop.means, NOTHING)
    before, asked = await till.everything(), len(shop.stripe.requests)
    for _ in range(10):
        assert await take(shop, *(events[at % len(events)] for at in range(1000))) == 0
    # and as many that are new, about the same few things: each is looked at once
    for start in range(0, 10_000, 1000):
        copies = (events[at % len(events)] | {"id": f"evt_copy_{start + at}"} for at in range(1000))
        assert await take(shop, *copies) == 1000
    assert not await stripe_looking.work_off(shop.means, NOTHING)
    assert await till.everything() == before
    assert len(shop.stripe.requests) - asked <= 60
    left = await shop.market.one("select count(*) from stripe_event where worked_at is null")
    assert left["count"] == 0


async def test_what_no_message_told_of_is_found_within_one_cycle(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.paid(till)
    # the messages are gone too: only the payment itself can be asked for
    for event in [one for one in shop.stripe.objects.values() if one["object"] == "event"]:
        del shop.stripe.objects[event["id"]]
    assert await shop.cycle()
    assert (await shop.payment(payment_id))["status"] == "SUCCEEDED"
    assert (await till.invoice())[1:] == (52000, 0)


async def test_a_crash_between_call_and_finish_makes_no_second_payment(shop: Shop) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    about = About(till.agreement.id, payment_id)
    database, writes = shop.means.database, 0

    class Dies:
        """A database that is gone after so many writes."""

        async def write(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
            nonlocal writes
            writes += 1
            if writes == last:
                raise ConnectionResetError
            return await database.write(*given, **named)

    for last in range(1, 5):  # noqa: B007  (the database above asks for it)
        writes = 0
        try:
            await stripe_asking.ask_payment(replace(shop.means, database=Dies()), about)  # type: ignore[arg-type]
        except ConnectionResetError:
            continue
    await stripe_asking.ask_payment(shop.means, about)
    intents = [one for one in shop.stripe.objects.values() if one["object"] == "payment_intent"]
    customers = [one for one in shop.stripe.objects.values() if one["object"] == "customer"]
    assert (len(intents), len(customers)) == (1, 1)
    row = await shop.payment(payment_id)
    assert (row["status"], row["stripe_payment_intent_id"]) == ("REQUIRES_ACTION", intents[0]["id"])


async def test_an_unknown_object_is_no_hindrance(shop: Shop) -> None:
    till = await shop.till()
    await at_stripe(shop, till)
    await shop.market.rows.execute("set session_replication_role = replica; delete from payment")
    events = [one for one in shop.stripe.objects.values() if one["object"] == "event"]
    await take(shop, *events)
    assert not await stripe_looking.work_off(shop.means, NOTHING)
    assert (await till.invoice())[1:] == (0, 52000)


def test_a_message_is_about_what_its_type_begins_with() -> None:
    kinds = (
        "payment_intent.succeeded",
        "charge.dispute.created",
        "charge.refunded",
        "refund.updated",
        "customer.created",
    )
    assert [kind_of(type_) for type_ in kinds] == ["PAYMENT", "DISPUTE", "CHARGE", "REFUND", "OTHER"]
