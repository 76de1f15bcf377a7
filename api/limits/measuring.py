"""What a document that was parsed asks for, found out before anything is done about it."""

from collections.abc import Mapping

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from api.limits.costs import Cost, too_large
from api.limits.extents import check_extent, fragments_of
from api.limits.limits import Limits
from api.limits.pricing import Pricing
from api.limits.repeats import check_repeats


def measure(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> Mapping[str, Cost]:
    """The cost of each operation of a document by its name, that of the one without a name by "".

    The document need not be valid, and is to be validated afterwards: that takes long for what is refused here.
    Refused with a RequestError that names the limit: TOO_DEEP, TOO_MANY_FIELDS, TOO_MANY_ALIASES, TOO_MANY_REPEATS,
    TOO_MANY_ROOT_FIELDS, TOO_MANY_EDGES, and COST_TOO_LARGE if it is too large whatever its variables are.
    A circle of fragments is refused as validation would, with GRAPHQL_VALIDATION_FAILED.
    """
    fragments = fragments_of(document)
    check_extent(document, fragments, limits)
    check_repeats(document, fragments, limits)
    costs: dict[str, Cost] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            cost = Pricing(schema, fragments, limits).operation(node)
            if cost.least > limits.largest_cost:
                raise too_large(cost.least, limits)
            costs[node.name.value if node.name else ""] = cost
    return costs
