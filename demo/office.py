"""The demo's people at work over HTTP: what a seat asks for, and waiting for what a worker does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from core.hindrance import Hindrance
from demo.seats import token

if TYPE_CHECKING:
    from core.settings import Settings

LONGEST_ANSWER_SECONDS = 30
LONGEST_WAIT_SECONDS = 120
SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True)
class Office:
    """Where the marketplace is served, and the tokens of its seats."""

    url: str
    token: Callable[[str], str]

    def ask(self, seat: str, query: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401  (what GraphQL takes)
        """Send a request as a seat; returns its data. Refused with Hindrance when it is answered with errors."""
        headers = {"authorization": f"Bearer {self.token(seat)}", "accept": "application/json"}
        asked = {"query": query, "variables": variables}
        answer = httpx2.post(self.url, json=asked, headers=headers, timeout=LONGEST_ANSWER_SECONDS).json()
        if "errors" in answer:
            raise Hindrance(f"{seat} was refused: {answer['errors']}")
        return answer["data"]  # type: ignore[no-any-return]  # JSON

    def do(self, seat: str, mutation: str, selection: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Run a mutation as a seat; returns its payload. Refused with Hindrance when it is refused."""
        type_name = f"{mutation[0].upper()}{mutation[1:]}Input"
        answered = f"{selection} userErrors {{ field message }}"
        query = f"mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ {answered} }} }}"
        payload: dict[str, Any] = self.ask(seat, query, input=given)[mutation]
        if payload["userErrors"]:
            raise Hindrance(f"{mutation} by {seat} was refused: {payload['userErrors']}")
        return payload

    def wait(self, seat: str, query: str, done: Callable[[dict[str, Any]], bool], **variables: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask until the answer is `done`. Refused with Hindrance when that takes too long."""
        give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
        while not done(data := self.ask(seat, query, **variables)):
            if time.monotonic() > give_up_at:
                raise Hindrance(f"the worker did not get so far in {LONGEST_WAIT_SECONDS} seconds: {data}")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return data


def office_of(settings: Settings) -> Office:
    """The office of all seats at the server of these settings; each token is signed once."""
    tokens: dict[str, str] = {}

    def token_of(seat: str) -> str:
        return tokens.get(seat) or tokens.setdefault(seat, token(settings, seat))

    return Office(f"http://{settings.host}:{settings.port}/graphql", token_of)
