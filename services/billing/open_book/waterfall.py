"""The waterfall from price to vendor margin, as far as the reader's disclosure opens it; every figure in minor units.

    price - cost = gross margin            gross margin - platform fee = vendor margin
    price - platform fee = vendor proceeds

Each SELECT is of one row and correlated to the row it is the open book of. Cost comes from tables behind a policy of
their own; that a reader may not see it is said in `disclosure`, and decided here a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Numeric,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    true,
)
from sqlmodel import col

from services.billing.adjustments.models import CreditNoteLine, CreditNoteLineCost
from services.billing.invoices.amounts import accepted
from services.billing.invoices.billable import billable_lines, one_contract, platform_fee
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost
from services.contracts.models import Contract, ContractLine, ContractLineCost

if TYPE_CHECKING:
    from typing import TypeAlias

    from sqlalchemy import ColumnElement, Select

    Minor: TypeAlias = ColumnElement[Any]

STANDARD = literal_column("'STANDARD'", Text())
VARIANCES = ("standard_cost_minor", "variance_minor", "rate_variance_minor", "efficiency_variance_minor")
"""What an open book on actual cost has besides."""
BILLED_UNACCEPTED = (literal_column("'RECURRING'", Text()), literal_column("'MINIMUM_COMMITMENT'", Text()))
"""Kinds of lines that earn by what is billed: nothing is accepted on them. Of a commitment there is no cost either."""


def of_contract(contract: Any) -> Select[Any]:  # noqa: ANN401  (a row of any SELECT that has the columns)
    """The open book of all that was accepted under a contract to date, with the verdict on its margin band."""
    sums = _contracted().where(
        col(ContractLine.contract_id) == contract.id, col(ContractLine.revision) == contract.revision
    )
    return waterfall(
        contract.id, sums, verdict=func.app.margin_band_verdict(contract.id, cast(null(), Uuid), type_=Text())
    )


def of_contract_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """The open book of what was accepted on one contract line to date; no row for an obligation, which has no price."""
    sums = _contracted().where(col(ContractLine.contract_id) == line.contract_id, col(ContractLine.id) == line.id)
    return waterfall(line.contract_id, sums).where(line.kind != "OBLIGATION")


def of_invoice(invoice: Any) -> Select[Any]:  # noqa: ANN401
    """The open book of an invoice: the sums of its lines, with the verdict on the contract's margin band."""
    sums = _billed().where(
        col(InvoiceLine.contract_id) == invoice.contract_id, col(InvoiceLine.invoice_id) == invoice.id
    )
    verdict = func.app.margin_band_verdict(invoice.contract_id, invoice.id, type_=Text())
    return waterfall(invoice.contract_id, sums, verdict=verdict)


def of_invoice_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """The open book of one line of an invoice."""
    sums = _billed().where(col(InvoiceLine.contract_id) == line.contract_id, col(InvoiceLine.id) == line.id)
    return waterfall(line.contract_id, sums)


def of_credit_note(note: Any) -> Select[Any]:  # noqa: ANN401
    """What a credit note takes back of the open book of its invoice: the sums of its lines."""
    sums = _credited().where(
        col(CreditNoteLine.contract_id) == note.contract_id, col(CreditNoteLine.credit_note_id) == note.id
    )
    return waterfall(note.contract_id, sums)


def of_credit_note_line(line: Any) -> Select[Any]:  # noqa: ANN401
    """What one line of a credit note takes back."""
    sums = _credited().where(col(CreditNoteLine.contract_id) == line.contract_id, col(CreditNoteLine.id) == line.id)
    return waterfall(line.contract_id, sums)


def of_preview(preview: Any) -> Select[Any]:  # noqa: ANN401
    """The open book of an invoice that is not issued yet."""
    line = billable_lines(one_contract(preview.contract_id, preview.period_starts_on, preview.period_ends_on)).subquery(
        "line"
    )
    sums = _sums(price=line.c.amount_minor, cost=line.c.cost_minor, fee=line.c.platform_fee_minor)
    return waterfall(preview.contract_id, sums.select_from(line))


def gross_margin(price: Minor, cost: Minor) -> Minor:
    """Price - cost: what the work leaves before the platform fee (management accounting's contribution of a sale)."""
    return price - cost


def gross_margin_percent(price: Minor, cost: Minor) -> ColumnElement[Any]:
    """Gross margin / price, the margin on sales; null when nothing was charged."""
    return _percent(gross_margin(price, cost), price)


def markup_percent(price: Minor, cost: Minor) -> ColumnElement[Any]:
    """Gross margin / cost, the mark-up on cost of FAR 15.404-4's fee on cost; null when it cost nothing."""
    return _percent(gross_margin(price, cost), cost)


def vendor_margin(price: Minor, cost: Minor, fee: Minor) -> Minor:
    """Gross margin - platform fee: what the vendor keeps."""
    return gross_margin(price, cost) - fee


def vendor_margin_percent(price: Minor, cost: Minor, fee: Minor) -> ColumnElement[Any]:
    """Vendor margin / price; null when nothing was charged."""
    return _percent(vendor_margin(price, cost, fee), price)


def vendor_proceeds(price: Minor, fee: Minor) -> Minor:
    """Price - platform fee: what the vendor is paid, and what the journal credits as vendor payable."""
    return price - fee


def _contracted() -> Select[Any]:
    """Sums over contract lines; a RECURRING line earns by the period, so what was billed of it is what was earned."""
    quantity = case(
        (col(ContractLine.kind) == "RECURRING", col(ContractLine.billed_quantity)),
        else_=col(ContractLine.accepted_quantity),
    )
    unaccepted = func.greatest(col(ContractLine.submitted_quantity) - col(ContractLine.accepted_quantity), 0)
    price = case(
        (col(ContractLine.kind).in_(BILLED_UNACCEPTED), col(ContractLine.billed_minor)),
        else_=accepted(ContractLine),
    )
    fee = platform_fee(price, col(Contract.platform_fee_percent))
    unaccepted_cost = _extended(unaccepted, ContractLineCost.unit_cost)
    cost = _extended(quantity, ContractLineCost.unit_cost)
    return (
        _sums(price=price, cost=cost, fee=fee, unaccepted_cost=unaccepted_cost)
        .select_from(ContractLine)
        .join(Contract, col(Contract.id) == ContractLine.contract_id)
        .outerjoin(
            ContractLineCost,
            and_(
                col(ContractLineCost.contract_id) == ContractLine.contract_id,
                col(ContractLineCost.line_id) == ContractLine.id,
            ),
        )
    )


def _billed() -> Select[Any]:
    """Sums over invoice lines."""
    return (
        _sums(
            price=col(InvoiceLine.amount_minor),
            cost=col(InvoiceLineCost.cost_minor),
            fee=col(InvoiceLineCost.platform_fee_minor),
        )
        .select_from(InvoiceLine)
        .outerjoin(
            InvoiceLineCost,
            and_(
                col(InvoiceLineCost.contract_id) == InvoiceLine.contract_id,
                col(InvoiceLineCost.invoice_line_id) == InvoiceLine.id,
            ),
        )
    )


def _credited() -> Select[Any]:
    """Sums over lines of credit notes."""
    return (
        _sums(
            price=col(CreditNoteLine.amount_minor),
            cost=col(CreditNoteLineCost.cost_minor),
            fee=col(CreditNoteLineCost.platform_fee_minor),
        )
        .select_from(CreditNoteLine)
        .outerjoin(
            CreditNoteLineCost,
            and_(
                col(CreditNoteLineCost.contract_id) == CreditNoteLine.contract_id,
                col(CreditNoteLineCost.credit_note_line_id) == CreditNoteLine.id,
            ),
        )
    )


def _sums(*, price: Any, cost: Any, fee: Any, unaccepted_cost: Any = None) -> Select[Any]:  # noqa: ANN401
    return select(
        _total(price).label("price_minor"),
        _total(cost).label("cost_minor"),
        _total(fee).label("platform_fee_minor"),
        (cast(null(), BigInteger) if unaccepted_cost is None else _total(unaccepted_cost)).label(
            "unaccepted_cost_minor"
        ),
    )


def waterfall(contract_id: Any, sums: Select[Any], *, verdict: Any = None, banded: bool = False) -> Select[Any]:  # noqa: ANN401
    """The open book of sums; `verdict` looks beyond what the reader sees, `banded` makes it of the sums."""
    disclosure = func.app.disclosure(Contract.id, Contract.association_id, Contract.vendor_id, type_=Text())
    total = sums.subquery("total")
    # OFFSET 0 keeps PostgreSQL from asking for the disclosure again in each of the columns made of it
    seen = (
        select(
            col(Contract.currency_code),
            col(Contract.disclosure_tier),
            col(Contract.margin_floor_percent),
            col(Contract.margin_ceiling_percent),
            disclosure.label("disclosure"),
            (cast(null(), Text) if verdict is None else verdict).label("verdict"),
            *total.c,
        )
        .join(total, true())
        .where(col(Contract.id) == contract_id)
        .offset(literal_column("0"))
        .subquery("seen")
    )
    full = seen.c.disclosure == literal_column("'FULL'")
    banded = banded or verdict is not None

    def when_full(value: Any) -> ColumnElement[Any]:  # noqa: ANN401
        return case((full, value))

    def in_band(value: Any) -> ColumnElement[Any]:  # noqa: ANN401
        return case((seen.c.disclosure.in_([literal_column("'FULL'"), literal_column("'BAND_ONLY'")]), value))

    price, cost, fee = seen.c.price_minor, seen.c.cost_minor, seen.c.platform_fee_minor
    return select(
        seen.c.currency_code,
        seen.c.disclosure,
        seen.c.disclosure_tier,
        when_full(seen.c.get("cost_basis", STANDARD)).label("cost_basis"),
        price,
        when_full(cost).label("cost_minor"),
        when_full(gross_margin(price, cost)).label("gross_margin_minor"),
        when_full(gross_margin_percent(price, cost)).label("gross_margin_percent"),
        when_full(markup_percent(price, cost)).label("markup_percent"),
        when_full(fee).label("platform_fee_minor"),
        when_full(vendor_margin(price, cost, fee)).label("vendor_margin_minor"),
        when_full(vendor_margin_percent(price, cost, fee)).label("vendor_margin_percent"),
        when_full(vendor_proceeds(price, fee)).label("vendor_proceeds_minor"),
        when_full(seen.c.unaccepted_cost_minor).label("unaccepted_cost_minor"),
        (in_band(seen.c.margin_floor_percent) if banded else cast(null(), Numeric)).label("margin_floor_percent"),
        (in_band(seen.c.margin_ceiling_percent) if banded else cast(null(), Numeric)).label("margin_ceiling_percent"),
        in_band(_verdict(seen.c, price, cost) if banded and verdict is None else seen.c.verdict).label("verdict"),
        *(when_full(seen.c[name]).label(name) for name in VARIANCES if name in seen.c),
    )


def _verdict(seen: Any, price: Minor, cost: Minor) -> ColumnElement[Any]:  # noqa: ANN401  (the columns of a SELECT)
    """Where the gross margin lies against the band, for a reader who sees the cost; null while the price is zero."""
    margin = gross_margin_percent(price, cost)
    return case(
        (seen.disclosure != literal_column("'FULL'"), null()),
        (margin < seen.margin_floor_percent, literal_column("'BELOW'", Text())),
        (margin > seen.margin_ceiling_percent, literal_column("'ABOVE'", Text())),
        (margin.is_not(None), literal_column("'WITHIN'", Text())),
    )


def _percent(part: Minor, whole: Minor) -> ColumnElement[Any]:
    """Part / whole in percent, unrounded: the API rounds to two decimals, half-even."""
    hundred = literal_column("100", Numeric())
    return part * hundred / func.nullif(whole, literal_column("0"), type_=Numeric())


def _total(minor: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return cast(func.coalesce(func.sum(minor), literal_column("0")), BigInteger)


def _extended(quantity: Any, unit_amount: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return func.app.extended_minor(quantity, unit_amount, ContractLine.currency_code, type_=BigInteger())
