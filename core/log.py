"""One line for each thing that happened: JSON for machines, colour for a person at a terminal; never a secret."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRETS = ("authorization", "token", "password", "secret", "api_key", "cookie", "database_url", "signing_key")


def configure_logging(level: str = "info") -> None:
    """Send every log line of this process, and of the libraries in it, to standard error in one form."""
    pretty = sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        hide_secrets,
    ]
    renderers: list[Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if pretty
        else [_tracebacks_without_locals(), structlog.processors.JSONRenderer(serializer=_dumps)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for library in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(library).handlers = []
        logging.getLogger(library).propagate = True


@contextmanager
def bound(**names: str) -> Iterator[None]:
    """Every line logged inside carries these names, `request_id` above all."""
    with structlog.contextvars.bound_contextvars(**names):
        yield


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank what a name says is secret, wherever in the line it stands."""
    return {name: _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: object) -> object:
    if any(word in name.lower() for word in SECRETS):
        return "***"
    if isinstance(value, dict):
        return {key: _hidden(str(key), item) for key, item in value.items()}
    return value


def _tracebacks_without_locals() -> Processor:
    # Local variables hold tokens and URLs with passwords.
    return structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def _dumps(value: object, **_options: object) -> str:
    return orjson.dumps(value, default=str).decode()
