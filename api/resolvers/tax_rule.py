"""Queries and mutations of tax rules."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Reader, Rows, query
from api.schema.tax_rule import (
    AddTaxRuleInput,
    AddTaxRulePayload,
    EndTaxRuleInput,
    EndTaxRulePayload,
    TaxRule,
    TaxRuleFilter,
    TaxRuleOrder,
)
from services.billing.taxes import reads, ruling


@strawberry.type
class TaxRuleQueries:
    """How sales are taxed."""

    @query(filter=TaxRuleFilter, order=TaxRuleOrder)
    def tax_rules(self, reader: Reader) -> Rows[Connection[TaxRule]]:
        """The rules by which tax is charged, also those that have ended; for the operator."""
        return reads.tax_rules(reader)


@strawberry.type
class TaxRuleMutations:
    """The operator's billing desk says how sales are taxed."""

    @mutation
    async def add_tax_rule(self, info: Info, input: AddTaxRuleInput) -> AddTaxRulePayload:
        """Write a rule; what is issued from its first day on is taxed by it."""
        tx = info.context.tx
        rule = await ruling.add_tax_rule(
            tx,
            actor=tx.actor,
            ruling=ruling.Ruling(
                supply=input.supply.name,
                trade=input.trade and input.trade.name,
                seller_country_code=input.seller_country_code,
                seller_region_code=input.seller_region_code,
                buyer_country_code=input.buyer_country_code,
                buyer_region_code=input.buyer_region_code,
                unit=input.unit and input.unit.name,
                category_code=input.category.name,
                rate_percent=input.rate_percent,
                reason_code=input.exemption_reason_code,
                reason=input.exemption_reason,
                valid_from=input.valid_from,
                valid_until=input.valid_until,
            ),
            why=input.reason,
            now=tx.now,
        )
        return AddTaxRulePayload(tax_rule=rule)

    @mutation
    async def end_tax_rule(self, info: Info, input: EndTaxRuleInput) -> EndTaxRulePayload:
        """Name the last day of a rule; what was issued stays as it is."""
        tx = info.context.tx
        rule = await ruling.end_tax_rule(
            tx, actor=tx.actor, rule_id=input.tax_rule_id, valid_until=input.valid_until, why=input.reason
        )
        return EndTaxRulePayload(tax_rule=rule)
