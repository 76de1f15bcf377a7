"""What a payer's own page confirms a payment with: for whoever may pay, from Stripe each time, and kept nowhere."""

from __future__ import annotations

import logging

import pytest

from core.actor import ANONYMOUS
from core.ids import encode
from simulators.stripe.faults import Kind
from tests.billing.desk import Desk
from tests.billing.payments.shop import Shop


async def test_whoever_may_pay_gets_it_while_the_payment_waits(
    shop: Shop, counter: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    market, till = shop.market, await shop.till()
    payment_id = await shop.pay(till)
    path = f"/payments/{encode('pay', till.agreement.id, payment_id)}/client-secret"

    async def status(actor: object = market.finance) -> tuple[int, str | None]:
        answer = await counter.get(actor, path)  # type: ignore[arg-type]
        assert "_secret_" not in answer.text or answer.status_code == 200
        return answer.status_code, None if answer.is_success else answer.json()["errors"][0]["extensions"]["code"]

    assert await status() == (409, "PAYMENT_NOT_CONFIRMABLE")
    await shop.run_jobs()
    told = await counter.get(market.finance, path)
    row = await shop.payment(payment_id)
    secret = shop.stripe.objects[row["stripe_payment_intent_id"]]["client_secret"]
    assert (told.status_code, told.json()) == (200, {"clientSecret": secret})
    assert (told.headers["cache-control"], told.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert secret.startswith(f"{row['stripe_payment_intent_id']}_secret_")

    asked = len(shop.stripe.requests)
    for actor, answer in (
        (ANONYMOUS, (401, "UNAUTHENTICATED")), (market.stranger, (404, "NOT_FOUND")),
        (market.acceptor, (403, "FORBIDDEN")), (market.vendor_owner, (403, "FORBIDDEN")),
        (market.billing_admin, (403, "FORBIDDEN")),
    ):  # fmt: skip
        assert await status(actor) == answer
    assert len(shop.stripe.requests) == asked

    await shop.confirm(payment_id)
    await shop.cycle()
    assert await status() == (409, "PAYMENT_NOT_CONFIRMABLE")
    # nothing of it is left: neither in any column of ours, nor in a log, the SDK's among them
    for table in ("payment", "audit_event", "stripe_event", "pgqueuer", "pgqueuer_log"):
        assert await market.rows.fetchval(f"select count(*) from {table} t where t::text like '%_secret_%'") == 0  # noqa: S608
    printed = "".join(capsys.readouterr())
    assert "_secret_" not in caplog.text + printed
    assert shop.means.settings.stripe_secret_key.get_secret_value() not in caplog.text + printed


async def test_a_payment_on_stripes_page_has_none_to_hand_out(shop: Shop, counter: Desk) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till, by_page=True)
    await shop.run_jobs()
    answer = await counter.get(
        shop.market.finance, f"/payments/{encode('pay', till.agreement.id, payment_id)}/client-secret"
    )
    assert answer.status_code == 409
    for unknown in (
        encode("pay", till.agreement.id, till.invoice_id),
        encode("inv", till.agreement.id, payment_id),
        "x",
    ):
        assert (await counter.get(shop.market.finance, f"/payments/{unknown}/client-secret")).status_code == 404


async def test_without_an_answer_of_stripes_it_is_asked_for_again_later(shop: Shop, counter: Desk) -> None:
    till = await shop.till()
    payment_id = await shop.pay(till)
    await shop.run_jobs()
    path = f"/payments/{encode('pay', till.agreement.id, payment_id)}/client-secret"
    shop.stripe.faults.order(Kind.ERROR, "GET /v1/payment_intents/{id}", times=3)
    answer = await counter.get(shop.market.finance, path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert (await counter.get(shop.market.finance, path)).status_code == 200
