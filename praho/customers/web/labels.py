"""The words for kinds, states and roles, and addresses as people read them."""

from collections.abc import Mapping
from datetime import date

from babel import Locale

from praho.core.i18n import current_locale
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import counties
from praho.core.permissions import MemberRole
from praho.customers.services.checking import HOME
from praho.customers.services.erasure_requests import SOON_DAYS
from praho.customers.types import PostalAddress
from praho.models.customers import CustomerKind, CustomerState, ErasureChannel, ErasureRequest, ErasureState
from praho.ui.states import StateLabel, Tone

KINDS = {CustomerKind.COMPANY: _("Company"), CustomerKind.PERSON: _("Person")}
STATES = {
    CustomerState.ACTIVE: StateLabel(_("Active"), Tone.SUCCESS),
    CustomerState.CLOSED: StateLabel(_("Closed"), Tone.NEUTRAL),
    CustomerState.ERASED: StateLabel(_("Erased"), Tone.NEUTRAL),
}
ERASURE_STATES = {
    ErasureState.OPEN: StateLabel(_("Open"), Tone.WARNING),
    ErasureState.DONE: StateLabel(_("Carried out"), Tone.SUCCESS),
    ErasureState.REFUSED: StateLabel(_("Not granted"), Tone.NEUTRAL),
}
ERASURE_CHANNELS = {
    ErasureChannel.PORTAL: _("In the portal"),
    ErasureChannel.EMAIL: _("By e-mail"),
    ErasureChannel.LETTER: _("By letter"),
    ErasureChannel.PHONE: _("By phone"),
    ErasureChannel.IN_PERSON: _("In person"),
}
ROLES = {
    MemberRole.OWNER: _("Owner"),
    MemberRole.BILLING: _("Billing"),
    MemberRole.TECHNICAL: _("Technical"),
    MemberRole.VIEWER: _("Viewer"),
}
ROLE_NOTES = {
    MemberRole.OWNER: _("Everything, members included."),
    MemberRole.BILLING: _("Documents, payments, orders and the billing details."),
    MemberRole.TECHNICAL: _("Services and domains."),
    MemberRole.VIEWER: _("Looks on, changes nothing."),
}


def deadline_tone(request: ErasureRequest, today: date) -> Tone:
    """Return how urgent the answer to a request is on a Bucharest date."""
    if request.state is not ErasureState.OPEN:
        return Tone.NEUTRAL
    if request.due_on < today:
        return Tone.DANGER
    return Tone.WARNING if (request.due_on - today).days <= SOON_DAYS else Tone.INFO


def city(stored: str) -> str:
    """Return `Sector 3` for a sector of Bucharest, any other city as it is."""
    return counties.sector_name(stored) if stored in counties.SECTORS else stored


def address_lines(address: PostalAddress) -> list[str]:
    """Return an address as the lines of an envelope."""
    county = "" if address.county_code is None else counties.county_name(address.county_code)
    town = " ".join(part for part in (address.post_code, city(address.city)) if part)
    country = "" if address.country == HOME else Locale.parse(current_locale()).territories[address.country]
    return [line for line in (address.street, town, county, country) if line]


CHANGES: Mapping[str, object] = {
    "customer.registered": _("Became a customer"),
    "customer.changed": _("Profile changed"),
    "customer.closed": _("Closed"),
    "customer.reopened": _("Opened again"),
    "customer.erasure_requested": _("Asked to be erased"),
    "customer.erasure_refused": _("Erasure refused"),
    "customer.erased": _("Erased"),
    "customer.standing": _("Discount changed"),
    "customer.vat_standing_corrected": _("VAT standing corrected"),
    "contact.added": _("Contact added"),
    "contact.changed": _("Contact changed"),
    "contact.removed": _("Contact removed"),
    "member.invited": _("Member invited"),
    "member.invitation_sent_again": _("Invitation sent again"),
    "member.invitation_withdrawn": _("Invitation withdrawn"),
    "member.joined": _("Member joined"),
    "member.role_changed": _("Member's role changed"),
    "member.removed": _("Member removed"),
    "member.left": _("Member left"),
}
"""What the record says about a customer itself, in words."""
CHANGED_SUBJECTS = ("customer", "contact", "member", "invitation")
