"""Who reads, as the SELECTs of `reads.py` refer to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement


class Reader(Protocol):
    """The actor of a read: the kind of their organization is known, the ids are bound when the statement runs."""

    @property
    def kind(self) -> str:
        """ANONYMOUS, ASSOCIATION, VENDOR or OPERATOR."""

    @property
    def organization_id(self) -> ColumnElement[UUID]:
        """The organization they act for."""

    @property
    def member_id(self) -> ColumnElement[UUID]:
        """The member they are there."""
