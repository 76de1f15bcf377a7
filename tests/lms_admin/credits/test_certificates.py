"""Certificates on paper: who is handed one, what it says, and that it is the same file each time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from core.actor import ANONYMOUS
from services.lms_admin.credits.numbers import grouped
from services.lms_admin.credits.printing import CertificateNotPrintable, in_words, printed
from tests.delivery.desk import Desk
from tests.lms_admin.credits.faculty import Faculty

HOSTILE = '#panic("x") *bold* $1/0$ \\ @ref <label> #read("/etc/passwd") ]#eval("1")[ https://evil.example "'


def to_print(**others: object) -> Any:  # noqa: ANN401  (stands for a row)
    """A row as the certificate's SELECT finds it."""
    facts = {
        "status": "VALID",
        "number": "7K3D9QWEABCDEFGHJKMNPQRSTVWX",
        "member_number": "104233",
        "learner_name": "Ana Soto",
        "licence_number": "RN-883112",
        "licence_jurisdiction": "US-CA",
        "title": "Ethics in Credentialing",
        "accreditor": "IACET",
        "provider_number": "105873",
        "approval_number": "ETH-2026-014",
        "credit_type_name": "Continuing Education",
        "unit": "CONTACT_HOUR",
        "quantity": Decimal("1.500000"),
        "earned_on": date(2026, 3, 3),
        "on_behalf_of": "National Guild",
        "recorded_at": datetime(2026, 6, 15, 12, tzinfo=UTC),
    }
    return SimpleNamespace(**(facts | others))


def pdf(**others: object) -> bytes:
    return printed(to_print(**others), verification="https://api.example/verify/7K3D", fonts=None)


def test_the_same_certificate_is_the_same_file() -> None:
    first = pdf()
    assert first == pdf()
    assert first != pdf(learner_name="Anna Soto")
    assert first.startswith(b"%PDF-1.7")
    # it says of itself that it can be archived and read aloud
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in first
    assert b"<pdfuaid:part>1</pdfuaid:part>" in first
    assert len(re.findall(rb"/Type\s*/Page\b", first)) == 1


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "Dr. María-José Ångström-O'Neill, CAE",
        "Ελένη Παπαδοπούλου",
        "Юлия Щербакова",
        "Nguyễn Thị Phượng",
        "יוסף כהן",
        "محمد بن عبد الله",
        "देवदत्त",
        "W" * 200,
        "Wolfeschlegelsteinhausenbergerdorff " * 5,
    ],
)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    content = pdf(learner_name=name.strip(), title=f"{name} {name[:90]}".strip(), on_behalf_of=name.strip())
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


@pytest.mark.parametrize("name", ["王小明", "山田太郎", "김철수", "สมชาย", "Ana 🎓"])
def test_what_the_fonts_lack_is_refused_and_not_printed_as_boxes(name: str) -> None:
    with pytest.raises(CertificateNotPrintable):
        pdf(learner_name=name)


@pytest.mark.parametrize("status", ["REVOKED", "REPLACED"])
def test_what_does_not_hold_is_marked(status: str) -> None:
    assert pdf(status=status) != pdf()


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("1.500000", "CONTACT_HOUR", "1.5 contact hours"),
        ("1", "CONTACT_HOUR", "1 contact hour"),
        ("0.150000", "CEU", "0.15 CEUs"),
        ("1.000000", "CEU", "1 CEU"),
        ("100", "CREDIT", "100 credits"),
    ],
)
def test_credit_is_written_as_people_write_it(quantity: str, unit: str, words: str) -> None:
    assert in_words(Decimal(quantity), unit) == words


async def test_it_is_handed_to_those_who_see_its_learner(desk: Desk, faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())
    number = (await faculty.certificate(certificate))["number"]
    path = f"/certificates/{grouped(number)}.pdf"
    guild = faculty.guild
    for actor in (faculty.administrator, guild.acceptor, guild.vendor_owner, guild.lead):
        assert (await desk.download(actor, path)).status_code == 200
    answer = await desk.download(faculty.owner, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["content-disposition"] == f'inline; filename="certificate-{grouped(number)}.pdf"'
    same = await desk.download(faculty.owner, path, **{"if-none-match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    await faculty.revoke(certificate)
    marked = await desk.download(faculty.owner, path)
    assert marked.content != answer.content
    assert marked.headers["etag"] != answer.headers["etag"]


async def test_to_others_it_is_not_there(desk: Desk, faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested())
    path = f"/certificates/{(await faculty.certificate(certificate))['number']}.pdf"
    told = set()
    for actor, asked in (
        (ANONYMOUS, path),
        (faculty.guild.stranger, path),
        (faculty.guild.worker, path),
        (faculty.owner, f"/certificates/{'Z' * 28}.pdf"),
        (faculty.owner, "/certificates/none.pdf"),
        (faculty.owner, "/certificates/%00.pdf"),
    ):
        answer = await desk.download(actor, asked)
        told.add((answer.status_code, answer.text))
    assert [status for status, _ in told] == [404]
    wrong = await desk.client.get(path, headers={"authorization": "Bearer none"})
    assert wrong.status_code == 401
    await faculty.erase(early_reason="They asked")
    assert (await desk.download(faculty.owner, path)).status_code == 404


async def test_a_name_that_no_font_can_write_is_told_by_its_code(desk: Desk, faculty: Faculty) -> None:
    rule = await faculty.rule(await faculty.activity())
    (certificate,) = await faculty.award(rule, faculty.attested(learner_name="王小明"))
    number = (await faculty.certificate(certificate))["number"]
    answer = await desk.download(faculty.owner, f"/certificates/{number}.pdf")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["extensions"]["code"] == "CERTIFICATE_NOT_PRINTABLE"
