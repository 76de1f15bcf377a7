"""One request, from the form to the answer: who asks, what was answered before, what is asked, and what goes wrong."""

from __future__ import annotations

import asyncio
import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from simulators.stripe.calling import Call, Method
from simulators.stripe.expanding import expanded
from simulators.stripe.faults import Fault, Kind
from simulators.stripe.forms import nested
from simulators.stripe.parameters import checked
from simulators.stripe.refusals import Refused, Unstored, no_such
from simulators.stripe.shapes import Obj
from simulators.stripe.world import API_VERSION, DAY, NOBODY_ASKS, PLATFORM, Kept, Stripe

LONGEST_KEY: Final = 255
_VERSION: Final = re.compile(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?")
_BROKEN: Final[Obj] = {"error": {"type": "api_error", "message": "An unknown error occurred"}}


async def answer(request: Request, stripe: Stripe, method: Method) -> Response:
    """Answer a request for a method of the API."""
    stripe.requests.append(f"{request.method} {request.url.path}")
    stripe.catch_up()
    request_id = stripe.fresh_id("req")
    fault = stripe.faults.met_by(method.name)
    headers = {"Request-Id": request_id, "Stripe-Version": request.headers.get("stripe-version", API_VERSION)}
    key = request.headers.get("idempotency-key") if method.verb == "POST" else None
    if key:
        headers["Idempotency-Key"] = key
    try:
        status, body, replayed = await _remembered(request, stripe, method, fault=fault, request_id=request_id, key=key)
        headers |= replayed
    except Unstored as refused:
        status, body = refused.status, orjson.dumps({"error": refused.error | _log_url(request_id)})
        if refused.error.get("code") == "idempotency_key_in_use":
            headers["Stripe-Should-Retry"] = "true"
    stripe.catch_up()
    return _spoiled(Response(body, status, headers, media_type="application/json"), fault)


async def _remembered(
    request: Request, stripe: Stripe, method: Method, *, fault: Fault | None, request_id: str, key: str | None
) -> tuple[int, bytes, dict[str, str]]:
    """The answer, which a key gets once: the first one is kept for a day from the moment in which execution begins."""
    account = _account(request, stripe, method)
    raw = await request.body() if method.verb == "POST" else request.url.query.encode()
    if fault is not None and fault.kind is Kind.RATE_LIMIT:
        raise Unstored("Request rate limit exceeded.", code="rate_limit", status=429)
    if key is None:
        call = _call(request, stripe, method, account, raw)
        return *_done(call, method, fault, request_id, None), {}
    if len(key) > LONGEST_KEY:
        raise Unstored(f"Idempotency keys can be at most {LONGEST_KEY} characters.", type="idempotency_error")
    asked = (method.verb, request.url.path, raw)
    kept = stripe.kept.get((account, key))
    if kept is not None and kept.at + DAY > stripe.now:
        return _again(kept, asked, key)
    call = _call(request, stripe, method, account, raw)
    if fault is not None and not fault.applied and fault.kind in {Kind.HANG, Kind.BREAK}:
        return 0, b"", {}
    kept = stripe.kept[account, key] = Kept(asked, stripe.now, request_id)
    if fault is not None and fault.seconds:
        await asyncio.sleep(fault.seconds)
    kept.status, kept.body = _done(call, method, fault, request_id, key)
    return kept.status, kept.body, {}


def _again(kept: Kept, asked: tuple[str, str, bytes], key: str) -> tuple[int, bytes, dict[str, str]]:
    if kept.asked != asked:
        raise Unstored(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try"
            " using a"
            f" key other than '{key}' if you meant to execute a different request.",
            type="idempotency_error",
        )
    if not kept.body:
        raise Unstored(
            "There is currently another in-progress request using this Idempotent Key (that probably means you"
            " submitted"
            f" twice, and the other request is still going through): {key}. Please try again later.",
            type="idempotency_error",
            code="idempotency_key_in_use",
            status=409,
        )
    return kept.status, kept.body, {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}


def _account(request: Request, stripe: Stripe, method: Method) -> str:
    """Whose objects are asked for. Refused: a key that is missing, unknown or may not, and an unknown account."""
    key = _key(request.headers.get("authorization", ""))
    if not key:
        raise Unstored(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer"
            " auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for"
            " details, or we can help at https://support.stripe.com/.",
            status=401,
        )
    if key not in stripe.keys:
        raise Unstored(f"Invalid API Key provided: {key[:8]}{'*' * max(0, len(key) - 12)}{key[-4:]}", status=401)
    may = stripe.keys[key]
    if may is not None and method.permission not in may and method.permission.replace("_read", "_write") not in may:
        raise Unstored(
            f"The provided key '{key[:8]}{'*' * max(0, len(key) - 12)}{key[-4:]}' does not have the required"
            " permissions for"
            f" this endpoint on account '{PLATFORM}'. Having the '{method.permission}' permission would allow this"
            " request"
            " to continue.",
            status=403,
        )
    if not _VERSION.fullmatch(request.headers.get("stripe-version", API_VERSION)):
        raise Unstored(f"Invalid Stripe API version: {request.headers['stripe-version']}")
    account = request.headers.get("stripe-account", PLATFORM)
    if account != PLATFORM and stripe.objects.get(account, {}).get("object") != "account":
        raise Unstored(
            f"The provided key does not have access to account '{account}' (or that account does not exist)."
            " Application"
            " access may have been revoked.",
            code="account_invalid",
            status=403,
        )
    return account


def _key(authorization: str) -> str:
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest
    if scheme.lower() == "basic":
        try:
            return b64decode(rest).decode().partition(":")[0]
        except (NotBase64, UnicodeDecodeError):
            return ""
    return ""


def _call(request: Request, stripe: Stripe, method: Method, account: str, raw: bytes) -> Call:
    try:
        given: dict[str, Any] = nested(raw)
    except (UnicodeDecodeError, AttributeError):
        raise Unstored("Invalid request: the form could not be read.") from None
    return Call(stripe, account, checked(method.params, given), dict(request.path_params), request.url.path)


def _done(call: Call, method: Method, fault: Fault | None, request_id: str, key: str | None) -> tuple[int, bytes]:
    """Do what is asked, unless a fault prevents it."""
    broken = fault is not None and fault.kind is Kind.ERROR
    if fault is not None and not fault.applied:
        return 500, orjson.dumps(_BROKEN)
    call.stripe.asking = {"id": request_id, "idempotency_key": key}
    try:
        done = expanded(call.stripe, method.does(call), call.params.get("expand", []))
    except Refused as refused:
        status, done = refused.status, {"error": refused.error | _log_url(request_id)}
    else:
        status = 200
    finally:
        call.stripe.asking = dict(NOBODY_ASKS)
    return (500, orjson.dumps(_BROKEN)) if broken else (status, orjson.dumps(done))


def _log_url(request_id: str) -> dict[str, str]:
    return {"request_log_url": f"https://dashboard.stripe.com/test/logs/{request_id}"}


def _spoiled(whole: Response, fault: Fault | None) -> Response:
    match fault.kind if fault else None:
        case Kind.HANG:
            return Hanging()
        case Kind.BREAK:
            return Broken(whole.body, media_type="application/json")
    return whole


def unrecognized(request: Request) -> Response:
    """There is no such method in the API, or not in this double."""
    refused = no_such("method", request.url.path, "url")
    refused.error = {
        "type": "invalid_request_error",
        "message": f"Unrecognized request URL ({request.method}: {request.url.path}). Please see"
        " https://stripe.com/docs or we"
        " can help at https://support.stripe.com/.",
    }
    return Response(orjson.dumps({"error": refused.error}), 404, media_type="application/json")


class Broken(Response):
    """An answer within which the connection breaks off."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Begin, and leave."""
        length = str(len(self.body) + 1).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": bytes(self.body), "more_body": True})


class Hanging(Response):
    """An answer that never comes."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        """Wait until the client leaves."""
        while (await receive())["type"] != "http.disconnect":
            pass
