"""A day of a vendor's system, in the types that ariadne-codegen made: prints what it saw, as JSON."""

import asyncio
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from marketplace import (  # type: ignore[import-not-found, unused-ignore]  # made by the test
    CreateOfferingInput,
    DecisionInput,
    Marketplace,
    MoneyInput,
    OfferingFilter,
    OfferingOrder,
    OfficeType,
    RateCardEntryInput,
    ReviewSubmissionInput,
    Unit,
    UserErrorCode,
)
from marketplace.any_object import (  # type: ignore[import-not-found, unused-ignore]  # the same
    AnyObjectNodeContract,
    AnyObjectNodeInvoice,
    AnyObjectNodeNode,
    AnyObjectNodeOffering,
)


async def browse(market: Marketplace) -> list[str]:
    """Read the catalog page by page."""
    wanted = OfferingFilter(currency=["USD"], unit=[Unit.HOUR])
    seen: list[str] = []
    after: str | None = None
    while True:
        page = (await market.browse_offerings(wanted, OfferingOrder.TITLE, first=2, after=after)).offerings
        for edge in page.edges:
            dearest = max(edge.node.rate_card, key=lambda rate: rate.unit_price.amount)
            seen.append(f"{edge.node.title}: {dearest.unit_price.amount + Decimal('0.5')} {dearest.unit.value}")
        if not page.page_info.has_next_page:
            return seen
        after = page.page_info.end_cursor


async def contract_page(market: Marketplace, contract_id: str) -> dict[str, object]:
    """Open a contract, and sum up what is left of it."""
    contract = (await market.contract_page(contract_id, records=2, with_open_book=True)).contract
    assert contract is not None
    assert contract.open_book is not None
    assert isinstance(contract.starts_on, date)
    assert isinstance(contract.activated_at, datetime)
    assert contract.activated_at.tzinfo is not None
    remaining = [line.scope_burn.remaining_value.amount for line in contract.lines if line.scope_burn is not None]
    return {
        "term": f"{contract.starts_on:%d %B} to {contract.ends_on:%d %B}",
        "disclosure": contract.disclosure.name,
        "remaining": str(sum(remaining, Decimal(0))),
        "records": [str(record.quantity) for record in contract.work_records.nodes],
    }


async def found(market: Marketplace, object_id: str) -> str:
    """Look something up by its id, whatever it is."""
    node = (await market.any_object(object_id)).node
    match node:
        case AnyObjectNodeContract() | AnyObjectNodeOffering():
            return f"{node.typename__} {node.title}"
        case AnyObjectNodeInvoice():
            return f"{node.typename__} {node.number}"
        case AnyObjectNodeNode() | None:
            return "something else"
        case _:
            assert_never(node)


async def draft(market: Marketplace) -> dict[str, object]:
    """Draft an offering; then one at a price finer than a price can be."""
    price = MoneyInput(amount=Decimal("41.25"), currency_code="USD")
    rate = RateCardEntryInput(
        key="hour",
        title="An hour",
        office_type=OfficeType.BACK_OFFICE,
        unit=Unit.HOUR,
        unit_price=price,
        unit_cost=MoneyInput(amount=Decimal(30), currency_code="USD"),
    )
    sound = await market.draft_offering(CreateOfferingInput(title="Typed", rate_card=[rate]))
    assert sound.create_offering.user_errors == []
    assert sound.create_offering.offering is not None
    finer = rate.model_copy(update={"unit_price": price.model_copy(update={"amount": Decimal("41.1234567")})})
    refused = (await market.draft_offering(CreateOfferingInput(title="Typed", rate_card=[finer]))).create_offering
    assert refused.offering is None
    return {
        "status": sound.create_offering.offering.status.value,
        "refusals": [(error.code.value, error.field) for error in refused.user_errors],
    }


async def review(market: Marketplace, submission_id: str, record_id: str) -> bool:
    """Review the work of one's own side, which nobody may."""
    decision = DecisionInput(work_record_id=record_id, accepted_quantity=Decimal(1))
    refused = await market.review_submission(ReviewSubmissionInput(submission_id=submission_id, decisions=[decision]))
    return [error.code for error in refused.review_submission.user_errors] == [UserErrorCode.FORBIDDEN]


async def main(url: str, token: str, names: dict[str, str]) -> None:
    async with Marketplace(url=url, headers={"Authorization": f"Bearer {token}"}) as market:
        said = {
            "offerings": await browse(market),
            "contract": await contract_page(market, names["contractId"]),
            "found": await found(market, names["contractId"]),
            "draft": await draft(market),
            "refused": await review(market, names["submissionId"], names["workRecordId"]),
        }
    print(json.dumps(said))


given = json.loads(sys.argv[1])
asyncio.run(main(given["url"], given["token"], given))
