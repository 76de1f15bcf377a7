"""PostgreSQL 18 out of a wheel, for a machine that has none: the demo, `make run` and the tests."""

from core.embedded.place import EmbeddedPostgresError
from core.embedded.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError"]
