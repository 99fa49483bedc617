"""The columns of the reports' tables."""

from praho.core.i18n import lazy_gettext as _
from praho.ui.lists import Align, Column

_NET, _VAT = Column(_("Net"), align=Align.END), Column(_("VAT"), align=Align.END)

SUMS = (Column(_("Treatment")), Column(_("Documents"), align=Align.END), _NET, _VAT)
JOURNAL = (
    Column(_("Number")),
    Column(_("Chargeable on")),
    Column(_("Partner")),
    Column(_("Treatment")),
    _NET,
    _VAT,
    Column(_("Total"), align=Align.END),
)
RECEIPTS = (
    Column(_("Received")),
    Column(_("How")),
    Column(_("Customer")),
    Column(_("Reference")),
    Column(_("Documents")),
    Column(_("Amount"), align=Align.END),
)
RETURN_ROWS = (Column(_("Row")), Column(_("What")), _NET, _VAT)
EU_PARTNERS = (
    Column(_("VAT number")),
    Column(_("Name")),
    Column(_("Documents"), align=Align.END),
    _NET,
    Column(_("Whole lei"), align=Align.END),
)
HOME_PARTNERS = (
    Column(_("Partner")),
    Column(_("CUI or VAT number")),
    Column(_("Rate"), align=Align.END),
    Column(_("Documents"), align=Align.END),
    _NET,
    _VAT,
)
SERIES = (
    Column(_("Series")),
    Column(_("Document")),
    Column(_("Numbers")),
    Column(_("Documents"), align=Align.END),
    Column(_("Missing"), align=Align.END),
    Column(_("Cancelled"), align=Align.END),
    Column(_("Credited in full"), align=Align.END),
)
STATES = (
    Column(_("State")),
    Column(_("Rate"), align=Align.END),
    Column(_("Documents"), align=Align.END),
    _NET,
    _VAT,
)
CORRECTIONS = (Column(_("State")), Column(_("Quarter")), Column(_("Documents"), align=Align.END), _VAT)
DEADLINES = (Column(_("Return")), Column(_("Period")), Column(_("Due")))
