"""New accounts."""

from collections.abc import Callable

from praho.core import clock, i18n, passwords
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.identifiers.errors import InvalidIdentifier
from praho.models.users import User
from praho.users import repos
from praho.users.errors import EmailTaken
from praho.users.services import people
from praho.users.types import Person

LONGEST_NAME = 120


def create_user(*, email: str, full_name: str, password: str, locale: str) -> Person:
    """Make an account in the scope at hand (a system scope) and return the person.

    Raises Invalid with the refused fields (`email`, `full_name`, `password`), EmailTaken where the address has an
    account. It may be nested in another command's unit of work, as checkout does.
    """
    address, name = checked(email=email, full_name=full_name, password=password)
    hashed = passwords.hash_password(password)
    with unit_of_work() as session:
        if repos.user_by_email(address) is not None:
            message = _("There is an account under this address. Sign in with it, or set a new password.")
            raise EmailTaken(message, fields={"email": message})
        user = User(
            email=address,
            full_name=name,
            password_hash=hashed,
            locale=locale if locale in i18n.SUPPORTED else i18n.DEFAULT,
            created_at=clock.now(),
        )
        session.add(user)
        session.flush()
        return people.frozen(user)


def checked(*, email: str, full_name: str, password: str) -> tuple[str, str]:
    """Return the normalised address and name; raise Invalid naming every field that is refused."""
    refused: dict[str, object] = {}
    address = _parsed("email", lambda: email_address.parse(email), refused)
    name = " ".join(full_name.split())
    if not name:
        refused["full_name"] = _("Tell us your name.")
    elif len(name) > LONGEST_NAME:
        refused["full_name"] = _("This name is too long.")
    _parsed("password", lambda: passwords.check_strength(password, address or ""), refused)
    if refused or address is None:
        raise Invalid(_("Please correct the marked fields."), fields=refused)
    return address, name


def _parsed(field: str, parse: Callable[[], str | None], refused: dict[str, object]) -> str | None:
    try:
        return parse()
    except (InvalidIdentifier, passwords.WeakPassword) as error:
        refused[field] = error.message
        return None
