"""What the environment says: every setting of every process, read and checked once, at the start."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.database_url import asyncpg_url, user_of, with_user
from core.hindrance import Hindrance

# While `make demo` or `make run` serves, it says here where its database and keys are, so that `chapterhouse token` and
# `doctor`, typed in another shell in the same folder, find them.
RUNNING_FILE = Path(".data/running.env")


class ConfigurationError(Hindrance):
    """A setting is missing or wrong; the message is one line that names it and says what would be right."""


def _database(value: SecretStr) -> SecretStr:
    return SecretStr(asyncpg_url(value.get_secret_value()))


def _json_list(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "[]")
    except ValueError:
        raise ValueError("is no JSON") from None


def _words(value: object) -> object:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]


class OidcIssuer(BaseModel, frozen=True, extra="forbid"):
    """An outside identity provider whose tokens are taken."""

    issuer: str = Field(pattern=r"^https?://")
    audience: str = Field(min_length=1)
    jwks_uri: str | None = Field(default=None, pattern=r"^https?://")


class Settings(BaseSettings):
    """Every setting, under its environment variable's name in lower case; `.env` is read too, the environment wins."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    database_url: DatabaseUrl | None = Field(default=None, description="the URL of the role that serves")
    migration_database_url: DatabaseUrl | None = Field(default=None, description="the URL of the database's owner")
    batch_database_url: DatabaseUrl | None = Field(default=None, description="the URL of the role for set-based runs")
    write_pool_size: int = Field(default=10, ge=1, le=500, description="a number of connections from 1 to 500")
    read_pool_size: int = Field(default=10, ge=1, le=500, description="a number of connections from 1 to 500")

    host: str = Field(default="127.0.0.1", min_length=1, description="an address of this machine, such as 0.0.0.0")
    port: int = Field(default=8000, ge=1, le=65535, description="a TCP port from 1 to 65535")
    metrics_port: int | None = Field(default=None, ge=1, le=65535, description="a TCP port from 1 to 65535")
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+(/\S*)?)?$",
        description="the URL that clients use, such as https://api.example",
    )
    cors_origins: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        default=[], description="origins divided by commas, such as https://app.example"
    )
    trusted_documents: Annotated[list[Path], NoDecode, BeforeValidator(_words)] = Field(
        default=[], description="files or folders of manifests, divided by commas"
    )
    only_trusted_documents: bool = Field(default=False, description="true or false")
    largest_cost: int = Field(default=20_000, ge=1, description="a number of objects")
    budgets: Literal["memory", "postgresql"] = Field(default="memory", description="memory or postgresql")
    budget_capacity: int = Field(default=200_000, ge=1, description="a number of objects, at least LARGEST_COST")
    budget_restore_per_second: int = Field(default=10_000, ge=1, description="a number of objects")
    body_seconds: float = Field(default=10, gt=0, le=300, description="seconds up to 300")
    statement_seconds: float = Field(default=10, gt=0, le=300, description="seconds up to 300")
    public_seconds: int = Field(default=60, ge=0, le=86400, description="seconds from 0 to 86400")
    drain_seconds: float = Field(default=0, ge=0, le=300, description="seconds from 0 to 300")

    signing_keys_dir: Path = Field(default=Path(".data/keys"), description="a folder")
    credential_keys: SecretStr = Field(
        default=SecretStr(""), description="id:key divided by commas, each key 32 bytes in base64; the first one seals"
    )
    evidence_dir: Path = Field(default=Path(".data/evidence"), description="a folder")
    certificate_fonts_dir: Path | None = Field(default=None, description="a folder of fonts")
    oidc_issuers: Annotated[list[OidcIssuer], NoDecode, BeforeValidator(_json_list)] = Field(
        default=[], description='a JSON list such as [{"issuer": "https://id.example", "audience": "chapterhouse"}]'
    )
    billing_chunk: int = Field(default=250, ge=1, le=10_000, description="a number of contracts from 1 to 10000")
    allow_loopback_lms: bool = Field(default=False, description="true or false")
    stripe_secret_key: SecretStr = Field(
        default=SecretStr(""), description="a key of Stripe's, sk_… or, better, a restricted one, rk_…"
    )
    stripe_webhook_secrets: SecretStr = Field(
        default=SecretStr(""), description="signing secrets divided by commas, such as whsec_…; each may sign"
    )
    stripe_api_base: str = Field(
        default="https://api.stripe.com",
        pattern=r"^https?://[^\s/]+$",
        description="an origin such as https://api.stripe.com; one of this machine only with ALLOW_LOOPBACK_STRIPE",
    )
    allow_loopback_stripe: bool = Field(default=False, description="true or false")
    payment_return_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+(/\S*)?)?$",
        description="the URL to which payers and vendors return from Stripe's pages",
    )
    chromium: str = Field(default="", description="the path of a Chromium, such as /usr/bin/chromium")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )

    @model_validator(mode="after")
    def _every_operation_can_be_paid_for(self) -> Self:
        if self.budget_capacity < self.largest_cost:
            raise ValueError(
                f"BUDGET_CAPACITY is less than LARGEST_COST, {self.largest_cost}: it should be at least that"
            )
        return self

    @model_validator(mode="after")
    def _stripe_is_spoken_to_in_secret(self) -> Self:
        key, base = self.stripe_secret_key.get_secret_value(), urlsplit(self.stripe_api_base)
        if key and not re.fullmatch(r"(sk|rk)_(test|live)_\w+", key):
            raise ValueError("STRIPE_SECRET_KEY is not usable: it should be a key of Stripe's, sk_… or rk_…")
        loopback = base.hostname in {"127.0.0.1", "::1", "localhost"}
        if loopback and not self.allow_loopback_stripe:
            raise ValueError("STRIPE_API_BASE is this machine: set ALLOW_LOOPBACK_STRIPE to true, in development only")
        if not loopback and base.scheme != "https":
            raise ValueError("STRIPE_API_BASE is not usable: it should begin with https://")
        return self

    @classmethod
    def load(cls, *, running: bool = True) -> Self:
        """The settings of this process; `running` also looks where a demo served from this folder keeps its own.

        Refused with ConfigurationError, one line for the first wrong variable.
        """
        try:
            return cls(_env_file=(RUNNING_FILE, ".env") if running else ".env")
        except ValidationError as error:
            raise ConfigurationError(_first_line(error)) from None

    @property
    def issuer(self) -> str:
        """The issuer of our own tokens, and the base of the URLs that are shown to people; no slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def app_url(self) -> str:
        """Where the serving role connects, as asyncpg takes it. ConfigurationError if DATABASE_URL is not set."""
        if self.database_url is None:
            raise ConfigurationError("DATABASE_URL is not set: set it, or use `make run`, which brings one")
        return self.database_url.get_secret_value()

    @property
    def batch_url(self) -> str:
        """Where set-based runs connect: BATCH_DATABASE_URL, or DATABASE_URL with `_batch` behind its user's name."""
        if self.batch_database_url is None:
            return with_user(self.app_url, f"{user_of(self.app_url)}_batch")
        return self.batch_database_url.get_secret_value()

    @property
    def owner_url(self) -> str:
        """Where migrations connect. ConfigurationError if MIGRATION_DATABASE_URL is not set."""
        if self.migration_database_url is None:
            raise ConfigurationError(
                "MIGRATION_DATABASE_URL is not set: set it to the URL of the role that owns the database"
            )
        return self.migration_database_url.get_secret_value()


def _first_line(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    if not first["loc"]:
        return str(first["msg"]).removeprefix("Value error, ")
    name = str(first["loc"][0])
    field = Settings.model_fields.get(name)
    if first["type"] == "value_error" and len(first["loc"]) == 1 and name.endswith("database_url"):
        return f"{name.upper()} {first['msg'].removeprefix('Value error, ')}"
    right = field.description if field else "something else"
    return f"{name.upper()} is not usable: it should be {right}"
