"""Every wrong setting is told in one line that names it; every usual spelling of a right one works."""

from pathlib import Path

import pytest

from core.database_url import asyncpg_url, database_of, password_of, user_of, with_user, without_password
from core.settings import ConfigurationError, OidcIssuer, Settings

URL = "postgresql://app:p%40ss@db.example:6432/market?sslmode=require"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PORT", "eight", "PORT is not usable: it should be a TCP port from 1 to 65535"),
        ("PORT", "65536", "PORT is not usable: it should be a TCP port from 1 to 65535"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is not usable: it should be debug, info, warning or error"),
        ("READ_POOL_SIZE", "0", "READ_POOL_SIZE is not usable: it should be a number of connections from 1 to 500"),
        (
            "PUBLIC_URL",
            "api.example",
            "PUBLIC_URL is not usable: it should be the URL that clients use, such as https://api.example",
        ),
        (
            "OIDC_ISSUERS",
            "https://id.example",
            (
                'OIDC_ISSUERS is not usable: it should be a JSON list such as [{"issuer": "https://id.example", '
                '"audience": "chapterhouse"}]'
            ),
        ),
        (
            "OIDC_ISSUERS",
            '[{"issuer": "https://id.example"}]',
            (
                'OIDC_ISSUERS is not usable: it should be a JSON list such as [{"issuer": "https://id.example", '
                '"audience": "chapterhouse"}]'
            ),
        ),
        (
            "DATABASE_URL",
            "mysql://root:hush@db/market",
            (
                "DATABASE_URL should look like postgresql://user:password@host:5432/database "
                "(or ?host=/folder for a Unix socket)"
            ),
        ),
        (
            "MIGRATION_DATABASE_URL",
            "postgresql://owner:hush@db",
            (
                "MIGRATION_DATABASE_URL names no database; it should look like "
                "postgresql://user:password@host:5432/database (or ?host=/folder for a Unix socket)"
            ),
        ),
        (
            "DATABASE_URL",
            "postgresql://app:hush@db:no/market",
            (
                "DATABASE_URL has a port that is no number from 1 to 65535; it should look like "
                "postgresql://user:password@host:5432/database (or ?host=/folder for a Unix socket)"
            ),
        ),
        (
            "DATABASE_URL",
            "postgresql:///market?host=/run",
            (
                "DATABASE_URL names no user; it should look like "
                "postgresql://user:password@host:5432/database (or ?host=/folder for a Unix socket)"
            ),
        ),
        (
            "DATABASE_URL",
            "postgresql://app@/market",
            (
                "DATABASE_URL names no host; it should look like "
                "postgresql://user:password@host:5432/database (or ?host=/folder for a Unix socket)"
            ),
        ),
    ],
)
def test_a_wrong_value_is_named_in_one_line_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as refusal:
        Settings.load()
    assert str(refusal.value) == line


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
def test_every_usual_scheme_is_taken(scheme: str) -> None:
    assert asyncpg_url(URL.replace("postgresql", scheme, 1)) == URL


def test_a_unix_socket_is_taken() -> None:
    url = asyncpg_url("postgresql+asyncpg://app@/market?host=/var/run/a%20folder")
    assert url == "postgresql://app@/market?host=/var/run/a%20folder"
    assert without_password(url) == "app@/var/run/a folder/market"


def test_ssl_as_an_argument_becomes_what_a_url_calls_it() -> None:
    assert asyncpg_url("postgresql+asyncpg://a@h/d?ssl=verify-full") == "postgresql://a@h/d?sslmode=verify-full"


def test_the_parts_of_a_url_are_read_decoded() -> None:
    assert (user_of(URL), password_of(URL), database_of(URL)) == ("app", "p@ss", "market")
    assert without_password(URL) == "app@db.example:6432/market"
    assert with_user(URL, "a b") == "postgresql://a%20b:p%40ss@db.example:6432/market?sslmode=require"


def test_set_based_runs_have_a_login_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    assert Settings.load().batch_url == with_user(URL, "app_batch")
    monkeypatch.setenv("BATCH_DATABASE_URL", "postgres://runs@db/market")
    assert Settings.load().batch_url == "postgresql://runs@db/market"


def test_what_is_not_set_is_named_when_it_is_needed() -> None:
    settings = Settings.load()
    assert settings.issuer == "http://127.0.0.1:8000"
    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL is not set: "):
        _ = settings.app_url
    with pytest.raises(ConfigurationError, match=r"^MIGRATION_DATABASE_URL is not set: "):
        _ = settings.owner_url


def test_lists_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("OIDC_ISSUERS", '[{"issuer": "https://id.example", "audience": "chapterhouse"}]')
    settings = Settings.load()
    assert settings.cors_origins == ["https://a.example", "https://b.example"]
    assert settings.oidc_issuers == [OidcIssuer(issuer="https://id.example", audience="chapterhouse")]


def test_no_secret_is_shown_by_printing_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    settings = Settings.load()
    assert "p%40ss" not in f"{settings!r} {settings}"
