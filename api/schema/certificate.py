"""Certificates of credit: what learners are given, and all that names them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import ColumnElement, Text, and_, func, literal_column

from api.reading import Id, Node, Payload, Percent, Row, column, expression, inputs, node, one, payload, result
from services.lms_admin.credits import models as rows
from services.lms_admin.credits import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.credit_activity import CreditActivity
    from api.schema.credit_entry import CreditEntry


@strawberry.enum(description="Whether a certificate holds.")
class CertificateStatus(Enum):
    """Valid or not."""

    VALID = strawberry.enum_value("VALID", description="It holds.")
    REVOKED = strawberry.enum_value("REVOKED", description="The association took it back.")
    REPLACED = strawberry.enum_value("REPLACED", description="It was taken back, and another one given in its place.")


def _grouped(certificate: Row) -> ColumnElement[str]:
    how: tuple[ColumnElement[str], ...] = tuple(literal_column(text) for text in (r"'(.{4})(?=.)'", r"'\1-'", "'g'"))
    return func.regexp_replace(certificate.number, *how, type_=Text())


def _path(prefix: str, suffix: str, certificate: Row) -> ColumnElement[str]:
    words = literal_column(f"'{prefix}'").op("||")(_grouped(certificate))
    return words.op("||")(literal_column(f"'{suffix}'"))


@node(rows.Certificate, prefix="cer")
class Certificate(Node):
    """A certificate of a credit. What names its learner can be erased; nothing but its state is left then."""

    status: CertificateStatus = column("Whether it holds.")
    contract: Contract = one("The contract.", lambda certificate, contract: contract.id == certificate.contract_id)
    activity: CreditActivity = one(
        "What it was given for.",
        lambda certificate, activity: and_(
            activity.contract_id == certificate.contract_id, activity.id == certificate.activity_id
        ),
    )
    entry: CreditEntry = one(
        "The entry of the ledger that awarded it.",
        lambda certificate, entry: and_(
            entry.contract_id == certificate.contract_id,
            entry.certificate_id == certificate.id,
            entry.kind != literal_column("'REVOKED'"),
        ),
    )
    replaced_by: Certificate | None = one(
        "The certificate that was given in its place; null unless one was, and to those who do not see its learner.",
        rows=reads.replacement_of,
    )
    number: str | None = expression("Its number, in groups of four; null once erased.", _grouped)
    member_number: str | None = column("The learner's member number; null once erased.")
    learner_name: str | None = column("The learner's name as it is on the certificate; null once erased.")
    licence_number: str | None = column("The number of their licence; null if none was given.")
    licence_jurisdiction: str | None = column("Where that licence is from, such as US-CA; null if it was not given.")
    score_percent: Percent | None = column("The score that the LMS reported, in percent; null if none was needed.")
    attestation: str | None = column("What a person attested; null when the LMS's completion is the evidence.")
    reissue_reason: str | None = column("Why it was given in another one's place; null unless it was.")
    revoke_reason: str | None = column("Why it was revoked, in the words of who did it; null unless it was.")
    keep_until: date = column("The last day on which it has to be kept.")
    erased_at: datetime | None = column("When what named the learner was erased; null unless it was.")
    pdf_path: str | None = expression(
        "Where it is served as PDF to those who see its learner: GET this path with your bearer token.",
        lambda certificate: _path("/certificates/", ".pdf", certificate),
    )
    verification_path: str | None = expression(
        "Where anybody who has the number is told whether it holds.",
        lambda certificate: _path("/verify/", "", certificate),
    )


@inputs
class EraseLearnerInput:
    """A learner to forget."""

    contract_id: Id[Contract] = strawberry.field(description="The contract.")
    member_number: str = strawberry.field(description="The learner's member number.")
    early_reason: str | None = strawberry.field(
        default=None,
        description="Why, when a certificate would have to be kept for longer, at most 2000 characters. Both parties "
        "read it, for good: it must not name the learner.",
    )


@payload
class EraseLearnerPayload(Payload):
    """What was erased."""

    certificates: list[Certificate] | None = result("The certificates, which name nobody now; null when refused.")
