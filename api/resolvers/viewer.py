"""Queries about who asks."""

import strawberry

from api.reading import Reader, Rows, query
from api.schema.viewer import Viewer
from services.identity import reads


@strawberry.type
class ViewerQueries:
    """Who asks."""

    @query
    def viewer(self, reader: Reader) -> Rows[Viewer | None]:
        """Who you are, for which organization, with which roles and grants; null without a token, or as no member."""
        return reads.viewer(reader)
