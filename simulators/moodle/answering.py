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
_NOTHING: Final = object()


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
    body = _done(site, str(request.base_url).rstrip("/"), token, called, given, fault)
    return _spoiled(body, fault, json=json)


def _done(
    site: Site, wwwroot: str, token: str, called: str, given: dict[str, Any], fault: Fault | None
) -> object:
    try:
        whose = _authenticated(site, token)
        if called not in FUNCTIONS:
            raise missing_record("invalidrecord", "Can't find data record in database table external_functions.")
        if whose.functions is not None and called not in whose.functions:
            raise access_exception()
        if fault is not None and fault.kind is Kind.ERROR:
            raise Refused("dmlwriteexception", "Error writing to database", "dml_write_exception")
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


def _authenticated(site: Site, token: str) -> Token:
    found = site.tokens.get(token)
    if found is None:
        raise Refused("invalidtoken", "Invalid token - token not found")
    if found.valid_until and found.valid_until < site.now:
        del site.tokens[token]
        raise access_exception()
    return found


def _spoiled(body: object, fault: Fault | None, *, json: bool) -> Response:
    kind = fault.kind if fault else None
    if kind is Kind.FEWER and isinstance(body, list):
        body = body[:-1]
    if kind is Kind.HTML:
        return HTMLResponse("<html><body>Error: <b>Database connection failed</b></body></html>")
    if kind is Kind.EMPTY:
        return Response()
    if not json:
        return Response(xml_of(body), media_type="application/xml")
    content = orjson.dumps(body)
    if kind is Kind.HALF:
        return Response(content[: len(content) // 2], media_type="application/json")
    if kind is Kind.BREAK:
        return Broken(content, media_type="application/json")
    if kind is Kind.HANG:
        return Hanging()
    return Response(content, media_type="application/json")


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
