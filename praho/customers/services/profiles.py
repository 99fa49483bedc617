"""A customer as its documents print it."""

from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.customers import repos
from praho.customers.types import BillingProfile, CheckedCustomer, PostalAddress
from praho.models.customers import Customer, CustomerAddress


def billing_profile(customer_id: int, *, with_cnp: bool = False) -> BillingProfile:
    """Return the customer's billing facts as they are now, in the scope at hand. One query.

    `with_cnp` also decrypts the personal code, which reaches the XML of e-Factura and nothing else. Raises
    NotFound where the scope has no such customer.
    """
    found = repos.with_billing_address(customer_id)
    if found is None:
        raise NotFound(_("There is no such customer."))
    return _frozen(*found, with_cnp)


def of_checked(checked: CheckedCustomer) -> BillingProfile:
    """Return the same facts of a buyer who is not stored yet."""
    return BillingProfile(
        customer_id=0,
        public_id="",
        kind=checked.kind,
        name=checked.name,
        email=checked.email,
        phone=checked.phone,
        cui=checked.cui,
        vat_payer=checked.vat_payer,
        vat_id=checked.vat_id,
        reg_com=checked.reg_com,
        address=checked.address,
        locale=checked.locale,
        currency="RON",
        iban=checked.iban,
    )


def _frozen(customer: Customer, address: CustomerAddress, with_cnp: bool) -> BillingProfile:
    return BillingProfile(
        customer_id=customer.id,
        public_id=customer.public_id,
        kind=customer.kind,
        name=customer.name,
        email=customer.email,
        phone=customer.phone,
        cui=customer.cui,
        vat_payer=customer.vat_payer,
        vat_id=customer.vat_id,
        reg_com=customer.reg_com,
        address=PostalAddress(address.street, address.city, address.county_code, address.post_code, address.country),
        locale=customer.locale,
        currency=customer.currency,
        iban=customer.iban,
        cnp=customer.cnp if with_cnp else None,
    )
