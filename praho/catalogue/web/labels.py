"""How the catalogue's states and operations are named, and the columns of its tables."""

from collections.abc import Mapping

from praho.core.i18n import lazy_gettext as _
from praho.models.catalogue import DomainOperation, SaleState
from praho.ui.lists import Align, Column
from praho.ui.states import StateLabel, Tone

SALE_STATES: Mapping[SaleState, StateLabel] = {
    SaleState.DRAFT: StateLabel(_("Draft"), Tone.NEUTRAL),
    SaleState.ON_SALE: StateLabel(_("On sale"), Tone.SUCCESS),
    SaleState.RETIRED: StateLabel(_("No longer sold"), Tone.WARNING),
}

OPERATIONS: Mapping[DomainOperation, object] = {
    DomainOperation.REGISTER: _("Registration"),
    DomainOperation.RENEW: _("Renewal"),
    DomainOperation.TRANSFER: _("Transfer"),
}

PLAN_COLUMNS = (
    Column(_("Plan")),
    Column(_("Group")),
    Column(_("Plan at the provider")),
    Column(_("State")),
    Column(_("From"), align=Align.END),
)
GROUP_COLUMNS = (
    Column(_("Group")),
    Column(_("Address")),
    Column(_("Plans")),
    Column(_("In the shop")),
)
TLD_COLUMNS = (
    Column(_("Ending")),
    Column(_("Registration, 1 year"), align=Align.END),
    Column(_("Renewal, 1 year"), align=Align.END),
    Column(_("Transfer"), align=Align.END),
    Column(_("State")),
)
