"""The control door: seeds people and courses, orders faults, shows what there is; bound to a path of the starter's."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from simulators.moodle.faults import Fault, Faults
from simulators.moodle.records import SITE_COURSE, User
from simulators.moodle.site import Site


def door(path: str, site: Site, faults: Faults) -> Mount:  # noqa: C901 - five small routes
    """The routes behind `path`: users, courses, site, faults, enrolments."""

    async def users(request: Request) -> JSONResponse:
        """POST {"count", "prefix"} or {"users": [{"username", "firstname", …}]}; GET lists who is there."""
        if request.method == "POST":
            order: dict[str, Any] = await request.json()
            site.seed_users(order.get("count", 0), order.get("prefix", "M-"))
            for one in order.get("users", ()):
                site.add_user(User(next(site.ids), **one))
        shown = ("id", "username", "firstname", "lastname", "email", "idnumber", "suspended")
        people = [user for user in site.users.values() if user.idnumber and not user.deleted]
        if request.method == "POST":
            return JSONResponse({"users": len(people)})
        return JSONResponse([{name: getattr(user, name) for name in shown} for user in people])

    async def courses(request: Request) -> JSONResponse:
        """POST {"shortname", "fullname", "packages": [SHA-1, …]}."""
        order = await request.json()
        course = site.add_course(order["shortname"], order.get("fullname", ""), packages=order.get("packages", ()))
        return JSONResponse({"id": course.id})

    async def enrolments(request: Request) -> JSONResponse:
        """POST {"shortname", "prefix"} enrols whoever's number begins so; GET lists who takes part in what.

        A line is id number, short name, timestart, timeend, suspended.
        """
        if request.method == "POST":
            order = await request.json()
            site.enrol_many(order["shortname"], order.get("prefix", ""))
        return JSONResponse(
            [
                [site.users[one.user_id].idnumber, course.shortname, one.timestart, one.timeend, one.suspended]
                for course in site.courses.values()
                if course.id != SITE_COURSE
                for one in course.enrolments.values()
            ]
        )

    async def settings(request: Request) -> JSONResponse:
        """POST {"maintenance", "services_on", "max_input_vars"}, each if wanted."""
        order: dict[str, Any] = await request.json()
        for name in ("maintenance", "services_on", "max_input_vars"):
            if name in order:
                setattr(site, name, order[name])
        return JSONResponse({"calls": len(site.calls)})

    async def orders(request: Request) -> JSONResponse:
        """POST a list of faults, as `faults.Fault` has them, in place of those ordered before."""
        faults.ordered[:] = [Fault.ordered(order) for order in await request.json()]
        return JSONResponse({"ordered": len(faults.ordered)})

    return Mount(
        path,
        routes=[
            Route("/users", users, methods=["GET", "POST"]),
            Route("/courses", courses, methods=["POST"]),
            Route("/enrolments", enrolments, methods=["GET", "POST"]),
            Route("/site", settings, methods=["POST"]),
            Route("/faults", orders, methods=["POST"]),
        ],
    )
