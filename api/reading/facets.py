"""Facets: how often each value occurs, counted under all filters but the one it stands for."""

from graphql import FieldNode, GraphQLField
from sqlalchemy import JSON, Text, func, literal_column, select
from strawberry.utils.str_converters import to_camel_case

from api.reading.fields import Facets
from api.reading.pager import Pager
from api.reading.relations import call
from api.reading.schema_types import named_object
from api.reading.sql import JsonObject, Sql, json_list, name_literal


def compile_facets(pager: Pager, facets: Facets, declared: GraphQLField, nodes: list[FieldNode]) -> Sql:
    """One facet for each value that was declared, in that order."""
    compiler = pager.compiler
    facet_type = named_object(declared.type)
    value_type = named_object(facet_type.fields["values"].type)
    selected = compiler.operation.fields(facet_type, nodes)
    listed = []
    for name, by in facets.by.items():
        parts: dict[str, Sql] = {}
        for key, same in selected.items():
            match same[0].name.value:
                case "field":
                    parts[key] = name_literal(to_camel_case(name))
                case "values":
                    rows = pager.rows(ignoring=name)
                    every = rows.select(call(by, rows.row, compiler.reader).label("value"))
                    counted, alias = every.subquery(compiler.alias()), compiler.alias()
                    value = counted.c.value.cast(Text)
                    counts = select(value.label("value"), func.count().label("count")).where(value.is_not(None))
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
