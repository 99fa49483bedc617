"""Errors that a user may see: a stable code, a translatable sentence and an HTTP status."""

from collections.abc import Mapping


class PrahoError(Exception):
    """An expected refusal. One handler turns it into a page, a fragment or JSON.

    `message` is a translated (or lazily translated) sentence for the person who asked; `fields` maps the
    name of a form field to the sentence that belongs beside it.
    """

    code = "refused"
    http_status = 400

    def __init__(self, message: object, *, fields: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields: dict[str, object] = dict(fields or {})

    def __str__(self) -> str:
        return str(self.message)


class NotFound(PrahoError):
    """The thing does not exist, or belongs to somebody else: the two must look the same."""

    code = "not_found"
    http_status = 404


class Forbidden(PrahoError):
    """The person is known but lacks the permission."""

    code = "forbidden"
    http_status = 403


class Invalid(PrahoError):
    """Input that cannot be accepted; `fields` says where."""

    code = "invalid"
    http_status = 422


class Conflict(PrahoError):
    """The state of the thing does not allow the command."""

    code = "conflict"
    http_status = 409


class TooManyRequests(PrahoError):
    """A rate limit was reached; `retry_after` is in seconds."""

    code = "too_many_requests"
    http_status = 429

    def __init__(self, message: object, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
