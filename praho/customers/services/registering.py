"""New customers, by sign-up, by checkout or by staff."""

from praho.audit.services import recording
from praho.core import clock, events, text
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.core.permissions import MemberRole
from praho.core.tallies import keeping
from praho.customers.events import CustomerRegistered
from praho.customers.services import checking, finding
from praho.customers.types import REGISTERED, CheckedCustomer, CustomerInput, NewCustomer
from praho.models.customers import AddressKind, Customer, CustomerAddress, CustomerMember


def register(typed: CustomerInput, *, owner_id: int | None) -> NewCustomer:
    """Make a customer, owned by the user `owner_id` where one is given, in the scope at hand.

    The scope is a system or a staff scope; the command may be nested in another one's unit of work, as checkout
    does. Raises Invalid with the refused fields.
    """
    checked = checking.checked(typed)
    with unit_of_work() as session:
        customer = _customer(checked)
        session.add(customer)
        session.flush()
        session.add(billing_address(customer.id, checked))
        if owner_id is not None:
            session.add(
                CustomerMember(customer_id=customer.id, user_id=owner_id, role=MemberRole.OWNER, created_at=clock.now())
            )
        finding.refresh(customer)
        keeping.add(REGISTERED, clock.today())
        recording.record(
            "customer.registered",
            subject=("customer", customer.public_id),
            customer_id=customer.id,
            changes={"kind": [None, customer.kind], "name": [None, customer.name], "cui": [None, customer.cui]},
        )
        events.publish(CustomerRegistered(customer.id, customer.public_id, owner_id))
        return NewCustomer(customer.id, customer.public_id)


def billing_address(customer_id: int, checked: CheckedCustomer) -> CustomerAddress:
    """Return the row of the address that documents go to."""
    return CustomerAddress(
        customer_id=customer_id,
        kind=AddressKind.BILLING,
        street=checked.address.street,
        city=checked.address.city,
        county_code=checked.address.county_code,
        post_code=checked.address.post_code,
        country=checked.address.country,
    )


def _customer(checked: CheckedCustomer) -> Customer:
    customer = Customer(
        public_id=new_public_id("cus"),
        kind=checked.kind,
        name=checked.name,
        name_sort=text.sort_key(checked.name),
        email=checked.email,
        phone=checked.phone,
        cui=checked.cui,
        vat_payer=checked.vat_payer,
        vat_id=checked.vat_id,
        reg_com=checked.reg_com,
        iban=checked.iban,
        locale=checked.locale,
        search="",
        created_at=clock.now(),
    )
    customer.cnp = checked.cnp
    return customer
