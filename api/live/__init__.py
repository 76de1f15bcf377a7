"""Subscriptions: what is read again whenever it has changed, told by WebSocket or by server-sent events."""

from api.live.changes import Changes
from api.live.event_stream import stream_events
from api.live.following import Live
from api.live.websocket import websocket_endpoint

__all__ = ["Changes", "Live", "stream_events", "websocket_endpoint"]
