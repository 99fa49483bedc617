"""Refusals of the users domain."""

from praho.core.errors import Conflict, Forbidden, Invalid


class EmailTaken(Conflict):
    """Somebody has an account under this address already."""

    code = "users.email_taken"


class WrongCredentials(Invalid):
    """The address and the password do not belong together, or there is no such account: the two look the same."""

    code = "users.wrong_credentials"


class DemoRefused(Forbidden):
    """A login of the demonstration was tried from another machine, or in production."""

    code = "users.demo_refused"


class WrongPassword(Invalid):
    """The present password, asked for again, is not right."""

    code = "users.wrong_password"


class WrongCode(Invalid):
    """The one-time code or the recovery code is not right, or was used before."""

    code = "users.wrong_code"


class LinkExpired(Conflict):
    """A mailed link is unknown, used or too old: the three look the same."""

    code = "users.link_expired"
    http_status = 410


class LastAdmin(Conflict):
    """The command would leave nobody who may administer."""

    code = "users.last_admin"


class NotYourself(Forbidden):
    """Nobody changes their own role or shuts their own account."""

    code = "users.not_yourself"
