from __future__ import annotations

from uuid import UUID

from core.ids import encode
from tests.contracts.client import ENDS_ON, LINES, STARTS_ON, TODAY, Client, propose, sign, terms, usd


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
