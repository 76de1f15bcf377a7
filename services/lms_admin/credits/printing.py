"""A certificate on paper: PDF/A-2a and PDF/UA-1, the same bytes whenever it is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import typst

from core.errors import DomainError
from services.delivery.scope import plain
from services.lms_admin.credits.numbers import grouped

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any, Final

    from sqlalchemy import Row

TEMPLATE: Final = Path(__file__).with_name("certificate.typ").read_bytes()
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]
ONE: Final = {"CONTACT_HOUR": "contact hour", "CEU": "CEU", "CREDIT": "credit"}


class CertificateNotPrintable(DomainError):
    """The fonts at hand lack a letter of the certificate; whoever runs the marketplace can add fonts."""


def printed(certificate: Row[Any], *, verification: str, fonts: Path | None) -> bytes:
    """Return the PDF of what `reads.to_print` found; `fonts` is a folder of more fonts than Typst brings.

    Refuses with CertificateNotPrintable.
    """
    said = orjson.dumps(_said(certificate, verification)).decode()
    try:
        return typst.compile(
            TEMPLATE,
            format="pdf",
            sys_inputs={"certificate": said},
            font_paths=_fonts(fonts),
            pdf_standards=STANDARDS,
            timestamp=int(certificate.recorded_at.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        raise CertificateNotPrintable("the fonts at hand lack a letter of this certificate") from None


def in_words(quantity: Decimal, unit: str) -> str:
    """A quantity of credit as people write it."""
    return f"{plain(quantity)} {ONE[unit]}{'' if quantity == 1 else 's'}"


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    # never those of the machine: the same certificate is the same file everywhere
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _said(certificate: Row[Any], verification: str) -> dict[str, object]:
    """Everything on the certificate, as the template names it; text is data there, and never markup."""
    day, made = certificate.earned_on, certificate.recorded_at
    holder = [f"Member {certificate.member_number}"]
    if certificate.licence_number:
        where = f" ({certificate.licence_jurisdiction})" if certificate.licence_jurisdiction else ""
        holder.append(f"Licence {certificate.licence_number}{where}")
    return {
        "association": certificate.on_behalf_of,
        "learner": certificate.learner_name,
        "activity": certificate.title,
        "credit": in_words(certificate.quantity, certificate.unit),
        "creditType": certificate.credit_type_name,
        "earned": f"{day:%B} {day.day}, {day.year}",
        "accreditor": certificate.accreditor,
        "approval": [f"Provider number {certificate.provider_number}", f"Approval {certificate.approval_number}"],
        "holder": holder,
        "number": grouped(certificate.number),
        "verification": verification,
        "mark": None if certificate.status == "VALID" else certificate.status,
        "year": made.year,
        "month": made.month,
        "day": made.day,
    }
