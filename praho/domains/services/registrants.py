"""Who the registry is told that a domain belongs to: a snapshot of the customer's billing profile."""

import dataclasses
import json

from praho.core.i18n import gettext as _
from praho.customers.types import BillingProfile
from praho.domains.errors import RegistrantIncomplete
from praho.models.customers import CustomerKind
from praho.models.domains import DomainName
from praho.sdk.dto import Address, Contact, PersonKind

_SECTOR = "SECTOR"


def contact_of(profile: BillingProfile) -> Contact:
    """Return a customer as registries need to know it; a personal code goes along only where the profile has it."""
    company = profile.kind is CustomerKind.COMPANY
    identifier = (profile.cui or profile.vat_id or "") if company else (profile.cnp or "")
    return Contact(
        kind=PersonKind.COMPANY if company else PersonKind.PERSON,
        name=profile.name,
        organisation=profile.name if company else "",
        email=profile.email,
        phone=profile.phone or "",
        address=_address(profile),
        identifier=identifier,
        registration_number=profile.reg_com or "",
    )


def check(contact: Contact, suffix: str) -> None:
    """Raise RegistrantIncomplete where a registry of this suffix would not accept the contact.

    Under .ro a Romanian company is registered with its tax number (RoTLD's registration form); a person's code is
    asked for by the registrars that want it, not by us.
    """
    needed = {
        "name": contact.name,
        "email": contact.email,
        "street": contact.address.street,
        "city": contact.address.city,
        "country": contact.address.country_code,
    }
    romanian = contact.address.country_code == "RO" and suffix.rpartition(".")[2] == "ro"
    if romanian and contact.kind is PersonKind.COMPANY:
        needed["cui"] = contact.identifier
    missing = {name: _("The registry asks for this.") for name, value in needed.items() if not value}
    if missing:
        raise RegistrantIncomplete(_("The registrant's data is not complete."), fields=missing)


def to_json(contact: Contact) -> str:
    """Return the contact as text to keep; `of` reads it."""
    return json.dumps(dataclasses.asdict(contact), ensure_ascii=False, sort_keys=True)


def of(row: DomainName) -> Contact:
    """Return the registrant of a domain, as the registry was told."""
    assert row.registrant is not None
    values = json.loads(row.registrant)
    return Contact(**{**values, "kind": PersonKind(values["kind"]), "address": Address(**values["address"])})


def _address(profile: BillingProfile) -> Address:
    address = profile.address
    street, city = address.street, address.city
    if address.country == "RO" and city.startswith(_SECTOR):
        # e-Factura's code for a sector of Bucharest is no place name that a registry would know.
        street, city = f"{street}, sector {city.removeprefix(_SECTOR)}", "București"
    return Address(
        street=street,
        city=city,
        county_code=(address.county_code or "").removeprefix("RO-"),
        postal_code=address.post_code or "",
        country_code=address.country,
    )
