"""What is refused before any work is done, told apart by `extensions.code`."""

import math

from api.reading.errors import RequestError


class TooDeepError(RequestError):
    """Fields nested deeper than the limit."""

    code = "TOO_DEEP"


class TooManyAliasesError(RequestError):
    """More aliases than the limit, fragments opened."""

    code = "TOO_MANY_ALIASES"


class TooManyRootFieldsError(RequestError):
    """More fields of Query or Mutation than the limit."""

    code = "TOO_MANY_ROOT_FIELDS"


class TooManyFieldsError(RequestError):
    """More fields and fragments than the limit, fragments opened."""

    code = "TOO_MANY_FIELDS"


class TooManyEdgesError(RequestError):
    """More fields that lead to other objects than the limit."""

    code = "TOO_MANY_EDGES"


class TooManyRepeatsError(RequestError):
    """The same asked for in the same place too often."""

    code = "TOO_MANY_REPEATS"


class FragmentCycleError(RequestError):
    """A fragment that spreads itself; what GraphQL's own rule would say, before anything walks in circles."""

    code = "GRAPHQL_VALIDATION_FAILED"


class CostTooLargeError(RequestError):
    """An operation that costs more than one may; waiting does not help."""

    code = "COST_TOO_LARGE"


class BudgetSpentError(RequestError):
    """Too much was asked for lately; the same request will be answered after `retry_after` seconds. Status 429."""

    code = "BUDGET_SPENT"

    def __init__(self, wait_seconds: float) -> None:
        """Say how long to wait, in whole seconds as `Retry-After` has them."""
        self.retry_after = max(1, math.ceil(wait_seconds))
        super().__init__(f"You asked for a lot in a short time; ask again in {self.retry_after} s.")
