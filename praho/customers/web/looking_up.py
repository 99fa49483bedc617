"""Filling a customer's form from the registers: a button without a script, by itself with one."""

from flask import request

from praho.core.errors import TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.identifiers import cui, vat_id
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.web import htmx, rate_limits
from praho.customers.errors import LookupUnavailable
from praho.customers.services import companies, vat_ids
from praho.customers.services.checking import HOME
from praho.customers.web import labels
from praho.customers.web.forms import CustomerFields
from praho.models.customers import CustomerKind
from praho.users.services import limits

BUTTON = "look_up"
FRAGMENT = "customers/_fields_fragment.html"
"""What htmx swaps in."""
_PER_TEN_MINUTES = 30


def asked() -> bool:
    """Tell whether the request wants the form filled in and nothing done yet."""
    return request.method == "POST" and BUTTON in request.form


def status() -> int:
    """Return the status of the form that was filled in: a page in answer to a form says that nothing was done yet."""
    return 200 if htmx.is_fragment_request() else 422


def fill(form: CustomerFields) -> None:
    """Fill the form from ANAF or VIES, by the number and the country typed; what they do not know stays as typed.

    The form's `lookup_note` says what came of it; a register that does not answer holds nobody up.
    """
    form.kind.data = CustomerKind.COMPANY.value
    try:
        rate_limits.hit("company_lookup", limits.network_of(request.remote_addr), limit=_PER_TEN_MINUTES, seconds=600)
        if (form.country.data or HOME) == HOME:
            _from_anaf(form)
        else:
            _from_vies(form)
    except InvalidIdentifier as error:
        form.cui.errors = [str(error.message)]
    except LookupUnavailable as error:
        form.lookup_note = _("%(reason)s Please fill in the fields yourself.", reason=error)
    except TooManyRequests as error:
        form.lookup_note = str(error)


def _from_anaf(form: CustomerFields) -> None:
    company = companies.look_up(cui.parse(form.cui.data or "").number)
    if not company.found:
        form.lookup_note = _("ANAF does not know a company with this CUI. Please check it.")
        return
    form.cui.data = f"RO{company.cui}" if company.vat_payer else company.cui
    form.name.data = company.name
    form.vat_payer.data = company.vat_payer
    form.reg_com.data = company.reg_com or form.reg_com.data
    if company.street and company.city:
        form.street.data, form.city.data = company.street, labels.city(company.city)
        form.county.data = company.county_code or ""
        form.post_code.data = company.post_code or ""
    form.lookup_note = _standing(company)


def _standing(company: companies.Company) -> str:
    if company.struck_off_on is not None:
        return _("ANAF says that this company was struck off.")
    if company.inactive:
        return _("ANAF lists this company as inactive.")
    if company.vat_payer:
        return _("Filled in as ANAF has it: registered for VAT.")
    return _("Filled in as ANAF has it: not registered for VAT.")


def _from_vies(form: CustomerFields) -> None:
    typed, country = form.cui.data or "", form.country.data
    if not vat_id.is_member_state(country):
        form.lookup_note = _("There is no register to ask for this country.")
        return
    number = _number(typed, country)
    answer = vat_ids.fresh(number.code)
    if answer is None:
        form.lookup_note = _("VIES gives no answer at the moment. You may go on; until it does, VAT is charged.")
    elif not answer.valid:
        form.lookup_note = _("VIES says that this VAT number is not valid, so VAT is charged.")
    else:
        form.cui.data = number.code
        form.name.data = answer.name or form.name.data
        form.lookup_note = _("VIES confirms this VAT number.")


def _number(typed: str, country: str) -> vat_id.VatId:
    try:
        return vat_id.parse(typed)
    except InvalidIdentifier:
        return vat_id.parse(vat_id.prefix_of(country) + typed)
