"""Invoices on paper: what their PDF and e-invoice say, who gets them, and that Factur-X's own validators take them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import facturx
import pypdf
import pytest

from core.actor import ANONYMOUS
from core.ids import decode, encode
from services.billing.papers.einvoice import amount, einvoice
from services.billing.papers.paper import Paper, PaperTax
from services.billing.papers.printing import InvoiceNotPrintable, printed
from services.billing.papers.reads import invoice_paper
from tests.billing.adjustments.adjusting import credit
from tests.billing.adjustments.test_crediting import billed, conceded
from tests.billing.desk import Desk
from tests.billing.market import Agreement, Market
from tests.billing.papers.validating import broken_rules
from tests.billing.test_over_http import FEBRUARY, ISSUE, february

NAMES = {"a": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"}


async def issued(market: Market, desk: Desk) -> tuple[Agreement, str]:
    """A contract, and the id of its invoice of February: 1,650.05 dollars in two lines."""
    agreement = await february(market)
    asked: dict[str, Any] = {"contractId": encode("con", agreement.id), "period": FEBRUARY}
    answer = (await desk.ask(market.billing_admin, ISSUE, input=asked))["issueInvoice"]
    return agreement, answer["invoice"]["id"]


def said(xml: bytes, path: str) -> list[str | None]:
    """The texts at a path of an e-invoice."""
    return [found.text for found in ET.fromstring(xml).iterfind(f".//a:{path.replace('/', '/a:')}", NAMES)]  # noqa: S314 - our own


async def test_an_invoice_is_handed_out_with_its_data_in_it(market: Market, desk: Desk) -> None:
    agreement, invoice = await issued(market, desk)

    pdf = await desk.get(market.finance, f"/invoices/{invoice}.pdf")
    xml = await desk.get(market.finance, f"/invoices/{invoice}.xml")

    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert (xml.status_code, xml.headers["content-type"]) == (200, "application/xml")
    assert facturx.get_xml_from_pdf(pdf.content) == ("factur-x.xml", xml.content)
    assert broken_rules(xml.content) == []
    assert said(xml.content, "ContractReferencedDocument/IssuerAssignedID") == [encode("con", agreement.id)]
    assert b"<ram:TypeCode>380</ram:TypeCode>" in xml.content
    assert said(xml.content, "BilledQuantity") == ["12.5", "4"]
    assert said(xml.content, "NetPriceProductTradePrice/ChargeAmount") == ["52", "250.0125"]
    assert said(xml.content, "LineTotalAmount") == ["650.00", "1000.05", "1650.05"]
    assert said(xml.content, "DuePayableAmount") == ["1650.05"]
    assert said(xml.content, "ApplicableTradeTax/CategoryCode") == ["O", "O", "O"]
    page = pypdf.PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert "1650.05" in page
    assert "38" not in re.findall(r"\b38(?:\.00)?\b", xml.text), "a cost is on no paper"


async def test_the_same_invoice_is_the_same_bytes(market: Market, desk: Desk) -> None:
    _, invoice = await issued(market, desk)
    first = await desk.get(market.finance, f"/invoices/{invoice}.pdf")
    again = await desk.get(market.billing_admin, f"/invoices/{invoice}.pdf")
    assert first.content == again.content
    unchanged = await desk.get(market.finance, f"/invoices/{invoice}.pdf", **{"if-none-match": first.headers["etag"]})
    assert unchanged.status_code == 304


async def test_whoever_does_not_see_an_invoice_gets_no_paper(market: Market, desk: Desk) -> None:
    _, invoice = await issued(market, desk)
    for nobody in (ANONYMOUS, market.stranger):
        for form in ("pdf", "xml"):
            assert (await desk.get(nobody, f"/invoices/{invoice}.{form}")).status_code == 404
    for nothing in (f"/invoices/{invoice}.doc", "/invoices/inv_nothing.pdf", f"/credit-notes/{invoice}.pdf"):
        assert (await desk.get(market.billing_admin, nothing)).status_code == 404


async def test_a_name_in_another_script_prints_or_is_refused_by_name(market: Market, desk: Desk) -> None:
    _, invoice = await issued(market, desk)
    paper = await paper_of(market, invoice)
    named = replace(paper, buyer=replace(paper.buyer, name="Ένωση Ασφαλιστών Łódź Ассоциация"))
    assert printed(named, fonts=None).startswith(b"%PDF-1.7")
    assert "Ассоциация".encode() in einvoice(named)
    with pytest.raises(InvoiceNotPrintable):
        printed(replace(paper, buyer=replace(paper.buyer, name="協会")), fonts=None)


@pytest.mark.parametrize(
    ("type_code", "category", "rate", "reason", "numbers"),
    [
        ("380", "S", "20", None, ("FR12345678901", "DE123456789")),
        ("384", "S", "20", None, ("12-3456789", None)),
        ("383", "Z", "0", None, ("FR12345678901", None)),
        ("381", "E", "0", "Exempt under certificate 7", ("FR12345678901", None)),
        ("380", "AE", "0", "Reverse charge", ("FR12345678901", "DE123456789")),
        ("381", "O", "0", "Not subject to tax", ("FR12345678901", "DE123456789")),
    ],
)
async def test_the_validators_take_every_kind_of_document_and_tax(
    market: Market,
    desk: Desk,
    *,
    type_code: str,
    category: str,
    rate: str,
    reason: str | None,
    numbers: tuple[str, str],
) -> None:
    _, invoice = await issued(market, desk)
    paper = await paper_of(market, invoice)
    tax_minor = 33_001 if category == "S" else 0
    code = "VATEX-EU-AE" if category == "AE" else None
    document = replace(
        paper,
        type_code=type_code,
        due_on=None if type_code == "381" else paper.due_on,
        preceding=None if type_code == "380" else ("2026-000001", paper.issued_on),
        reason=None if type_code == "380" else "Two hours too many",
        purchase_order_number="PO-7",
        seller=replace(paper.seller, tax_number=numbers[0], region_code="IDF"),
        buyer=replace(paper.buyer, tax_number=numbers[1]),
        lines=tuple(
            replace(
                line,
                tax_category_code=category,
                tax_rate_percent=Decimal(rate),
                unit_price=None if type_code == "381" else line.unit_price,
            )
            for line in paper.lines
        ),
        taxes=(PaperTax(category, Decimal(rate), paper.subtotal_minor, tax_minor, code, reason),),
        tax_total_minor=tax_minor,
        total_minor=paper.subtotal_minor + tax_minor,
    )
    xml = einvoice(document)
    assert broken_rules(xml) == []
    assert f"<ram:TypeCode>{type_code}</ram:TypeCode>".encode() in xml
    assert facturx.get_xml_from_pdf(printed(document, fonts=None)) == ("factur-x.xml", xml)


async def test_the_validators_would_see_a_wrong_total(market: Market, desk: Desk) -> None:
    _, invoice = await issued(market, desk)
    paper = await paper_of(market, invoice)
    broken = broken_rules(einvoice(replace(paper, total_minor=paper.total_minor + 1)))
    assert len(broken) == 1
    assert "BR-CO-15" in broken[0]


async def paper_of(market: Market, invoice: str) -> Paper:
    """What is printed of an invoice."""
    async with market.database.transaction(market.billing_admin, now=datetime.now(UTC), request_id="") as tx:
        paper = await invoice_paper(tx, *decode("inv", invoice, parts=2))
    assert paper is not None
    return paper


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [(165005, "USD", "1650.05"), (5, "USD", "0.05"), (-5, "USD", "-0.05"), (1650, "JPY", "1650"), (1, "KWD", "0.001")],
)
def test_an_amount_has_the_digits_of_its_currency(minor: int, currency: str, written: str) -> None:
    assert amount(minor, currency) == written


async def test_a_credit_note_has_a_paper_of_its_own(market: Market, desk: Desk) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    note_id = await credit(agreement, invoice_id, conceded(hours, 10_001))
    path = f"/credit-notes/{encode('crn', agreement.id, note_id)}"

    pdf = await desk.get(market.finance, f"{path}.pdf")
    xml = await desk.get(market.finance, f"{path}.xml")

    assert (pdf.status_code, xml.status_code) == (200, 200)
    assert facturx.get_xml_from_pdf(pdf.content) == ("factur-x.xml", xml.content)
    assert broken_rules(xml.content) == []
    assert b"<ram:TypeCode>381</ram:TypeCode>" in xml.content
    assert said(xml.content, "DuePayableAmount") == ["100.01"]
    invoice = await market.one("select number from invoice where id = $1", invoice_id)
    assert said(xml.content, "InvoiceReferencedDocument/IssuerAssignedID") == [invoice["number"]]
    assert (await desk.get(market.stranger, f"{path}.pdf")).status_code == 404
