"""The methods of the API: what each takes, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from simulators.stripe.refusals import Refused
from simulators.stripe.shapes import Obj
from simulators.stripe.world import Stripe

MOST_ON_A_PAGE: Final = 100


@dataclass(frozen=True)
class Call:
    """A request that is allowed and well formed."""

    stripe: Stripe
    account: str
    """Whose objects are asked for: the platform's, or those of the account in `Stripe-Account`."""
    params: Obj
    at: dict[str, str]
    """The ids in the path."""
    url: str

    @property
    def id(self) -> str:
        """The id that the path begins with."""
        return self.at["id"]

    def own(self, kind: str, param: str = "id") -> Obj:
        """The object that the path names."""
        return self.stripe.find(self.account, kind, self.id, param=param)

    def taken(self, *names: str) -> Obj:
        """Those of some parameters that were sent; an empty one unsets."""
        return {name: self.params[name] or None for name in names if name in self.params}

    def metadata(self, before: Obj | None = None) -> Obj:
        """Metadata after this request: keys are put beside those there were, and empty ones go."""
        given = self.params.get("metadata")
        if given == "":
            return {}
        return {name: value for name, value in ((before or {}) | (given or {})).items() if value}

    def page(self, found: Iterable[Obj]) -> Obj:
        """A page of a list, as `limit`, `starting_after`, `ending_before` and `created` ask."""
        kept = [one for one in found if _created(one, self.params.get("created"))]
        limit = self.params.get("limit", 10)
        if not 1 <= limit <= MOST_ON_A_PAGE:
            raise Refused(
                f"This value must be less than or equal to {MOST_ON_A_PAGE}."
                if limit > 1
                else "This value must be greater than or equal to 1.",
                code="parameter_invalid_integer",
                param="limit",
            )
        after, before = self.params.get("starting_after"), self.params.get("ending_before")
        if before is not None:
            rest = kept[: self._place(kept, before, "ending_before")]
            shown, more = rest[-limit:], len(rest) > limit
        else:
            rest = kept[self._place(kept, after, "starting_after") + 1 :] if after is not None else kept
            shown, more = rest[:limit], len(rest) > limit
        return {"object": "list", "url": self.url, "has_more": more, "data": shown}

    def _place(self, kept: list[Obj], object_id: str, param: str) -> int:
        for place, one in enumerate(kept):
            if one["id"] == object_id:
                return place
        kind = kept[0]["object"] if kept else "object"
        raise Refused(f"No such {kind}: '{object_id}'", code="resource_missing", param=param)


def _created(one: Obj, asked: Any) -> bool:  # noqa: ANN401 - an instant, or a range of them
    if asked is None or isinstance(asked, int):
        return asked is None or one["created"] == asked
    at = one["created"]
    return bool(
        asked.get("gt", at - 1) < at < asked.get("lt", at + 1) and asked.get("gte", at) <= at <= asked.get("lte", at)
    )


Doing: TypeAlias = Callable[[Call], Obj]
_Doing = TypeVar("_Doing", bound=Doing)


@dataclass(frozen=True)
class Method:
    """One method of the API."""

    verb: str
    path: str
    params: type
    does: Doing
    permission: str
    """What a restricted key needs, such as `rak_refund_write`."""

    @property
    def name(self) -> str:
        """Such as `POST /v1/refunds`."""
        return f"{self.verb} {self.path}"


METHODS: Final[dict[str, Method]] = {}


def method(name: str, params: type, resource: str) -> Callable[[_Doing], _Doing]:
    """Say of a function that it is a method of the API: its name, what it takes, and for whose permission it asks."""
    verb, _, path = name.partition(" ")

    def said(does: _Doing) -> _Doing:
        METHODS[name] = Method(verb, path, params, does, f"rak_{resource}_{'read' if verb == 'GET' else 'write'}")
        return does

    return said
