"""Runs the versions as the owner role, one transaction each, over asyncpg: the one driver there is."""

from __future__ import annotations

import asyncio

import asyncpg
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel


def run(connection: object) -> None:
    """Run what is asked for on an open connection."""
    context.configure(
        connection=connection,  # type: ignore[arg-type]  # handed over by run_sync
        target_metadata=SQLModel.metadata,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Connect as the owner; a lock held longer than five seconds by running code ends the attempt, not the service."""
    url = context.config.attributes["url"]
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: asyncpg.connect(url, server_settings={"lock_timeout": "5s"}),
        poolclass=NullPool,
    )
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


asyncio.run(main())
