"""The application: its routes, and what lives as long as it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth import Authenticator
from api.auth_routes import auth_routes
from api.certificates import certificate_routes
from api.charts.routes import chart_routes
from api.client_secrets import client_secret_routes
from api.documents import Documents, TrustedDocuments
from api.evidence import evidence_routes
from api.exports import export_routes
from api.graphql_schema import schema
from api.limits import Budgets, Limits, MemoryBudgets, PostgresBudgets
from api.live import Changes, websocket_endpoint
from api.lms_results import result_routes
from api.metrics import registry_of
from api.papers import paper_routes
from api.stripe_webhook import webhook_routes
from api.verification import verification_routes
from api.view import GraphQLView
from core.db import Database
from core.sealing import master_keys
from core.settings import Settings
from services.delivery.blobs import LocalFolder

log = structlog.get_logger(__name__)


class Application(Starlette):
    """Starlette, with a short way to the one endpoint that gets almost all requests."""

    graphql: ASGIApp
    metrics: CollectorRegistry
    changes: Changes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self.graphql(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings | None = None) -> Application:
    """Build the application from the settings, by default those of the environment."""
    settings = settings or Settings.load()
    database = Database(
        settings.app_url,
        write_pool_size=settings.write_pool_size,
        read_pool_size=settings.read_pool_size,
        statement_timeout_ms=int(settings.statement_seconds * 1000),
    )
    blobs = LocalFolder(settings.evidence_dir)
    authenticator = Authenticator(settings, database)
    limits = Limits(
        largest_cost=settings.largest_cost,
        capacity=settings.budget_capacity,
        restore_per_second=settings.budget_restore_per_second,
    )
    budgets = _budgets(settings, limits)
    trusted = TrustedDocuments.load(settings.trusted_documents)
    view = GraphQLView(
        schema=schema,
        database=database,
        blobs=blobs,
        authenticator=authenticator,
        documents=Documents(trusted, only_trusted=settings.only_trusted_documents),
        limits=limits,
        budgets=budgets,
        settings=settings,
        changes=Changes(settings.app_url),
        keys=master_keys(settings),
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await database.open()
        if isinstance(budgets, PostgresBudgets):
            await budgets.open()
        app.state.ready = True
        try:
            yield
        finally:
            app.state.ready = False
            await view.changes.close()
            if isinstance(budgets, PostgresBudgets):
                await budgets.close()
            await database.close()

    routes: list[BaseRoute] = [
        Route("/", lambda _: RedirectResponse("/graphql")),
        Route("/healthz", lambda _: PlainTextResponse("alive\n")),
        Route("/readyz", _ready),
        *auth_routes(settings, database, authenticator),
        *evidence_routes(database, blobs, authenticator),
        *result_routes(database, authenticator),
        *chart_routes(database, authenticator),
        *certificate_routes(settings, database, authenticator),
        *paper_routes(settings, database, authenticator),
        *export_routes(database, authenticator),
        *verification_routes(database, view.take),
        *client_secret_routes(settings, database, authenticator),
        *webhook_routes(settings, database),
        WebSocketRoute("/graphql", websocket_endpoint(view.live)),
    ]
    for line in trusted.refused_by(lambda text: view.plans.document(text).errors):
        log.warning("the schema refuses a trusted document", why=line)
    cors: dict[str, Any] = {
        "allow_origins": settings.cors_origins,
        "allow_methods": ["GET", "POST"],
        "allow_headers": ["authorization", "content-type", "idempotency-key", "x-organization"],
        "expose_headers": ["etag", "retry-after", "x-request-id"],
    }
    for_pages = [Middleware(CORSMiddleware, **cors)] if settings.cors_origins else []
    app = Application(routes=routes, middleware=for_pages, lifespan=lifespan)
    app.metrics = registry_of(view)
    app.changes = view.changes
    app.graphql = CORSMiddleware(view, **cors) if settings.cors_origins else view
    app.state.ready = False
    app.state.database = database
    return app


def _budgets(settings: Settings, limits: Limits) -> Budgets:
    if settings.budgets == "postgresql":
        return PostgresBudgets(settings.app_url, limits.capacity, limits.restore_per_second)
    return MemoryBudgets(limits.capacity, limits.restore_per_second)


async def _ready(request: Request) -> Response:
    """Whether this process should get requests: it is not about to stop, and its database answers."""
    if not request.app.state.ready:
        return PlainTextResponse("not ready\n", 503)
    async with request.app.state.database.engine.connect() as connection:
        await connection.execute(text("select 1"))
    return PlainTextResponse("ready\n")
