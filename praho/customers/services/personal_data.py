"""What becomes of a customer that asks to be forgotten: a row with a pseudonym, which documents and orders refer to."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from praho.core import clock, text
from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import (
    Forgotten,
    Ground,
    blank,
    delete,
    keep,
    nothing,
    of_customer,
    pseudonym,
    pseudonymise,
    wiped,
)
from praho.customers.services import retention
from praho.models.customers import (
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerGroup,
    CustomerInvitation,
    CustomerMember,
    CustomerNote,
    CustomerStanding,
    CustomerState,
    ErasureRequest,
    RegistryEntry,
    VatIdCheck,
)

PROFILE = _("The profile: name, codes, address, e-mail, phone, account number")
PEOPLE = _("Contacts, members and invitations")
NOTES = _("Notes of our staff")
REQUESTS = _("The request to be erased, and this answer")
EVIDENCE = _("The evidence for VAT")


def _sort_key(whom: Forgotten) -> str:
    return text.sort_key(whom.pseudonym)


def _search(whom: Forgotten) -> str:
    return text.search_document(whom.pseudonym, whom.customer_ref)


def _erased(_whom: Forgotten) -> CustomerState:
    return CustomerState.ERASED


def invitations(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether an invitation is the customer's, or went to one of its people."""
    return or_(
        CustomerInvitation.customer_id == whom.customer_id, CustomerInvitation.email.in_(whom.addresses)
    )  # fmt: skip


def registry_entries(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether an answer of ANAF's register is about the customer's number alone."""
    return and_(_has(RegistryEntry.cui, Customer.cui, whom), ~_has_another(RegistryEntry.cui, Customer.cui, whom))


def vat_id_checks(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether an answer of VIES is about the customer's number."""
    return _has(VatIdCheck.vat_id, Customer.vat_id, whom)


def _has(asked: Any, held: Any, whom: Forgotten) -> ColumnElement[bool]:
    return select(Customer.id).where(Customer.id == whom.customer_id, held == asked).exists()


def _has_another(asked: Any, held: Any, whom: Forgotten) -> ColumnElement[bool]:
    return select(Customer.id).where(Customer.id != whom.customer_id, held == asked).exists()


def proof_until(whom: Forgotten) -> date | None:
    """Return until when a request and its answer are kept."""
    return retention.proof_until(
        session().scalar(
            select(func.max(ErasureRequest.received_on)).where(ErasureRequest.customer_id == whom.customer_id)
        )
    )


def checks_until(whom: Forgotten) -> date | None:
    """Return until when the answers of VIES are kept that documents rest on."""
    newest = session().scalar(select(func.max(VatIdCheck.answered_at)).where(vat_id_checks(whom)))
    return retention.vouchers_until(None if newest is None else clock.local_date(newest))


# The registers are asked about before the customer's own numbers go.
RULES = (
    delete(RegistryEntry, PROFILE, registry_entries),
    keep(
        VatIdCheck,
        EVIDENCE,
        vat_id_checks,
        Ground.TAX,
        columns=("vat_id", "name", "address"),
        plain=("consultation", "requester"),
        until=checks_until,
    ),
    delete(CustomerContact, PEOPLE, of_customer(CustomerContact)),
    delete(CustomerMember, PEOPLE, of_customer(CustomerMember)),
    delete(CustomerInvitation, PEOPLE, invitations),
    delete(CustomerNote, NOTES, of_customer(CustomerNote)),
    delete(CustomerStanding, NOTES, of_customer(CustomerStanding)),
    keep(
        ErasureRequest,
        REQUESTS,
        of_customer(ErasureRequest),
        Ground.PROOF,
        columns=("reason",),
        plain=("received_on", "due_on", "report"),
        until=proof_until,
    ),
    pseudonymise(
        CustomerAddress,
        PROFILE,
        of_customer(CustomerAddress),
        {"street": blank, "city": blank, "county_code": wiped, "post_code": wiped},
        plain=("country",),
    ),
    pseudonymise(
        Customer,
        PROFILE,
        of_customer(Customer),
        {
            "state": _erased,
            "name": pseudonym,
            "name_sort": _sort_key,
            "email": blank,
            "phone": wiped,
            "cui": wiped,
            "vat_id": wiped,
            "reg_com": wiped,
            "cnp_sealed": wiped,
            "iban": wiped,
            "search": _search,
        },
    ),
    *nothing(CustomerGroup),
)
