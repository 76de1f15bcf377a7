"""Statements of account, and what stands open by how long it has been due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_

from api.reading import Connection, CurrencyCode, Money, column, connection, money, one, part, value
from api.schema.invoice import ServicePeriod
from api.schema.journal import JournalEntryKind
from services.billing.collecting.statements import entries_of

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice
    from api.schema.organization import Organization


@value(key=("contract_id", "entry_id", "position"))
class AccountMovement:
    """What one entry of the journal changed of what is owed."""

    day: date = column("The day that it took effect, in the association's time zone.")
    kind: JournalEntryKind = column("What it records.")
    amount: Money = money("More owed is positive, less is negative.", minor="amount_minor")
    invoice: Invoice | None = one(
        "The invoice that it is about.",
        lambda moved, invoice: and_(invoice.contract_id == moved.contract_id, invoice.id == moved.invoice_id),
    )


@value
class AccountStatement:
    """What an association owed before a period, what changed within it, and what it owes after it, in one currency.

    opening + invoiced + credited + retainageReleased + paid + returned + other = closing: the journal's
    ASSOCIATION_RECEIVABLE. Retainage is in it from its release on.
    """

    period: ServicePeriod = part("The days, both included, in the association's time zone.")
    currency_code: CurrencyCode = column("The currency of every amount.")
    opening: Money = money("What was owed before the first day.", minor="opening_minor")
    invoiced: Money = money("What invoices charged, less what became void.", minor="invoiced_minor")
    credited: Money = money("What credit notes took off: negative.", minor="credited_minor")
    retainage_released: Money = money("Retainage that became due.", minor="released_minor")
    paid: Money = money("Payments, and credit that was set against invoices: negative.", minor="paid_minor")
    returned: Money = money("Refunds, and payments that a bank took back: owed again.", minor="returned_minor")
    other: Money = money("Everything else, such as a difference that was written off.", minor="other_minor")
    closing: Money = money("What is owed after the last day.", minor="closing_minor")
    movements: Connection[AccountMovement] = connection(
        "What moved within the period, as it took effect.",
        rows=entries_of,
        order=lambda moved: [moved.effective_at],
    )


@value
class AgeingFigures:
    """What stands open on a day, by how many days it has been due; disputed and retained amounts apart."""

    not_due: Money = money("Not due before that day, and credit without an invoice.", minor="not_due_minor")
    days_1_to_30: Money = money("Due for 1 to 30 days.", minor="days_1_to_30_minor")
    days_31_to_60: Money = money("Due for 31 to 60 days.", minor="days_31_to_60_minor")
    days_61_to_90: Money = money("Due for 61 to 90 days.", minor="days_61_to_90_minor")
    over_90_days: Money = money("Due for more than 90 days.", minor="over_90_days_minor")
    disputed: Money = money("Disputed on that day: in none of the buckets.", minor="disputed_minor")
    open: Money = money("The buckets and what is disputed: the journal's ASSOCIATION_RECEIVABLE.", minor="open_minor")
    retained: Money = money("Retainage that was not released: owed, and not due.", minor="retained_minor")
    reported: Money | None = money(
        "`open` in the operator's reporting currency, by the rates that were frozen with the invoices; null where they "
        "are not all into one currency.",
        minor="reporting_minor",
        currency="reporting_currency_code",
    )


@value(key=("contract_id",))
class ContractAgeing:
    """What stands open under a contract on a day."""

    contract: Contract = one("The contract.", lambda row, contract: contract.id == row.contract_id)
    currency_code: CurrencyCode = column("The currency of every amount but `reported`.")
    figures: AgeingFigures = part("What stands open.")


@value
class AssociationAgeing:
    """What stands open with an association on a day, in one currency."""

    association: Organization | None = one("Who owes it.", lambda row, o: o.id == row.association_id)
    currency_code: CurrencyCode = column("The currency of every amount but `reported`.")
    figures: AgeingFigures = part("What stands open.")
