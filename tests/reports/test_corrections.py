"""The partner of a document that was corrected after e-Factura had rejected it is the corrected one."""

from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.revisions import DocumentRevision
from praho.reports.services import journal
from praho.reports.types import Period, Wanted
from tests.billing import samples
from tests.reports.issuing import DAY


def test_the_journal_names_the_corrected_partner_and_the_same_money(books):
    made = books.invoice(samples.draft("Găzduire", "10.00"))
    buyer = {**made.snapshot["buyer"], "name": "Nume Corect S.R.L.", "tax_number": "1234567", "vat_id": None}
    before = rows()
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(
            DocumentRevision(
                customer_id=made.customer_id,
                document_id=made.id,
                revision=1,
                snapshot={**made.snapshot, "buyer": buyer},
                buyer_name=buyer["name"],
                reason="Alt nume",
                created_at=clock.now(),
            )
        )
    changed = [(old, new) for old, new in zip(before, rows(), strict=True) if old != new]
    assert [new for _old, new in changed] == ["Nume Corect S.R.L.", "1234567"]


def rows():
    """The first line of the journal, cell by cell."""
    with i18n.in_locale("en"), entered(SystemScope("test")):
        return list(next(iter(journal.sheet(Wanted(Period.month(DAY))).rows)))
