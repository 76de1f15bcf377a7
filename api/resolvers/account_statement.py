"""Queries of statements of account and of ageing."""

from datetime import date

import strawberry

from api.reading import Connection, Id, Reader, Rows, query
from api.schema.account_statement import AccountStatement, AssociationAgeing, ContractAgeing
from api.schema.contract import Contract
from api.schema.inputs import PeriodInput
from api.schema.organization import Organization
from services.billing.collecting import ageing, statements


@strawberry.type
class AccountStatementQueries:
    """What is owed, and since when."""

    @query(
        order=lambda statement: [statement.currency_code],
        arguments={
            "contract_id": "Of this contract only.",
            "association_id": "Of this association's contracts only.",
            "period": "The days, both included.",
        },
    )
    def statements(
        self,
        reader: Reader,
        period: PeriodInput,
        contract_id: Id[Contract] | None = None,
        association_id: Id[Organization] | None = None,
    ) -> Rows[list[AccountStatement]]:
        """A statement of account for each currency: of a contract, of an association, or of all that you see."""
        return statements.statements(reader, contract_id, association_id, period.starts_on, period.ends_on)

    @query(order=lambda row: [row.contract_id], arguments={"as_of": "The day, in each association's time zone."})
    def ageing(self, reader: Reader, as_of: date) -> Rows[Connection[ContractAgeing]]:
        """What stood open under each contract on a day, by how long it had been due."""
        return ageing.ageing(reader, as_of)

    @query(
        order=lambda row: [row.association_id, row.currency_code],
        arguments={
            "as_of": "The day, in each association's time zone.",
            "association_id": "Of this association only.",
            "vendor_id": "Of this vendor's contracts only.",
        },
    )
    def ageing_by_association(
        self,
        reader: Reader,
        as_of: date,
        association_id: Id[Organization] | None = None,
        vendor_id: Id[Organization] | None = None,
    ) -> Rows[list[AssociationAgeing]]:
        """What stood open with each association on a day, in each currency, by how long it had been due."""
        return ageing.ageing_totals(reader, as_of, association_id, vendor_id)
