"""From list price to what was billed: the price side of the open book, which everybody who sees the price may see.

    list price - discount = contracted;  of that accepted;  of that invoiced - credits = billed

Every figure in minor units, net of tax. List prices are those of the rate card that was contracted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Text, and_, case, cast, func, literal_column, select, type_coerce
from sqlmodel import col

from services.billing.adjustments.models import CreditNote, CreditNoteLine
from services.billing.invoices.amounts import accepted
from services.billing.invoices.models import Invoice, InvoiceLine
from services.billing.open_book.waterfall import BILLED_UNACCEPTED
from services.catalog.models import RateCardEntry
from services.contracts.models import Contract, ContractLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

NOT_OWED: Final[tuple[ColumnElement[str], ...]] = tuple(
    literal_column(f"'{status}'") for status in ("DRAFT", "DISCARDED", "VOID")
)
"""Invoices that bill nothing."""


def of_contract(contract: Any) -> Select[Any]:  # noqa: ANN401  (a row of any SELECT that has the columns)
    """All lines of a contract, to date."""
    return _contracted(contract.currency_code).where(
        col(ContractLine.contract_id) == contract.id, col(ContractLine.revision) == contract.revision
    )


def of_contract_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """One line, to date; no row for an obligation, which has no price."""
    this = (col(ContractLine.contract_id) == line.contract_id, col(ContractLine.id) == line.id)
    return _contracted(line.currency_code).where(*this).having(func.count() > 0)


def of_invoice(invoice: Any) -> Select[Any]:  # noqa: ANN401
    """All lines of an invoice."""
    return _billed(invoice.currency_code).where(
        col(InvoiceLine.contract_id) == invoice.contract_id, col(InvoiceLine.invoice_id) == invoice.id
    )


def of_invoice_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """One line of an invoice."""
    return _billed(line.currency_code).where(
        col(InvoiceLine.contract_id) == line.contract_id, col(InvoiceLine.id) == line.id
    )


def _contracted(currency_code: ColumnElement[str] | str) -> Select[Any]:
    earned = case(
        (col(ContractLine.kind).in_(BILLED_UNACCEPTED), col(ContractLine.billed_minor)), else_=accepted(ContractLine)
    )
    invoiced = (
        select(func.coalesce(func.sum(InvoiceLine.amount_minor), 0))
        .join(
            Invoice,
            and_(col(Invoice.contract_id) == InvoiceLine.contract_id, col(Invoice.id) == InvoiceLine.invoice_id),
        )
        .where(
            col(InvoiceLine.contract_id) == ContractLine.contract_id,
            col(InvoiceLine.contract_line_id) == ContractLine.id,
            col(Invoice.status).not_in(NOT_OWED),
        )
        .correlate(ContractLine)
        .scalar_subquery()
    )
    credits_ = _credits(
        and_(
            col(CreditNoteLine.contract_id) == ContractLine.contract_id,
            col(CreditNoteLine.contract_line_id) == ContractLine.id,
        ),
        ContractLine,
    )
    list_price = _extended(
        col(ContractLine.quantity), func.coalesce(col(RateCardEntry.unit_price), col(ContractLine.unit_price))
    )
    return (
        _sums(list_price, col(ContractLine.value_minor), earned, invoiced, credits_)
        .add_columns(type_coerce(currency_code, Text).label("currency_code"))
        .select_from(ContractLine)
        .join(Contract, col(Contract.id) == ContractLine.contract_id)
        .outerjoin(RateCardEntry, _listed())
        .where(col(ContractLine.kind) != "OBLIGATION")
    )


def _billed(currency_code: ColumnElement[str] | str) -> Select[Any]:
    amount = col(InvoiceLine.amount_minor)
    credits_ = _credits(
        and_(
            col(CreditNoteLine.contract_id) == InvoiceLine.contract_id,
            col(CreditNoteLine.invoice_line_id) == InvoiceLine.id,
        ),
        InvoiceLine,
    )
    list_price = _extended(
        col(InvoiceLine.quantity), func.coalesce(col(RateCardEntry.unit_price), col(InvoiceLine.unit_price))
    )
    return (
        _sums(list_price, amount, amount, amount, credits_)
        .add_columns(type_coerce(currency_code, Text).label("currency_code"))
        .select_from(InvoiceLine)
        .join(
            ContractLine,
            and_(
                col(ContractLine.contract_id) == InvoiceLine.contract_id,
                col(ContractLine.id) == InvoiceLine.contract_line_id,
            ),
        )
        .join(Contract, col(Contract.id) == InvoiceLine.contract_id)
        .outerjoin(RateCardEntry, _listed())
    )


def _credits(of_line: ColumnElement[bool], line: Any) -> ColumnElement[Any]:  # noqa: ANN401
    """What standing credit notes take off it."""
    return (
        select(func.coalesce(func.sum(CreditNoteLine.amount_minor), 0))
        .join(
            CreditNote,
            and_(
                col(CreditNote.contract_id) == CreditNoteLine.contract_id,
                col(CreditNote.id) == CreditNoteLine.credit_note_id,
            ),
        )
        .where(of_line, col(CreditNote.voided_at).is_(None))
        .correlate(line)
        .scalar_subquery()
    )


def _sums(list_price: Any, contracted: Any, accepted: Any, invoiced: Any, credits_: Any) -> Select[Any]:  # noqa: ANN401
    named = {
        "list_price_minor": list_price,
        "contracted_minor": contracted,
        "accepted_minor": accepted,
        "invoiced_minor": invoiced,
        "credits_minor": credits_,
        "billed_minor": invoiced - credits_,
    }
    sums: list[ColumnElement[Any]] = [
        cast(func.coalesce(func.sum(minor), literal_column("0")), BigInteger).label(name)
        for name, minor in named.items()
    ]
    return select(*sums)


def _listed() -> ColumnElement[bool]:
    return and_(
        col(RateCardEntry.version_id) == Contract.offering_version_id,
        col(RateCardEntry.key) == ContractLine.rate_card_key,
        col(RateCardEntry.currency_code) == ContractLine.currency_code,
    )


def _extended(quantity: Any, unit_amount: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return func.app.extended_minor(quantity, unit_amount, ContractLine.currency_code, type_=BigInteger())
