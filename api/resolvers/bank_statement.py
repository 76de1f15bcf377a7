"""Queries and mutations of bank statements."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.bank_statement import (
    BankStatement,
    BankStatementFilter,
    BankStatementOrder,
    CsvStatementInput,
    ImportBankStatementInput,
    ImportBankStatementPayload,
    MatchBankLineInput,
    MatchBankLinePayload,
)
from services.billing.reconciliation import reads
from services.billing.reconciliation.banking import match_bank_line
from services.billing.reconciliation.importing import import_bank_statement
from services.billing.reconciliation.separated import Columns, Declared


@strawberry.type
class BankStatementQueries:
    """What moved on the operator's bank accounts."""

    @query
    def bank_statement(self, reader: Reader, id: Id[BankStatement]) -> Rows[BankStatement | None]:
        """One bank statement; null when it does not exist or you may not see it."""
        return reads.statement(reader, id)

    @query(filter=BankStatementFilter, order=BankStatementOrder)
    def bank_statements(self, reader: Reader) -> Rows[Connection[BankStatement]]:
        """The bank statements that were imported; shown to the operator's staff."""
        return reads.statements(reader)


@strawberry.type
class BankStatementMutations:
    """Importing bank statements, and matching their lines by hand."""

    @mutation
    async def import_bank_statement(self, info: Info, input: ImportBankStatementInput) -> ImportBankStatementPayload:
        """Import a bank statement, once; what its lines can only be is booked in the background, the rest is told."""
        tx = info.context.tx
        statement = await import_bank_statement(
            tx,
            actor=tx.actor,
            content=input.content,
            csv=_declared(input.csv) if input.csv else None,
            reason=input.reason,
            now=tx.now,
        )
        return ImportBankStatementPayload(bank_statement=statement)

    @mutation
    async def match_bank_line(self, info: Info, input: MatchBankLineInput) -> MatchBankLinePayload:
        """Book a line of a bank statement as the payment of an invoice; what is more than due becomes credit."""
        tx = info.context.tx
        line = await match_bank_line(
            tx,
            actor=tx.actor,
            line_id=input.bank_statement_line_id,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return MatchBankLinePayload(bank_statement_line=line)


def _declared(csv: CsvStatementInput) -> Declared:
    columns = Columns(**{name: getattr(csv.columns, name) for name in Columns.__slots__})
    return Declared(
        account=csv.account,
        number=csv.number,
        currency_code=csv.currency_code,
        opening=csv.opening_balance,
        closing=csv.closing_balance,
        columns=columns,
        delimiter=csv.delimiter,
        decimal_mark=csv.decimal_mark,
        date_form=csv.date_form,
    )
