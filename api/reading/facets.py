"""Facets: how often each value occurs, counted under all filters but the one it stands for."""

from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField
from sqlalchemy import JSON, BigInteger, Text, func, literal_column, select
from strawberry.utils.str_converters import to_camel_case

from api.reading.schema_types import named_object
from api.reading.sql import JsonObject, Sql, json_list, name_literal
from api.reading.tally import COUNT, Tally

if TYPE_CHECKING:
    from api.reading.compile import Compiler


def compile_facets(compiler: "Compiler", tally: Tally, declared: GraphQLField, nodes: list[FieldNode]) -> Sql:
    """One facet for each value that was declared, in that order."""
    facet_type = named_object(declared.type)
    value_type = named_object(facet_type.fields["values"].type)
    selected = compiler.operation.fields(facet_type, nodes)
    listed = []
    for name in tally.facets.by:
        parts: dict[str, Sql] = {}
        for key, same in selected.items():
            match same[0].name.value:
                case "field":
                    parts[key] = name_literal(to_camel_case(name))
                case "values":
                    counted, alias = tally.values(name).subquery(compiler.alias()), compiler.alias()
                    value = counted.c.value.cast(Text)
                    count = func.sum(literal_column(f"{counted.name}.{COUNT.name}")).cast(BigInteger)
                    counts = select(value.label("value"), count.label("count")).where(value.is_not(None))
                    shown = {
                        "value": literal_column(f"{alias}.value", Text()),
                        "count": literal_column(f"{alias}.count"),
                        "__typename": name_literal(value_type.name),
                    }
                    item = JsonObject(
                        {
                            inner: shown[asked[0].name.value]
                            for inner, asked in compiler.operation.fields(value_type, same).items()
                        }
                    )
                    ordered = json_list(item, [shown["count"].desc(), shown["value"]])
                    grouped = counts.select_from(counted).group_by(value).subquery(alias)
                    parts[key] = select(ordered).select_from(grouped).scalar_subquery()
                case _:
                    parts[key] = name_literal(facet_type.name)
        listed.append(JsonObject(parts))
    return func.json_build_array(*listed, type_=JSON())
