"""GraphQL over HTTP: guards before any work, planned reads as bytes, everything else through the ordinary executor."""

import hashlib
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry import Schema
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from api.auth import AuthenticationError, Authenticator
from api.bodies import BodyTooLarge, bounded
from api.context import RequestContext
from api.failures import STATUS_OF, failure, failure_of, told
from api.reading import Plans
from core.db import Database
from core.ids import new_id
from core.log import bound
from services.delivery.blobs import BlobStore

LARGEST_BODY_BYTES = 4 * 1024 * 1024
"""Room for a request with inline evidence; larger files go to `POST /evidence`."""


class GraphQLView(GraphQL[RequestContext, None]):
    """The endpoint `/graphql`."""

    def __init__(self, schema: Schema, database: Database, blobs: BlobStore, authenticator: Authenticator) -> None:
        super().__init__(schema, subscription_protocols=())
        self.database = database
        self.blobs = blobs
        self.plans = Plans(schema)
        self.authenticator = authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever is wrong with it is said as a GraphQL error with a code."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, bounded(receive, LARGEST_BODY_BYTES))
        request.state.request_id = request_id = str(new_id())
        with bound(request_id=request_id):
            response = await self.answer(request)
        response.headers["X-Request-Id"] = request_id
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Answer one request, whatever becomes of it."""
        try:
            return await self.run(request)
        except AuthenticationError as error:
            return failure(error.status, error.code, error.message, error.headers)
        except BodyTooLarge:
            return failure(413, "BODY_TOO_LARGE", f"a request takes at most {LARGEST_BODY_BYTES} bytes")
        except HTTPException as error:
            return failure(error.status_code, "BAD_REQUEST", error.reason)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it was, the client hears of it
            return failure_of(error)

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002 - Strawberry's signature
    ) -> RequestContext:
        """Find out who asks; raises AuthenticationError for a token that is none."""
        assert isinstance(request, Request), "no subscription is served here"
        key = request.headers.get("idempotency-key")
        return RequestContext(
            actor=await self.authenticator.authenticate(request.headers),
            database=self.database,
            blobs=self.blobs,
            request_id=request.state.request_id,
            idempotency_key=key,
            request_hash=hashlib.sha256(await request.body()).digest() if key else b"",
        )

    async def execute_operation(  # noqa: PLR0917 - Strawberry's signature
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        request_data: Any,
        context: RequestContext,
        root_value: None,
        sub_response: Response,
    ) -> Any:
        """Read a planned query by its one statement; leave everything else to the executor."""
        try:
            reading = self.plans.plan_for(
                request_data.query or "", request_data.operation_name, request_data.variables, context.actor
            )
        except GraphQLError as refused:
            return ExecutionResult(data=None, errors=[refused])
        if reading is None:
            return await super().execute_operation(
                request, request_adapter, request_data, context, root_value, sub_response
            )
        async with context.reading() as connection:
            data = orjson.Fragment(await reading.read(connection))
        return ExecutionResult(data=data, errors=None)  # type: ignore[arg-type]  # bytes on their way

    async def process_result(
        self,
        request: Request,  # noqa: ARG002 - Strawberry's signature
        result: ExecutionResult,
    ) -> GraphQLHTTPResponse:
        """Give every error its code; a defect of ours is logged whole and told in a word."""
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [told(error) for error in result.errors]
        if result.extensions:
            answer["extensions"] = result.extensions
        return answer  # type: ignore[return-value]

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """Send the status that an error's code asks for, unless something was answered all the same."""
        for error in () if response_data["data"] is not None else response_data.get("errors", ()):
            sub_response.status_code = STATUS_OF.get(error["extensions"]["code"], sub_response.status_code)
        return super().create_response(response_data, sub_response)

    def parse_json(self, data: str | bytes) -> Any:
        """Read a JSON object; anything else is a bad request."""
        try:
            parsed = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise HTTPException(400, f"the request body cannot be read as JSON: {error}") from None
        if not isinstance(parsed, dict):
            raise HTTPException(400, 'the request body must be a JSON object such as {"query": "{ __typename }"}')
        return parsed

    def encode_json(self, data: object) -> bytes:
        """Splice what PostgreSQL made into the answer."""
        return orjson.dumps(data)
