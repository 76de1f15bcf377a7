"""How Stripe refuses: a status, and an `error` of a type, mostly with a code and the parameter that is wrong."""

from __future__ import annotations

from typing import Any

INVALID = "invalid_request_error"


class Refused(Exception):
    """The request is refused, whole; `stored` says that it had begun, so that its key remembers the answer."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int = 400,
        **more: Any,  # noqa: ANN401 - what an error tells besides
    ) -> None:
        super().__init__(message)
        self.status = status
        self.stored = True
        self.error: dict[str, Any] = {"type": INVALID, "message": message}
        if code is not None:
            self.error |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"}
        if param is not None:
            self.error["param"] = param
        self.error |= more


class Unstored(Refused):
    """Refused before anything was begun: a key remembers nothing of it."""

    def __init__(self, message: str, **more: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(message, **more)
        self.stored = False


def no_such(kind: str, object_id: str, param: str, *, status: int = 404) -> Refused:
    """Something named by its id is not there, or is somebody else's: 404 in a path, 400 in a parameter."""
    return Refused(f"No such {kind}: '{object_id}'", code="resource_missing", param=param, status=status)


def not_simulated(what: str) -> Unstored:
    """Stripe does it, and this double does not: said aloud, so that nobody takes it for Stripe's answer."""
    return Unstored(f"The double does not do this: {what}.", code="not_simulated", status=501)
