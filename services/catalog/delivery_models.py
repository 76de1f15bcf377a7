"""How near an offering's delivery is to its buyer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Text, any_, case, column, false, func, literal, null, select, table
from sqlalchemy.dialects.postgresql import array
from sqlmodel import col

from services.identity.models import Organization

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.reader import Reader


class Nearness(StrEnum):
    """Where work is done, as its buyer sees it; the nearest first."""

    ONSHORE = "ONSHORE"
    NEARSHORE = "NEARSHORE"
    OFFSHORE = "OFFSHORE"


_COUNTRY = table("country", column("code", Text), column("continent_code", Text))


def delivery_models(countries: Any, reader: Reader) -> ColumnElement[Any]:  # noqa: ANN401  (a text[] of any relation)
    """Name the models in which the reader's association is served from these countries; null without a buyer."""
    if reader.kind != "ASSOCIATION":
        return null().cast(ARRAY(Text))
    models: array[Any] = array(
        [
            case((countries.op("&&")(_countries_of([model], reader)), literal(model.value, Text())))
            for model in Nearness
        ],
        type_=Text(),
    )
    return func.array_remove(models, null(), type_=ARRAY(Text))


def delivered_by(countries: Any, models: ColumnElement[Any], reader: Reader) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether one of these countries serves the reader's association in one of the models; never without a buyer."""
    if reader.kind != "ASSOCIATION":
        return false()
    overlaps: ColumnElement[bool] = countries.op("&&")(_countries_of(models, reader))
    return overlaps


def _countries_of(models: ColumnElement[Any] | list[Nearness], reader: Reader) -> ColumnElement[Any]:
    """Select the countries that are near or far in one of these ways; independent of any row, so read once."""
    country, home = _COUNTRY.alias("country"), _COUNTRY.alias("home")
    wanted = literal([model.value for model in models], ARRAY(Text)) if isinstance(models, list) else models
    model = case(
        (country.c.code == home.c.code, Nearness.ONSHORE.value),
        (country.c.continent_code == home.c.continent_code, Nearness.NEARSHORE.value),
        else_=Nearness.OFFSHORE.value,
    )
    return (
        select(func.array_agg(country.c.code, type_=ARRAY(Text)))
        .select_from(country)
        .join(Organization, col(Organization.id) == reader.organization_id)
        .join(home, home.c.code == col(Organization.country_code))
        .where(model == any_(wanted))
        .scalar_subquery()
    )
