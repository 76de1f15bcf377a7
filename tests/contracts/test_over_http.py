from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from core.ids import encode
from core.settings import Settings
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.contracts.fair import Fair
from tests.serving import serving

TODAY = datetime.now(UTC).date()
STARTS_ON = date(TODAY.year, 1, 1)
ENDS_ON = date(TODAY.year + 1, 12, 31)


class Client:
    """The API as the people at the fair ask it."""

    def __init__(self, http: httpx2.AsyncClient, settings: Settings, fair: Fair) -> None:
        self.http = http
        self.settings = settings
        self.fair = fair

    async def ask(self, seat: str, query: str, **variables: object) -> dict[str, Any]:
        headers = {} if seat == "nobody" else {"Authorization": f"Bearer {self._token(seat)}"}
        answer = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body: dict[str, Any] = answer.json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    async def change(self, seat: str, name: str, selection: str, **values: object) -> dict[str, Any]:
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation M($input: {kind}!) {{ {name}(input: $input) {{ {selection} userErrors {{ field code }} }} }}"
        payload: dict[str, Any] = (await self.ask(seat, query, input=values))[name]
        return payload

    async def contract(self, seat: str, contract_id: str, selection: str) -> Any:  # noqa: ANN401  (as JSON is)
        query = f"query C($id: ID!) {{ contract(id: $id) {{ {selection} }} }}"
        return (await self.ask(seat, query, id=contract_id))["contract"]

    def _token(self, seat: str) -> str:
        return issue_token(
            SigningKeys(self.settings.signing_keys_dir),
            issuer=self.settings.issuer,
            audience=self.settings.issuer,
            subject=self.fair[seat].email,
            lifetime=timedelta(minutes=5),
            now=datetime.now(UTC),
        )


@pytest.fixture
async def api(settings: Settings, fair: Fair) -> AsyncIterator[Client]:
    async with serving(settings) as http:
        yield Client(http, settings, fair)


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currencyCode": "USD"}


LINES: list[dict[str, Any]] = [
    {
        "key": "admin",
        "title": "LMS administration",
        "kind": "TIME_AND_MATERIALS",
        "rateCardKey": "administrator",
        "quantity": "480",
        "quantityBasis": "ESTIMATE",
        "notToExceed": usd("24960.00"),
    },
    {
        "key": "hosting",
        "title": "Hosting",
        "kind": "RECURRING",
        "rateCardKey": "month",
        "recurrence": "MONTHLY",
        "quantity": "2",
        "unitPrice": usd("290.5"),
    },
    {
        "key": "roster",
        "title": "Membership roster",
        "kind": "OBLIGATION",
        "obligedParty": "ASSOCIATION",
        "recurrence": "MONTHLY",
        "dueDayOfMonth": 5,
    },
]


def terms(fair: Fair, **others: object) -> dict[str, Any]:
    return {
        "offeringId": encode("off", fair.offering_id),
        "title": "LMS administration",
        "startsOn": STARTS_ON.isoformat(),
        "endsOn": ENDS_ON.isoformat(),
        "currencyCode": "USD",
        "paymentTermsDays": 30,
        "disclosureTier": "OPEN_BOOK",
        "lines": LINES,
        **others,
    }


async def propose(api: Client, **others: object) -> str:
    made = await api.change("association.buyer", "proposeContract", "contract { id }", **terms(api.fair, **others))
    assert made["userErrors"] == []
    contract_id: str = made["contract"]["id"]
    return contract_id


async def sign(api: Client, contract_id: str, *seats: str) -> None:
    content = await api.contract("vendor.owner", contract_id, "contentHash")
    for seat in seats:
        signed = await api.change(
            seat, "signContract", "contract { status }", contractId=contract_id, contentHash=content["contentHash"]
        )
        assert signed["userErrors"] == []


async def test_a_contract_as_both_parties_read_it(api: Client) -> None:
    contract_id = await propose(api, marginBand={"floorPercent": "10", "ceilingPercent": "35.5"})
    await sign(api, contract_id, "vendor.owner", "association.owner")
    read = await api.contract(
        "association.owner",
        contract_id,
        """title status association { name } vendor { name } offering { title } offeringVersion { number } timeZone
        currencyCode purchaseOrderNumber paymentTermsDays acceptancePeriodDays disclosureTier platformFeePercent
        marginBand { floorPercent ceilingPercent } totalValue { amount currencyCode } revision signedAfterStart endedAt
        signatures { party revision afterStart signatory { name organizationName email } }
        revisions { totalCount nodes { number recordedBy { name } signatures { party } } }
        obligations(first: 1) { totalCount nodes { dueOn status recordedBy { name } line { key } } }""",
    )
    obligations = read.pop("obligations")
    assert obligations["totalCount"] == 24
    assert obligations["nodes"] == [
        {"dueOn": f"{TODAY.year}-01-05", "status": "DUE", "recordedBy": None, "line": {"key": "roster"}}
    ]
    late = TODAY > STARTS_ON
    assert read == {
        "title": "LMS administration",
        "status": "ACTIVE",
        "association": {"name": "Association"},
        "vendor": {"name": "Vendor"},
        "offering": {"title": "Managed LMS administration"},
        "offeringVersion": {"number": 1},
        "timeZone": "America/Chicago",
        "currencyCode": "USD",
        "purchaseOrderNumber": None,
        "paymentTermsDays": 30,
        "acceptancePeriodDays": None,
        "disclosureTier": "OPEN_BOOK",
        "platformFeePercent": "3.00",
        "marginBand": {"floorPercent": "10.00", "ceilingPercent": "35.50"},
        "totalValue": usd("38904.00"),
        "revision": 1,
        "signedAfterStart": late,
        "endedAt": None,
        "signatures": [
            {
                "party": party,
                "revision": 1,
                "afterStart": late,
                "signatory": {"name": seat, "organizationName": name, "email": api.fair[seat].email},
            }
            for party, seat, name in (
                ("VENDOR", "vendor.owner", "Vendor"),
                ("ASSOCIATION", "association.owner", "Association"),
            )
        ],
        "revisions": {
            "totalCount": 1,
            "nodes": [
                {
                    "number": 1,
                    "recordedBy": {"name": "association.buyer"},
                    "signatures": [{"party": "VENDOR"}, {"party": "ASSOCIATION"}],
                }
            ],
        },
    }


async def test_lines_and_their_burn(api: Client) -> None:
    contract_id = await propose(api)
    newest = await api.fair.value("select max(id::text)::uuid from contract")
    await api.fair.rows.execute(
        "update contract_line set recorded_quantity = 600, submitted_quantity = 600, accepted_quantity = 500, "
        "billed_quantity = 10, billed_minor = 52000 where contract_id = $1 and key = 'admin'",
        newest,
    )
    await api.fair.rows.execute(
        "update contract_line set billed_quantity = 6, billed_minor = 174300 "
        "where contract_id = $1 and key = 'hosting'",
        newest,
    )
    read = await api.contract(
        "vendor.owner",
        contract_id,
        """lines { key kind quantity quantityBasis unitsPerPeriod unit unitPrice { amount } unitCost { amount }
        notToExceed { amount } value { amount } recurrence dueDayOfMonth obligedParty occurrences { totalCount }
        scopeBurn { contracted submitted accepted billed remaining burnPercent notToExceed { amount }
        acceptedValue { amount } billedValue { amount } remainingValue { amount } } }""",
    )
    admin, hosting, roster = read["lines"]
    assert admin["unitPrice"] == {"amount": "52.00"}
    assert admin["unitCost"] == {"amount": "38.00"}
    assert admin["scopeBurn"] == {
        "contracted": "480",
        "submitted": "600",
        "accepted": "500",
        "billed": "10",
        "remaining": "-20",
        "burnPercent": "104.17",
        "notToExceed": {"amount": "24960.00"},
        "acceptedValue": {"amount": "26000.00"},
        "billedValue": {"amount": "520.00"},
        "remainingValue": {"amount": "-1040.00"},
    }
    assert (hosting["quantity"], hosting["unitsPerPeriod"], hosting["unit"]) == ("48", "2", "MONTH")
    assert (hosting["unitPrice"], hosting["value"]) == ({"amount": "290.50"}, {"amount": "13944.00"})
    assert hosting["scopeBurn"] == {
        "contracted": "48",
        "submitted": "0",
        "accepted": "0",
        "billed": "6",
        "remaining": "42",
        "burnPercent": "12.50",
        "notToExceed": None,
        "acceptedValue": {"amount": "1743.00"},
        "billedValue": {"amount": "1743.00"},
        "remainingValue": {"amount": "12201.00"},
    }
    assert roster == {
        "key": "roster",
        "kind": "OBLIGATION",
        "quantity": None,
        "quantityBasis": None,
        "unitsPerPeriod": None,
        "unit": None,
        "unitPrice": None,
        "unitCost": None,
        "notToExceed": None,
        "value": {"amount": "0.00"},
        "recurrence": "MONTHLY",
        "dueDayOfMonth": 5,
        "obligedParty": "ASSOCIATION",
        "occurrences": {"totalCount": 0},
        "scopeBurn": None,
    }


async def test_the_document_is_read_and_hashed_by_whoever_signs_it(api: Client) -> None:
    contract_id = await propose(api)
    for seat in ("vendor.owner", "association.finance"):
        read = await api.contract(
            seat, contract_id, "id contentHash document revisions { nodes { contentHash document } }"
        )
        assert hashlib.sha256(read["document"].encode()).hexdigest() == read["contentHash"]
        assert json.loads(read["document"])["contract"] == read["id"]
        assert read["revisions"]["nodes"] == [{"contentHash": read["contentHash"], "document": read["document"]}]


FULL, WITHHELD = "FULL", "WITHHELD_FROM_ROLE"


@pytest.mark.parametrize(
    ("tier", "signed", "association"),
    [
        ("OPEN_BOOK", False, "PRICE_ONLY"),
        ("OPEN_BOOK", True, "FULL"),
        ("BAND", True, "BAND_ONLY"),
        ("CLOSED", True, "PRICE_ONLY"),
    ],
)
async def test_cost_is_read_by_tier_role_and_signature(api: Client, tier: str, signed: bool, association: str) -> None:
    contract_id = await propose(api, disclosureTier=tier)
    if signed:
        await sign(api, contract_id, "vendor.owner")
    told = {
        "vendor.owner": FULL,
        "operator.billing": FULL,
        "association.owner": association,
        "association.buyer": association,
        "association.finance": association,
        "association.acceptor": WITHHELD,
    }
    for seat, disclosure in told.items():
        read = await api.contract(seat, contract_id, "disclosure lines { unitPrice { amount } unitCost { amount } }")
        assert read["disclosure"] == disclosure, seat
        assert read["lines"][0]["unitPrice"] == {"amount": "52.00"}
        assert (read["lines"][0]["unitCost"] is not None) == (disclosure == FULL), seat


async def test_access_from_granting_to_revoking(api: Client) -> None:
    contract_id = await propose(api)
    await sign(api, contract_id, "vendor.owner", "association.owner")
    everything = "{ contracts { totalCount nodes { id grants { nodes { role grantee { email } inForce } } } } }"
    nothing = {"contracts": {"totalCount": 0, "nodes": []}}
    assert await api.ask("vendor.delivery", everything) == nothing
    email = api.fair["vendor.delivery"].email
    given = await api.change(
        "association.owner",
        "grantContractAccess",
        """grant { id role startsOn endsOn inForce grantee { name email organizationName } grantedBy { name }
        contract { id } }""",
        contractId=contract_id,
        member={"email": email},
        role="DELIVERY_LEAD",
    )
    assert given["userErrors"] == []
    grant_id = given["grant"].pop("id")
    assert given["grant"].pop("startsOn")
    assert given["grant"] == {
        "role": "DELIVERY_LEAD",
        "endsOn": ENDS_ON.isoformat(),
        "inForce": True,
        "grantee": {"name": "vendor.delivery", "email": email, "organizationName": "Vendor"},
        "grantedBy": {"name": "association.owner"},
        "contract": {"id": contract_id},
    }
    assert await api.ask("vendor.delivery", everything) == {
        "contracts": {
            "totalCount": 1,
            "nodes": [
                {
                    "id": contract_id,
                    "grants": {"nodes": [{"role": "DELIVERY_LEAD", "grantee": {"email": email}, "inForce": True}]},
                }
            ],
        }
    }
    assert await api.ask("vendor.second", everything) == nothing
    cost = await api.contract("vendor.delivery", contract_id, "lines { unitCost { amount } }")
    assert cost["lines"][0]["unitCost"] == {"amount": "38.00"}
    taken = await api.change(
        "vendor.owner",
        "revokeContractAccess",
        "grant { inForce revokeReason revokedAt }",
        grantId=grant_id,
        reason="Left",
    )
    assert taken["grant"].pop("revokedAt")
    assert taken == {"grant": {"inForce": False, "revokeReason": "Left"}, "userErrors": []}
    assert await api.ask("vendor.delivery", everything) == nothing
    assert await api.contract("vendor.delivery", contract_id, "id") is None
    again = await api.change("vendor.owner", "revokeContractAccess", "grant { id }", grantId=grant_id)
    assert again == {"grant": None, "userErrors": [{"field": "grantId", "code": "ALREADY_REVOKED"}]}


async def test_everybody_lists_their_own(api: Client) -> None:
    mine = [await propose(api, title=title) for title in ("Beta 100%", "Alpha")]
    await api.change("vendor.owner", "declineContract", "contract { status }", contractId=mine[1], reason="Too small")
    everything = (
        "query L($f: ContractFilter, $o: ContractOrder) { contracts(filter: $f, orderBy: $o) { nodes { id } } }"
    )

    async def listed(seat: str, by: str | None = None, **filters: object) -> list[str]:
        variables = {"f": filters} | ({"o": by} if by else {})
        return [node["id"] for node in (await api.ask(seat, everything, **variables))["contracts"]["nodes"]]

    for seat in ("association.owner", "association.acceptor", "association.finance", "vendor.owner", "vendor.plain"):
        assert await listed(seat) == mine[::-1], seat
    for seat in ("association.delivery", "vendor.finance", "other.owner", "rival.owner", "nobody"):
        assert await listed(seat) == [], seat
    assert (await listed("operator.billing"))[:2] == mine[::-1]
    vendor = encode("org", api.fair["vendor.owner"].organization_id)
    rival = encode("org", api.fair["rival.owner"].organization_id)
    association = encode("org", api.fair["association.owner"].organization_id)
    assert await listed("association.owner", "TITLE") == mine[::-1]
    assert await listed("association.owner", status=["DECLINED"]) == [mine[1]]
    assert await listed("association.owner", status=["PROPOSED", "ACTIVE"]) == [mine[0]]
    assert await listed("association.owner", vendor=vendor) == mine[::-1]
    assert await listed("association.owner", vendor=rival) == []
    assert await listed("vendor.owner", association=association) == mine[::-1]
    assert await listed("vendor.owner", search="beta 100%") == [mine[0]]
    assert await listed("vendor.owner", search="%") == [mine[0]]
    assert await listed("vendor.owner", inTermOn=ENDS_ON.isoformat()) == mine[::-1]
    assert await listed("vendor.owner", inTermOn=f"{TODAY.year + 2}-01-01") == []
    assert await listed("vendor.owner", offering=encode("off", api.fair.offering_id)) == mine[::-1]


async def test_revising_ending_and_obligations(api: Client) -> None:
    contract_id = await propose(api)
    changed = terms(api.fair, title="Help desk")
    del changed["offeringId"]
    revised = await api.change(
        "vendor.owner",
        "reviseContract",
        "contract { title revision signatures { party } }",
        contractId=contract_id,
        revision=1,
        **changed,
    )
    assert revised == {"contract": {"title": "Help desk", "revision": 2, "signatures": []}, "userErrors": []}
    stale = await api.change(
        "vendor.owner", "reviseContract", "contract { id }", contractId=contract_id, revision=1, **changed
    )
    assert stale == {"contract": None, "userErrors": [{"field": "revision", "code": "STALE_REVISION"}]}
    await sign(api, contract_id, "association.owner", "vendor.owner")
    due = await api.contract("vendor.owner", contract_id, "obligations(first: 1) { nodes { id } }")
    occurrence = due["obligations"]["nodes"][0]["id"]
    recorded = await api.change(
        "association.acceptor",
        "recordObligation",
        "occurrence { status settledOn recordedBy { name } }",
        occurrenceId=occurrence,
        status="MET",
        settledOn=f"{TODAY.year}-01-01",
    )
    assert recorded == {
        "occurrence": {
            "status": "MET",
            "settledOn": f"{TODAY.year}-01-01",
            "recordedBy": {"name": "association.acceptor"},
        },
        "userErrors": [],
    }
    ended = await api.change(
        "association.owner",
        "terminateContract",
        "contract { status endReason }",
        contractId=contract_id,
        reason="Merged",
    )
    assert ended == {"contract": {"status": "TERMINATED", "endReason": "Merged"}, "userErrors": []}
    withdrawn = await api.change("association.owner", "withdrawContract", "contract { id }", contractId=contract_id)
    assert withdrawn == {"contract": None, "userErrors": [{"field": "contractId", "code": "CONTRACT_NOT_OPEN"}]}


async def test_faults_are_named_where_they_are(api: Client) -> None:
    lines = [{**LINES[0], "quantity": "-1", "notToExceed": usd("1.001")}, {**LINES[1], "dueOn": STARTS_ON.isoformat()}]
    refused = await api.change(
        "association.buyer", "proposeContract", "contract { id }", **terms(api.fair, lines=lines)
    )
    assert refused == {
        "contract": None,
        "userErrors": [
            {"field": "lines.0.notToExceed.amount", "code": "INVALID_AMOUNT"},
            {"field": "lines.0.quantity", "code": "INVALID_QUANTITY"},
            {"field": "lines.1.dueOn", "code": "FIELD_NOT_TAKEN"},
        ],
    }
    wrong = await api.change(
        "association.buyer",
        "proposeContract",
        "contract { id }",
        **terms(api.fair, offeringId=encode("con", UUID(int=1))),
    )
    assert wrong["userErrors"] == [{"field": "offeringId", "code": "INVALID_ID"}]
    unsigned = await api.change("nobody", "proposeContract", "contract { id }", **terms(api.fair))
    assert [error["code"] for error in unsigned["userErrors"]] == ["UNAUTHENTICATED"]


async def test_strangers_see_nothing_by_any_id(api: Client) -> None:
    contract_id = await propose(api)
    await sign(api, contract_id, "vendor.owner")
    read = await api.contract(
        "vendor.owner", contract_id, "lines { id } signatures { id } revisions { nodes { number } }"
    )
    ids = [contract_id, read["lines"][0]["id"], read["signatures"][0]["id"]]
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert (await api.ask("vendor.owner", query, ids=ids))["nodes"] == [{"id": id_} for id_ in ids]
    for seat in ("nobody", "rival.owner", "other.owner", "vendor.delivery", "vendor.finance"):
        assert (await api.ask(seat, query, ids=ids))["nodes"] == [None, None, None], seat


async def test_a_negotiated_price_is_finer_than_cents(api: Client) -> None:
    line = {**LINES[0], "unitPrice": usd("52.0125"), "quantity": "0.5"}
    contract_id = await propose(api, lines=[line])
    read = await api.contract("vendor.owner", contract_id, "lines { unitPrice { amount } quantity }")
    assert read["lines"] == [{"unitPrice": {"amount": "52.0125"}, "quantity": "0.5"}]
