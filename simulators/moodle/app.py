"""The double as an ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulators.moodle.answering import answer
from simulators.moodle.doors import door
from simulators.moodle.faults import Faults
from simulators.moodle.functions.about import public_config
from simulators.moodle.site import Site


def create_app(site: Site, faults: Faults | None = None, *, door_path: str | None = None) -> Starlette:
    """Make the application of a site; the control door is bound to `door_path`, and without one not at all."""
    ordered = faults or Faults()

    async def server(request: Request) -> Response:
        return await answer(request, site, ordered)

    async def without_login(request: Request) -> Response:
        """The functions that take no token, one after the other; they answer in maintenance too."""
        asked = await request.json()
        config = public_config(site, str(request.base_url).rstrip("/"))
        return JSONResponse(
            [
                {"error": False, "data": config}
                if one["methodname"] == "tool_mobile_get_public_config"
                else {"error": True, "exception": {"message": "", "errorcode": "servicenotavailable"}}
                for one in asked
            ]
        )

    routes: list[BaseRoute] = [
        Route("/webservice/rest/server.php", server, methods=["POST", "GET"]),
        Route("/lib/ajax/service-nologin.php", without_login, methods=["POST"]),
    ]
    if door_path is not None:
        routes.append(door(door_path, site, ordered))
    return Starlette(routes=routes)
