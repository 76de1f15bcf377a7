"""Bank statements: what moved on the operator's bank accounts, and what each movement was matched with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Connection,
    CurrencyCode,
    Id,
    Money,
    Node,
    Payload,
    column,
    connection,
    filters,
    inputs,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.invoice import Invoice
from api.schema.person import Person, person
from services.billing.reconciliation import models as rows

if TYPE_CHECKING:
    from api.schema.payment import Payment, Refund
    from api.schema.payout import Payout
    from api.schema.settlement import Settlement


@strawberry.enum(description="What a bank statement was written in.")
class BankStatementFormat(Enum):
    """The forms that are read."""

    CAMT_053 = strawberry.enum_value("CAMT_053", description="ISO 20022 camt.053, version 02 or 08.")
    CSV = strawberry.enum_value("CSV", description="Separated values, with columns that the sender declares.")


@strawberry.enum(description="Where a line of a bank statement stands.")
class BankStatementLineStatus(Enum):
    """Matched or not."""

    UNMATCHED = strawberry.enum_value("UNMATCHED", description="It is not known for certain what it is about.")
    MATCHED = strawberry.enum_value("MATCHED", description="It is booked as a payment, or confirms what moved.")
    SET_ASIDE = strawberry.enum_value("SET_ASIDE", description="A person says it is none of this business.")


@strawberry.enum(description="By what a line of a bank statement was matched.")
class BankStatementLineRule(Enum):
    """The rules."""

    REFERENCE = strawberry.enum_value("REFERENCE", description="By its structured reference, or that of a payment.")
    INVOICE_NUMBER = strawberry.enum_value("INVOICE_NUMBER", description="By the number of an invoice in its text.")
    AMOUNT_AND_PAYER = strawberry.enum_value(
        "AMOUNT_AND_PAYER", description="By its exact amount and who paid: one open invoice only fits."
    )
    AMOUNT_AND_PAYEE = strawberry.enum_value(
        "AMOUNT_AND_PAYEE", description="By its exact amount and to whom it went: one refund or settlement only fits."
    )
    PAYOUT = strawberry.enum_value("PAYOUT", description="By a payout of Stripe.")
    HAND = strawberry.enum_value("HAND", description="By a person, who named the invoice.")


@node(rows.BankStatement, prefix="bst")
class BankStatement(Node):
    """A statement of one bank account: opening balance and lines come to the closing balance."""

    format: BankStatementFormat = column("What it was written in.")
    account: str = column("The account, by IBAN or as the bank calls it.")
    number: str = column("The bank's identification of the statement; unique for its account.")
    currency_code: CurrencyCode = column("The currency of the account.")
    opens_on: date = column("The day of the opening balance.")
    closes_on: date = column("The day of the closing balance.")
    opening: Money = money("What was on the account before.", minor="opening_minor")
    closing: Money = money("What was on the account afterwards.", minor="closing_minor")
    line_count: int = column("How many movements it has.")
    imported_at: datetime = column("When it was imported.")
    imported_by: Person = one("Who imported it.", rows=lambda s: person(s, prefix="imported_by_"))
    lines: Connection[BankStatementLine] = connection(
        "Its movements, in its own order.",
        lambda statement, line: line.statement_id == statement.id,
        order=lambda line: [line.position],
    )


@node(rows.BankStatementLine, prefix="bsl")
class BankStatementLine(Node):
    """One movement: what arrived is positive, what left is negative."""

    statement: BankStatement = one("The statement.", lambda line, statement: statement.id == line.statement_id)
    position: int = column("Its place in the statement, from 1.")
    booked_on: date = column("When the bank booked it.")
    valued_on: date | None = column("From when it bears interest; null when the bank does not say.")
    amount: Money = money("How much moved.", minor="amount_minor")
    counterparty_name: str | None = column("Who paid, or was paid; null when the bank does not say.")
    reference: str | None = column("The structured reference; null without one.")
    information: str = column("What else the payer wrote, and the bank.")
    status: BankStatementLineStatus = column("Where it stands.")
    matched_by: BankStatementLineRule | None = column("By what it was matched; null unless it is.")
    match_reason: str | None = column("Why it was matched so, in words; null unless it is.")
    proposal: str | None = column("What it may be about, and why that is not certain; null when it is matched.")
    invoice: Invoice | None = one(
        "The invoice that it pays, or would pay; null where none alone is meant.",
        lambda line, invoice: and_(invoice.contract_id == line.contract_id, invoice.id == line.invoice_id),
    )
    payment: Payment | None = one(
        "The payment that it brought; null unless it is matched with one.",
        lambda line, payment: and_(payment.contract_id == line.contract_id, payment.id == line.payment_id),
    )
    payout: Payout | None = one(
        "The payout of Stripe; null unless it is matched with one.", lambda line, payout: payout.id == line.payout_id
    )
    refund: Refund | None = one(
        "The refund that it sent; null unless it is matched with one.",
        lambda line, refund: and_(refund.contract_id == line.contract_id, refund.id == line.refund_id),
    )
    settlement: Settlement | None = one(
        "What a vendor was paid with it; null unless it is matched with one.",
        lambda line, paid: and_(paid.contract_id == line.contract_id, paid.id == line.settlement_id),
    )
    matched_at: datetime | None = column("When it was matched; null unless it is.")


@filters
class BankStatementFilter:
    """Which bank statements."""

    account: str | None = where("Of exactly this account.", lambda s, v: s.account == v)
    format: list[BankStatementFormat] | None = where("Written in these.", lambda s, v: s.format == any_(v))
    covers: date | None = where("Of this day.", lambda s, v: and_(s.opens_on <= v, s.closes_on >= v))


@orders
class BankStatementOrder(Enum):
    """How bank statements are ordered."""

    NEWEST = order("The latest imported first.", lambda s: [s.imported_at.desc()])


@inputs
class CsvColumnsInput:
    """Which column of a CSV file holds what, by its heading."""

    booked_on: str = strawberry.field(description="The day of booking.")
    amount: str | None = strawberry.field(
        default=None, description="The amount, negative for what left; or name `credit` and `debit`."
    )
    credit: str | None = strawberry.field(default=None, description="What arrived, in a column of its own.")
    debit: str | None = strawberry.field(default=None, description="What left, in a column of its own.")
    valued_on: str | None = strawberry.field(default=None, description="The day from which it bears interest.")
    bank_reference: str | None = strawberry.field(
        default=None, description="The bank's own reference, unique for a movement."
    )
    reference: str | None = strawberry.field(default=None, description="The structured reference.")
    counterparty_name: str | None = strawberry.field(default=None, description="Who paid, or was paid.")
    counterparty_account: str | None = strawberry.field(default=None, description="Their account.")
    information: str | None = strawberry.field(default=None, description="What else the payer wrote.")


@inputs
class CsvStatementInput:
    """What a CSV file does not say of itself."""

    account: str = strawberry.field(description="The account, 1 to 100 characters.")
    number: str = strawberry.field(description="What tells the statement apart from others of the account.")
    currency_code: CurrencyCode = strawberry.field(description="The currency of the account.")
    opening_balance: Decimal = strawberry.field(description="What was on the account before; may be negative.")
    closing_balance: Decimal = strawberry.field(description="What was on the account afterwards; may be negative.")
    columns: CsvColumnsInput = strawberry.field(description="Which column holds what.")
    delimiter: str = strawberry.field(default=",", description="What parts the columns, one character.")
    decimal_mark: str = strawberry.field(default=".", description="What parts whole and fraction: . or ,.")
    date_form: str = strawberry.field(
        default="%Y-%m-%d", description="How days are written, in the letters of strptime, such as %d.%m.%Y."
    )


@inputs
class ImportBankStatementInput:
    """A bank statement to import."""

    content: str = strawberry.field(description="The file: camt.053 of one statement, or CSV with a line of headings.")
    csv: CsvStatementInput | None = strawberry.field(
        default=None, description="Given for a CSV file; null: it is camt.053."
    )
    reason: str = strawberry.field(description="Why it is imported, 1 to 2000 characters.")


@payload
class ImportBankStatementPayload(Payload):
    """What came of importing a bank statement."""

    bank_statement: BankStatement | None = result(
        "The statement; the same one when it was sent again; null when refused."
    )


@inputs
class MatchBankLineInput:
    """A line of a bank statement, and the invoice that it pays."""

    bank_statement_line_id: Id[BankStatementLine] = strawberry.field(description="The line; it must be UNMATCHED.")
    invoice_id: Id[Invoice] = strawberry.field(description="The invoice, in the line's currency.")
    reason: str = strawberry.field(description="Why it is this one, 1 to 2000 characters.")


@payload
class MatchBankLinePayload(Payload):
    """What came of matching a line."""

    bank_statement_line: BankStatementLine | None = result("The line, MATCHED; null when refused.")
