"""The operator's books: a month that was closed in spite of an exception, and what reconciling them left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import new_id

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

PERIOD = """insert into accounting_period (id, starts_on, ends_on, status, {people}, override_requested_at,
    override_reason, reopened_at, reopen_reason)
select uuidv7(), $1::date, ($1::date + interval '1 month')::date - 1, 'OPEN', {values}, now(), 'Bank is slow', now(),
    'A bill came late'"""
PERSON = {"member_id": "uuidv7()", "name": "'Jo'", "email": "'jo@here.example'", "organization_name": "'-'"}
ACTS = ("closed_by", "override_requested_by", "reopened_by")


RUN = """insert into match_run (id, issued_from, issued_until, status, requested_at, {people}, ended_at)
values ($1, '2020-01-01', '2020-12-31', 'DONE', now(), {values}, now())"""
VARIANCE = """insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id,
    invoice_line_id,
    contract_line_id, currency_code, expected_minor, billed_minor, difference_minor, rate_minor, quantity_minor,
    period_minor, unaccepted_minor, out_of_scope_minor, tax_minor, exchange_minor, rounding_minor, tolerance_minor,
    within_tolerance, found_at)
select contract_id, uuidv7(), association_id, vendor_id, $1, invoice_id, id, contract_line_id, currency_code,
    amount_minor - 1, amount_minor, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, false, now() from invoice_line limit 1"""
TOLERANCE = """insert into match_tolerance (id, currency_code, amount_minor, percent, configured_at, {people}, reason)
values (uuidv7(), 'USD', 0, 0, now(), {values}, 'None at all')"""
STATEMENT = """insert into bank_statement (id, format, account, number, currency_code, opens_on, closes_on,
    opening_minor, closing_minor, line_count, content_sha256, imported_at, {people})
values ($1, 'CSV', 'DE1', '1', 'USD', '2020-01-01', '2020-01-31', 0, 100, 1, ''::bytea, now(), {values})"""
LINE = """insert into bank_statement_line (id, statement_id, account, position, line_key, booked_on, currency_code,
    amount_minor, information, status, trouble, proposal, contract_id, invoice_id)
select $2, $1, 'DE1', 1, 'one', '2020-01-02', 'USD', 100, 'rent', 'UNMATCHED', 'SHORT_PAYMENT', 'it names an invoice',
    contract_id, id from invoice limit 1"""
EXCEPTION = """insert into billing_exception (id, kind, severity, subject, subject_id, contract_id, invoice_id,
    invoice_line_id, bank_line_id, happened_on, currency_code, amount_minor, message, opened_at, last_seen_at, {people},
    resolution, resolved_at, resolution_reason)
select uuidv7(), 'SHORT_PAYMENT', 'MEDIUM', 'BANK_LINE', $1, contract_id, invoice_id, id, $1, '2020-01-02', 'USD', 100,
    'too little', now(), now(), {values}, $2::text, case when $2::text is not null then now() end, 'The bank was asked'
from invoice_line limit 1"""


ABOUT = """insert into billing_exception (id, kind, severity, subject, subject_id, contract_id, happened_on,
    currency_code, amount_minor, message, opened_at, last_seen_at)
select uuidv7(), k.kind, 'MEDIUM', k.subject, k.id, k.contract_id, '2020-01-02', 'USD', 100, '-', now(), now()
from ((select 'PAYMENT_NOT_BANKED' as kind, 'PAYMENT' as subject, id, contract_id from payment limit 1)
    union all (select 'PAYOUT_NOT_BANKED', 'PAYOUT', id, null from payout limit 1)
    union all (select 'UNKNOWN_BALANCE_TRANSACTION', 'BALANCE_TRANSACTION', id, contract_id
        from balance_transaction limit 1)) k"""
MATCHED = """insert into bank_statement_line (id, statement_id, account, position, line_key, booked_on, currency_code,
    amount_minor, information, status, matched_by, match_reason, matched_at, contract_id, payment_id, refund_id,
    settlement_id, payout_id)
select uuidv7(), $1, 'DE1', 2, 'two', '2020-01-02', 'USD', 100, 'all at once', 'MATCHED', 'REFERENCE', '-', now(),
    p.contract_id, p.id, r.id, s.id, o.id
from payment p join refund r on r.payment_id = p.id
join settlement s on s.contract_id = p.contract_id and s.invoice_id = p.invoice_id, payout o limit 1"""
WRITE_OFF = """insert into write_off (contract_id, id, association_id, vendor_id, invoice_id, kind, status,
    currency_code, amount_minor, tolerance_minor, reason, exception_id, requested_at, {people},
    requested_by_person_id, confirmed_at, confirmed_by_person_id, confirm_reason, posted_at, reversed_at,
    reverse_reason)
select i.contract_id, uuidv7(), i.association_id, i.vendor_id, i.id, 'REMAINDER', 'REVERSED', 'USD', 1, 0, 'Too little',
    (select id from billing_exception limit 1), now(), {values}, uuidv7(), now(), uuidv7(), 'So it is', now(), now(),
    'They paid' from invoice i where i.status not in ('DRAFT', 'DISCARDED') limit 1"""


async def add_reconciliation(_: World, batch: asyncpg.Connection[Any]) -> None:
    """A match that found something, a bank statement, and exceptions: one open, one resolved."""
    run, statement, line = new_id(), new_id(), new_id()
    await batch.execute(_signed(RUN, "requested_by"), run)
    await batch.execute(VARIANCE, run)
    await batch.execute(_signed(TOLERANCE, "configured_by"))
    await batch.execute(_signed(STATEMENT, "imported_by"), statement)
    await batch.execute(LINE, statement, line)
    for resolution in ("RESOLVED", None):
        await batch.execute(_signed(EXCEPTION, "owner", "resolved_by"), line, resolution)
    await batch.execute(ABOUT)
    await batch.execute(MATCHED, statement)
    await batch.execute(_signed(WRITE_OFF, "requested_by", "confirmed_by", "reversed_by"))


def _signed(statement: str, *acts: str) -> str:
    """Fill in who did it."""
    people = ", ".join(f"{act}_{part}" for act in acts for part in PERSON)
    return statement.format(people=people, values=", ".join(value for _ in acts for value in PERSON.values()))


async def add_books(_: World, batch: asyncpg.Connection[Any]) -> None:
    """Two persons close a month and open it again."""
    from tests.guards.world import LAST_YEAR  # noqa: PLC0415  (the world imports what is added to it)

    await batch.execute(_signed(PERIOD, *ACTS).replace("$1", f"'{LAST_YEAR - 3}-01-01'"))
