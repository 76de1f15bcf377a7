"""Mutations of credit rules."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.credit_rule import (
    ApproveCreditRuleInput,
    ApproveCreditRulePayload,
    WithdrawCreditRuleInput,
    WithdrawCreditRulePayload,
)
from services.lms_admin.credits import ruling


@strawberry.type
class CreditRuleMutations:
    """The association approves rules, and takes its approval back."""

    @mutation
    async def approve_credit_rule(self, info: Info, input: ApproveCreditRuleInput) -> ApproveCreditRulePayload:
        """Approve the rule by which an activity's credit is awarded in the association's name."""
        tx = info.context.tx
        key = await ruling.approve_credit_rule(
            tx,
            actor=tx.actor,
            contract_id=input.credit_activity_id.contract_id,
            activity_id=input.credit_activity_id.id,
            ruling=ruling.Ruling(
                needs_completion=input.needs_completion,
                minimum_score_percent=input.minimum_score_percent,
                needs_attestation=input.needs_attestation,
                periods_begin_on=input.periods_begin_on,
                period_months=input.period_months,
                retention_years=input.retention_years,
            ),
            now=tx.now,
        )
        return ApproveCreditRulePayload(credit_rule=key)

    @mutation
    async def withdraw_credit_rule(self, info: Info, input: WithdrawCreditRuleInput) -> WithdrawCreditRulePayload:
        """Withdraw a rule: nothing is awarded by it any more, and what was awarded stays."""
        tx = info.context.tx
        key = await ruling.withdraw_credit_rule(
            tx,
            actor=tx.actor,
            contract_id=input.credit_rule_id.contract_id,
            rule_id=input.credit_rule_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawCreditRulePayload(credit_rule=key)
