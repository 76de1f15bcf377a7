"""PostGraphile's JSON in the shapes that all peers' answers are compared in."""

from __future__ import annotations

from typing import Any, Final

from bench.answers import percent, plain

FACETS: Final = """category deliveryModel deliveryCountry language officeType unit currency
deepestDisclosureTier""".split()


def browsed(data: Any) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """The offerings of a page."""
    return [
        {
            **{name: node[name] for name in ("title", "summary", "category", "languages")},
            "vendor": node["vendor"]["name"],
            "rate_card": [
                (rate["key"], rate["title"], rate["unit"], plain(rate["unitPrice"]), rate["currencyCode"])
                for rate in node["rateCardList"]
            ],
            "service_levels": [
                (
                    level["key"],
                    level["metric"],
                    level["thresholdMinutes"],
                    percent(level["targetPercent"]),
                    level["period"],
                )
                for level in node["serviceLevelsList"]
            ],
        }
        for node in data["allCatalogListings"]["nodes"]
    ]


def opened(data: Any) -> Any:  # noqa: ANN401
    """A contract's page."""
    contract = data["contract"]
    return {
        "title": contract["title"],
        "status": contract["status"],
        "vendor": contract["organizationByVendorId"]["name"],
        "association": contract["organizationByAssociationId"]["name"],
        "lines": [(line["key"], line["title"], line["kind"], *_burn(line)) for line in contract["scopeLinesList"]],
        "work_records": [
            (
                record["status"],
                plain(record["quantity"]),
                record["performedTo"],
                record["performedBy"],
                record["description"],
                [file["name"] for file in record["evidencesByContractIdAndWorkRecordIdList"]],
            )
            for record in contract["workRecordsList"]
        ],
        "invoices": [
            (
                invoice["number"],
                invoice["status"],
                *(plain(invoice[name]) for name in ("total", "price", "cost")),
                *(plain(invoice[name]) for name in ("grossMargin", "platformFee", "vendorMargin")),
            )
            for invoice in contract["invoiceBooksList"]
        ],
    }


def looked_up(data: Any) -> Any:  # noqa: ANN401
    """A work record."""
    node = data["node"]
    return (
        node["status"],
        plain(node["quantity"]),
        plain(node["acceptedQuantity"]),
        *(node[name] for name in ("performedFrom", "performedTo", "performedBy", "description")),
    )


def found(data: Any) -> Any:  # noqa: ANN401
    """A page of a search; a vendor reads no delivery models, so there is nothing to count by them."""
    total, *counts = data["facets"]
    facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for row in counts:
        facets[row["field"]][row["value"]] = int(row["count"])
    return {
        "total": int(total["count"]),
        "titles": [node["title"] for node in data["offerings"]],
        "facets": facets,
    }


def _burn(line: Any) -> tuple[str | None, ...]:  # noqa: ANN401
    if line["contracted"] is None:
        return (None,) * 6
    quantities = ("contracted", "submitted", "accepted", "billed", "remaining")
    return (*(plain(line[name]) for name in quantities), percent(line["burnPercent"]))
