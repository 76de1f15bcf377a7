"""What makes a reading request wrong: errors of the whole request, told apart by `extensions.code`."""

from collections.abc import Sequence

from graphql import GraphQLError


class RequestError(GraphQLError):
    """A request that cannot be answered as it stands; `code` is stable, the message is for people."""

    code = "BAD_REQUEST"

    def __init__(self, message: str) -> None:
        """Carry the subclass's code in `extensions`."""
        super().__init__(message, extensions={"code": self.code})


class InvalidDocumentError(Exception):
    """A text that is no document of this schema; `errors` say why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        """Carry what parsing or validating it found."""
        super().__init__("the document is not valid")
        self.errors = errors


class BadUserInputError(RequestError):
    """Variables that do not fit their declared types."""

    code = "BAD_USER_INPUT"


class InvalidIdError(RequestError):
    """An id that is malformed, or well formed but of another type."""

    code = "INVALID_ID"


class InvalidCursorError(RequestError):
    """A cursor that was made up, or belongs to another order."""

    code = "INVALID_CURSOR"


class InvalidPageError(RequestError):
    """A page of zero or fewer items, or one asked for from both ends."""

    code = "INVALID_PAGE"


class PageTooLargeError(RequestError):
    """A page, or a list of ids, longer than 100."""

    code = "PAGE_TOO_LARGE"


class DeclarationError(Exception):
    """A declaration that does not fit its rows; raised when the application is created, never by a request."""
