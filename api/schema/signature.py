"""Who signed a contract, and when."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from api.reading import Node, column, node, one
from api.schema.person import Person, person
from services.contracts import models as rows


@strawberry.enum(description="Which side of a contract.")
class Party(Enum):
    """Buyer or seller."""

    ASSOCIATION = strawberry.enum_value("ASSOCIATION", description="The association, which buys.")
    VENDOR = strawberry.enum_value("VENDOR", description="The vendor, who sells.")


@node(rows.ContractSignature, prefix="sig")
class Signature(Node):
    """A signatory's signature under the hash of one revision."""

    party: Party = column("For which side it was given.")
    revision: int = column("The revision that was signed.")
    content_hash: str = column("The SHA-256 of the document that was signed, in hexadecimal.")
    signed_at: datetime = column("When.")
    after_start: bool = column("Whether it was given after the first day of the term.")
    signatory: Person = one("Who signed.", rows=person)
