"""Refunds and disputes."""

from __future__ import annotations

import pytest

from tests.simulators.stripe.spoken_to import refused, spoken_to

CHARGED = ("charge", 517_000, 15_023)


async def test_refunds_add_up_to_what_was_paid_and_not_to_more() -> None:
    async with spoken_to() as spoken:
        intent, refund = (await spoken.paid()).id, spoken.v1.refunds.create_async
        part = await refund({"payment_intent": intent, "amount": 17_000})
        assert (part.status, part.amount) == ("succeeded", 17_000)
        refusal = await refused(refund({"payment_intent": intent, "amount": 500_001}))
        assert refusal.user_message == (
            "Refund amount ($5,000.01) is greater than unrefunded amount on charge ($5,000.00)"
        )
        rest = await refund({"payment_intent": intent, "reason": "duplicate"})
        assert rest.amount == 500_000
        assert (await refused(refund({"payment_intent": intent}))).code == "charge_already_refunded"
        charge = await spoken.v1.charges.retrieve_async(part.charge, {"expand": ["refunds"]})
        assert (charge.refunded, charge.amount_refunded) == (True, 517_000)
        assert [one.id for one in charge.refunds.data] == [rest.id, part.id]
        assert await spoken.movements() == [CHARGED, ("refund", -17_000, 0), ("refund", -500_000, 0)]


async def test_a_refund_that_fails_comes_back() -> None:
    async with spoken_to() as spoken:
        paid = await spoken.paid("pm_card_refundFail")
        refund = await spoken.v1.refunds.create_async({"payment_intent": paid.id})
        assert refund.status == "succeeded"
        spoken.double.advance(days=4)
        failed = await spoken.v1.refunds.retrieve_async(refund.id)
        assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
        charge = await spoken.v1.charges.retrieve_async(refund.charge)
        assert (charge.refunded, charge.amount_refunded) == (False, 0)
        assert await spoken.movements() == [CHARGED, ("refund", -517_000, 0), ("refund_failure", 517_000, 0)]
        assert spoken.kinds()[-2:] == ["refund.failed", "charge.refund.updated"]


async def test_a_pending_refund_succeeds_later() -> None:
    async with spoken_to() as spoken:
        paid = await spoken.paid("pm_card_pendingRefund")
        refund = await spoken.v1.refunds.create_async({"payment_intent": paid.id})
        assert refund.status == "pending"
        spoken.double.advance(days=4)
        assert (await spoken.v1.refunds.retrieve_async(refund.id)).status == "succeeded"


@pytest.mark.parametrize(
    ("evidence", "status", "back"),
    [("winning_evidence", "won", [("adjustment", 517_000, 0)]), ("losing_evidence", "lost", [])],
)
async def test_a_dispute_takes_the_money_and_evidence_decides_it(
    evidence: str, status: str, back: list[tuple[str, int, int]]
) -> None:
    async with spoken_to() as spoken:
        intent = (await spoken.paid("pm_card_createDispute")).id
        (dispute,) = (await spoken.v1.disputes.list_async({"payment_intent": intent})).data
        assert (dispute.status, dispute.amount, dispute.reason) == ("needs_response", 517_000, "fraudulent")
        refusal = await refused(spoken.v1.refunds.create_async({"payment_intent": intent}))
        assert refusal.code == "charge_disputed"
        asked = {"evidence": {"uncategorized_text": evidence}}
        assert (await spoken.v1.disputes.update_async(dispute.id, asked)).status == "under_review"
        assert (await spoken.v1.disputes.retrieve_async(dispute.id)).status == status
        assert await spoken.movements() == [CHARGED, ("adjustment", -517_000, 1_500), *back]
        assert spoken.kinds()[-1] == "charge.dispute.closed"
        assert "already closed" in str(await refused(spoken.v1.disputes.close_async(dispute.id)))


async def test_an_inquiry_takes_no_money() -> None:
    async with spoken_to() as spoken:
        intent = (await spoken.paid("pm_card_createDisputeInquiry")).id
        (dispute,) = (await spoken.v1.disputes.list_async({"payment_intent": intent})).data
        assert (dispute.status, dispute.is_charge_refundable) == ("warning_needs_response", True)
        assert (await spoken.v1.disputes.close_async(dispute.id)).status == "warning_closed"
        assert await spoken.movements() == [CHARGED]
