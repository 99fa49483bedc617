"""Between the steps of the checkout: what a draft says about the account and the buyer."""

from praho.core.i18n import current_locale
from praho.core.principal import current_principal
from praho.customers.types import CustomerInput, Membership
from praho.models.customers import CustomerKind
from praho.orders.services import checking_out
from praho.orders.services.drafting import Draft
from praho.orders.web import prices
from praho.orders.web.forms import NEW_CUSTOMER, DetailsForm


def chosen_customer(buyer: str | CustomerInput, own: list[Membership]) -> int | None:
    """Return which of the own customers buys, by its inner id; None for a new one."""
    return next((one.customer_id for one in own if one.customer_public_id == buyer), None)


def form_of(draft: Draft, own: list[Membership]) -> DetailsForm:
    """Return the first step's form as it is sent now, or else as it was typed before."""
    person, company = CustomerKind.PERSON.value, CustomerKind.COMPANY.value
    first = {
        "kind": person if prices.wants_gross() else company,
        "buyer": own[0].customer_public_id if own else NEW_CUSTOMER,
        "full_name": current_principal().name if current_principal().signed_in else "",
    }
    form = DetailsForm(data={**first, **draft.typed})
    form.offer(own)
    return form


def read_again(draft: Draft, own: list[Membership]) -> DetailsForm:
    """Return the first step's form as it was typed, whatever the request at hand sends."""
    form = DetailsForm(formdata=None, data=dict(draft.typed), meta={"csrf": False})
    form.offer(own)
    return form


def is_complete(draft: Draft) -> bool:
    """Say whether the first step is done, by whoever is at hand now."""
    return draft.complete and draft.by == current_principal().public_id


def account_of(form: DetailsForm, password_hash: str | None) -> checking_out.NewAccount | None:
    """Return who signs up while ordering; None for who is signed in."""
    if current_principal().signed_in:
        return None
    return checking_out.NewAccount(form.account_email.data or "", form.full_name.data or "", password_hash)


def buyer_of(form: DetailsForm, own: list[Membership]) -> str | CustomerInput:
    """Return who buys: the public id of an own customer, or a new one; what it leaves empty is the account's."""
    if own and form.buyer.data != NEW_CUSTOMER:
        return str(form.buyer.data or "")
    typed = form.typed(current_locale())
    own_address = current_principal().email or form.account_email.data or ""
    person = typed.kind is CustomerKind.PERSON
    return CustomerInput(
        kind=typed.kind,
        name=form.full_name.data or "" if person else typed.name,
        email=own_address if person else typed.email or own_address,
        phone=typed.phone,
        street=typed.street,
        city=typed.city,
        county=typed.county,
        post_code=typed.post_code,
        country=typed.country,
        cui="" if person else typed.cui,
        vat_payer=not person and typed.vat_payer,
        reg_com="" if person else typed.reg_com,
        locale=typed.locale,
    )


def address_of(form: DetailsForm) -> str:
    """Return a new customer's address on one line, as typed."""
    names = {one.value: one.label for one in form.county.choices}
    county = names.get(form.county.data, "") if form.county.data else ""
    parts = (form.street.data, form.city.data, county, form.post_code.data)
    return ", ".join(str(part).strip() for part in parts if part)
