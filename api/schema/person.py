"""People as rows keep them: as they were when they acted."""

from typing import Any

from sqlalchemy import Select, select

from api.reading import column, value


@value
class Person:
    """A person as they were when they acted; they may have another name, or be gone, since."""

    name: str = column("Their name then; Chapterhouse itself when a rule acted and no person.")
    email: str = column("Their e-mail address then; empty for a rule.")
    organization_name: str = column("The organization they acted for.")


def person(row: Any, *, prefix: str = "") -> Select[Any]:
    """The person whose name, e-mail and organization a row keeps in columns that begin with `prefix`."""
    names = ("name", "email", "organization_name")
    return select(*(getattr(row, prefix + name).label(name) for name in names))
