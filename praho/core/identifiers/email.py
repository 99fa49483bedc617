"""E-mail addresses, stored in lower case."""

from email_validator import EmailNotValidError, validate_email

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, normal

MAX_LENGTH = 254
"""RFC 5321 allows no longer path."""


class InvalidEmail(InvalidIdentifier):
    """Not an address that mail can be sent to."""


def parse(text: str) -> str:
    """Return the address in lower case, its domain in the form of the DNS; raise `InvalidEmail`.

    Only the form is checked. The part before the @ is compared without case: RFC 5321 allows two mailboxes that
    differ in nothing else, and nobody has them. It must be ASCII: few servers take any other (RFC 6531).
    """
    typed = normal(text)
    if len(typed) > MAX_LENGTH:
        raise InvalidEmail("email.format", _("This is not an e-mail address."))
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise InvalidEmail("email.format", _("This is not an e-mail address.")) from None
    return f"{found.local_part}@{found.ascii_domain}".lower()


def as_stored(text: str) -> str:
    """Return an address as `parse` does, and what is no address in lower case: for looking somebody up."""
    try:
        return parse(text)
    except InvalidEmail:
        return normal(text).lower()
