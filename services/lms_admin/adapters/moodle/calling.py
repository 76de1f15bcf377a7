"""One call of a web service function: what is sent, and what its answer means, which the body tells and no status."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

import orjson

from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.adapters.sending import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.lms_admin.adapters.sending import Answer, Sender

SERVER: Final = "/webservice/rest/server.php"
IN_FLIGHT: Final = 2
WITHOUT_LOGIN: Final = "/lib/ajax/service-nologin.php"

_UNAUTHORIZED: Final = {
    "invalidtoken": "the token is refused",
    "accessexception": "the token has expired, or its service does not hold what is called",
    "nopermissions": "the token's owner lacks a right",
    "requireloginerror": "the token's owner may not enter the course",
    "servicerequireslogin": "the token is refused",
    "usernotfullysetup": "the token's owner has a profile to complete",
    "sitepolicynotagreed": "the token's owner has a policy to agree to",
    "forcepasswordchangenotice": "the token's owner has a password to change",
}
_LISTS: Final = {"core_user_get_users_by_field", "core_enrol_get_enrolled_users"}
"""What answers a list; everything else that is read answers an object."""
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Refused(Exception):
    """Moodle took the call and refused it, whole; `code` is its own word for why, or empty where that is no word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoRight(LmsUnavailable):
    """The token's owner lacks a right, here or anywhere."""


class Calling:
    """Calls the functions of one site, two at a time; `seconds` is how long one may take once it is sent."""

    def __init__(self, sender: Sender, token: str, *, seconds: float) -> None:
        self._sender = sender
        self._token = token
        self._seconds = seconds
        self._places = asyncio.Semaphore(IN_FLIGHT)

    async def read(self, function: str, **parameters: object) -> Any:  # noqa: ANN401 - a list, or an object
        """Call a function that changes nothing and has no reason to refuse. Raises LmsUnavailable."""
        try:
            return await self.ask(function, **parameters)
        except Refused:
            raise LmsUnavailable(Condition.MISCONFIGURED, f"it refuses to answer {function}") from None

    async def ask(self, function: str, **parameters: object) -> Any:  # noqa: ANN401 - likewise
        """Call a function that changes nothing. Raises LmsUnavailable, or Refused."""
        try:
            body = await self.write(function, **parameters)
        except NoAnswer as lost:
            raise _unreadable(lost) from None
        if not isinstance(body, list if function in _LISTS else dict):
            raise LmsUnavailable(Condition.MISCONFIGURED, f"it does not answer {function} as Moodle does")
        return body

    async def write(self, function: str, **parameters: object) -> Any:  # noqa: ANN401 - likewise
        """Call a function. Raises LmsUnavailable (nothing was applied), Refused (likewise), or NoAnswer (who knows)."""
        # What PHP cuts off is cut off at the end: the token never is.
        fields = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json"}
        fields |= dict(_flat("", parameters))
        async with self._places:
            return _understood(await self._sender.post_form(SERVER, fields, seconds=self._seconds))

    async def public_config(self) -> dict[str, Any]:
        """Ask what the site tells anybody. Raises LmsUnavailable."""
        asked = [{"index": 0, "methodname": "tool_mobile_get_public_config", "args": {}}]
        try:
            async with self._places:
                answer = await self._sender.send("POST", WITHOUT_LOGIN, json=asked, seconds=self._seconds)
            body = _understood(answer)
        except NoAnswer as lost:
            raise _unreadable(lost) from None
        except Refused:
            raise LmsUnavailable(Condition.MISCONFIGURED, "it does not tell its public configuration") from None
        match body:
            case [{"data": {"enablewebservices": _} as config}]:
                return dict(config)
            case _:
                raise LmsUnavailable(Condition.MISCONFIGURED, "it does not answer as Moodle does")


def _understood(answer: Answer) -> Any:  # noqa: ANN401 - whatever JSON it is
    try:
        body = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        raise _no_json(answer) from None
    if not isinstance(body, dict) or "exception" not in body:
        return body
    code = str(body.get("errorcode", ""))
    if code == "nopermissions":
        raise NoRight(Condition.UNAUTHORIZED, _UNAUTHORIZED[code])
    if code in _UNAUTHORIZED:
        raise LmsUnavailable(Condition.UNAUTHORIZED, _UNAUTHORIZED[code])
    raise Refused(code if _CODE.fullmatch(code) else "")


def _no_json(answer: Answer) -> LmsUnavailable | NoAnswer:
    """These come before a call is looked at; after any other answer something may have been applied."""
    match answer.status:
        case 503:
            return LmsUnavailable(Condition.MAINTENANCE, "it is in maintenance")
        case 403 if not answer.body.strip():
            return LmsUnavailable(Condition.MISCONFIGURED, "its web services are switched off")
        case 404:
            return LmsUnavailable(Condition.MISCONFIGURED, "there is no Moodle at this address")
        case 429:
            return LmsUnavailable(Condition.THROTTLED, "it takes no more calls for a while")
        case status if 300 <= status < 400:  # noqa: PLR2004 - HTTP's redirects
            return LmsUnavailable(Condition.MISCONFIGURED, "it sends callers to another address")
        case _:
            return NotJson("it answered something that is not JSON")


class NotJson(NoAnswer):
    """An answer came, and it was no JSON, or half of one."""


def _unreadable(lost: NoAnswer) -> LmsUnavailable:
    return LmsUnavailable(Condition.MISCONFIGURED if isinstance(lost, NotJson) else Condition.DOWN, lost.message)


def _flat(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    """PHP's nested keys, such as `users[0][username]`."""
    match value:
        case dict():
            for name, one in value.items():
                yield from _flat(f"{prefix}[{name}]" if prefix else name, one)
        case list() | tuple():
            for at, one in enumerate(value):
                yield from _flat(f"{prefix}[{at}]", one)
        case bool():
            yield prefix, str(int(value))
        case _:
            yield prefix, str(value)
