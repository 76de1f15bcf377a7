"""The query of open books by vendor and month."""

import strawberry

from api.reading import Connection, Id, Reader, Rows, query
from api.schema.contract import Contract
from api.schema.open_book_prices import OpenBookMonth
from api.schema.organization import Organization
from services.billing.open_book import periods


@strawberry.type
class OpenBookQueries:
    """Open books over many invoices."""

    @query(
        order=lambda month: [month.starts_on.desc()],
        arguments={"contract_id": "Of this contract alone; by default of all that you have with the vendor."},
    )
    def open_book_months(
        self, reader: Reader, vendor_id: Id[Organization], contract_id: Id[Contract] | None = None
    ) -> Rows[Connection[OpenBookMonth]]:
        """A vendor's open book month by month, over the contracts whose books are fully open to you."""
        return periods.months(reader, vendor_id, contract_id)
