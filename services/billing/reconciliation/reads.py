"""The SELECTs of reconciliation: the operator's staff's alone, which each says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, literal_column, select
from sqlmodel import col

from services.billing.reconciliation.models import (
    BankStatement,
    BillingException,
    MatchRun,
    MatchTolerance,
    WriteOff,
)
from services.billing.taxes.reads import of_the_operator

if TYPE_CHECKING:
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader

ACTIONS: Final = {
    "WRONG_RATE": "Credit the difference, or issue a debit note; ask why the line was not billed at its agreed price.",
    "WRONG_QUANTITY": "Compare the line with its sources, then credit or charge the difference.",
    "BILLED_TWICE": "Credit the line that bills it a second time.",
    "OUTSIDE_PERIOD": "Credit it, and bill it with the period that it belongs to.",
    "NOT_ACCEPTED": "Credit it; it can be billed once it is accepted.",
    "OUT_OF_SCOPE": "Credit it, or have the association answer to the work and accept it.",
    "WRONG_TAX": "Credit the invoice and issue a corrected one, with the tax of its rules.",
    "WRONG_EXCHANGE": "Compare the frozen rate with its source; issue a corrected invoice.",
    "WRONG_ROUNDING": "Credit or charge the difference, or dismiss it.",
    "WRONG_TOTAL": "Credit the invoice and issue a corrected one.",
    "NOT_MATCHED": "Recompute the line by hand from its contract and its sources; dismiss it when it is right.",
    "NOT_POSTED": "Run the verification of the books, and restore what is missing.",
    "POSTED_WRONG": "Run the verification of the books: the entry was not written by this invoice.",
    "MISSING_PAYMENT": "Find the payment at the bank or at Stripe; what stands as paid is not in the journal.",
    "SHORT_PAYMENT": "Match it with its invoice; the rest stays due, or is written off.",
    "OVERPAYMENT": "Match it with its invoice; what is too much becomes the association's credit.",
    "PAYMENT_NOT_BANKED": "Find it on the bank statements, or reverse the payment.",
    "UNKNOWN_BANK_LINE": "Match it with an invoice, or dismiss it when it is not of this business.",
    "AMBIGUOUS_BANK_LINE": "Ask the payer, then match it with the right invoice.",
    "PAYOUT_DOES_NOT_SUM": "Import what Stripe tells of the payout again; ask Stripe when it stays.",
    "PAYOUT_NOT_BANKED": "Ask the bank for the payout; ask Stripe whether it came back.",
    "PROCESSING_COST_NOT_BOOKED": "Let the worker post it; look for its failed jobs.",
    "UNKNOWN_BALANCE_TRANSACTION": "Look up its source at Stripe: it was not begun here.",
}


def exceptions(reader: Reader) -> Select[Any]:
    """The queue."""
    return _all(BillingException, reader)


def exception(reader: Reader, exception_id: UUID) -> Select[Any]:
    """One of it."""
    return exceptions(reader).where(col(BillingException.id) == exception_id)


def statements(reader: Reader) -> Select[Any]:
    """The bank statements that were imported."""
    return _all(BankStatement, reader)


def statement(reader: Reader, statement_id: UUID) -> Select[Any]:
    """One of them."""
    return statements(reader).where(col(BankStatement.id) == statement_id)


def runs(reader: Reader) -> Select[Any]:
    """The match runs."""
    return _all(MatchRun, reader)


def run(reader: Reader, run_id: UUID) -> Select[Any]:
    """One of them."""
    return runs(reader).where(col(MatchRun.id) == run_id)


def tolerances(reader: Reader) -> Select[Any]:
    """What was configured as tolerance, in force or before."""
    return _all(MatchTolerance, reader)


def write_offs(reader: Reader) -> Select[Any]:
    """What was written off, or is to be."""
    return _all(WriteOff, reader)


def suggested_action(kind: ColumnElement[Any]) -> ColumnElement[str]:
    """What there is to do about an exception, in words."""
    return case(
        {name: literal_column("'{}'".format(words.replace("'", "''"))) for name, words in ACTIONS.items()}, value=kind
    )


def _all(model: Any, reader: Reader) -> Select[Any]:  # noqa: ANN401  (a table's class)
    return select(*model.__table__.c).where(of_the_operator(reader))
