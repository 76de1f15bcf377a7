"""The e-invoice: EN 16931-1:2017 in the UN/CEFACT syntax (CII D16B), as Factur-X 1.0 embeds it in a PDF.

The numbers in comments and docstrings are the business terms (BT) and groups (BG) of EN 16931. The seller is the vendor
and the payee (BG-10) the operator, who issues in the seller's name and to whom paying discharges the debt. Amounts have
the digits of their currency; EN 16931 knows two at most (BR-DEC), so that a document in a currency of three, such as
KWD, says what is right and is not valid by that rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from core.money import currency_digits
from services.delivery.scope import plain

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from typing import Final

    from services.billing.papers.paper import Paper, PaperLine, PaperTax, Party

PROFILE: Final = "urn:cen.eu:en16931:2017"
NAME: Final = "factur-x.xml"
_SPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_UNITS: Final = {"HOUR": "HUR", "DAY": "DAY", "MONTH": "MON", "LUMP_SUM": "LS"}
"""UN/ECE Recommendation 20; what it has no code for is `C62`, one."""
_EXPLAINED: Final = frozenset({"E", "AE", "K", "G", "O"})
"""Categories that say why there is no tax; of the others EN 16931 forbids it (BR-S-10, BR-Z-10)."""
_OUT_OF_SCOPE: Final = "O"


def einvoice(paper: Paper) -> bytes:
    """The XML; the same bytes for the same document."""
    for prefix, space in _SPACES.items():
        ET.register_namespace(prefix, space)
    root = ET.Element(_tag("rsm", "CrossIndustryInvoice"))
    context = _in(root, "ExchangedDocumentContext", "rsm")
    _say(_in(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", PROFILE)  # BT-24
    _head(_in(root, "ExchangedDocument", "rsm"), paper)
    trade = _in(root, "SupplyChainTradeTransaction", "rsm")
    for position, line in enumerate(paper.lines, 1):
        _line(_in(trade, "IncludedSupplyChainTradeLineItem"), paper, position, line)
    _agreement(_in(trade, "ApplicableHeaderTradeAgreement"), paper)
    delivery = _in(trade, "ApplicableHeaderTradeDelivery")
    _day(_in(_in(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime"), paper.ends_on)  # BT-72
    if len(paper.acceptances) == 1:
        _say(_in(delivery, "ReceivingAdviceReferencedDocument"), "IssuerAssignedID", paper.acceptances[0])  # BT-15
    _settlement(_in(trade, "ApplicableHeaderTradeSettlement"), paper)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def amount(minor: int, currency_code: str) -> str:
    """Minor units as the decimal that the currency has."""
    digits = currency_digits(currency_code)
    sign, whole = "-" if minor < 0 else "", str(abs(minor)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"


def _head(at: ET.Element, paper: Paper) -> None:
    _say(at, "ID", paper.number)  # BT-1
    _say(at, "TypeCode", paper.type_code)  # BT-3
    _day(_in(at, "IssueDateTime"), paper.issued_on)  # BT-2
    told = (
        f"Issued by {paper.issuer.name} in the name and on behalf of {paper.seller.name}. Paying {paper.issuer.name}"
        " discharges the debt."
    )
    for note in (told, paper.reason):
        if note:
            _say(_in(at, "IncludedNote"), "Content", note)  # BT-22


def _line(at: ET.Element, paper: Paper, position: int, line: PaperLine) -> None:
    _say(_in(at, "AssociatedDocumentLineDocument"), "LineID", str(position))  # BT-126
    product = _in(at, "SpecifiedTradeProduct")
    _say(product, "Name", line.description)  # BT-153
    as_amount = line.unit_price is None
    if as_amount:
        _say(product, "Description", f"{plain(line.quantity)} {line.unit.lower().replace('_', ' ')}")  # BT-154
    agreed = _in(at, "SpecifiedLineTradeAgreement")
    total = amount(line.amount_minor, paper.currency_code)
    price = total if line.unit_price is None else plain(line.unit_price)
    _say(_in(agreed, "NetPriceProductTradePrice"), "ChargeAmount", price)  # BT-146
    quantity = _say(_in(at, "SpecifiedLineTradeDelivery"), "BilledQuantity", "1" if as_amount else plain(line.quantity))
    quantity.set("unitCode", "C62" if as_amount else _UNITS.get(line.unit, "C62"))  # BT-129, BT-130
    settled = _in(at, "SpecifiedLineTradeSettlement")
    tax = _in(settled, "ApplicableTradeTax")
    _say(tax, "TypeCode", "VAT")
    _say(tax, "CategoryCode", line.tax_category_code)  # BT-151
    if line.tax_category_code != _OUT_OF_SCOPE:
        _say(tax, "RateApplicablePercent", _percent(line.tax_rate_percent))  # BT-152
    _say(_in(settled, "SpecifiedTradeSettlementLineMonetarySummation"), "LineTotalAmount", total)  # BT-131
    _document(settled, "AdditionalReferencedDocument", line.contract_line, "130")  # BT-128


def _agreement(at: ET.Element, paper: Paper) -> None:
    in_scope = all(tax.category_code != _OUT_OF_SCOPE for tax in paper.taxes)
    _party(_in(at, "SellerTradeParty"), paper.seller, in_scope=in_scope)  # BG-4
    _party(_in(at, "BuyerTradeParty"), paper.buyer, in_scope=in_scope)  # BG-7
    if paper.purchase_order_number:
        _say(_in(at, "BuyerOrderReferencedDocument"), "IssuerAssignedID", paper.purchase_order_number)  # BT-13
    _say(_in(at, "ContractReferencedDocument"), "IssuerAssignedID", paper.contract)  # BT-12
    for acceptance in paper.acceptances:
        _document(at, "AdditionalReferencedDocument", acceptance, "916")  # BG-24


def _party(at: ET.Element, party: Party, *, in_scope: bool) -> None:
    _say(at, "ID", party.id)  # BT-29, BT-46
    _say(at, "Name", party.name)  # BT-27, BT-44
    address = _in(at, "PostalTradeAddress")
    _say(address, "CountryID", party.country_code)  # BT-40, BT-55
    if party.region_code:
        _say(address, "CountrySubDivisionName", party.region_code)  # BT-39, BT-54
    if party.tax_number and in_scope:
        # BT-31, BT-48 begin with a country's code (BR-CO-09); any other number is BT-32
        is_vat = party.tax_number[:2].isalpha()
        _say(_in(at, "SpecifiedTaxRegistration"), "ID", party.tax_number).set("schemeID", "VA" if is_vat else "FC")


def _settlement(at: ET.Element, paper: Paper) -> None:
    code = paper.currency_code
    _say(at, "InvoiceCurrencyCode", code)  # BT-5
    _say(_in(at, "PayeeTradeParty"), "Name", paper.issuer.name)  # BT-59
    for tax in paper.taxes:
        _tax(_in(at, "ApplicableTradeTax"), tax, code)
    period = _in(at, "BillingSpecifiedPeriod")
    _day(_in(period, "StartDateTime"), paper.starts_on)  # BT-73
    _day(_in(period, "EndDateTime"), paper.ends_on)  # BT-74
    terms = _in(at, "SpecifiedTradePaymentTerms")
    _say(terms, "Description", payment_terms(paper))  # BT-20
    if paper.due_on:
        _day(_in(terms, "DueDateDateTime"), paper.due_on)  # BT-9
    total = _in(at, "SpecifiedTradeSettlementHeaderMonetarySummation")
    _say(total, "LineTotalAmount", amount(paper.subtotal_minor, code))  # BT-106
    _say(total, "TaxBasisTotalAmount", amount(paper.subtotal_minor, code))  # BT-109
    _say(total, "TaxTotalAmount", amount(paper.tax_total_minor, code)).set("currencyID", code)  # BT-110
    _say(total, "GrandTotalAmount", amount(paper.total_minor, code))  # BT-112
    _say(total, "DuePayableAmount", amount(paper.total_minor, code))  # BT-115
    if paper.preceding:
        number, issued_on = paper.preceding
        before = _in(at, "InvoiceReferencedDocument")
        _say(before, "IssuerAssignedID", number)  # BT-25
        told = ET.SubElement(_in(before, "FormattedIssueDateTime"), _tag("qdt", "DateTimeString"), format="102")
        told.text = f"{issued_on:%Y%m%d}"  # BT-26


def payment_terms(paper: Paper) -> str:
    """When it is to be paid, in words (BT-20)."""
    if paper.due_on is None:
        return f"Set against invoice {paper.preceding[0] if paper.preceding else ''}".strip()
    return f"Payable within {(paper.due_on - paper.issued_on).days} days of the date of issue"


def _tax(at: ET.Element, tax: PaperTax, code: str) -> None:
    explained = tax.category_code in _EXPLAINED
    _say(at, "CalculatedAmount", amount(tax.tax_minor, code))  # BT-117
    _say(at, "TypeCode", "VAT")
    if explained and tax.reason:
        _say(at, "ExemptionReason", tax.reason)  # BT-120
    _say(at, "BasisAmount", amount(tax.taxable_minor, code))  # BT-116
    _say(at, "CategoryCode", tax.category_code)  # BT-118
    if explained and tax.reason_code:
        _say(at, "ExemptionReasonCode", tax.reason_code)  # BT-121
    if tax.category_code != _OUT_OF_SCOPE:
        _say(at, "RateApplicablePercent", _percent(tax.rate_percent))  # BT-119


def _percent(rate: Decimal) -> str:
    return plain(rate)


def _tag(prefix: str, name: str) -> str:
    return f"{{{_SPACES[prefix]}}}{name}"


def _in(at: ET.Element, name: str, prefix: str = "ram") -> ET.Element:
    return ET.SubElement(at, _tag(prefix, name))


def _say(at: ET.Element, name: str, text: str) -> ET.Element:
    said = _in(at, name)
    said.text = text
    return said


def _day(at: ET.Element, day: date) -> None:
    ET.SubElement(at, _tag("udt", "DateTimeString"), format="102").text = f"{day:%Y%m%d}"


def _document(at: ET.Element, name: str, number: str, type_code: str) -> None:
    document = _in(at, name)
    _say(document, "IssuerAssignedID", number)
    _say(document, "TypeCode", type_code)
