"""One call, from the form to the answer; what goes wrong on demand goes wrong here."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from simulators.moodle.faults import Fault, Faults, Kind
from simulators.moodle.functions import FUNCTIONS, Call
from simulators.moodle.parameters import checked
from simulators.moodle.php import fields_of, nested, xml_of
from simulators.moodle.records import Token
from simulators.moodle.refusals import Refused, access_exception, missing_record
from simulators.moodle.site import Site

MAINTENANCE: Final = "<!DOCTYPE html>\n<html><body><h1>This site is undergoing maintenance</h1></body></html>"


async def answer(request: Request, site: Site, faults: Faults) -> Response:
    """Answer a call of `/webservice/rest/server.php`."""
    fields = fields_of(await request.body(), site.max_input_vars)
    given = nested(fields)
    called = str(given.pop("wsfunction", ""))
    fault = faults.met_by(called)
    if fault is not None and fault.kind is Kind.MAINTENANCE:
        site.maintenance = True
    if not site.services_on:
        return Response(status_code=403)
    if site.maintenance:
        return HTMLResponse(MAINTENANCE, status_code=503)
    token = str(given.pop("wstoken", ""))
    json = given.pop("moodlewsrestformat", "xml") == "json"
    if fault is not None and fault.kind is Kind.EXPIRE_TOKEN and token in site.tokens:
        site.tokens[token].valid_until = 1
    if fault is not None and fault.seconds:
        await asyncio.sleep(fault.seconds)
    body = _done(site, str(request.base_url).rstrip("/"), token=token, called=called, given=given, fault=fault)
    return _spoiled(body, fault, json=json)


def _done(site: Site, wwwroot: str, *, token: str, called: str, given: dict[str, Any], fault: Fault | None) -> object:
    try:
        whose = _allowed(site, token, called)
        if fault is not None and fault.kind is Kind.ERROR:
            return Refused("dmlwriteexception", "Error writing to database", "dml_write_exception").body
        if fault is not None and fault.prevents:
            return None
        site.calls.append(called)
        function = FUNCTIONS[called]
        params = checked(function.takes, given)
        if fault is not None and fault.kind is Kind.RESET_DATES:
            for enrolment in params["enrolments"]:
                enrolment.pop("timestart", None)
                enrolment.pop("timeend", None)
        return function.does(Call(site, whose, wwwroot), params)
    except Refused as refused:
        return refused.body


def _allowed(site: Site, token: str, called: str) -> Token:
    found = site.tokens.get(token)
    if found is None:
        raise Refused("invalidtoken", "Invalid token - token not found")
    if found.valid_until and found.valid_until < site.now:
        del site.tokens[token]
        raise access_exception()
    if called not in FUNCTIONS:
        raise missing_record("invalidrecord", "Can't find data record in database table external_functions.")
    if found.functions is not None and called not in found.functions:
        raise access_exception()
    return found


def _spoiled(body: object, fault: Fault | None, *, json: bool) -> Response:
    kind = fault.kind if fault else None
    if kind is Kind.FEWER and isinstance(body, list):
        body = body[:-1]
    content = orjson.dumps(body)
    match kind:
        case Kind.HTML:
            return HTMLResponse("<html><body>Error: <b>Database connection failed</b></body></html>")
        case Kind.EMPTY:
            return Response()
        case Kind.HALF:
            return Response(content[: len(content) // 2], media_type="application/json")
        case Kind.BREAK:
            return Broken(content, media_type="application/json")
        case Kind.HANG:
            return Hanging()
    return Response(content if json else xml_of(body), media_type=f"application/{'json' if json else 'xml'}")


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
