"""What stands at the foot of every page of the shop."""

from flask import url_for

from praho.core.db.scope import AnonymousScope, entered
from praho.core.formatting import phone
from praho.core.i18n import gettext as _
from praho.orders.services import shop
from praho.settings.services import company
from praho.ui.navigation import NavItem

_SAL = "https://anpc.ro/ce-este-sal/"
_SOL = "https://ec.europa.eu/consumers/odr"


def around() -> dict[str, object]:
    """Return the context of the public layout's foot. One query."""
    with entered(AnonymousScope()):
        return {"footer_links": _links(), "contact_links": _contact_links(), "authority_links": _authority_links()}


def _links() -> tuple[NavItem, ...]:
    buy, help_, legal = _("Shop"), _("Help"), _("Legal")
    return (
        NavItem(_("Web hosting"), url_for("storefront.hosting"), group=buy),
        NavItem(_("Domains"), url_for("storefront.domains"), group=buy),
        NavItem(_("Cart"), url_for("storefront.cart"), group=buy),
        NavItem(_("Contact"), url_for("storefront.contact"), group=help_),
        NavItem(_("My services"), url_for("storefront.my_portal"), group=help_),
        NavItem(_("Terms of service"), url_for("storefront.terms"), group=legal),
        NavItem(_("Privacy"), url_for("storefront.privacy"), group=legal),
    )


def _contact_links() -> tuple[NavItem, ...]:
    seller = company.seller()
    found = []
    if seller.phone:
        found.append(NavItem(phone(seller.phone), f"tel:{seller.phone}", "phone"))
    if seller.email:
        found.append(NavItem(seller.email, f"mailto:{seller.email}", "mail"))
    return tuple(found)


def _authority_links() -> tuple[NavItem, ...]:
    """ANPC's order 449/2022."""
    wanted, found = shop.authorities(), []
    if wanted.sal:
        found.append(NavItem("ANPC · SAL", _SAL, "scale", detail=_("Alternative dispute resolution")))
    if wanted.sol:
        found.append(NavItem("ANPC · SOL", _SOL, "scale", detail=_("Online dispute resolution")))
    return tuple(found)
