"""Queries of the audit trail."""

import strawberry

from api.reading import Connection, Id, Reader, Rows, query
from api.schema.audit import AuditEvent, AuditEventFilter, AuditEventOrder
from api.schema.contract import Contract
from services.contracts import reads


@strawberry.type
class AuditQueries:
    """What was done."""

    @query(
        filter=AuditEventFilter,
        order=AuditEventOrder,
        arguments={"contract_id": "The contract whose trail is read."},
    )
    def audit(self, reader: Reader, contract_id: Id[Contract]) -> Rows[Connection[AuditEvent]]:
        """Everything that was done to a contract and its rows; empty when you may not see it."""
        return reads.trail(reader, contract_id)
