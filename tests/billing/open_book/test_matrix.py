"""What each tier and each role reads, tested for every field that the schema declares of the open book."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from api.graphql_schema import schema
from api.schema import actual_cost, margin_alert, open_book, open_book_prices
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.db import Database
from core.ids import encode, new_id
from services.billing.adjustments.splitting import CreditedLine
from services.billing.open_book.alerting import review_margin
from tests.billing.adjustments.adjusting import credit
from tests.billing.desk import Desk
from tests.billing.market import LONG_AGO, MARCH, NOW, TICKETS, Agreement, Market
from tests.billing.open_book.costs import act, enter
from tests.billing.open_book.opened import (
    BAND,
    BY_TIER,
    DEPTH,
    FULL,
    GOLDEN,
    INSTANTS,
    LINK,
    ONLY_WHO_ISSUES,
    OPENED,
    PRICE,
    READERS,
    TIERS,
    UNTOLD,
    Opened,
)
from tests.databases import OneDatabase

GRAPHQL = schema._schema  # noqa: SLF001 - Strawberry has no other way to the types
OBJECTS = {
    name: type_
    for name, type_ in GRAPHQL.type_map.items()
    if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
}
DEPTH_OF = {"marginAlerts": BAND, "actualCosts": FULL, "openBookMonths": FULL}
"""Lists that are empty for whoever may read nothing in them."""


def test_every_field_of_the_open_book_has_its_line_in_the_table() -> None:
    modules = {module.__name__ for module in (open_book, open_book_prices, margin_alert, actual_cost)}
    declared = {
        name
        for name, type_ in OBJECTS.items()
        if (definition := type_.extensions.get("strawberry-definition")) and definition.origin.__module__ in modules
    }
    assert declared == set(OPENED)
    for name, opened in OPENED.items():
        assert set(OBJECTS[name].fields) == set(opened), name
    disclosure, tier = (set(GRAPHQL.type_map[name].values) for name in ("Disclosure", "DisclosureTier"))  # type: ignore[attr-defined]
    assert (disclosure, tier) == (set(DEPTH), set(TIERS))


def test_every_place_that_shows_an_open_book_is_in_the_table() -> None:
    shown = {
        f"{name}.{field}"
        for name, type_ in OBJECTS.items()
        if name not in OPENED and not name.endswith(("Payload", "Connection", "Edge"))
        for field, declared in type_.fields.items()
        if _object(declared.type)
        in {"OpenBook", "ActualBook", "PriceWaterfall", "OpenBookMonth", "MarginAlert", "ActualCost"}
    }
    assert shown == set(GOLDEN)


@pytest.mark.parametrize("tier", TIERS)
async def test_each_role_reads_exactly_what_its_tier_opens(
    market: Market, desk: Desk, database: OneDatabase, tier: str
) -> None:
    agreement, ids = await _contract(market, desk, database, tier)
    for name, (_, _, _, _, opens) in READERS.items():
        word = TIERS[tier] if opens == BY_TIER else opens
        actor = await _reader(desk, market, agreement, name)
        shown = await desk.ask(actor, QUERY, **ids)
        expected = {place: _expected(name, place, word, tier) for place in GOLDEN}
        assert _by_place(shown) == expected, (tier, name)
        await _charts(desk, actor, ids["contract"], word)
    shown = await desk.ask(ANONYMOUS, QUERY, **ids)
    assert _by_place(shown) == {place: _expected("nobody", place, None, tier) for place in GOLDEN}
    await _charts(desk, ANONYMOUS, ids["contract"], None)


def _expected(reader: str, place: str, word: str | None, tier: str) -> Any:  # noqa: ANN401  (JSON)
    parent, field = place.split(".")
    hidden: list[Any] | None = [] if field in DEPTH_OF and (word or parent == "Query") else None
    if word is None or reader not in ONLY_WHO_ISSUES.get(place, {reader}):
        return hidden
    type_name = _object(OBJECTS[parent].fields[field].type)
    if DEPTH[word] < DEPTH_OF.get(field, PRICE):
        return hidden
    seen = _seen(type_name, GOLDEN[place], DEPTH[word], {"disclosure": word, "disclosureTier": tier})
    if place in UNTOLD and DEPTH[word] == BAND:
        seen["openBook"]["marginBand"]["verdict"] = None
    return seen


def _seen(type_name: str, golden: Any, depth: Opened, said: dict[str, str]) -> Any:  # noqa: ANN401  (JSON)
    """What of a golden object is shown: what is not open is null."""
    if isinstance(golden, list):
        return [_seen(type_name, one, depth, said) for one in golden]
    seen = {}
    for field, opened in OPENED[type_name].items():
        if opened == LINK or field in INSTANTS:
            continue
        value = said[field] if field in said else golden[field]
        inner = _object(OBJECTS[type_name].fields[field].type)
        if inner in OPENED and value is not None:
            value = _seen(inner, value, depth, said)
        seen[field] = value if opened <= depth else None
    return seen


def _object(type_: Any) -> str:  # noqa: ANN401  (any type of GraphQL)
    """The type that a field shows, within a connection if it is one."""
    named = get_named_type(type_)
    if named.name.endswith("Connection") and "nodes" in named.fields:
        named = get_named_type(named.fields["nodes"].type)
    name: str = named.name
    return name


def _selection(type_name: str, field: str) -> str:
    """A field with all that is declared beneath it."""
    declared = OBJECTS[type_name].fields[field]
    inner, named = _object(declared.type), get_named_type(declared.type)
    if is_leaf_type(named):
        return field
    below = "amount"
    if inner in OPENED:
        fields = (name for name, opened in OPENED[inner].items() if opened != LINK)
        below = " ".join(_selection(inner, name) for name in fields)
    return (
        f"{field}(first: 9) {{ nodes {{ {below} }} }}"
        if named.name.endswith("Connection")
        else f"{field} {{ {below} }}"
    )


def _selections(parent: str) -> str:
    return " ".join(_selection(*place.split(".")) for place in GOLDEN if place.startswith(f"{parent}."))


QUERY = f"""query($contract: ID!, $invoice: ID!, $note: ID!, $vendor: ID!, $period: PeriodInput!) {{
  contract(id: $contract) {{ {_selections("Contract")} lines {{ {_selections("ContractLine")} }} }}
  invoice(id: $invoice) {{ {_selections("Invoice")} lines {{ {_selections("InvoiceLine")} }} }}
  creditNote(id: $note) {{ {_selections("CreditNote")} lines {{ {_selections("CreditNoteLine")} }} }}
  invoicePreview(contractId: $contract, period: $period) {{ {_selections("InvoicePreview")} }}
  {_selections("Query").replace("(first: 9)", "(vendorId: $vendor, first: 9)")} }}"""


def _by_place(shown: dict[str, Any]) -> dict[str, Any]:
    """An answer by the places of the table; instants are left out once they are said."""
    roots = {
        "Contract": "contract",
        "Invoice": "invoice",
        "CreditNote": "creditNote",
        "InvoicePreview": "invoicePreview",
    }
    found: dict[str, Any] = {}
    for place in GOLDEN:
        parent, field = place.split(".")
        above = shown if parent == "Query" else shown[roots[parent.removesuffix("Line")]]
        if parent.endswith("Line") and above is not None:
            (above,) = above["lines"]
        found[place] = _plain(above[field]) if above is not None else None
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) in ({"amount"}, {"nodes"}):
        return _plain(next(iter(value.values())))
    assert all(value[name] is not None for name in INSTANTS & set(value))
    return {name: _plain(inner) for name, inner in value.items() if name not in INSTANTS}


async def _charts(desk: Desk, actor: Actor, contract: str, word: str | None) -> None:
    """The pictures show the same: not drawn is the figure that is not open."""
    book, margin = [await desk.get(actor, f"/charts/{name}/{contract}.svg") for name in ("open-book", "margin")]
    assert [answer.status_code for answer in (book, margin)] == ([404, 404] if word is None else [200, 200])
    depth = DEPTH[word] if word else None
    assert ("650.00" in book.text) == (depth is not None)
    assert ("The gross margin lies above the ceiling." in book.text) == (depth == BAND), (
        "drawn, where it is open in full"
    )
    for secret in ("410.00", "240.00", "19.50", "220.50"):
        assert (secret in book.text) == (depth == FULL), secret
    assert ("35.94" in margin.text) == (depth == FULL)


async def _contract(market: Market, desk: Desk, database: OneDatabase, tier: str) -> tuple[Agreement, dict[str, Any]]:
    agreement = await market.agree(TICKETS)
    await agreement.accept("tickets", "100", date(2026, 2, 28), submitted="120")
    invoice = await agreement.issue()
    (line,) = await agreement.lines_of(invoice)
    note = await credit(agreement, invoice, CreditedLine(line["id"], amount=Decimal(10)))
    cost = await enter(desk, agreement, "tickets", "400.00", quantity="95")
    asked = {"actualCostId": cost["id"], "amount": {"amount": "50.00", "currencyCode": "USD"}, "question": "Overtime?"}
    await act(desk, market.finance, "questionActualCost", **asked)
    # what only an open book lets the association ask is on record, and then the tier is another
    await market.rows.execute("update contract set disclosure_tier = $2 where id = $1", agreement.id, tier)
    batch = Database(database.batch_url)
    try:
        await batch.write(
            SYSTEM, lambda tx: review_margin(tx, contract_id=agreement.id, now=NOW), now=NOW, request_id="sweep"
        )
    finally:
        await batch.close()
    return agreement, {
        "contract": encode("con", agreement.id),
        "invoice": encode("inv", agreement.id, invoice),
        "note": encode("crn", agreement.id, note),
        "vendor": encode("org", market.vendor),
        "period": {"startsOn": str(MARCH[0]), "endsOn": str(MARCH[1])},
    }


async def _reader(desk: Desk, market: Market, agreement: Agreement, name: str) -> Actor:
    whose, kind, roles, grant, _ = READERS[name]
    organization = new_id() if whose == "stranger" else getattr(market, whose)
    if whose == "stranger":
        await market.insert(
            "organization",
            id=organization,
            kind=kind,
            name=name,
            country_code="US",
            time_zone="UTC",
            created_at=LONG_AGO,
        )
    actor = market.member(kind, organization, *roles)
    if grant:
        await desk.ask(actor, "{ __typename }")  # whom a grant is given to must be a member
        today = datetime.now(UTC).date()
        await market.rows.execute(
            """insert into contract_grant (contract_id, association_id, vendor_id, id, member_id, name, email,
                organization_id, organization_name, role, starts_on, ends_on, effective, granted_at,
                granted_by_member_id, granted_by_name, granted_by_email, granted_by_organization_id,
                granted_by_organization_name)
            values ($1, $2, $3, $4, $5, '-', '-', $6, '-', $7, $8, $9, tstzrange(null, null),
                $10, $4, '-', '-', $2, '-')""",
            *market.key(agreement.id).values(), new_id(), actor.member_id, organization, grant, today,
            today + timedelta(days=9), LONG_AGO,
        )  # fmt: skip
    return actor
