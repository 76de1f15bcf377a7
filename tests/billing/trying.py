"""A mutation by everybody who might try it: who may not, what is wrong, the right one, and the right one at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from core.actor import ANONYMOUS
from core.ids import new_id
from tests.digests import digests

if TYPE_CHECKING:
    from core.actor import Actor
    from tests.billing.desk import Desk
    from tests.billing.market import Market


class Refused(NamedTuple):
    """How a mutation says no."""

    code: str
    field: str | None
    message: str

    @property
    def told(self) -> list[dict[str, str | None]]:
        """The userErrors of its payload."""
        return [self._asdict()]


Wrong: TypeAlias = tuple[dict[str, Any], Refused]
"""What is changed of an input, and how that is refused."""

NOBODY = Refused("UNAUTHENTICATED", None, "sign in first: send a bearer token of a member of an organization here")
SILENT: Wrong = ({"reason": " "}, Refused("TEXT_BLANK", "reason", "write something here"))
LONG: Wrong = ({"reason": "x" * 2001}, Refused("TEXT_TOO_LONG", "reason", "2001 characters are too many: at most 2000"))


def unseen(at: str, what: str = "contract") -> Refused:
    """What a stranger is told of what exists."""
    return Refused("NOT_FOUND", at, f"there is no such {what}")


def misnamed(at: str, id_: str, prefix: str) -> Wrong:
    """An id of something else."""
    return {at: id_}, Refused("INVALID_ID", at, f"'{id_}' is not an id of the form {prefix}_…")


@dataclass
class Try:
    """A mutation that would succeed, and what it says to whom."""

    name: str
    of: str
    """The field of its payload."""
    node: str
    """The type of that, and what is asked of it."""
    asked: str
    given: dict[str, Any]
    right: Actor
    takes: str
    """The message to a member without the role."""
    hidden: Refused
    told: dict[str, Any]
    """What the right one is told, and reads by a query afterwards."""
    again: Refused | None
    """What the second of two at once is told; None: it is done twice."""
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def request(self) -> str:
        """The mutation, as a client writes it."""
        kind = self.name[0].upper() + self.name[1:]
        wanted = f"{self.of} {{ id {self.asked} }} userErrors {{ code field message }}"
        return f"mutation($input: {kind}Input!) {{ {self.name}(input: $input) {{ {wanted} }} }}"

    async def is_refused(self, desk: Desk, market: Market, *without_role: Actor) -> None:
        """Nobody, strangers, members without the role and wrong inputs are told so, and change nothing at all."""
        forbidden = Refused("FORBIDDEN", None, self.takes)
        tries = [(ANONYMOUS, self.given, NOBODY), (market.stranger, self.given, self.hidden)]
        tries += [(member, self.given, forbidden) for member in without_role]
        tries += [(self.right, self.given | change, refused) for change, refused in self.wrong]
        for actor, _, _ in tries:
            await desk.ask(actor, "{ __typename }")
        before = await digests(market.rows)
        for actor, given, refused in tries:
            payload = (await desk.ask(actor, self.request, input=given))[self.name]
            told = {self.of: None, "userErrors": refused.told}
            assert payload == told, (payload["userErrors"], self.name, sorted(actor.roles), given)
        assert await digests(market.rows) == before, self.name

    async def is_done_once(self, desk: Desk, market: Market, *readers: Actor) -> None:
        """Of two at once one wins and tells of itself, once; who may read what came of it reads the same."""
        await desk.ask(self.right, "{ __typename }")
        before = await self._events(market)
        asked = (desk.ask(self.right, self.request, input=self.given) for _ in range(2))
        payloads = [answer[self.name] for answer in await asyncio.gather(*asked)]
        done = [payload[self.of] for payload in payloads if payload[self.of]]
        errors = [payload["userErrors"] for payload in payloads if payload["userErrors"]]
        assert errors == ([self.again.told] if self.again else []), (self.name, payloads)
        assert len(done) + len(errors) == len(payloads)
        assert await self._events(market) - before == len(done), self.name
        await self._reads(desk, done, *readers)

    async def is_answered_the_same(self, desk: Desk, market: Market) -> None:
        """Three of the same Idempotency-Key, two of them at once, have one effect and one answer."""
        await desk.ask(self.right, "{ __typename }")
        before, key = await self._events(market), str(new_id())
        asked = (desk.ask_keyed(self.right, key, self.request, input=self.given) for _ in range(2))
        answers = [*await asyncio.gather(*asked), await desk.ask_keyed(self.right, key, self.request, input=self.given)]
        first, second, third = (answer[self.name] for answer in answers)
        assert first == second == third
        assert first["userErrors"] == [], self.name
        assert await self._events(market) - before == 1, self.name
        await self._reads(desk, [first[self.of]])

    async def _reads(self, desk: Desk, done: list[dict[str, Any]], *readers: Actor) -> None:
        request = f"query($id: ID!) {{ node(id: $id) {{ ... on {self.node} {{ id {self.asked} }} }} }}"
        for answer in done:
            assert answer == {"id": answer["id"]} | self.told, answer
            for reader in (self.right, *readers):
                assert (await desk.ask(reader, request, id=answer["id"]))["node"] == answer, self.name

    async def _events(self, market: Market) -> int:
        return int(await market.rows.fetchval("select count(*) from audit_event"))
