"""Queries and mutations of exemption certificates and tax registrations."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Reader, Rows, query
from api.schema.tax_exemption import (
    FileTaxExemptionInput,
    FileTaxExemptionPayload,
    RejectTaxExemptionInput,
    RejectTaxExemptionPayload,
    TaxExemption,
    TaxExemptionFilter,
    TaxExemptionOrder,
    VerifyTaxExemptionInput,
    VerifyTaxExemptionPayload,
)
from api.schema.tax_registering import RecordTaxRegistrationInput, RecordTaxRegistrationPayload
from core.ids import RowKey
from services.billing.taxes import exempting, reads, registering


@strawberry.type
class TaxExemptionQueries:
    """Who is exempt from tax."""

    @query(filter=TaxExemptionFilter, order=TaxExemptionOrder)
    def tax_exemptions(self, reader: Reader) -> Rows[Connection[TaxExemption]]:
        """Your association's exemption certificates; all of them for the operator."""
        return reads.tax_exemptions(reader)


@strawberry.type
class TaxExemptionMutations:
    """The association files certificates, the operator decides about them and notes tax numbers."""

    @mutation
    async def file_tax_exemption(self, info: Info, input: FileTaxExemptionInput) -> FileTaxExemptionPayload:
        """File an exemption certificate, as the association; nothing is exempt before the operator has verified it."""
        tx = info.context.tx
        exemption = await exempting.file_tax_exemption(
            tx,
            actor=tx.actor,
            number=input.number,
            country_code=input.country_code,
            region_code=input.region_code,
            evidence=RowKey(input.evidence_id.contract_id, input.evidence_id.id),
            valid_from=input.valid_from,
            valid_until=input.valid_until,
            now=tx.now,
        )
        return FileTaxExemptionPayload(tax_exemption=exemption)

    @mutation
    async def verify_tax_exemption(self, info: Info, input: VerifyTaxExemptionInput) -> VerifyTaxExemptionPayload:
        """Verify a certificate, as the operator: what is issued in its days is exempt."""
        tx = info.context.tx
        exemption = await exempting.decide_tax_exemption(
            tx,
            actor=tx.actor,
            exemption_id=input.tax_exemption_id,
            verified=True,
            reason=input.reason,
            now=tx.now,
        )
        return VerifyTaxExemptionPayload(tax_exemption=exemption)

    @mutation
    async def reject_tax_exemption(self, info: Info, input: RejectTaxExemptionInput) -> RejectTaxExemptionPayload:
        """Reject a certificate, as the operator."""
        tx = info.context.tx
        exemption = await exempting.decide_tax_exemption(
            tx,
            actor=tx.actor,
            exemption_id=input.tax_exemption_id,
            verified=False,
            reason=input.reason,
            now=tx.now,
        )
        return RejectTaxExemptionPayload(tax_exemption=exemption)

    @mutation
    async def record_tax_registration(
        self, info: Info, input: RecordTaxRegistrationInput
    ) -> RecordTaxRegistrationPayload:
        """Note an organization's region, tax number and tax currency, as the operator has checked them."""
        tx = info.context.tx
        organization = await registering.record_tax_registration(
            tx,
            actor=tx.actor,
            organization_id=input.organization_id,
            region_code=input.region_code,
            number=input.number,
            tax_currency_code=input.tax_currency_code,
            reason=input.reason,
            now=tx.now,
        )
        return RecordTaxRegistrationPayload(organization=organization)
