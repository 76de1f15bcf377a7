"""Tax rules, registrations, certificates and rates as the operator's desk and the associations ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode, new_id
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, LONG_AGO, Agreement, Market

ADD = """mutation($input: AddTaxRuleInput!) { addTaxRule(input: $input) {
  taxRule { id supply trade buyerCountryCode buyerRegionCode unit category ratePercent exemptionReason validFrom
    validUntil recordedBy { name } } userErrors { field code } } }"""
END = """mutation($input: EndTaxRuleInput!) { endTaxRule(input: $input) {
  taxRule { id validUntil } userErrors { field code } } }"""
FILE = """mutation($input: FileTaxExemptionInput!) { fileTaxExemption(input: $input) {
  taxExemption { id number regionCode status evidence { name } association { name } } userErrors { field code } } }"""
VERIFY = """mutation($input: VerifyTaxExemptionInput!) { verifyTaxExemption(input: $input) {
  taxExemption { id status decideReason } userErrors { field code } } }"""
REJECT = """mutation($input: RejectTaxExemptionInput!) { rejectTaxExemption(input: $input) {
  taxExemption { id status decideReason } userErrors { field code } } }"""
REGISTER = """mutation($input: RecordTaxRegistrationInput!) { recordTaxRegistration(input: $input) {
  organization { id taxRegistration { regionCode number taxCurrencyCode } } userErrors { field code } } }"""
ENTER = """mutation($input: EnterExchangeRateInput!) { enterExchangeRate(input: $input) {
  exchangeRate { id source rateOn fromCurrencyCode toCurrencyCode rate } userErrors { field code } } }"""
WITHDRAW = """mutation($input: WithdrawExchangeRateInput!) { withdrawExchangeRate(input: $input) {
  exchangeRate { id withdrawReason } userErrors { field code } } }"""
IMPORT = """mutation($input: ImportExchangeRatesInput!) { importExchangeRates(input: $input) {
  added userErrors { field code } } }"""
REPORT = """mutation($input: SetReportingCurrencyInput!) { setReportingCurrency(input: $input) {
  reportingCurrencyCode userErrors { field code } } }"""

TEXAS = {
    "supply": "SERVICES", "buyerCountryCode": "US", "buyerRegionCode": "TX", "category": "S", "ratePercent": "8.25",
    "validFrom": "2026-01-01", "reason": "Texas, state and local",
}  # fmt: skip
REVERSE = {
    "supply": "SERVICES", "trade": "INTRA_EU", "category": "AE", "ratePercent": "0", "validFrom": "2026-01-01",
    "exemptionReasonCode": "VATEX-EU-AE", "exemptionReason": "Reverse charge", "reason": "Article 196",
}  # fmt: skip
MEXICO = {"rateOn": "2026-11-20", "fromCurrencyCode": "USD", "toCurrencyCode": "MXN", "rate": "18", "reason": "Daily"}
ECB_DAY = "Date, USD, JPY, GBP, ISK, \n20 November 2026, 1.1573, 163.25, 0.8412, N/A, \n"


async def upload(market: Market, agreement: Agreement) -> str:
    """A file on a contract, as POST /evidence leaves it."""
    evidence = new_id()
    await market.insert(
        "evidence", **market.key(agreement.id), id=evidence, name="resale.pdf", media_type="application/pdf",
        byte_size=4, sha256="0" * 64, uploaded_at=LONG_AGO, uploaded_by_member_id=new_id(), uploaded_by_name="Kim",
        uploaded_by_email="kim@guild.example", uploaded_by_organization_name="Guild",
    )  # fmt: skip
    return encode("evd", agreement.id, evidence)


async def written(market: Market) -> list[dict[str, Any]]:
    """Whatever was written by a mutation of this page."""
    return await market.all(
        """select to_jsonb(t) as row from tax_rule t union all select to_jsonb(t) from tax_exemption t
        union all select to_jsonb(t) from tax_registration t union all select to_jsonb(t) from exchange_rate t
        union all select to_jsonb(t) from billing_setting t
        union all select to_jsonb(t) from audit_event t order by 1"""
    )


async def test_a_rule_is_written_and_ended(market: Market, desk: Desk) -> None:
    added = (await desk.ask(market.billing_admin, ADD, input=TEXAS))["addTaxRule"]
    assert added["userErrors"] == []
    rule = added["taxRule"]
    ended = {"taxRuleId": rule["id"], "validUntil": "2026-06-30", "reason": "A higher rate from July"}
    assert rule == {
        "id": rule["id"], "supply": "SERVICES", "trade": None, "buyerCountryCode": "US", "buyerRegionCode": "TX",
        "unit": None, "category": "S", "ratePercent": "8.25", "exemptionReason": None, "validFrom": "2026-01-01",
        "validUntil": None, "recordedBy": {"name": "Kim"},
    }  # fmt: skip
    again = (await desk.ask(market.billing_admin, ADD, input=TEXAS))["addTaxRule"]
    assert again == {"taxRule": None, "userErrors": [{"field": "validFrom", "code": "TAX_RULE_OVERLAPS"}]}
    answer = (await desk.ask(market.billing_admin, END, input=ended))["endTaxRule"]
    assert answer == {"taxRule": {"id": rule["id"], "validUntil": "2026-06-30"}, "userErrors": []}
    later = {**ended, "validUntil": "2026-12-31"}
    answer = (await desk.ask(market.billing_admin, END, input=later))["endTaxRule"]
    assert answer == {"taxRule": None, "userErrors": [{"field": "validUntil", "code": "INVALID_INPUT"}]}
    july = {**TEXAS, "validFrom": "2026-07-01", "ratePercent": "8.3125"}
    assert (await desk.ask(market.billing_admin, ADD, input=july))["addTaxRule"]["userErrors"] == []
    listed = (
        "query($filter: TaxRuleFilter) { taxRules(first: 5, filter: $filter) { totalCount nodes { ratePercent } } }"
    )
    told = await desk.ask(market.billing_admin, listed, filter={"validOn": "2026-07-04", "supply": "SERVICES"})
    assert told["taxRules"] == {"totalCount": 1, "nodes": [{"ratePercent": "8.3125"}]}
    for reader in (market.finance, market.vendor_owner, market.stranger, ANONYMOUS):
        assert (await desk.ask(reader, listed, filter={}))["taxRules"] == {"totalCount": 0, "nodes": []}
    events = await market.all(
        "select type, reason from audit_event where actor_member_id = $1 order by id", market.billing_admin.member_id
    )
    assert [tuple(event.values()) for event in events] == [
        ("TAX_RULE_ADDED", "Texas, state and local"),
        ("TAX_RULE_ENDED", "A higher rate from July"),
        ("TAX_RULE_ADDED", "Texas, state and local"),
    ]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"ratePercent": "0"}, "TAX_RATE_UNFIT", "ratePercent"),
        ({"ratePercent": "8.25001"}, "INVALID_INPUT", "ratePercent"),
        ({"ratePercent": "100.01"}, "INVALID_INPUT", "ratePercent"),
        ({"category": "Z"}, "TAX_RATE_UNFIT", "ratePercent"),
        ({"category": "E", "ratePercent": "0"}, "TAX_REASON_UNFIT", "exemptionReason"),
        ({"exemptionReason": "None"}, "TAX_REASON_UNFIT", "exemptionReason"),
        ({"exemptionReasonCode": "VATEX-EU-O"}, "TAX_REASON_UNFIT", "exemptionReasonCode"),
        ({"buyerRegionCode": "Texas"}, "INVALID_INPUT", "buyerRegionCode"),
        ({"sellerRegionCode": "TX"}, "INVALID_INPUT", "sellerCountryCode"),
        ({"validUntil": "2025-12-31"}, "INVALID_INPUT", "validUntil"),
        ({"reason": " "}, "TEXT_BLANK", "reason"),
    ],
)
async def test_a_rule_that_says_nothing_sound_is_refused(
    market: Market, desk: Desk, changed: dict[str, str], code: str, field: str
) -> None:
    before = await written(market)
    answer = (await desk.ask(market.billing_admin, ADD, input=TEXAS | changed))["addTaxRule"]
    assert answer == {"taxRule": None, "userErrors": [{"field": field, "code": code}]}
    assert await written(market) == before


async def test_a_certificate_is_filed_by_the_association_and_decided_by_the_operator(
    market: Market, desk: Desk
) -> None:
    agreement = await market.agree(ADMIN)
    paper = await upload(market, agreement)
    given = {
        "number": "TX-501-88", "countryCode": "US", "regionCode": "TX", "evidenceId": paper,
        "validFrom": "2026-01-01", "validUntil": "2026-12-31",
    }  # fmt: skip
    stranger = (await desk.ask(market.stranger, FILE, input=given))["fileTaxExemption"]
    assert stranger == {"taxExemption": None, "userErrors": [{"field": "evidenceId", "code": "NOT_FOUND"}]}
    filed = [(await desk.ask(market.finance, FILE, input=given))["fileTaxExemption"] for _ in range(3)]
    first, second, third = (answer["taxExemption"] for answer in filed)
    assert first == {
        "id": first["id"], "number": "TX-501-88", "regionCode": "TX", "status": "FILED",
        "evidence": {"name": "resale.pdf"}, "association": {"name": "National Guild of Water Inspectors"},
    }  # fmt: skip
    for actor, code in (
        (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"),
        (ANONYMOUS, "UNAUTHENTICATED"),
    ):
        answer = await desk.ask(actor, VERIFY, input={"taxExemptionId": first["id"], "reason": "Ours"})
        assert answer["verifyTaxExemption"] == {"taxExemption": None, "userErrors": [{"field": None, "code": code}]}
    verify = {"taxExemptionId": first["id"], "reason": "Asked the comptroller"}
    answer = (await desk.ask(market.billing_admin, VERIFY, input=verify))["verifyTaxExemption"]
    assert answer["taxExemption"] == {"id": first["id"], "status": "VERIFIED", "decideReason": "Asked the comptroller"}
    answer = (await desk.ask(market.billing_admin, REJECT, input=verify))["rejectTaxExemption"]
    assert answer["userErrors"] == [{"field": "taxExemptionId", "code": "EXEMPTION_DECIDED"}]
    answer = await desk.ask(market.billing_admin, VERIFY, input=verify | {"taxExemptionId": second["id"]})
    assert answer["verifyTaxExemption"]["userErrors"] == [{"field": "taxExemptionId", "code": "EXEMPTION_OVERLAPS"}]
    answer = await desk.ask(market.billing_admin, REJECT, input=verify | {"taxExemptionId": third["id"]})
    assert answer["rejectTaxExemption"]["taxExemption"]["status"] == "REJECTED"
    listed = "{ taxExemptions(first: 5, filter: {status: [VERIFIED]}) { nodes { id } } }"
    seen = {"taxExemptions": {"nodes": [{"id": first["id"]}]}}
    assert await desk.ask(market.billing_admin, listed) == await desk.ask(market.finance, listed) == seen
    for reader in (market.acceptor, market.vendor_owner, market.stranger, ANONYMOUS):
        assert await desk.ask(reader, listed) == {"taxExemptions": {"nodes": []}}


async def test_a_registration_is_read_by_the_organization_and_the_operator(market: Market, desk: Desk) -> None:
    guild = encode("org", market.association)
    given = {"organizationId": guild, "regionCode": "TX", "number": "74-1234567", "reason": "Asked the IRS"}
    noted = {"regionCode": "TX", "number": "74-1234567", "taxCurrencyCode": None}
    answer = (await desk.ask(market.billing_admin, REGISTER, input=given))["recordTaxRegistration"]
    assert answer == {"organization": {"id": guild, "taxRegistration": noted}, "userErrors": []}
    answer = await desk.ask(market.billing_admin, REGISTER, input=given | {"taxCurrencyCode": "EUR"})
    assert answer["recordTaxRegistration"]["organization"]["taxRegistration"]["taxCurrencyCode"] == "EUR"
    request = "query($id: ID!) { organization(id: $id) { taxRegistration { number } } }"
    assert (await desk.ask(market.acceptor, request, id=guild))["organization"]["taxRegistration"] is not None
    await market.agree(ADMIN)
    assert (await desk.ask(market.vendor_owner, request, id=guild))["organization"] == {"taxRegistration": None}


async def test_a_rate_is_entered_once_imported_once_and_withdrawn(market: Market, desk: Desk) -> None:
    given = {
        "rateOn": "2026-11-20", "fromCurrencyCode": "USD", "toCurrencyCode": "MXN", "rate": "18.123456789012",
        "reason": "Banco de México",
    }  # fmt: skip
    entered = (await desk.ask(market.billing_admin, ENTER, input=given))["enterExchangeRate"]["exchangeRate"]
    assert entered == {
        "id": entered["id"], "source": "OPERATOR", "rateOn": "2026-11-20", "fromCurrencyCode": "USD",
        "toCurrencyCode": "MXN", "rate": "18.123456789012",
    }  # fmt: skip
    again = (await desk.ask(market.billing_admin, ENTER, input=given))["enterExchangeRate"]
    assert again["userErrors"] == [{"field": "rateOn", "code": "RATE_ENTERED_ALREADY"}]
    file = {"content": ECB_DAY, "reason": "Daily"}
    for added in (3, 0):
        answer = (await desk.ask(market.billing_admin, IMPORT, input=file))["importExchangeRates"]
        assert answer == {"added": added, "userErrors": []}
    withdraw = {"exchangeRateId": entered["id"], "reason": "A slip of the pen"}
    for code in ([], ["RATE_WITHDRAWN"]):
        answer = (await desk.ask(market.billing_admin, WITHDRAW, input=withdraw))["withdrawExchangeRate"]
        assert [error["code"] for error in answer["userErrors"]] == code
    corrected = (await desk.ask(market.billing_admin, ENTER, input=given | {"rate": "18.2"}))["enterExchangeRate"]
    assert corrected["exchangeRate"]["rate"] == "18.2"
    listed = "{ exchangeRates(first: 9, filter: {source: ECB}) { nodes { fromCurrencyCode toCurrencyCode rate } } }"
    told = (await desk.ask(market.billing_admin, listed))["exchangeRates"]["nodes"]
    assert sorted((node["toCurrencyCode"], node["rate"]) for node in told) == [
        ("GBP", "0.8412"), ("JPY", "163.25"), ("USD", "1.1573"),
    ]  # fmt: skip
    assert (await desk.ask(market.finance, listed))["exchangeRates"]["nodes"] == []
    set_ = await desk.ask(market.billing_admin, REPORT, input={"currencyCode": "EUR", "reason": "Books in euro"})
    assert set_["setReportingCurrency"] == {"reportingCurrencyCode": "EUR", "userErrors": []}
    setting = "{ billingSetting { reportingCurrencyCode } }"
    assert (await desk.ask(market.billing_admin, setting))["billingSetting"] == {"reportingCurrencyCode": "EUR"}
    assert (await desk.ask(market.vendor_owner, setting))["billingSetting"] is None


@pytest.mark.parametrize(
    ("request_", "given"),
    [
        (ADD, TEXAS),
        (ADD, REVERSE),
        (REGISTER, {"regionCode": "TX", "reason": "Known"}),
        (ENTER, MEXICO),
        (IMPORT, {"content": ECB_DAY, "reason": "Daily"}),
        (REPORT, {"currencyCode": "EUR", "reason": "Books in euro"}),
    ],
)
async def test_only_the_operators_billing_desk_configures(
    market: Market, desk: Desk, request_: str, given: dict[str, str]
) -> None:
    if request_ == REGISTER:
        given = {**given, "organizationId": encode("org", market.association)}
    before = await written(market)
    auditor = market.member("OPERATOR", market.operator, "AUDITOR")
    others: list[tuple[Actor, str]] = [
        (ANONYMOUS, "UNAUTHENTICATED"), (market.stranger, "FORBIDDEN"), (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"), (auditor, "FORBIDDEN"),
    ]  # fmt: skip
    for actor, code in others:
        (payload,) = (await desk.ask(actor, request_, input=given)).values()
        assert payload["userErrors"] == [{"field": None, "code": code}]
    assert await written(market) == before
    (payload,) = (await desk.ask(market.billing_admin, request_, input=given)).values()
    assert payload["userErrors"] == []
