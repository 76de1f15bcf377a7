"""The SELECTs of the books: what stands in which account, as of a day, and as it was known at an instant.

Two times bound every figure: what took effect by the end of `as_of`, a whole day in UTC, and, where `recorded_until` is
given, of that what was written down by then: last month as it stands, or as it stood when it was closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    DateTime,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array
from sqlmodel import col

from services.billing.books.models import AccountingPeriod
from services.billing.ledger.models import JournalEntry, Posting
from services.billing.taxes.reads import of_the_operator
from services.contracts.models import Contract
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final, TypeAlias
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader

    AsOf: TypeAlias = date | ColumnElement[date]
    Until: TypeAlias = datetime | ColumnElement[datetime] | None

READERS: Final = ("OWNER", "BILLING_ADMIN", "AUDITOR")
"""The operator's roles that read its books as a whole."""

OF_ASSOCIATION: Final = (
    "ASSOCIATION_RECEIVABLE",
    "RETAINAGE_RECEIVABLE",
    "ASSOCIATION_CREDIT",
    "CHARGEBACK_RECEIVABLE",
)
OF_VENDOR: Final = ("VENDOR_PAYABLE", "TAX_PAYABLE")


def periods(reader: Reader) -> Select[Any]:
    """The months whose books were ever closed, or asked to be; the operator's alone."""
    return select(*AccountingPeriod.__table__.c).where(of_the_operator(reader))  # type: ignore[attr-defined]


def period(reader: Reader, period_id: UUID) -> Select[Any]:
    """One of them."""
    return periods(reader).where(col(AccountingPeriod.id) == period_id)


def operator_reads(reader: Reader) -> ColumnElement[bool]:
    """Whether it is the operator's staff who reads."""
    may = func.app.has_role(*(literal_column(f"'{role}'") for role in READERS))
    return may if reader.kind == "OPERATOR" else literal_column("false")


def trial_balance(reader: Reader, as_of: AsOf, recorded_until: Until) -> Select[Any]:
    """The frame of a trial balance of all contracts; no row but for the operator's staff."""
    return select(*_times(as_of, recorded_until)).where(operator_reads(reader))


def contract_accounts(reader: Reader, contract_id: UUID, as_of: AsOf, recorded_until: Until) -> Select[Any]:
    """The frame of the accounts of one contract; no row when the reader may not see it."""
    only = array([col(Contract.id)]).label("contract_ids")
    return select(only, *_times(as_of, recorded_until)).where(
        col(Contract.id) == contract_id, concerns(reader, Contract)
    )


def party_accounts(reader: Reader, organization_id: UUID, as_of: AsOf, recorded_until: Until) -> Select[Any]:
    """The frame of the accounts of all contracts that an organization is a party to, as far as the reader sees them."""
    contracts = (
        select(col(Contract.id))
        .where(
            or_(col(Contract.association_id) == organization_id, col(Contract.vendor_id) == organization_id),
            concerns(reader, Contract),
        )
        .scalar_subquery()
    )
    ids = cast(func.array(contracts), ARRAY(Uuid())).label("contract_ids")
    return select(ids, *_times(as_of, recorded_until)).where(
        literal_column("true" if reader.kind != "ANONYMOUS" else "false")
    )


def all_accounts(frame: Any) -> Select[Any]:  # noqa: ANN401  (a row of `trial_balance`)
    """What stands in each account of the journal and currency."""
    return _accounts(frame)


def accounts_of(frame: Any) -> Select[Any]:  # noqa: ANN401  (a row of `contract_accounts` or `party_accounts`)
    """The same of some contracts only."""
    return _accounts(frame).where(col(Posting.contract_id) == func.any(frame.contract_ids))


def sums(frame: Any) -> Select[Any]:  # noqa: ANN401
    """Debits and credits in each currency; they are the same."""
    return _postings(frame, col(Posting.currency_code))


def by_contract(account: Any) -> Select[Any]:  # noqa: ANN401  (a row of `all_accounts`)
    """What of an account stands under each contract."""
    return _postings(account, col(Posting.contract_id), col(Posting.currency_code)).where(
        col(Posting.account) == account.account, col(Posting.currency_code) == account.currency_code
    )


def party(account: Any) -> ColumnElement[str]:  # noqa: ANN401  (a column)
    """Whose account it is: of whom something is due, or to whom."""
    return case(
        (
            account.in_([literal_column(f"'{name}'") for name in OF_ASSOCIATION]),
            literal_column("'ASSOCIATION'", Text()),
        ),
        (account.in_([literal_column(f"'{name}'") for name in OF_VENDOR]), literal_column("'VENDOR'", Text())),
        else_=literal_column("'OPERATOR'", Text()),
    )


def _accounts(frame: Any) -> Select[Any]:  # noqa: ANN401
    account = col(Posting.account)
    times = (frame.as_of.label("as_of"), frame.recorded_until.label("recorded_until"))
    return _postings(frame, account, col(Posting.currency_code)).add_columns(party(account).label("party"), *times)


def _postings(frame: Any, *by: Any) -> Select[Any]:  # noqa: ANN401
    amount = col(Posting.amount_minor)
    return (
        select(
            *by,
            _sum(amount, amount > 0).label("debit_minor"),
            _sum(-amount, amount < 0).label("credit_minor"),
            _sum(amount).label("balance_minor"),
        )
        .join(
            JournalEntry,
            and_(col(JournalEntry.contract_id) == Posting.contract_id, col(JournalEntry.id) == Posting.entry_id),
        )
        .where(
            col(JournalEntry.effective_at)
            < func.timezone(literal_column("'UTC'"), cast(frame.as_of + literal_column("1"), DateTime)),
            or_(frame.recorded_until.is_(None), col(JournalEntry.recorded_at) <= frame.recorded_until),
        )
        .group_by(*by)
    )


def _sum(amount: Any, only: Any = None) -> ColumnElement[int]:  # noqa: ANN401
    total = func.sum(amount) if only is None else func.sum(amount).filter(only)
    return cast(func.coalesce(total, literal_column("0")), BigInteger)


def _times(as_of: AsOf, recorded_until: Until) -> tuple[ColumnElement[Any], ...]:
    return (
        cast(as_of, Date).label("as_of"),
        cast(recorded_until, DateTime(timezone=True)).label("recorded_until"),
    )
