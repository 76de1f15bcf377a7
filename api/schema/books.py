"""The books: what stands in which account, and the months that are closed."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import any_

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
    many,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.journal import JournalAccount
from api.schema.person import Person, person
from services.billing.books import models as rows
from services.billing.books import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract

DEBIT = "What was debited in all, as a positive amount."
CREDIT = "What was credited in all, as a positive amount."
BALANCE = "Debits - credits: what is due to the operator is positive, what it owes or has earned is negative."


@strawberry.enum(description="Whose account it is.")
class AccountParty(Enum):
    """Association, vendor or operator."""

    ASSOCIATION = strawberry.enum_value("ASSOCIATION", description="What the association owes, or is owed.")
    VENDOR = strawberry.enum_value("VENDOR", description="What the vendor is owed.")
    OPERATOR = strawberry.enum_value("OPERATOR", description="The operator's own money, income and cost.")


@value
class AccountBalance:
    """What stands in one account, in one currency."""

    account: JournalAccount = column("The account.")
    party: AccountParty = column("Whose account it is.")
    currency_code: CurrencyCode = column("The currency.")
    debit: Money = money(DEBIT, minor="debit_minor")
    credit: Money = money(CREDIT, minor="credit_minor")
    balance: Money = money(BALANCE, minor="balance_minor")


@value
class AccountBalances:
    """The accounts of one contract, or of all contracts of an organization, as far as you may see them."""

    as_of: date = column("What took effect by the end of this day, in UTC, is in it.")
    recorded_until: datetime | None = column("And of that what was written down by then; null: all of it.")
    accounts: list[AccountBalance] = many(
        "The accounts in which something was posted, by name and currency.",
        rows=reads.accounts_of,
        order=lambda account: [account.account, account.currency_code],
    )


@value(key=("contract_id",))
class ContractBalance:
    """What of an account stands under one contract."""

    contract: Contract = one("The contract.", lambda balance, contract: contract.id == balance.contract_id)
    debit: Money = money(DEBIT, minor="debit_minor")
    credit: Money = money(CREDIT, minor="credit_minor")
    balance: Money = money(BALANCE, minor="balance_minor")


@value
class TrialBalanceAccount:
    """What stands in one account of the operator, in one currency, and under which contracts."""

    account: JournalAccount = column("The account.")
    party: AccountParty = column("Whose account it is.")
    currency_code: CurrencyCode = column("The currency.")
    debit: Money = money(DEBIT, minor="debit_minor")
    credit: Money = money(CREDIT, minor="credit_minor")
    balance: Money = money(BALANCE, minor="balance_minor")
    contracts: Connection[ContractBalance] = connection(
        "What of it stands under each contract.", rows=reads.by_contract, order=lambda balance: [balance.contract_id]
    )


@value
class CurrencySum:
    """What was posted in one currency in all."""

    currency_code: CurrencyCode = column("The currency.")
    debit: Money = money(DEBIT, minor="debit_minor")
    credit: Money = money(CREDIT, minor="credit_minor")
    difference: Money = money("Debits - credits: zero.", minor="balance_minor")


@value
class TrialBalance:
    """What stands in all accounts of the operator: debits and credits are the same in every currency."""

    as_of: date = column("What took effect by the end of this day, in UTC, is in it.")
    recorded_until: datetime | None = column("And of that what was written down by then; null: all of it.")
    accounts: list[TrialBalanceAccount] = many(
        "The accounts in which something was posted, by name and currency.",
        rows=reads.all_accounts,
        order=lambda account: [account.account, account.currency_code],
    )
    sums: list[CurrencySum] = many(
        "Debits and credits in each currency.", rows=reads.sums, order=lambda total: [total.currency_code]
    )


@strawberry.enum(description="Whether something may still take effect in a month.")
class AccountingPeriodStatus(Enum):
    """Open or closed."""

    OPEN = strawberry.enum_value("OPEN", description="Entries may take effect in it.")
    CLOSED = strawberry.enum_value("CLOSED", description="No entry takes effect in it, unless it is opened again.")


@node(rows.AccountingPeriod, prefix="apd")
class AccountingPeriod(Node):
    """A month of the operator's books, whole days in UTC; those that nobody wanted closed are open, and not told."""

    starts_on: date = column("Its first day.")
    ends_on: date = column("Its last day.")
    status: AccountingPeriodStatus = column("Whether something may still take effect in it.")
    closed_at: datetime | None = column("When it was last closed; null if it never was.")
    closed_by: Person | None = one(
        "Who closed it last; null if nobody did.",
        rows=lambda p: person(p, prefix="closed_by_").where(p.closed_by_member_id.is_not(None)),
    )
    close_reason: str | None = column("Why it was closed, in their words.")
    open_exception_count: int = column(
        "How many of its exceptions were open when it was closed: not 0 by override only."
    )
    override_requested_at: datetime | None = column("When it was asked to be closed in spite of its exceptions.")
    override_requested_by: Person | None = one(
        "Who asked for that; a second person confirms it.",
        rows=lambda p: person(p, prefix="override_requested_by_").where(p.override_requested_by_member_id.is_not(None)),
    )
    override_reason: str | None = column("Why, in their words.")
    reopened_at: datetime | None = column("When it was last opened again; null if it never was.")
    reopened_by: Person | None = one(
        "Who opened it again; another person than who had closed it.",
        rows=lambda p: person(p, prefix="reopened_by_").where(p.reopened_by_member_id.is_not(None)),
    )
    reopen_reason: str | None = column("Why it was opened again, in their words.")


@filters
class AccountingPeriodFilter:
    """Which months."""

    status: list[AccountingPeriodStatus] | None = where("Standing so.", lambda p, v: p.status == any_(v))
    starts_from: date | None = where("Beginning then or later.", lambda p, v: p.starts_on >= v)
    starts_until: date | None = where("Beginning then or earlier.", lambda p, v: p.starts_on <= v)


@orders
class AccountingPeriodOrder(Enum):
    """How months are ordered."""

    LATEST = order("The latest month first.", lambda p: [p.starts_on.desc()])
    EARLIEST = order("The earliest month first.", lambda p: [p.starts_on])


@inputs
class ClosePeriodInput:
    """A month whose books are to be closed."""

    starts_on: date = strawberry.field(description="Its first day; the month must be over, in UTC.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ClosePeriodPayload(Payload):
    """What came of closing a month."""

    period: AccountingPeriod | None = result("The month, CLOSED; null when refused.")


@inputs
class RequestPeriodOverrideInput:
    """A month that is to be closed in spite of its open exceptions."""

    starts_on: date = strawberry.field(description="Its first day; the month must be over, in UTC.")
    reason: str = strawberry.field(description="Why its exceptions may stay open, 1 to 2000 characters.")


@payload
class RequestPeriodOverridePayload(Payload):
    """What came of asking for an override."""

    period: AccountingPeriod | None = result("The month, still OPEN; null when refused.")


@inputs
class ConfirmPeriodOverrideInput:
    """An override that somebody else asked for."""

    period_id: Id[AccountingPeriod] = strawberry.field(description="The month.")
    reason: str = strawberry.field(description="Why you agree, 1 to 2000 characters.")


@payload
class ConfirmPeriodOverridePayload(Payload):
    """What came of confirming an override."""

    period: AccountingPeriod | None = result("The month, CLOSED; null when refused.")


@inputs
class ReopenPeriodInput:
    """A closed month that is to be opened again."""

    period_id: Id[AccountingPeriod] = strawberry.field(description="The month; somebody else must have closed it.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ReopenPeriodPayload(Payload):
    """What came of opening a month again."""

    period: AccountingPeriod | None = result("The month, OPEN; null when refused.")
