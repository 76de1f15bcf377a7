"""Finding offerings by words, despite typos: which match, and how well."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Double, Integer, Text, func, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

if TYPE_CHECKING:
    from sqlalchemy import CTE, BindParameter, ColumnElement

LONGEST_SEARCH = 200
"""Characters of a search that are looked at."""


def matches(listing: Any, words: BindParameter[str]) -> ColumnElement[bool]:  # noqa: ANN401  (a row of the listing)
    """Whether all words occur, inflected or not; a word that no listing has stands for the nearest that one has."""
    return listing.search.op("@@")(_query(words))  # type: ignore[no-any-return]


def relevance(listing: Any, words: BindParameter[str]) -> ColumnElement[float]:  # noqa: ANN401  (a row of the listing)
    """Rank a match: the weight of its words, the shorter title if they weigh the same, 1 more when it is the title."""
    # weights so low that many words in a title are told from few: at 1, any two would do
    weight = func.ts_rank(
        literal_column("'{0.05, 0.05, 0.1, 0.3}'::real[]"), listing.search, _query(words), type_=Double
    )
    shortness = literal_column("0.1", Double) / func.length(listing.title)
    is_title = (func.lower(listing.title) == func.lower(func.btrim(_bounded(words)))).cast(Integer)
    # double, for a cursor writes and reads it to the last digit
    rank = (weight + shortness + is_title).cast(Double)
    rank.info = {"nullable": False}  # type: ignore[attr-defined]  # so that a place in the order is one comparison
    return rank


def _query(words: BindParameter[str]) -> ColumnElement[Any]:
    # a sub-select is read once, not for every row
    return select(_wanted(words).c.query).scalar_subquery()


@lru_cache(maxsize=100)
def _wanted(words: BindParameter[str]) -> CTE:
    """What the words ask for, found out once in a statement, wherever that refers to it."""
    return select(func.app.catalog_query(_bounded(words), type_=TSQUERY).label("query")).cte(f"wanted_{words.key}")


def _bounded(words: BindParameter[str]) -> ColumnElement[str]:
    return func.left(words, literal_column(str(LONGEST_SEARCH)), type_=Text)
