"""No request is read further than its route allows."""

from starlette.types import Message, Receive


class BodyTooLarge(Exception):
    """The request's body is larger than its route takes."""


def bounded(receive: Receive, largest_bytes: int) -> Receive:
    """Receive a body, and raise BodyTooLarge as soon as it has more than `largest_bytes`."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > largest_bytes:
            raise BodyTooLarge
        return message

    return receive_bounded
