"""One form for the many ways in which people write where a PostgreSQL is."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

SCHEMES = {"postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg", "postgresql+psycopg2"}
WANTED = "postgresql://user:password@host:5432/database (or ?host=/folder for a Unix socket)"


def asyncpg_url(url: str) -> str:
    """Any usual PostgreSQL URL as asyncpg takes it; sslmode and the other parameters stay.

    Refused with ValueError, in words for whoever wrote the URL: another scheme, a bad port, no user, no database.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in SCHEMES:
        raise ValueError(f"should look like {WANTED}")
    try:
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        raise ValueError(f"has a port that is no number from 1 to 65535; it should look like {WANTED}") from None
    query = dict(parse_qsl(parts.query))
    if not (parts.username or query.get("user")):
        raise ValueError(f"names no user; it should look like {WANTED}")
    if not (parts.path.strip("/") or query.get("database")):
        raise ValueError(f"names no database; it should look like {WANTED}")
    if not (parts.hostname or query.get("host")):
        raise ValueError(f"names no host; it should look like {WANTED}")
    # asyncpg knows `ssl` only as an argument, libpq's name for it in a URL.
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query, quote_via=quote, safe="/"), ""))


def user_of(url: str) -> str:
    """The login role that a URL connects as."""
    parts = urlsplit(url)
    return unquote(parts.username) if parts.username else dict(parse_qsl(parts.query))["user"]


def password_of(url: str) -> str | None:
    """The password in a URL; None where it carries none (a Unix socket, a password file)."""
    parts = urlsplit(url)
    return unquote(parts.password) if parts.password else dict(parse_qsl(parts.query)).get("password")


def database_of(url: str) -> str:
    """The database that a URL names."""
    parts = urlsplit(url)
    return unquote(parts.path.strip("/")) or dict(parse_qsl(parts.query))["database"]


def with_user(url: str, user: str) -> str:
    """The same place and password, for another login role."""
    parts = urlsplit(url)
    secret = f":{parts.password}" if parts.password else ""
    place = parts.netloc.rpartition("@")[2]
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k != "user"], quote_via=quote, safe="/")
    return urlunsplit((parts.scheme, f"{quote(user, safe='')}{secret}@{place}", parts.path, query, ""))


def with_database(url: str, database: str) -> str:
    """The same server and login role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def without_password(url: str) -> str:
    """A URL fit to be shown: host, port, user and database, never the password."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "")
    return f"{user_of(url)}@{place}/{database_of(url)}"
