"""Changing who a customer is. Documents issued before keep what they have."""

from praho.audit.services import recording
from praho.core import events
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.customers import repos
from praho.customers.events import CustomerProfileChanged
from praho.customers.services import checking, finding, registering
from praho.customers.types import CheckedCustomer, CustomerInput
from praho.models.customers import Customer, CustomerAddress, CustomerKind, CustomerState

_FIELDS = ("kind", "name", "email", "phone", "cui", "vat_payer", "vat_id", "reg_com", "iban", "locale")
_ADDRESS_FIELDS = ("street", "city", "county_code", "post_code", "country")


def change(customer_id: int, typed: CustomerInput, *, forget_cnp: bool = False) -> None:
    """Change a customer whose pages the caller may see; raise Invalid with the refused fields.

    A personal code is kept where none was typed; `forget_cnp` removes it, and so does becoming a company.
    """
    checked = checking.checked(typed)
    with entered(SystemScope("change a customer")), unit_of_work():
        customer = lock(customer_id)
        address = repos.billing_address(customer_id)
        before = _facts(customer, address)
        for field in _FIELDS:
            setattr(customer, field, getattr(checked, field))
        _set_cnp(customer, checked, forget_cnp)
        _set_address(customer, address, checked)
        finding.refresh(customer)
        changes = recording.changed(before, _facts(customer, repos.billing_address(customer_id)))
        if not changes:
            return
        recording.record(
            "customer.changed", subject=("customer", customer.public_id), customer_id=customer.id, changes=changes
        )
        events.publish(CustomerProfileChanged(customer.id, customer.public_id))


def lock(customer_id: int) -> Customer:
    """Lock a customer and return it as it is now; raise NotFound, Conflict for an erased one. Needs a unit of work."""
    customer = locking.lock_one(Customer, customer_id)
    if customer is None:
        raise NotFound(_("There is no such customer."))
    if customer.state is CustomerState.ERASED:
        raise Conflict(_("This customer has been erased."))
    return customer


def _facts(customer: Customer, address: CustomerAddress | None) -> dict[str, object]:
    facts: dict[str, object] = {field: getattr(customer, field) for field in _FIELDS}
    # The ciphertext differs at every writing; the code itself is what changed or did not.
    facts["cnp"] = customer.cnp
    if address is not None:
        facts |= {field: getattr(address, field) for field in _ADDRESS_FIELDS}
    return facts


def _set_cnp(customer: Customer, checked: CheckedCustomer, forget: bool) -> None:
    if checked.kind is CustomerKind.COMPANY or forget:
        customer.cnp = None
    elif checked.cnp is not None and checked.cnp != customer.cnp:
        customer.cnp = checked.cnp


def _set_address(customer: Customer, address: CustomerAddress | None, checked: CheckedCustomer) -> None:
    if address is None:
        require_unit_of_work().session.add(registering.billing_address(customer.id, checked))
        return
    for field in _ADDRESS_FIELDS:
        setattr(address, field, getattr(checked.address, field))
