"""What ANAF and VIES say about customers: on a customer's page, and the list of those whom they warn about."""

from collections.abc import Mapping

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import companies, reading, rechecking, vat_ids
from praho.customers.web import at_hand
from praho.ui.lists import Column
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("customers_registers_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"customers_registers_admin.in_trouble": 7}
_COLUMNS = (Column(lazy_gettext("Name")), Column(lazy_gettext("CUI")), Column(lazy_gettext("What ANAF says")))


@bp.get("/customers/in-trouble", permission=VIEW_CUSTOMERS)
def in_trouble() -> Response:
    """List the companies that ANAF does not know, or lists as inactive or struck off."""
    page, told = companies.in_trouble(arguments.cursor())
    return htmx.render(
        "customers/admin/in_trouble.html",
        page=page,
        told=told,
        columns=_COLUMNS,
        standing=standing,
        crumbs=(Crumb(_("Customers"), url_for("customers_admin.customers")), Crumb(_("Companies to look at"))),
    )


@bp.post("/customers/<public_id>/ask-register", permission=MANAGE_CUSTOMERS)
def ask(public_id: str) -> BaseResponse:
    """Ask the register that knows a company, now."""
    if rechecking.check(reading.overview(public_id).id):
        flash(_("The register was asked."), "success")
    else:
        flash(_("The register gives no answer at the moment. It is asked again by itself."), "warning")
    return htmx.go_to(url_for("admin.customer", public_id=public_id))


def panel(customer_id: int) -> Mapping[str, object]:
    """Return what the panel of a customer's page shows. One query, or two where the customer is not at hand."""
    customer = at_hand.overview(customer_id)
    company = None if customer.cui is None else companies.known(customer.cui)
    abroad = customer.vat_id if customer.cui is None and customer.vat_payer else None
    return {
        "has_numbers": customer.cui is not None or abroad is not None,
        "company": company,
        "standing": standing,
        "vat_id": abroad,
        "vies": None if abroad is None else vat_ids.latest(abroad),
        "may_ask": current_principal().may(MANAGE_CUSTOMERS),
    }


def standing(company: companies.Company) -> str:
    """Return what ANAF says about a company, in one sentence."""
    if not company.found:
        return _("ANAF does not know this CUI.")
    if company.struck_off_on is not None:
        return _("Struck off.")
    if company.inactive:
        return _("Inactive.")
    return _("Active, registered for VAT.") if company.vat_payer else _("Active, not registered for VAT.")
