"""What an operation costs, kept as a sum that is quick to work out once its variables are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Protocol

from api.limits.errors import CostTooLargeError
from api.limits.limits import Limits
from api.reading.pages import DEFAULT_PAGE, LARGEST_PAGE

MOST = 1_000_000_000
"""Larger costs are told as this one: they are refused anyhow, and clients read numbers of 32 bits."""


class Factor(Protocol):
    """How many objects a list has, when variables say so."""

    def of(self, variables: Mapping[str, Any]) -> int:
        """From 1 to 100: anything beyond is refused when it is bound."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page, by the variables given to `first` and `last`."""

    names: tuple[str, ...]

    def of(self, variables: Mapping[str, Any]) -> int:
        """The one that is given and not null, the default where none is; both at once are refused later."""
        for name in self.names:
            if (size := variables.get(name)) is not None:
                return page_size(size)
        return DEFAULT_PAGE


@dataclass(frozen=True, slots=True)
class ListLength:
    """The length of a list that is a variable."""

    name: str

    def of(self, variables: Mapping[str, Any]) -> int:
        """One for a value that is no list: GraphQL makes a list of it."""
        items = variables.get(self.name)
        return list_length(len(items)) if isinstance(items, list) else 1


def page_size(asked: object) -> int:
    """What a page of this size costs at most; whatever is no size is refused when it is bound."""
    return min(max(asked, 1), LARGEST_PAGE) if isinstance(asked, int) else LARGEST_PAGE


def list_length(items: int) -> int:
    """What a list of this length costs at most."""
    return min(max(items, 1), LARGEST_PAGE)


@dataclass(frozen=True, slots=True)
class Cost:
    """A number of objects: a constant, and products of a number with the sizes that variables decide.

    Only lists of introspection have a length on average, and no variable decides theirs.
    """

    constant: int | Fraction = 0
    products: tuple[tuple[int | Fraction, tuple[Factor, ...]], ...] = ()

    def __add__(self, other: "Cost | int") -> "Cost":
        if isinstance(other, int):
            return Cost(self.constant + other, self.products)
        if not other.products:
            return Cost(self.constant + other.constant, self.products)
        sums = {factors: number for number, factors in self.products}
        for number, factors in other.products:
            sums[factors] = sums.get(factors, 0) + number
        return Cost(self.constant + other.constant, tuple((number, factors) for factors, number in sums.items()))

    def __mul__(self, times: "Factor | int | Fraction") -> "Cost":
        if isinstance(times, int | Fraction):
            return Cost(self.constant * times, tuple((number * times, factors) for number, factors in self.products))
        products = tuple((number, (times, *factors)) for number, factors in self.products)
        return Cost(0, ((self.constant, (times,)), *products) if self.constant else products)

    def of(self, variables: Mapping[str, Any]) -> int:
        """The cost with these variables, coerced and with their defaults; at most `MOST`."""
        total = self.constant
        for number, factors in self.products:
            product = number
            for factor in factors:
                product *= factor.of(variables)
            total += product
        return min(ceil(total), MOST)

    @property
    def least(self) -> int:
        """What it costs at the very least, whatever the variables are."""
        return min(ceil(self.constant + sum(number for number, _ in self.products)), MOST)


def charge(cost: Cost, variables: Mapping[str, Any], limits: Limits) -> int:
    """What is to be taken from the budget for an operation; CostTooLargeError when no budget would pay for it."""
    asked = cost.of(variables)
    if asked > limits.largest_cost:
        raise too_large(asked, limits)
    return asked


def too_large(asked: int, limits: Limits) -> CostTooLargeError:
    """The refusal of an operation that costs more than one may."""
    return CostTooLargeError(
        f"The operation may answer with {asked} objects; at most {limits.largest_cost} are allowed. "
        f"Ask for shorter pages, or for fewer lists inside each other."
    )
