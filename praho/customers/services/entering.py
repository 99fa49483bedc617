"""Entering a new customer by its own form: in the account pages, and in the admin."""

from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Forbidden
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.permissions import MemberRole
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.customers.services import changing, checking, inviting, registering
from praho.customers.types import CustomerInput


def register_own(typed: CustomerInput, *, form_token: str) -> str:
    """Make a customer of whoever is signed in, its owner; return its public id. Once for each form.

    Raises Invalid with the refused fields, Forbidden for a visitor.
    """
    owner_id = current_principal().user_id
    if owner_id is None:
        raise Forbidden(_("Please sign in first."))
    with entered(SystemScope("become a customer")), unit_of_work():
        return form_tokens.once(
            form_token, "customers.register", lambda: registering.register(typed, owner_id=owner_id).public_id
        )


def register_by_staff(typed: CustomerInput, *, owner_email: str, form_token: str) -> str:
    """Enter a customer, and invite its owner where an address is given; return its public id. Once for each form.

    Raises Invalid with the refused fields (`owner_email` among them).
    """
    refused = checking.Refusals()
    address = refused.optional("owner_email", email_address.parse, owner_email)
    refused.end()

    def enter() -> str:
        made = registering.register(typed, owner_id=None)
        if address is not None:
            inviting.invite_to(changing.lock(made.id), address, MemberRole.OWNER)
        return made.public_id

    with unit_of_work():
        return form_tokens.once(form_token, "customers.register_by_staff", enter)
