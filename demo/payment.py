"""The demo's money: an invoice paid by card through Stripe, and its vendor paid out of what was received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx2

from core.hindrance import Hindrance

if TYPE_CHECKING:
    from demo.office import Office

TEST_CARD: Final = "pm_card_visa"
BANK_ACCOUNT: Final = "000123456789"
LONGEST_ANSWER_SECONDS: Final = 30

ACCOUNT: Final = "query { payeeAccount { status onboardingUrl failureMessage } }"
PAYMENT: Final = "query($id: ID!) { payment(id: $id) { status pageUrl failureMessage } }"
SETTLEMENT: Final = "query($id: ID!) { node(id: $id) { ... on Settlement { status failureMessage } } }"


@dataclass(frozen=True)
class Paid:
    """What was paid, by its ids."""

    contract_id: str
    invoice_id: str
    payment_id: str
    settlement_id: str


def pay(office: Office, *, contract_id: str, invoice_id: str) -> Paid:
    """Take the vendor in, pay the invoice on Stripe's page, and release what is the vendor's.

    Refused with Hindrance, one line that says who was refused what. Only a double's pages can be filled in.
    """
    _take_in(office)
    asked = {"invoiceId": invoice_id, "method": "CARD", "reason": "The invoice of this period"}
    payment = office.do("association.finance", "payInvoice", "payment { id }", asked)["payment"]["id"]
    page = office.wait("association.finance", PAYMENT, lambda data: bool(data["payment"]["pageUrl"]), id=payment)
    _fill_in(page["payment"]["pageUrl"], payment_method=TEST_CARD)
    office.wait("association.finance", PAYMENT, lambda data: bool(data["payment"]["status"] == "SUCCEEDED"), id=payment)
    released = {"invoiceId": invoice_id, "reason": "Paid in full by the association"}
    settlement = office.do("operator.billing", "releaseSettlement", "settlement { id }", released)["settlement"]["id"]
    office.wait("operator.billing", SETTLEMENT, lambda data: bool(data["node"]["status"] == "PAID"), id=settlement)
    return Paid(contract_id, invoice_id, payment, settlement)


def _take_in(office: Office) -> None:
    """Have the vendor answer Stripe's questions, as it does once."""
    office.do("vendor.owner", "setUpPayee", "payeeAccount { id }", {"reason": "To be paid"})
    account = office.wait("vendor.owner", ACCOUNT, lambda data: bool(data["payeeAccount"]["onboardingUrl"]))
    _fill_in(account["payeeAccount"]["onboardingUrl"], account_number=BANK_ACCOUNT)
    office.wait("vendor.owner", ACCOUNT, lambda data: bool(data["payeeAccount"]["status"] == "ENABLED"))


def _fill_in(page: str, **answers: str) -> None:
    answered = httpx2.post(page, data=answers, follow_redirects=False, timeout=LONGEST_ANSWER_SECONDS)
    if answered.status_code >= httpx2.codes.BAD_REQUEST:
        raise Hindrance(f"the page {page} was not taken: {answered.status_code}")


def read(office: Office, paid: Paid) -> dict[str, Any]:
    """What the operator's billing reads of it: the invoice, the payment, the settlement and the journal."""
    return office.ask("operator.billing", READ, contract=paid.contract_id, invoice=paid.invoice_id)


READ: Final = """query($contract: ID!, $invoice: ID!) {
  invoice(id: $invoice) {
    number status total { amount currencyCode } paid { amount } amountDue { amount }
    payments(first: 1) { nodes { method provider received { amount } startedBy { name organizationName } } }
    settlements(first: 1) { nodes { amount { amount } releasedBy { name } } }
  }
  contract(id: $contract) {
    vendor { name }
    journal(first: 10, orderBy: OLDEST) { nodes {
      sequence kind hash postings { account amount { amount currencyCode } } } }
  }
}"""
