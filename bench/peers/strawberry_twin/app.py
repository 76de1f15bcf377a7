"""The application that uvicorn serves."""

from collections.abc import AsyncIterator

import strawberry
from starlette.requests import Request
from strawberry import relay
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache

from bench.peers.strawberry_twin.catalog import CatalogQueries
from bench.peers.strawberry_twin.contract import ContractQueries, Evidence, WorkRecord
from bench.peers.strawberry_twin.loaders import Loaders
from bench.peers.strawberry_twin.sessions import HEADERS, SET_ACTOR, Reading, sessions


class OneSession(SchemaExtension):
    """Opens the request's session, sets who asks, and closes it when the operation is done."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Wrap the execution."""
        context = self.execution_context.context
        request: Request = context["request"]
        async with sessions() as session, session.begin():
            if HEADERS[0] in request.headers:
                # HTTP drops the blank that ends the list of grants
                actor = {
                    f"p{at}": request.headers[name] + " " * (at == len(HEADERS) - 1) for at, name in enumerate(HEADERS)
                }
                await session.execute(SET_ACTOR, actor)
            context["reading"] = reading = Reading(session)
            context["loaders"] = Loaders(reading)
            yield


@strawberry.type
class Query(CatalogQueries, ContractQueries):
    """What can be read."""

    node: relay.Node | None = relay.node()


schema = strawberry.Schema(
    query=Query, types=[WorkRecord, Evidence], extensions=[OneSession, ParserCache, ValidationCache]
)
app = GraphQL(schema, graphql_ide=None)
