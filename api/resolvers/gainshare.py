"""Mutations of gainshare: the parties agree, the operator shares and settles."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.gainshare import (
    AnswerGainshareInput,
    AnswerGainsharePayload,
    CloseGainshareInput,
    CloseGainsharePayload,
    ProposeGainshareInput,
    ProposeGainsharePayload,
)
from services.billing.open_book.agreeing_gainshare import answer_gainshare, propose_gainshare
from services.billing.open_book.sharing_gain import close_gainshare
from services.billing.pricing.gainshare import GainshareTerms


@strawberry.type
class GainshareMutations:
    """From a proposal to what was shared."""

    @mutation
    async def propose_gainshare(self, info: Info, input: ProposeGainshareInput) -> ProposeGainsharePayload:
        """Propose how gains and pains are shared, as a signatory of either party; one proposal is open at a time."""
        tx = info.context.tx
        agreement = await propose_gainshare(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            terms=GainshareTerms(
                association_gain_percent=input.association_gain_percent,
                association_pain_percent=input.association_pain_percent,
                neutral_percent=input.neutral_percent,
            ),
            effective_from=input.effective_from,
            reason=input.reason,
            now=tx.now,
        )
        return ProposeGainsharePayload(gainshare_agreement=agreement)

    @mutation
    async def answer_gainshare(self, info: Info, input: AnswerGainshareInput) -> AnswerGainsharePayload:
        """Accept or decline what the other party proposed, as a signatory."""
        tx = info.context.tx
        agreement = await answer_gainshare(
            tx,
            actor=tx.actor,
            contract_id=input.gainshare_agreement_id.contract_id,
            agreement_id=input.gainshare_agreement_id.id,
            accept=input.answer.name == "ACCEPT",
            reason=input.reason,
            now=tx.now,
        )
        return AnswerGainsharePayload(gainshare_agreement=agreement)

    @mutation
    async def close_gainshare(self, info: Info, input: CloseGainshareInput) -> CloseGainsharePayload:
        """Share the variance of whole months and settle it at once, as the operator's billing desk."""
        tx = info.context.tx
        share = await close_gainshare(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            starts_on=input.period.starts_on,
            ends_on=input.period.ends_on,
            reason=input.reason,
            now=tx.now,
        )
        return CloseGainsharePayload(gainshare=share)
