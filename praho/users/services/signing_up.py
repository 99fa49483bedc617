"""New accounts."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.core import clock, i18n, passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.identifiers.errors import InvalidIdentifier
from praho.models.users import User
from praho.users import repos
from praho.users.errors import EmailTaken
from praho.users.services import acting, limits, mails, people
from praho.users.types import Person

LONGEST_NAME = 120
_UNIQUE_EMAIL = "uq_users_user_email"


def sign_up(*, email: str, full_name: str, password: str, locale: str, ip: str | None) -> None:
    """Make an account and mail the link that confirms its address.

    Where the address has an account, its owner is told by mail, and the caller nothing: both look the same.
    Raises Invalid with the refused fields, TooManyRequests beyond the limits.
    """
    limits.count_sign_up(ip)
    address, _name = checked(email=email, full_name=full_name, password=password)
    may_mail = limits.may_mail("sign-up", address)
    with entered(SystemScope("sign up")), unit_of_work():
        try:
            create_user(email=email, full_name=full_name, password=password, locale=locale)
        except EmailTaken:
            owner = repos.user_by_email(address)
            if owner is not None and owner.active and may_mail:
                mails.has_account_already(owner, clock.machine_now().isoformat())


def create_user(
    *,
    email: str,
    full_name: str,
    password: str = "",
    password_hash: str | None = None,
    locale: str,
    confirmed: bool = False,
    demo: bool = False,
) -> Person:
    """Make an account in the scope at hand (a system scope), mail its confirmation and return the person.

    `password_hash` stands for a password that was checked and hashed before, as checkout does between its steps.
    `confirmed` says that the person came by a link mailed to this address, which needs no confirmation then; `demo`
    that its password is known to everybody.

    Raises Invalid with the refused fields (`email`, `full_name`, `password`), EmailTaken where the address has an
    account. It may be nested in another command's unit of work, as checkout does.
    """
    if password_hash is None:
        address, name = checked(email=email, full_name=full_name, password=password)
        password_hash = passwords.hash_password(password)
    else:
        address, name = checked(email=email, full_name=full_name)
    user = User(
        email=address,
        full_name=name,
        password_hash=password_hash,
        locale=locale if locale in i18n.SUPPORTED else i18n.DEFAULT,
        email_confirmed_at=clock.now() if confirmed else None,
        demo=demo,
        created_at=clock.now(),
    )
    try:
        with unit_of_work() as session:
            if repos.user_by_email(address) is not None:
                raise _taken()
            session.add(user)
            session.flush()
            if not confirmed:
                mails.confirm_address(user)
            with acting.as_user(user):
                recording.record("user.signed_up", subject=("user", user.public_id))
            return people.frozen(user)
    except IntegrityError as error:
        if _UNIQUE_EMAIL in str(error.orig):
            raise _taken() from error
        raise


def _taken() -> EmailTaken:
    message = _("There is an account under this address. Sign in with it, or set a new password.")
    return EmailTaken(message, fields={"email": message})


def require_unknown(email: str) -> None:
    """Raise EmailTaken where the address has an account; the caller counts who asks."""
    with entered(SystemScope("sign up")):
        if repos.user_by_email(email_address.as_stored(email)) is not None:
            raise _taken()


def checked(*, email: str, full_name: str, password: str | None = None) -> tuple[str, str]:
    """Return the normalised address and name; raise Invalid naming every field that is refused.

    `password` None is not judged: it was before.
    """
    refused: dict[str, object] = {}
    address = _parsed("email", lambda: email_address.parse(email), refused)
    name = " ".join(full_name.split())
    if not name:
        refused["full_name"] = _("Tell us your name.")
    elif len(name) > LONGEST_NAME:
        refused["full_name"] = _("This name is too long.")
    if password is not None:
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
