"""Limits before any work is done: how large a document may be, what an operation costs, and who has how much left.

`measure` a document once when it is parsed, `charge` each request with its variables, `take` that from the budget of
whoever asks, and `told` it in `extensions.cost`.
"""

from api.limits.budgets import Budgets, MemoryBudgets, PostgresBudgets, Taken, address_of, owner_of, told
from api.limits.costs import Cost, charge
from api.limits.errors import BudgetSpentError
from api.limits.limits import Limits
from api.limits.measuring import measure

__all__ = [
    "BudgetSpentError",
    "Budgets",
    "Cost",
    "Limits",
    "MemoryBudgets",
    "PostgresBudgets",
    "Taken",
    "address_of",
    "charge",
    "measure",
    "owner_of",
    "told",
]
