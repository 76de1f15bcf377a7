"""Finding offerings by words, despite typos: which match, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import REAL, Integer, Text, func, literal_column, or_, select

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

LONGEST_SEARCH = 200
"""Characters of a search that are looked at."""


def matches(listing: Any, words: ColumnElement[str]) -> ColumnElement[bool]:  # noqa: ANN401  (a row of the listing)
    """Whether all words occur, inflected or not, or the title and the vendor's name nearly say the same.

    Both halves are index conditions, `@@` and the trigram operator, on the same table.
    """
    return or_(listing.search.op("@@")(_query(words)), listing.names.op("%>")(_bounded(words)))


def relevance(listing: Any, words: ColumnElement[str]) -> ColumnElement[float]:  # noqa: ANN401  (a row of the listing)
    """Rank a match from 0 to 3: the weight of its words, the nearness of its title, 1 more when it is the title."""
    wanted = _bounded(words)
    is_title = (func.lower(listing.title) == func.lower(func.btrim(wanted))).cast(Integer)
    weight = func.ts_rank(listing.search, _query(words), type_=REAL)
    return (weight + func.similarity(listing.title, wanted, type_=REAL) + is_title).cast(REAL)


def _query(words: ColumnElement[str]) -> ColumnElement[Any]:
    # a sub-select is read once, not for every row
    return select(func.app.search_query(_bounded(words))).scalar_subquery()


def _bounded(words: ColumnElement[str]) -> ColumnElement[str]:
    return func.left(words, literal_column(str(LONGEST_SEARCH)), type_=Text)
