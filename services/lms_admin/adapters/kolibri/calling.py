"""One call of Kolibri's: signed in as an administrator, and never taken for an answer when nobody was signed in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.adapters.sending import JSON, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.lms_admin.adapters.sending import Answer, Sender

INFO: Final = "/api/public/info/"
SESSION: Final = "/api/auth/session/"
CURRENT_SESSION: Final = "/api/auth/session/current/"
CSRF_COOKIE: Final = "kolibri_csrftoken"

STRANGE: Final = "it does not answer as Kolibri does"

Shape = TypeVar("Shape")
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""An id of Kolibri's, which is put into paths."""


class Info(BaseModel):
    """What Kolibri tells anybody of itself."""

    application: Literal["kolibri"]
    kolibri_version: str


class _Who(BaseModel):
    user_id: Id | None
    facility_id: Id | None
    kind: list[str]


class _Reason(BaseModel):
    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{0,63}$")]
    metadata: dict[str, Any] = {}


_INFO: Final = TypeAdapter(Info)
_WHO: Final = TypeAdapter(_Who)
_REASONS: Final = TypeAdapter(list[_Reason])


class Refused(Exception):
    """Kolibri took the call and refused it, whole; `reasons` are its own words for why, each with the field."""

    def __init__(self, reasons: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, where; `headers` is what shows it."""

    user_id: str
    facility_id: str
    headers: Mapping[str, str] = field(repr=False)


class Calling:
    """Calls the API of one site; it signs in when it is first needed, and again when the session has ended."""

    def __init__(self, sender: Sender, account: Mapping[str, str], *, base_url: str, seconds: float) -> None:
        self._sender = sender
        self._account = account
        self._base_url = base_url
        self._seconds = seconds
        self._session: Session | None = None
        self._signing_in = asyncio.Lock()

    async def session(self) -> Session:
        """Sign in, if nobody is. Raises LmsUnavailable."""
        async with self._signing_in:
            if self._session is None:
                self._session = await self._signed_in()
            return self._session

    async def info(self) -> Info:
        """Ask what Kolibri tells anybody. Raises LmsUnavailable."""
        try:
            return _understood(await self._sender.send("GET", INFO, seconds=self._seconds), _INFO)
        except (NoAnswer, Refused, _SignedOut) as strange:
            raise _unreadable(strange) from None

    async def read(self, shape: TypeAdapter[Shape], path: str, **params: str) -> Shape:
        """Read something. Raises LmsUnavailable.

        Whoever is not signed in is answered too, with less or nothing: an answer holds only if the session outlived it.
        """
        for _ in range(2):
            session = await self.session()
            answer: Shape | LmsUnavailable
            try:
                answer = _understood(await self._send(session, "GET", path, params=params), shape)
            except (NoAnswer, Refused, _SignedOut) as strange:
                answer = _unreadable(strange)
            if await self._outlived(session):
                if isinstance(answer, LmsUnavailable):
                    raise answer
                return answer
        raise LmsUnavailable(Condition.UNAUTHORIZED, "the session ends as soon as it has begun")

    async def write(self, shape: TypeAdapter[Shape], method: str, path: str, body: object = None) -> Shape:
        """Change something. Raises LmsUnavailable or Refused (nothing was applied), or NoAnswer (who knows)."""
        session = await self.session()
        try:
            return _understood(await self._send(session, method, path, body=body), shape)
        except _SignedOut as reason:
            if await self._outlived(session):
                raise _unreadable(reason) from None
        try:
            return _understood(await self._send(await self.session(), method, path, body=body), shape)
        except _SignedOut as reason:
            raise _unreadable(reason) from None

    async def _signed_in(self) -> Session:
        try:
            answer = await self._sender.send(
                "POST", SESSION, headers=self._own, json=self._account, seconds=self._seconds
            )
            about = _understood(answer, _WHO)
        except NoAnswer as lost:
            raise _unreadable(lost) from None
        except (Refused, _SignedOut) as refusal:
            if isinstance(refusal, Refused) and not refusal.reasons:
                raise _unreadable(refusal) from None
            raise LmsUnavailable(Condition.UNAUTHORIZED, "the username or the password is refused") from None
        if not {"admin", "superuser"} & set(about.kind) or about.user_id is None or about.facility_id is None:
            raise LmsUnavailable(Condition.UNAUTHORIZED, "the account is no administrator of the facility")
        shown = {"cookie": "; ".join(f"{name}={value}" for name, value in answer.cookies.items())}
        shown["x-csrftoken"] = answer.cookies.get(CSRF_COOKIE, "")
        return Session(about.user_id, about.facility_id, shown | self._own)

    async def _outlived(self, session: Session) -> bool:
        """Whether a session is still there; if not, the next call signs in again."""
        with suppress(NoAnswer, Refused, _SignedOut):
            about = _understood(await self._send(session, "PUT", CURRENT_SESSION, body={}), _WHO)
            if about.user_id == session.user_id:
                return True
        if self._session is session:
            self._session = None
        return False

    @property
    def _own(self) -> dict[str, str]:
        # Over https, Kolibri takes nothing that does not say it comes from its own pages.
        return {"referer": f"{self._base_url}/"}

    async def _send(
        self, session: Session, method: str, path: str, *, body: object = None, params: Mapping[str, str] | None = None
    ) -> Answer:
        return await self._sender.send(
            method, path, headers=session.headers, json=body, params=params, seconds=self._seconds
        )


class _SignedOut(Exception):
    """It takes somebody else, or somebody at all."""


class _Strange(NoAnswer):
    """An answer came, and it was not one of Kolibri's."""


def _understood(answer: Answer, shape: TypeAdapter[Shape]) -> Shape:
    """What an answer says; some come before a call is looked at, and after others something may have been applied."""
    match answer.status:
        case 200 | 201 | 204:
            try:
                return shape.validate_json(answer.body or b"null", strict=True)
            except ValidationError:
                raise _Strange(STRANGE) from None
        case 401 | 403 if answer.content_type == JSON:
            raise _SignedOut
        case 400 if answer.content_type == JSON:
            raise Refused(_reasons(answer.body) or (("INVALID", ""),))
        case 404 if answer.content_type == JSON:
            raise Refused
        case 429:
            raise LmsUnavailable(Condition.THROTTLED, "it takes no more calls for a while")
        case status if status < 500:  # noqa: PLR2004 - HTTP's own errors, and its redirects
            raise LmsUnavailable(Condition.MISCONFIGURED, STRANGE)
        case _:
            raise NoAnswer("it failed within")


def _reasons(body: bytes) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((reason.id, reason.metadata.get("field", "")) for reason in _REASONS.validate_json(body))
    except ValidationError:
        return ()


def _unreadable(strange: NoAnswer | Refused | _SignedOut) -> LmsUnavailable:
    match strange:
        case _SignedOut():
            return LmsUnavailable(Condition.UNAUTHORIZED, "the account lacks a right")
        case NoAnswer() if not isinstance(strange, _Strange):
            return LmsUnavailable(Condition.DOWN, strange.message)
        case _:
            return LmsUnavailable(Condition.MISCONFIGURED, STRANGE)
