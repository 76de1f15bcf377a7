"""Queries of contracts."""

import strawberry

from api.reading import Connection, Id, Reader, Rows, query
from api.schema.contract import Contract, ContractFilter, ContractOrder
from services.contracts import reads


@strawberry.type
class ContractQueries:
    """What is agreed."""

    @query
    def contract(self, reader: Reader, id: Id[Contract]) -> Rows[Contract | None]:
        """One contract; null when it does not exist or you may not see it."""
        return reads.contract(reader, id)

    @query(filter=ContractFilter, order=ContractOrder)
    def contracts(self, reader: Reader) -> Rows[Connection[Contract]]:
        """The contracts you see: your organization's by your role, and those you were granted access to."""
        return reads.contracts(reader)
