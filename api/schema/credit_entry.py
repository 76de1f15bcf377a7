"""The ledger of credits, and what it adds up to."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import ColumnElement, Text, and_, any_, exists, func, literal_column

from api.reading import (
    Id,
    Node,
    Payload,
    column,
    expression,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.credit_activity import CreditUnit
from api.schema.person import Person, person
from services.lms_admin.credits import models as rows
from services.lms_admin.credits.models import Certificate as CertificateRow

if TYPE_CHECKING:
    from api.schema.certificate import Certificate
    from api.schema.contract import Contract
    from api.schema.credit_activity import CreditActivity
    from api.schema.credit_rule import CreditRule
    from api.schema.evidence import Evidence


@strawberry.enum(description="What an entry of the ledger of credits records.")
class CreditEntryKind(Enum):
    """Given, taken back, given anew."""

    AWARDED = strawberry.enum_value("AWARDED", description="Credit was awarded.")
    REVOKED = strawberry.enum_value("REVOKED", description="Awarded credit was taken back.")
    REISSUED = strawberry.enum_value(
        "REISSUED", description="Credit was awarded, corrected, in place of a revoked one."
    )


def _hexadecimal(digest: ColumnElement[bytes]) -> ColumnElement[str]:
    return func.encode(digest, literal_column("'hex'"), type_=Text())


@node(rows.CreditEntry, prefix="crd")
class CreditEntry(Node):
    """One entry of a contract's ledger of credits; append-only, chained to the one before it, and naming no learner."""

    sequence: int = column("Its place in the contract's ledger, from 1 and without gaps.")
    kind: CreditEntryKind = column("What it records.")
    contract: Contract = one("The contract.", lambda entry, contract: contract.id == entry.contract_id)
    activity: CreditActivity = one(
        "What the credit was earned by.",
        lambda entry, activity: and_(activity.contract_id == entry.contract_id, activity.id == entry.activity_id),
    )
    rule: CreditRule = one(
        "The rule by which it was awarded.",
        lambda entry, rule: and_(rule.contract_id == entry.contract_id, rule.id == entry.rule_id),
    )
    certificate: Certificate | None = one(
        "The certificate that was given, or taken back; null to those who do not see the learner.",
        lambda entry, certificate: and_(
            certificate.contract_id == entry.contract_id, certificate.id == entry.certificate_id
        ),
    )
    replaces: Certificate | None = one(
        "The certificate in whose place it was awarded; null unless it was, and to those who do not see the learner.",
        lambda entry, certificate: and_(
            certificate.contract_id == entry.contract_id, certificate.id == entry.replaces_certificate_id
        ),
    )
    credit_type_code: str = column("The type of credit by its code.")
    credit_type_name: str = column("The type of credit in words.")
    unit: CreditUnit = column("What the quantity is counted in.")
    quantity: Decimal = column("How much was awarded or taken back, in that unit; never negative.")
    earned_on: date = column("The day on which it was earned, in the contract's time zone.")
    period_starts_on: date = column("The first day of the reporting period in which it counts.")
    period_ends_on: date = column("The last day of that period.")
    evidence: Evidence | None = one(
        "The file that shows it; null when the LMS's completion is the evidence.",
        lambda entry, file: and_(file.contract_id == entry.contract_id, file.id == entry.evidence_id),
    )
    on_behalf_of: str = column("The association in whose name it was awarded, as it was called then.")
    recorded_at: datetime = column("When it was written.")
    recorded_by: Person = one("Who wrote it.", rows=lambda entry: person(entry, prefix="recorded_by_"))
    previous_hash: str = expression(
        "SHA-256 of the entry before, in hexadecimal; zeros for the first.",
        lambda entry: _hexadecimal(entry.previous_hash),
    )
    hash: str = expression(
        "SHA-256 over the previous hash and this entry's digest, in hexadecimal; the learner's data are in it as a "
        "salted digest.",
        lambda entry: _hexadecimal(entry.hash),
    )


@filters
class CreditEntryFilter:
    """Which entries."""

    member_number: str | None = where(
        "Of the learner with this member number: their transcript; none to those who do not see the learner.",
        lambda entry, value: exists().where(
            CertificateRow.contract_id == entry.contract_id,
            CertificateRow.id == entry.certificate_id,
            CertificateRow.member_number == value,
        ),
    )
    kind: list[CreditEntryKind] | None = where("Of one of these kinds.", lambda entry, value: entry.kind == any_(value))
    activity: Id[CreditActivity] | None = where(
        "Of this activity.",
        lambda entry, value: and_(entry.contract_id == value.contract_id, entry.activity_id == value.id),
    )
    credit_type_code: str | None = where(
        "Of this type of credit.", lambda entry, value: entry.credit_type_code == value
    )
    earned_from: date | None = where("Earned on this day or later.", lambda entry, value: entry.earned_on >= value)
    earned_until: date | None = where("Earned on this day or earlier.", lambda entry, value: entry.earned_on <= value)


@orders
class CreditEntryOrder(Enum):
    """How entries are ordered."""

    NEWEST = order("The latest written first.", lambda entry: [entry.sequence.desc()])
    OLDEST = order("As they were written.", lambda entry: [entry.sequence])


@value
class CreditBalance:
    """What a learner has of one type of credit in one reporting period."""

    credit_type_code: str = column("The type of credit by its code.")
    credit_type_name: str = column("The type of credit in words.")
    unit: CreditUnit = column("CONTACT_HOUR, in which CEUs are counted too, ten for each; or CREDIT.")
    quantity: Decimal = column("What was awarded and reissued less what was revoked, in that unit.")
    ceus: Decimal | None = column("The same in CEUs, a tenth of the contact hours; null where the unit is CREDIT.")
    period_starts_on: date = column("The first day of the reporting period.")
    period_ends_on: date = column("Its last day.")


@inputs
class CreditAwardInput:
    """Credit for one learner."""

    member_number: str = strawberry.field(description="The learner's member number, at most 200 characters.")
    learner_name: str = strawberry.field(description="Their name, as their certificate shall say it, at most 200.")
    licence_number: str | None = strawberry.field(
        default=None, description="The number of the licence that they need it for, at most 100 characters."
    )
    licence_jurisdiction: str | None = strawberry.field(
        default=None, description="Where that licence is from; one of the activity's jurisdictions, if it has any."
    )
    earned_on: date | None = strawberry.field(
        default=None,
        description="When it was earned, in the contract's time zone; where the rule needs a completion the LMS says "
        "when, and nothing else is taken.",
    )
    attestation: str | None = strawberry.field(
        default=None, description="Where the rule needs one: who attests what, at most 4000 characters."
    )
    evidence_id: Id[Evidence] | None = strawberry.field(
        default=None,
        description="Where the rule needs an attestation: the file that shows it, from POST /evidence. Everybody who "
        "sees the contract can read it.",
    )


@inputs
class AwardCreditsInput:
    """Credit to award by an approved rule."""

    credit_rule_id: Id[CreditRule] = strawberry.field(description="The rule.")
    awards: list[CreditAwardInput] = strawberry.field(description="1 to 100 learners, all or none of whom get it.")


@payload
class AwardCreditsPayload(Payload):
    """What was awarded."""

    credit_entries: list[CreditEntry] | None = result("The entries, in the order asked for; null when refused.")


@inputs
class RevokeCreditInput:
    """A credit to take back."""

    certificate_id: Id[Certificate] = strawberry.field(description="The certificate that was given for it.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; it is kept with the certificate.")


@payload
class RevokeCreditPayload(Payload):
    """What was taken back."""

    credit_entry: CreditEntry | None = result("The entry that takes it off the balance; null when refused.")


@inputs
class ReissueCreditInput:
    """A revoked credit to award anew; what is not said stays as it was."""

    certificate_id: Id[Certificate] = strawberry.field(description="The certificate that was revoked.")
    reason: str = strawberry.field(description="What is corrected, at most 2000 characters; kept with the certificate.")
    credit_rule_id: Id[CreditRule] | None = strawberry.field(
        default=None, description="The rule to award it by; that of the revoked one if not said."
    )
    learner_name: str | None = strawberry.field(default=None, description="The learner's name, corrected.")
    licence_number: str | None = strawberry.field(default=None, description="The number of their licence, corrected.")
    licence_jurisdiction: str | None = strawberry.field(default=None, description="Where it is from, corrected.")
    earned_on: date | None = strawberry.field(default=None, description="When it was earned, corrected.")
    attestation: str | None = strawberry.field(default=None, description="The attestation, corrected.")
    evidence_id: Id[Evidence] | None = strawberry.field(default=None, description="The file that shows it, another.")


@payload
class ReissueCreditPayload(Payload):
    """What was awarded."""

    credit_entry: CreditEntry | None = result("The entry; null when refused.")
