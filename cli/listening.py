"""The port, taken before anything else is done, so that a taken one is told at once."""

from __future__ import annotations

import socket

from core.hindrance import Hindrance
from core.settings import Settings


def listen(settings: Settings) -> socket.socket:
    """A socket bound to HOST and PORT. Refused with Hindrance: taken, not allowed, no such address."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise Hindrance(
            f"port {settings.port} of {settings.host} cannot be used ({error.strerror}): "
            f"stop what listens there, or set PORT to another"
        ) from None
    return listening
