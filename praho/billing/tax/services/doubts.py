"""Tax decisions that people should look at, until somebody did."""

from typing import Any

from sqlalchemy import Select

from praho.audit.services import recording
from praho.billing.tax import repos
from praho.billing.tax.services import records
from praho.core import clock
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web.paging import Page
from praho.models.billing.tax import TaxRecord, TaxReview


def waiting() -> Select[Any]:
    """Count the decisions that nobody has looked at yet."""
    return repos.count_doubtful()


def listed(cursor: str | None) -> Page[TaxRecord]:
    """Return a page of those decisions, the newest first."""
    return repos.doubtful(cursor)


def sentence(record: TaxRecord) -> str:
    """Return what is doubtful about a decision."""
    return records.sentence(record.doubt or "")


def settle(document_id: str, note: str) -> None:
    """Note what a person found about a document's decision; it is no longer asked about. Raises NotFound."""
    with unit_of_work():
        found = repos.doubt_of_document(document_id)
        if found is None:
            raise NotFound(_("Nothing about this document's VAT waits to be looked at."))
        session().add(
            TaxReview(record_id=found.id, note=note, reviewed_by=current_principal().user_id, reviewed_at=clock.now())
        )
        recording.record(
            "tax.reviewed",
            subject=("document", document_id),
            customer_id=found.customer_id,
            changes={"note": [None, note]},
        )
