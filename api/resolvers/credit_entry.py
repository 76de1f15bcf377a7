"""Queries and mutations of the ledger of credits."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.contract import Contract
from api.schema.credit_entry import (
    AwardCreditsInput,
    AwardCreditsPayload,
    CreditBalance,
    CreditEntry,
    ReissueCreditInput,
    ReissueCreditPayload,
    RevokeCreditInput,
    RevokeCreditPayload,
)
from api.schema.inputs import PeriodInput
from services.lms_admin.credits import awarding, reads, reissuing, revoking
from services.lms_admin.credits.earning import Award


@strawberry.type
class CreditEntryQueries:
    """What was awarded, and what it adds up to."""

    @query
    def credit_entry(self, reader: Reader, id: Id[CreditEntry]) -> Rows[CreditEntry | None]:
        """One entry of the ledger of credits by id; null when it does not exist or you may not see it."""
        return reads.credit_entry(reader, id.contract_id, id.id)

    @query(
        order=lambda balance: [balance.period_starts_on, balance.credit_type_code, balance.unit],
        arguments={
            "member_number": "The learner's member number.",
            "period": "Of the reporting periods that share a day with these; all of them if not said.",
        },
    )
    def credit_balances(
        self, reader: Reader, contract_id: Id[Contract], member_number: str, period: PeriodInput | None = None
    ) -> Rows[list[CreditBalance]]:
        """What a learner has of each type of credit in each reporting period; none if you do not see the learner."""
        starts_on, ends_on = (period.starts_on, period.ends_on) if period else (None, None)
        return reads.balances(reader, contract_id, member_number, starts_on, ends_on)


@strawberry.type
class CreditEntryMutations:
    """Credit is awarded by the vendor's people, and revoked by the association."""

    @mutation
    async def award_credits(self, info: Info, input: AwardCreditsInput) -> AwardCreditsPayload:
        """Award credit by an approved rule, in the association's name, to all of the learners or to none."""
        tx = info.context.tx
        keys = await awarding.award_credits(
            tx,
            actor=tx.actor,
            contract_id=input.credit_rule_id.contract_id,
            rule_id=input.credit_rule_id.id,
            awards=[
                Award(
                    member_number=award.member_number,
                    learner_name=award.learner_name,
                    licence_number=award.licence_number,
                    licence_jurisdiction=award.licence_jurisdiction,
                    earned_on=award.earned_on,
                    attestation=award.attestation,
                    evidence_id=award.evidence_id and award.evidence_id.id,
                )
                for award in input.awards
            ],
            now=tx.now,
        )
        return AwardCreditsPayload(credit_entries=keys)

    @mutation
    async def revoke_credit(self, info: Info, input: RevokeCreditInput) -> RevokeCreditPayload:
        """Take a credit back, as the association; its certificate says so from then on."""
        tx = info.context.tx
        key = await revoking.revoke_credit(
            tx,
            actor=tx.actor,
            contract_id=input.certificate_id.contract_id,
            certificate_id=input.certificate_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return RevokeCreditPayload(credit_entry=key)

    @mutation
    async def reissue_credit(self, info: Info, input: ReissueCreditInput) -> ReissueCreditPayload:
        """Award a revoked credit anew, corrected, with a certificate of its own in place of the revoked one."""
        tx = info.context.tx
        key = await reissuing.reissue_credit(
            tx,
            actor=tx.actor,
            contract_id=input.certificate_id.contract_id,
            certificate_id=input.certificate_id.id,
            rule_id=input.credit_rule_id and input.credit_rule_id.id,
            correction=reissuing.Correction(
                learner_name=input.learner_name,
                licence_number=input.licence_number,
                licence_jurisdiction=input.licence_jurisdiction,
                earned_on=input.earned_on,
                attestation=input.attestation,
                evidence_id=input.evidence_id and input.evidence_id.id,
            ),
            reason=input.reason,
            now=tx.now,
        )
        return ReissueCreditPayload(credit_entry=key)
