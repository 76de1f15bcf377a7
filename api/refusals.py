"""How a refusal looks to a client: the field, the message, and a code to switch on."""

import inspect
import pkgutil
from enum import Enum
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import strawberry

import core
import services
from api.reading import column, value
from core.errors import DomainError, Refusals


def _import_all(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _refusals(of: type[DomainError] = DomainError) -> list[type[DomainError]]:
    return [found for direct in of.__subclasses__() for found in (direct, *_refusals(direct))]


def _first_sentence(refusal: type[DomainError]) -> str:
    return " ".join(inspect.cleandoc(refusal.__doc__ or "").split("\n\n")[0].split())


def _codes() -> dict[str, Any]:
    # every refusal there is must be defined before the enum of their codes is made
    _import_all(core)
    _import_all(services)
    described = {refusal.code(): _first_sentence(refusal) for refusal in _refusals()}
    return {code: strawberry.enum_value(code, description=described[code]) for code in sorted(described)}


if TYPE_CHECKING:
    UserErrorCode = str
else:
    UserErrorCode = strawberry.enum(
        Enum("UserErrorCode", _codes()), description="Why a mutation was refused; clients switch on it."
    )


@value
class UserError:
    """One reason why a mutation was refused. Nothing was changed."""

    field: str | None = column(
        "The field at fault, as a dotted path below `input`; null when it is none in particular."
    )
    message: str = column("What is wrong and what would be right, for people.")
    code: UserErrorCode = column("The same in a word, for programs.")


def user_errors(refused: DomainError | Refusals) -> list[UserError]:
    """Tell each refusal on its own."""
    errors = refused.errors if isinstance(refused, Refusals) else (refused,)
    codes: Any = UserErrorCode
    return [UserError(field=error.field, message=error.message, code=codes[error.code()]) for error in errors]
