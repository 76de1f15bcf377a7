"""Where an organization is registered for tax, as the operator has checked it; invoices keep it as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.money import require_currency
from services.billing.taxes.models import TaxRegistration
from services.contracts.faults import Faults
from services.identity.models import Organization
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

REGION = re.compile(r"[A-Z0-9]{1,3}", re.ASCII)
LONGEST_NUMBER: Final = 64
LONGEST_REASON: Final = 2000


async def record_tax_registration(
    tx: Transaction,
    *,
    actor: Actor,
    organization_id: UUID,
    region_code: str | None,
    number: str | None,
    tax_currency_code: str | None,
    reason: str,
    now: datetime,
) -> UUID:
    """Note an organization's region, tax number and the currency that it accounts for tax in; returns its id.

    The region is the second part of an ISO 3166-2 code, such as TX. The number is EN 16931's BT-31 of a seller and
    BT-48 of a buyer: a seller without one charges no tax, a buyer without one cannot account for it by reverse charge.
    The currency is BT-6, where it is not the invoice's own. What was issued before keeps what held then.
    Refuses with Forbidden, NotFound, InvalidInput, UnknownCurrency, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.note_all(check_region(region_code, field="regionCode"))
    faults.text(number, longest=LONGEST_NUMBER, field="number")
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    if tax_currency_code is not None:
        with faults.noting():
            require_currency(tax_currency_code, field="taxCurrencyCode")
    faults.refuse()
    if await tx.scalar(select(col(Organization.id)).where(col(Organization.id) == organization_id)) is None:
        raise NotFound("there is no such organization", field="organizationId")
    row = {
        "region_code": region_code,
        "number": number and number.strip(),
        "tax_currency_code": tax_currency_code,
        "recorded_at": now,
        **actor.signed("recorded_by"),
    }
    written = insert(TaxRegistration).values(organization_id=organization_id, **row)
    await tx.execute(written.on_conflict_do_update(index_elements=["organization_id"], set_=row))
    after = {"regionCode": region_code, "number": row["number"], "taxCurrencyCode": tax_currency_code}
    tx.emit(Event("TAX_REGISTRATION_RECORDED", organization_id, after=after, reason=reason.strip()))
    return organization_id


def check_region(code: str | None, *, field: str) -> Iterator[DomainError]:
    """Yield what is wrong with a region; none at all is no fault."""
    if code is not None and not REGION.fullmatch(code):
        message = f"{code[:20]!r} is no region: the second part of an ISO 3166-2 code, such as TX of US-TX"
        yield InvalidInput(message, field=field)
