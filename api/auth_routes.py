"""What clients need around tokens: our public keys, and a token for an API key (OAuth 2.0, RFC 6749)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote_plus
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.auth import Authenticator
from api.bodies import BodyTooLarge, bounded
from core.db import Database
from core.ids import InvalidId, decode
from core.settings import Settings
from services.identity.api_keys import KEY_PREFIX, SECRET_HASH
from services.identity.secret_codes import opens
from services.identity.tokens import issue_token

TOKEN_LIFE = timedelta(minutes=10)
LARGEST_FORM_BYTES = 4096
LONGEST_FORM_SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthError(Exception):
    """A token request that is refused, in the words of RFC 6749, section 5.2."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.answer = {"error": error, "error_description": description}
        self.status = status


def auth_routes(settings: Settings, database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The routes around tokens, for the application."""
    own = authenticator.own

    async def jwks(_: Request) -> Response:
        return JSONResponse(own.keys.jwks, headers={"Cache-Control": "public, max-age=300"})

    async def metadata(_: Request) -> Response:
        return JSONResponse(_metadata(settings.issuer), headers={"Cache-Control": "public, max-age=300"})

    async def token(request: Request) -> Response:
        try:
            client_id, secret = await _client(request)
            await _check_secret(database, client_id, secret)
        except OAuthError as error:
            challenge = {"WWW-Authenticate": 'Basic realm="chapterhouse"'} if error.status == 401 else {}  # noqa: PLR2004
            return JSONResponse(error.answer, error.status, headers=NOT_KEPT | challenge)
        issued = issue_token(
            own.keys,
            issuer=own.issuer,
            audience=own.audience,
            subject=client_id,
            lifetime=TOKEN_LIFE,
            now=datetime.now(UTC),
        )
        answer = {"access_token": issued, "token_type": "Bearer", "expires_in": int(TOKEN_LIFE.total_seconds())}
        return JSONResponse(answer, headers=NOT_KEPT)

    return [
        Route("/.well-known/jwks.json", jwks),
        Route("/.well-known/oauth-authorization-server", metadata),
        Route("/oauth/token", token, methods=["POST"]),
    ]


def _metadata(issuer: str) -> dict[str, object]:
    """What there is and where (RFC 8414), for clients that configure themselves."""
    return {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/oauth/token",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }


async def _client(request: Request) -> tuple[str, str]:
    """Return the client's id and secret, from the header or the form; never from both, nor from the URL."""
    form = await _form(request)
    if "grant_type" not in form:
        raise OAuthError("invalid_request", "grant_type is missing")
    if form["grant_type"] != "client_credentials":
        raise OAuthError("unsupported_grant_type", "grant_type must be client_credentials")
    if form.get("scope"):
        raise OAuthError("invalid_scope", "there are no scopes: the API key's roles say what it may do")
    given = request.headers.get("authorization")
    if given is None:
        if "client_id" not in form or "client_secret" not in form:
            raise OAuthError("invalid_client", "send client_id and client_secret", status=401)
        return form["client_id"], form["client_secret"]
    client_id, secret = _basic(given)
    if "client_secret" in form or form.get("client_id", client_id) != client_id:
        raise OAuthError("invalid_request", "send the client's credentials once")
    return client_id, secret


async def _form(request: Request) -> Mapping[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise OAuthError("invalid_request", f"the body must be {FORM}")
    try:
        async with asyncio.timeout(LONGEST_FORM_SECONDS):
            body = await Request(request.scope, bounded(request.receive, LARGEST_FORM_BYTES)).body()
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except BodyTooLarge:
        raise OAuthError("invalid_request", f"the body takes {LARGEST_FORM_BYTES} bytes", status=413) from None
    except TimeoutError:
        raise OAuthError("invalid_request", "the body did not come in time", status=408) from None
    except ValueError:
        raise OAuthError("invalid_request", "the body is no form") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise OAuthError("invalid_request", "a parameter is there twice")
    return form


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        given = ""
    client_id, colon, secret = given.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise OAuthError("invalid_client", "the Authorization header must be Basic", status=401)
    return unquote_plus(client_id), unquote_plus(secret)


async def _check_secret(database: Database, client_id: str, secret: str) -> None:
    """Refuse whatever is no API key in force with its own secret; every cause looks the same."""
    ((digest,),) = await database.pool.look_up(SECRET_HASH, _key_id(client_id))
    if not opens(secret, digest):
        raise OAuthError("invalid_client", "there is no such API key, or this is not its secret", status=401)


def _key_id(client_id: str) -> UUID | None:
    try:
        return decode(KEY_PREFIX, client_id)[0]
    except InvalidId:
        return None
