"""Who reads which field of the open book, and what it says: from sections 4 and 5 of the design, not from the code.

The contract of the matrix has one line: 100 tickets accepted of 120 handed over, at a price of 6.50 and a standard cost
of 4.10; a platform fee of 3 %; a band of 10 to 35 %. They cost the vendor 400.00 with 95 tickets' worth of time, of
which 50.00 is in question. They are invoiced, and 10.00 of the price is credited as a concession.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any


class Opened(IntEnum):
    """How far a contract must be open to its reader for a field; who reads more reads what needs less."""

    PRICE = 0
    """Whoever sees the contract, and with it the price."""
    BAND = 1
    """Whether the margin lies within the agreed band."""
    FULL = 2
    """Cost, and what is computed from it."""
    LINK = 9
    """It leads to a type that has rules of its own."""


PRICE, BAND, FULL, LINK = Opened

DEPTH = {"WITHHELD_FROM_ROLE": PRICE, "PRICE_ONLY": PRICE, "BAND_ONLY": BAND, "FULL": FULL}
"""What each word of `Disclosure` opens."""

TIERS = {"CLOSED": "PRICE_ONLY", "BAND": "BAND_ONLY", "OPEN_BOOK": "FULL"}
"""What each tier opens to those of the association who read cost at all."""

BY_TIER, ALWAYS, WITHHELD, NOTHING = "by tier", "FULL", "WITHHELD_FROM_ROLE", None
READERS: dict[str, tuple[str, str, tuple[str, ...], str | None, str | None]] = {
    # organization, its kind, roles, grant on the contract, what is open to them
    "association owner": ("association", "ASSOCIATION", ("OWNER",), None, BY_TIER),
    "association procurement": ("association", "ASSOCIATION", ("PROCUREMENT",), None, BY_TIER),
    "association finance": ("association", "ASSOCIATION", ("FINANCE",), None, BY_TIER),
    "association signatory": ("association", "ASSOCIATION", ("SIGNATORY",), None, BY_TIER),
    "association acceptor": ("association", "ASSOCIATION", ("ACCEPTOR",), None, WITHHELD),
    "association auditor": ("association", "ASSOCIATION", ("AUDITOR",), None, WITHHELD),
    "association granted acceptor": ("association", "ASSOCIATION", (), "ACCEPTOR", WITHHELD),
    "association without a role": ("association", "ASSOCIATION", (), None, NOTHING),
    "vendor owner": ("vendor", "VENDOR", ("OWNER",), None, ALWAYS),
    "vendor signatory": ("vendor", "VENDOR", ("SIGNATORY",), None, WITHHELD),
    "vendor granted finance": ("vendor", "VENDOR", ("FINANCE",), "AUDITOR", ALWAYS),
    "vendor granted catalog manager": ("vendor", "VENDOR", ("CATALOG_MANAGER",), "AUDITOR", ALWAYS),
    "vendor granted lead": ("vendor", "VENDOR", ("DELIVERY",), "DELIVERY_LEAD", ALWAYS),
    "vendor granted delivery": ("vendor", "VENDOR", ("DELIVERY",), "DELIVERY", WITHHELD),
    "vendor finance": ("vendor", "VENDOR", ("FINANCE",), None, NOTHING),
    "vendor delivery": ("vendor", "VENDOR", ("DELIVERY",), None, NOTHING),
    "operator billing": ("operator", "OPERATOR", ("BILLING_ADMIN",), None, ALWAYS),
    "operator owner": ("operator", "OPERATOR", ("OWNER",), None, WITHHELD),
    "operator auditor": ("operator", "OPERATOR", ("AUDITOR",), None, WITHHELD),
    "operator without a role": ("operator", "OPERATOR", (), None, NOTHING),
    "strange association": ("stranger", "ASSOCIATION", ("OWNER", "FINANCE"), None, NOTHING),
    "strange vendor": ("stranger", "VENDOR", ("OWNER", "FINANCE"), None, NOTHING),
}

_MARGINS = dict.fromkeys(
    """cost grossMargin grossMarginPercent markupPercent platformFee vendorMargin vendorMarginPercent
    vendorProceeds""".split(),
    FULL,
)
OPENED: dict[str, dict[str, Opened]] = {
    "OpenBook": {"disclosure": PRICE, "disclosureTier": PRICE, "costBasis": FULL, "price": PRICE, **_MARGINS,
                 "unacceptedCost": FULL, "marginBand": BAND},
    "MarginBandVerdict": {"floorPercent": BAND, "ceilingPercent": BAND, "verdict": BAND},
    "ActualBook": {"openBook": PRICE, "variance": FULL},
    "CostVariance": {"standardCost": FULL, "total": FULL, "rate": FULL, "efficiency": FULL},
    "PriceWaterfall": dict.fromkeys("listPrice contracted accepted invoiced credits billed".split(), PRICE),
    "OpenBookMonth": {"startsOn": FULL, "endsOn": FULL, "contractCount": FULL, "costBasis": FULL, "price": FULL,
                      "credits": FULL, **_MARGINS},
    "MarginAlert": {"id": LINK, "contract": LINK, "kind": BAND, "costBasis": BAND, "floorPercent": BAND,
                    "ceilingPercent": BAND, "raisedAt": BAND, "clearedAt": BAND, "figures": FULL},
    "MarginAlertFigures": {"price": FULL, "cost": FULL, "grossMarginPercent": FULL},
    "ActualCost": {"id": LINK, "contract": LINK, "contractLine": LINK, "supersedes": LINK, "evidence": LINK,
                   "enteredBy": LINK, "period": FULL, "category": FULL, "description": FULL, "quantity": FULL,
                   "amount": FULL, "allowable": FULL, "allowableReason": FULL, "status": FULL, "questioned": FULL,
                   "disallowed": FULL, "allowed": FULL, "reason": FULL, "enteredAt": FULL, "endedAt": FULL,
                   "questions": FULL},
    "CostPeriod": {"startsOn": FULL, "endsOn": FULL},
    "CostQuestion": {"id": LINK, "actualCost": LINK, "askedBy": LINK, "status": FULL, "questioned": FULL,
                     "question": FULL, "askedAt": FULL, "answer": FULL, "answeredAt": FULL, "disallowed": FULL,
                     "outcome": FULL, "closedAt": FULL},
}  # fmt: skip

INSTANTS = {"raisedAt", "enteredAt", "askedAt"}
"""Said, and not the same from one run to the next."""


def figures(basis: str | None, price: str, cost: str, *rest: str | None) -> dict[str, Any]:
    """Price, cost and what follows from them, in the order of the table."""
    names = ("costBasis", "price", *_MARGINS)
    return dict(zip(names, (basis, price, cost, *rest), strict=True))


_STANDARD = figures("STANDARD", "650.00", "410.00", "240.00", "36.92", "58.54", "19.50", "220.50", "33.92", "630.50")
_ACTUAL = figures("ACTUAL", "650.00", "400.00", "250.00", "38.46", "62.50", "19.50", "230.50", "35.46", "630.50")
_CREDITED = figures("STANDARD", "10.00", "0.00", "10.00", "100.00", None, "0.30", "9.70", "97.00", "9.70")
_UNBILLED = figures("STANDARD", "0.00", "0.00", "0.00", None, None, "0.00", "0.00", None, "0.00")
_ABOVE = {"floorPercent": "10.00", "ceilingPercent": "35.00", "verdict": "ABOVE"}
_NONE: dict[str, Any] = {"unacceptedCost": None, "marginBand": None}
_BANDED = {**_NONE, "marginBand": _ABOVE}
_VARIANCE = {"standardCost": "410.00", "total": "10.00", "rate": "-10.50", "efficiency": "20.50"}


def _actual(**more: Any) -> dict[str, Any]:  # noqa: ANN401  (fields)
    return {"openBook": {**_ACTUAL, **_NONE, **more}, "variance": _VARIANCE}


def _prices(list_price: str, contracted: str) -> dict[str, Any]:
    then = {"accepted": "650.00", "invoiced": "650.00", "credits": "10.00", "billed": "640.00"}
    return {"listPrice": list_price, "contracted": contracted, **then}


_COST = {
    "period": {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}, "category": "DIRECT", "description": "Wages",
    "quantity": "95", "amount": "400.00", "allowable": True, "allowableReason": None, "status": "QUESTIONED",
    "questioned": "50.00", "disallowed": "0.00", "allowed": "400.00", "reason": "Payroll of the month", "endedAt": None,
    "questions": [{"status": "OPEN", "questioned": "50.00", "question": "Overtime?", "answer": None,
                   "answeredAt": None, "disallowed": "0.00", "outcome": None, "closedAt": None}],
}  # fmt: skip

GOLDEN: dict[str, Any] = {
    # where it is read -> what it says to whoever reads all of it
    "Contract.openBook": {**_STANDARD, **_BANDED, "unacceptedCost": "82.00"},
    "Contract.actualBook": _actual(marginBand=_ABOVE),
    "Contract.prices": _prices("650000.00", "0.00"),
    "Contract.marginAlerts": [{"kind": "EXCESS", "costBasis": "ACTUAL", "floorPercent": "10.00",
                               "ceilingPercent": "35.00", "clearedAt": None,
                               "figures": {"price": "650.00", "cost": "400.00", "grossMarginPercent": "38.46"}}],
    "Contract.actualCosts": [_COST],
    "ContractLine.openBook": {**_STANDARD, **_NONE, "unacceptedCost": "82.00"},
    "ContractLine.actualBook": _actual(),
    "ContractLine.prices": _prices("650000.00", "0.00"),
    "ContractLine.actualCosts": [_COST],
    "Invoice.openBook": {**_STANDARD, **_BANDED},
    "Invoice.actualBook": _actual(marginBand=_ABOVE),
    "Invoice.prices": _prices("650.00", "650.00"),
    "InvoiceLine.openBook": {**_STANDARD, **_NONE},
    "InvoiceLine.actualBook": _actual(),
    "InvoiceLine.prices": _prices("650.00", "650.00"),
    "CreditNote.openBook": {**_CREDITED, **_NONE},
    "CreditNoteLine.openBook": {**_CREDITED, **_NONE},
    "InvoicePreview.openBook": {**_UNBILLED, **_NONE},
    "Query.openBookMonths": [
        {"startsOn": "2026-02-01", "endsOn": "2026-02-28", "contractCount": 1, "credits": "10.00",
         **figures("STANDARD", "640.00", "410.00", "230.00", "35.94", "56.10", "19.20", "210.80", "32.94", "620.80")}
    ],
}  # fmt: skip
UNTOLD = {"Contract.actualBook", "Invoice.actualBook"}
"""Where the band alone is open, these have no verdict, as its description says: it takes the cost of every line, which
such a reader has not; `openBook` gives it on standard cost, and alerts give the one on actual cost."""
ONLY_WHO_ISSUES = {"InvoicePreview.openBook": {"operator billing"}}
"""What nobody else is shown at all, however open the book is."""
