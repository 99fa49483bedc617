"""What becomes of jobs, counters and the desk's own rows when they name somebody who asks to be forgotten."""

from urllib.parse import quote_plus

from sqlalchemy import ColumnElement, or_

from praho.core.i18n import lazy_gettext as _
from praho.core.jobs import personal_data
from praho.core.personal_data import Forgotten, blank, delete, mentions, nothing, pseudonymise, wiped
from praho.core.tallies.table import TallyDay, TallyDelta
from praho.core.web.tables import RateCounter, SpentFormToken
from praho.models.operations import BulkItem, BulkRun, SavedFilter

DESK = _("Filters and runs of staff, where they name somebody")


def filters(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a saved filter, which is the query of an address, looks for somebody."""
    said = (*whom.words, *whom.names)
    # An address spells letters beyond ASCII by their bytes, and knows no case of them.
    spelled = {quote_plus(each) for word in said for each in (word, word.title(), word.upper())}
    return or_(
        mentions(said, SavedFilter.name, SavedFilter.query),
        mentions(sorted(spelled), SavedFilter.query),
    )


def items(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether what became of one thing of a run names somebody."""
    return mentions((*whom.words, *whom.names), BulkItem.error)


def runs(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether the note of a run names somebody."""
    return mentions((*whom.words, *whom.names), BulkRun.note)


RULES = (
    *personal_data.RULES,
    delete(SavedFilter, DESK, filters),
    pseudonymise(BulkItem, DESK, items, {"error": wiped}, plain=("subject_id",)),
    pseudonymise(BulkRun, DESK, runs, {"note": blank}, plain=("action",)),
    # Counters and tokens are kept under hashes or inner numbers for some hours.
    *nothing(SpentFormToken, RateCounter, TallyDay, TallyDelta),
)
