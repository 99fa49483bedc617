"""How the audit record names what is done to plans, endings and promo codes."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("catalogue.group.create", _("Created a shelf of plans")),
    RecordedAction("catalogue.group.change", _("Changed a shelf of plans")),
    RecordedAction("catalogue.product.create", _("Created a plan")),
    RecordedAction("catalogue.product.change", _("Changed a plan")),
    RecordedAction("catalogue.product.price", _("Changed a plan's prices")),
    RecordedAction("catalogue.product.on_sale", _("Put a plan on sale")),
    RecordedAction("catalogue.product.retired", _("Took a plan off sale")),
    RecordedAction("catalogue.tld.create", _("Created an ending")),
    RecordedAction("catalogue.tld.change", _("Changed an ending")),
    RecordedAction("catalogue.tld.price", _("Changed an ending's prices")),
    RecordedAction("catalogue.tld.on_sale", _("Put an ending on sale")),
    RecordedAction("catalogue.tld.retired", _("Took an ending off sale")),
    RecordedAction("catalogue.code.create", _("Created a promo code")),
    RecordedAction("catalogue.code.change", _("Changed a promo code")),
    RecordedAction("catalogue.code.active", _("Resumed a promo code")),
    RecordedAction("catalogue.code.paused", _("Paused a promo code")),
)
