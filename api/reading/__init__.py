"""The read path: types say where their fields come from, and an operation becomes one SQL statement.

A type module needs the decorators (`node`, `value`, `filters`, `orders`, `payload`), the specifiers (`column`,
`expression`, `money`, `one`, `many`, `connection`, …) and `query` and `subscription` for the fields of those roots.
"""

from api.reading.amounts import Money
from api.reading.check import check_declarations
from api.reading.declare import Node, Payload, filters, inputs, node, orders, payload, value
from api.reading.errors import (
    BadUserInputError,
    DeclarationError,
    InvalidCursorError,
    InvalidDocumentError,
    InvalidIdError,
    InvalidPageError,
    PageTooLargeError,
    RequestError,
)
from api.reading.executing import ReadingContext, ReadingExecutionContext, execute_asked
from api.reading.fields import (
    column,
    connection,
    expression,
    facets,
    many,
    money,
    one,
    order,
    part,
    plain,
    result,
    unit_money,
    where,
)
from api.reading.ids import Id, decode_id
from api.reading.nodes import NodeQueries
from api.reading.pages import Connection, Facet, FacetValue, PageInfo
from api.reading.payloads import read_payload
from api.reading.plan import Asked, Plans, subscribed
from api.reading.relations import Row
from api.reading.roots import Reader, Rows, Viewer, query, subscription
from api.reading.scalars import SCALARS, CountryCode, CurrencyCode, LanguageCode, Percent
from api.reading.statements import Reading

__all__ = [
    "SCALARS",
    "Asked",
    "BadUserInputError",
    "Connection",
    "CountryCode",
    "CurrencyCode",
    "DeclarationError",
    "Facet",
    "FacetValue",
    "Id",
    "InvalidCursorError",
    "InvalidDocumentError",
    "InvalidIdError",
    "InvalidPageError",
    "LanguageCode",
    "Money",
    "Node",
    "NodeQueries",
    "PageInfo",
    "PageTooLargeError",
    "Payload",
    "Percent",
    "Plans",
    "Reader",
    "Reading",
    "ReadingContext",
    "ReadingExecutionContext",
    "RequestError",
    "Row",
    "Rows",
    "Viewer",
    "check_declarations",
    "column",
    "connection",
    "decode_id",
    "execute_asked",
    "expression",
    "facets",
    "filters",
    "inputs",
    "many",
    "money",
    "node",
    "one",
    "order",
    "orders",
    "part",
    "payload",
    "plain",
    "query",
    "read_payload",
    "result",
    "subscribed",
    "subscription",
    "unit_money",
    "value",
    "where",
]
