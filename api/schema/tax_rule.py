"""Rules by which tax is charged."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import strawberry
from sqlalchemy import any_, or_

from api.reading import (
    CountryCode,
    Id,
    Node,
    Payload,
    column,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.enums import Unit
from api.schema.person import Person, person
from services.billing.taxes import models as rows


@strawberry.enum(description="How a sale is taxed: the codes of UNCL 5305 that EN 16931 takes.")
class TaxCategory(Enum):
    """Seven of them."""

    S = strawberry.enum_value("S", description="Taxed at a rate above zero.")
    Z = strawberry.enum_value("Z", description="Zero rated.")
    E = strawberry.enum_value("E", description="Exempt, by law or by a certificate.")
    AE = strawberry.enum_value("AE", description="Reverse charge: the buyer accounts for the tax.")
    K = strawberry.enum_value("K", description="An exempt supply within the EU.")
    G = strawberry.enum_value("G", description="An export: free of tax.")
    O = strawberry.enum_value("O", description="Not subject to tax.")  # noqa: E741  (the code is the letter)


@strawberry.enum(description="What is sold.")
class TaxSupply(Enum):
    """Services, or the marketplace's."""

    SERVICES = strawberry.enum_value("SERVICES", description="What a vendor sells to an association.")
    PLATFORM_FEES = strawberry.enum_value("PLATFORM_FEES", description="What the operator sells to a vendor.")


@strawberry.enum(description="How seller and buyer lie to each other.")
class TaxTrade(Enum):
    """Domestic, within the EU, international."""

    DOMESTIC = strawberry.enum_value("DOMESTIC", description="Both are in one country.")
    INTRA_EU = strawberry.enum_value("INTRA_EU", description="They are in two member states of the European Union.")
    INTERNATIONAL = strawberry.enum_value("INTERNATIONAL", description="They are in two countries, not both in the EU.")


@node(rows.TaxRule, prefix="txr")
class TaxRule(Node):
    """Which tax a sale bears; a condition that is null holds of every sale.

    Of the rules that hold, the one that names the unit comes first, then the buyer's region, the buyer's country, the
    seller's region, the seller's country, the trade.
    """

    supply: TaxSupply = column("What is sold.")
    trade: TaxTrade | None = column("Only where seller and buyer lie so to each other.")
    seller_country_code: CountryCode | None = column("Only of sellers at home there.")
    seller_region_code: str | None = column("Only of sellers registered in this region, such as TX.")
    buyer_country_code: CountryCode | None = column("Only to buyers at home there.")
    buyer_region_code: str | None = column("Only to buyers registered in this region, such as TX.")
    unit: Unit | None = column("Only what is sold by this unit.")
    category: TaxCategory = column("How it is taxed.", name="category_code")
    rate_percent: Decimal = column("The rate, in percent of the price net of tax.")
    exemption_reason_code: str | None = column("Why no tax is charged, by a VATEX code.", name="reason_code")
    exemption_reason: str | None = column("The same in words, as invoices say it; null of S and Z.", name="reason")
    valid_from: date = column("The first day of issue that it holds on.")
    valid_until: date | None = column("The last one; null until it is ended.")
    recorded_at: datetime = column("When it was written.")
    recorded_by: Person = one("Who did.", rows=lambda rule: person(rule, prefix="recorded_by_"))


@filters
class TaxRuleFilter:
    """Which rules."""

    supply: TaxSupply | None = where("Of what is sold.", lambda rule, v: rule.supply == v.name)
    category: list[TaxCategory] | None = where("Taxing so.", lambda rule, v: rule.category_code == any_(v))
    valid_on: date | None = where(
        "Holding on this day.",
        lambda rule, v: (rule.valid_from <= v) & or_(rule.valid_until.is_(None), rule.valid_until >= v),
    )
    buyer_country_code: CountryCode | None = where(
        "Naming this country of the buyer.", lambda rule, v: rule.buyer_country_code == v
    )


@orders
class TaxRuleOrder(Enum):
    """How rules are ordered."""

    NEWEST = order("What begins last comes first.", lambda rule: [rule.valid_from.desc()])
    OLDEST = order("What begins first comes first.", lambda rule: [rule.valid_from])


@inputs
class AddTaxRuleInput:
    """A rule; each condition that is not given holds of every sale."""

    supply: TaxSupply = strawberry.field(description="What is sold.")
    trade: TaxTrade | None = strawberry.field(default=None, description="How seller and buyer lie to each other.")
    seller_country_code: CountryCode | None = strawberry.field(default=None, description="The seller's country.")
    seller_region_code: str | None = strawberry.field(
        default=None, description="The seller's region: the second part of an ISO 3166-2 code."
    )
    buyer_country_code: CountryCode | None = strawberry.field(default=None, description="The buyer's country.")
    buyer_region_code: str | None = strawberry.field(
        default=None, description="The buyer's region: the second part of an ISO 3166-2 code."
    )
    unit: Unit | None = strawberry.field(default=None, description="What is sold by this unit only.")
    category: TaxCategory = strawberry.field(description="How it is taxed.")
    rate_percent: Decimal = strawberry.field(
        description="Percent of the price net of tax, at most four decimals; above zero of S, zero of all others."
    )
    exemption_reason_code: str | None = strawberry.field(
        default=None, description="A VATEX code such as VATEX-EU-AE, at most 50 characters."
    )
    exemption_reason: str | None = strawberry.field(
        default=None, description="Why no tax is charged, as invoices say it, at most 500 characters; not of S and Z."
    )
    valid_from: date = strawberry.field(description="The first day of issue that it holds on.")
    valid_until: date | None = strawberry.field(default=None, description="The last one; not given: until it is ended.")
    reason: str = strawberry.field(description="Why the rule is written, at most 2,000 characters.")


@payload
class AddTaxRulePayload(Payload):
    """What was written."""

    tax_rule: TaxRule | None = result("The rule; null when refused.")


@inputs
class EndTaxRuleInput:
    """A rule to end, or to end earlier."""

    tax_rule_id: Id[TaxRule] = strawberry.field(description="The rule.")
    valid_until: date = strawberry.field(description="Its last day.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@payload
class EndTaxRulePayload(Payload):
    """What was ended."""

    tax_rule: TaxRule | None = result("The rule; null when refused.")
