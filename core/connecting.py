"""Why a database cannot be used, in one line that says what to do."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from core.database_url import database_of, user_of, without_password
from core.hindrance import Hindrance

OLDEST_VERSION = 18
LONGEST_CONNECT_SECONDS = 10


class DatabaseUnusableError(Hindrance):
    """The database cannot be used; the message is one line that names the variable and what to do."""


@asynccontextmanager
async def connected(url: str, *, variable: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    """One plain connection to a PostgreSQL 18, closed afterwards; `variable` is where its URL came from.

    Refused with DatabaseUnusableError: no server, a wrong password, no such role or database, an older version.
    """
    try:
        connection = await asyncpg.connect(url, timeout=LONGEST_CONNECT_SECONDS)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, TimeoutError) as error:
        raise DatabaseUnusableError(f"{variable} ({without_password(url)}): {_what_to_do(error, url)}") from None
    try:
        if connection.get_server_version().major < OLDEST_VERSION:
            raise DatabaseUnusableError(
                f"{variable} ({without_password(url)}): this is PostgreSQL {connection.get_server_version().major}; "
                f"Chapterhouse needs {OLDEST_VERSION} or newer"
            )
        yield connection
    finally:
        await connection.close(timeout=LONGEST_CONNECT_SECONDS)


def check(url: str, *, variable: str) -> None:
    """Connect once and let go. Refused with DatabaseUnusableError, as `connected` says."""

    async def once() -> None:
        async with connected(url, variable=variable):
            pass

    asyncio.run(once())


def _what_to_do(error: Exception, url: str) -> str:  # noqa: PLR0911 - a table of causes, read line by line
    match error:
        case asyncpg.InvalidPasswordError():
            return f"the password of {user_of(url)} is wrong: correct it in the URL"
        case asyncpg.InvalidAuthorizationSpecificationError():
            missing = "does not exist" in str(error)
            make = "make it, for instance with `chapterhouse migrate`" if missing else "let it in (pg_hba.conf)"
            return f"{str(error).rstrip('.')}: {make}"
        case asyncpg.InvalidCatalogNameError():
            return f"there is no database {database_of(url)}: create it, owned by the role that migrates"
        case asyncpg.InsufficientPrivilegeError():
            return f"{user_of(url)} may not connect to {database_of(url)}: grant it CONNECT"
        case asyncpg.TooManyConnectionsError():
            return "the server has no connection left: raise its max_connections or lower the pool sizes"
        case asyncpg.CannotConnectNowError():
            return "the server is starting up or shutting down: try again"
        case ssl.SSLError():
            return f"TLS failed ({error.reason}): see sslmode and sslrootcert in the URL"
        case TimeoutError():
            return f"no answer within {LONGEST_CONNECT_SECONDS} seconds: see host, port and firewall"
        case OSError():
            return "nothing answers there: start PostgreSQL, or correct host and port"
        case _:
            return f"{' '.join(str(error).split())}"
