"""Mutations that propose, revise and end contracts."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.contract_terms import ContractLineInput, ContractTermsInput, MinimumCommitmentInput
from api.schema.inputs import MoneyInput
from api.schema.line_pricing import CostTermsInput, LinePricingInput
from api.schema.proposing import (
    DeclineContractInput,
    DeclineContractPayload,
    ProposeContractInput,
    ProposeContractPayload,
    ReviseContractInput,
    ReviseContractPayload,
    TerminateContractInput,
    TerminateContractPayload,
    WithdrawContractInput,
    WithdrawContractPayload,
)
from services.contracts import ending
from services.contracts.arrangements import CostTermsDraft, PricingDraft, TierDraft
from services.contracts.committing import MinimumCommitment
from services.contracts.lines import Amount, LineDraft
from services.contracts.proposing import propose_contract
from services.contracts.revising import revise_contract
from services.contracts.terms import MarginBand, Terms


@strawberry.type
class ProposingMutations:
    """From proposal to end."""

    @mutation
    async def propose_contract(self, info: Info, input: ProposeContractInput) -> ProposeContractPayload:
        """Propose a contract to the vendor of an offering, for the version it sells today."""
        tx = info.context.tx
        contract_id = await propose_contract(
            tx, actor=tx.actor, offering_id=input.offering_id, terms=_terms(input), lines=_lines(input), now=tx.now
        )
        return ProposeContractPayload(contract=contract_id)

    @mutation
    async def revise_contract(self, info: Info, input: ReviseContractInput) -> ReviseContractPayload:
        """Change a proposal, as either party; signatures given before no longer count."""
        tx = info.context.tx
        contract_id = await revise_contract(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            revision=input.revision,
            terms=_terms(input),
            lines=_lines(input),
            now=tx.now,
        )
        return ReviseContractPayload(contract=contract_id)

    @mutation
    async def decline_contract(self, info: Info, input: DeclineContractInput) -> DeclineContractPayload:
        """Decline a proposal, as its vendor."""
        tx = info.context.tx
        contract_id = await ending.decline_contract(
            tx, actor=tx.actor, contract_id=input.contract_id, reason=input.reason, now=tx.now
        )
        return DeclineContractPayload(contract=contract_id)

    @mutation
    async def withdraw_contract(self, info: Info, input: WithdrawContractInput) -> WithdrawContractPayload:
        """Take a proposal back, as the association that made it."""
        tx = info.context.tx
        contract_id = await ending.withdraw_contract(
            tx, actor=tx.actor, contract_id=input.contract_id, reason=input.reason, now=tx.now
        )
        return WithdrawContractPayload(contract=contract_id)

    @mutation
    async def terminate_contract(self, info: Info, input: TerminateContractInput) -> TerminateContractPayload:
        """End an active contract and all access granted to it, now, as a signatory of either party."""
        tx = info.context.tx
        contract_id = await ending.terminate_contract(
            tx, actor=tx.actor, contract_id=input.contract_id, reason=input.reason, now=tx.now
        )
        return TerminateContractPayload(contract=contract_id)


def _terms(given: ContractTermsInput) -> Terms:
    band = given.margin_band
    return Terms(
        title=given.title,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        currency_code=given.currency_code,
        payment_terms_days=given.payment_terms_days,
        disclosure_tier=given.disclosure_tier.name,
        purchase_order_number=given.purchase_order_number,
        acceptance_period_days=given.acceptance_period_days,
        margin_band=MarginBand(band.floor_percent, band.ceiling_percent) if band else None,
        offer_expires_on=given.offer_expires_on,
        retainage_percent=given.retainage_percent,
        minimum_commitment=_commitment(given.minimum_commitment),
    )


def _commitment(given: MinimumCommitmentInput | None) -> MinimumCommitment | None:
    if given is None:
        return None
    return MinimumCommitment(Amount(given.amount.amount, given.amount.currency_code), given.per.name)


def _lines(given: ContractTermsInput) -> list[LineDraft]:
    return [_line(line) for line in given.lines]


def _line(given: ContractLineInput) -> LineDraft:
    return LineDraft(
        key=given.key,
        title=given.title,
        kind=given.kind.name,
        rate_card_key=given.rate_card_key,
        quantity=given.quantity,
        quantity_basis=given.quantity_basis.name if given.quantity_basis else None,
        unit_price=_amount(given.unit_price),
        not_to_exceed=_amount(given.not_to_exceed),
        due_on=given.due_on,
        acceptance_criteria=given.acceptance_criteria,
        recurrence=given.recurrence.name if given.recurrence else None,
        due_day_of_month=given.due_day_of_month,
        obliged_party=given.obliged_party.name if given.obliged_party else None,
        pricing=_pricing(given.pricing),
    )


def _pricing(given: LinePricingInput | None) -> PricingDraft | None:
    if given is None:
        return None
    tiers = given.tiers
    return PricingDraft(
        arrangement=given.arrangement.name,
        tiering=given.tiering.name if given.tiering else None,
        tier_period=given.tier_period.name if given.tier_period else None,
        tiers=None
        if tiers is None
        else [TierDraft(tier.up_to, Amount(tier.unit_price.amount, tier.unit_price.currency_code)) for tier in tiers],
        timing=given.timing.name if given.timing else None,
        period_anchor=given.period_anchor.name if given.period_anchor else None,
        prorated=given.prorated,
        cost_terms=_cost_terms(given.cost_terms),
    )


def _cost_terms(given: CostTermsInput | None) -> CostTermsDraft | None:
    if given is None:
        return None
    return CostTermsDraft(
        target_cost=Amount(given.target_cost.amount, given.target_cost.currency_code),
        contract_fee=_amount(given.contract_fee),
        contract_fee_percent=given.contract_fee_percent,
        fee_floor=_amount(given.fee_floor),
        fee_ceiling=_amount(given.fee_ceiling),
        vendor_share_under_percent=given.vendor_share_under_percent,
        vendor_share_over_percent=given.vendor_share_over_percent,
    )


def _amount(given: MoneyInput | None) -> Amount | None:
    return Amount(given.amount, given.currency_code) if given else None
