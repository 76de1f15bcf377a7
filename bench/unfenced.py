"""`chapterhouse serve` as a role with BYPASSRLS, which the command itself refuses: to measure what policies cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli import serve
from core.log import configure_logging
from core.settings import Settings

if TYPE_CHECKING:
    import asyncpg


async def _any_role(connection: asyncpg.Connection[Any]) -> str | None:  # noqa: ARG001  (takes the place of one that looks)
    """Let every role serve."""
    return None


if __name__ == "__main__":
    settings = Settings.load(running=False)
    configure_logging(settings.log_level)
    serve.unfit_to_serve = _any_role  # type: ignore[attr-defined]  # imported there, and asked there
    serve.serve(settings)
