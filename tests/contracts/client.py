"""The API as the people at the fair ask it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2

from core.ids import encode
from core.settings import Settings
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.contracts.fair import Fair

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
