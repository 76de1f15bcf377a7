"""An invoice or credit note as PDF/A-3a and PDF/UA-1 with its e-invoice in it (Factur-X), the same bytes each time."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from core.errors import DomainError
from services.billing.papers.einvoice import NAME, amount, einvoice, payment_terms
from services.delivery.scope import plain

if TYPE_CHECKING:
    from typing import Final

    from services.billing.papers.paper import Paper, PaperLine, Party

TEMPLATE: Final = Path(__file__).with_name("invoice.typ").read_bytes()
SCHEMA: Final = Path(__file__).with_name("facturx.xmp").read_text()
STANDARDS: Final[list[typst.PDFStandard]] = ["a-3a", "ua-1"]
KINDS: Final = {"380": "Invoice", "381": "Credit note", "383": "Debit note", "384": "Corrected invoice"}


class InvoiceNotPrintable(DomainError):
    """The fonts at hand lack a letter of the invoice; whoever runs the marketplace can add fonts."""


def printed(paper: Paper, *, fonts: Path | None) -> bytes:
    """The PDF; `fonts` is a folder of more fonts than Typst brings. Refuses with InvoiceNotPrintable."""
    inputs = {"paper": orjson.dumps(_said(paper)).decode(), "xml": einvoice(paper).decode()}
    try:
        plainly = typst.compile(
            TEMPLATE,
            format="pdf",
            sys_inputs=inputs,
            font_paths=_fonts(fonts),
            pdf_standards=STANDARDS,
            timestamp=int(paper.issued_at.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        raise InvoiceNotPrintable("the fonts at hand lack a letter of this invoice") from None
    return _declared(plainly)


def _declared(pdf: bytes) -> bytes:
    """The PDF saying in its metadata that it is a Factur-X: that is not in Typst's reach."""
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    stream = writer.root_object["/Metadata"].get_object()
    said: str = stream.get_data().decode()  # type: ignore[union-attr]
    declared = DecodedStreamObject()
    declared.set_data(said.replace("</rdf:RDF>", SCHEMA.replace("FILE", NAME) + "</rdf:RDF>", 1).encode())
    declared.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(declared)  # noqa: SLF001 - pypdf's way of it
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    # never those of the machine: the same invoice is the same file everywhere
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _said(paper: Paper) -> dict[str, object]:
    """Everything on the page, as the template names it; text is data there, and never markup."""
    code = paper.currency_code
    facts = [
        ("Issued on", f"{paper.issued_on}"),
        ("Due on", f"{paper.due_on or '-'}"),
        ("Service period", f"{paper.starts_on} to {paper.ends_on}"),
        ("Payment", payment_terms(paper)),
        ("Contract", paper.contract_title),
        ("Purchase order", paper.purchase_order_number or "-"),
    ]
    if paper.preceding:
        facts.append(("Concerns invoice", f"{paper.preceding[0]} of {paper.preceding[1]}"))
    reasons = [tax.reason for tax in paper.taxes if tax.reason and not tax.tax_minor]
    discharge = f"Paying {paper.issuer.name} discharges the debt: it issues and collects in the seller's name."
    return {
        "kind": KINDS[paper.type_code],
        "number": paper.number,
        "seller": _party(paper.seller),
        "buyer": _party(paper.buyer),
        "issuer": _party(paper.issuer),
        "facts": facts,
        "currency": code,
        "lines": [_line(line, code) for line in paper.lines],
        "totals": [
            ("Net", amount(paper.subtotal_minor, code)),
            *((f"Tax {plain(tax.rate_percent)} %", amount(tax.tax_minor, code)) for tax in paper.taxes),
        ],
        "total": amount(paper.total_minor, code),
        "notes": [note for note in (paper.reason, *reasons, discharge) if note],
        "void": paper.is_void,
        "year": paper.issued_on.year,
        "month": paper.issued_on.month,
        "day": paper.issued_on.day,
    }


def _party(party: Party) -> dict[str, str | None]:
    where = f"{party.region_code}, {party.country_code}" if party.region_code else party.country_code
    return {"name": party.name, "country": where, "tax": party.tax_number}


def _line(line: PaperLine, code: str) -> list[str]:
    unit = line.unit.lower().replace("_", " ")
    price = "" if line.unit_price is None else plain(line.unit_price)
    tax = f"{plain(line.tax_rate_percent)} %"
    return [line.description, f"{plain(line.quantity)} {unit}", price, tax, amount(line.amount_minor, code)]
