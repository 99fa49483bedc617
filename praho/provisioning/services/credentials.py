"""The access data of a new account: chosen by us, kept encrypted, shown once and then erased."""

import json
import secrets
import string
from dataclasses import dataclass, field

from praho.audit.services import recording
from praho.core import clock, crypto
from praho.core.crypto import Place
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.models.customers import Customer
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import repos
from praho.provisioning.errors import NoSuchService, NothingToReveal

_LENGTH = 20
# Without the letters and digits that people take for one another when they type a password from a page.
_ALPHABET = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))
_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a customer needs to sign in at the panel."""

    username: str
    panel_url: str
    password: str = field(repr=False)


def new_password() -> str:
    """Return 20 random characters with a small letter, a capital one and a digit among them."""
    while True:
        password = "".join(secrets.choice(_ALPHABET) for _position in range(_LENGTH))
        if all(any(character in wanted for character in password) for wanted in _CLASSES):
            return password


def keep(row: Service, password: str) -> None:
    """Keep a password with a service, encrypted, until it was shown."""
    row.credentials = json.dumps({"password": password})


def kept(row: Service) -> str:
    """Return the password that is kept; raises NothingToReveal where it was erased."""
    if row.credentials is None:
        raise NothingToReveal(_("The access data was shown before and is not kept any more."))
    password: str = json.loads(row.credentials)["password"]
    return password


def erase(row: Service) -> None:
    """Forget the password of a service."""
    row.credentials = None


def reveal(public_id: str, customer_id: int) -> Credentials:
    """Return the access data of one of the customer's active services, once: with this the password is erased.

    For those who may (`permissions.REVEAL_CREDENTIALS`). Raises NoSuchService, and NothingToReveal where it was
    shown before, or where the account does not run yet.
    """
    with unit_of_work():
        found = repos.find(public_id)
        if found is None or found.customer_id != customer_id:
            raise NoSuchService(_("There is no such service."))
        locking.lock_one(Customer, customer_id)
        row = locking.lock_one(Service, found.id)
        assert row is not None
        if row.state is not ServiceState.ACTIVE:
            raise NothingToReveal(_("The access data is shown as soon as the service runs."))
        shown = Credentials(row.username or "", row.panel_url or "", kept(row))
        erase(row)
        row.credentials_revealed_at = clock.now()
        recording.record(
            "service.credentials.reveal",
            subject=("service", public_id),
            customer_id=customer_id,
            changes={"revealed_at": [None, row.credentials_revealed_at]},
        )
        return shown


def sealed_for_page(public_id: str, shown: Credentials) -> str:
    """Return a revealed password sealed for the way from the form to the page that shows it."""
    return crypto.ring().encrypt(shown.password, _page_of(public_id))


def opened_for_page(public_id: str, sealed: str | None) -> str | None:
    """Return the password that was sealed for this service's page; None for nothing, or for another's."""
    try:
        return crypto.ring().decrypt(sealed or "", _page_of(public_id))
    except crypto.DecryptionFailed:
        return None


def _page_of(public_id: str) -> Place:
    return Place("provisioning_service", "shown_once", public_id)
