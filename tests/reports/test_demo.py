"""Every month of the demonstration: the journal equals the documents, reckoned from their snapshots alone."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from praho.billing.documents import snapshot_json
from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.models.billing.documents import DocumentKind
from praho.operations.services.demo import loading
from praho.reports.services import journal
from praho.reports.types import Period, Wanted
from tests.factories import billing
from tests.reports.issuing import in_lei

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_a_month_of_the_journal_equals_its_documents(app, sandbox):
    with app.app_context(), clock.moved_to(NOW):
        assert loading.load({"sandbox": sandbox.url}, 1)
    months = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    notes = {row.id: row for row in billing.documents(DocumentKind.CREDIT_NOTE)}
    documents = [*billing.documents(DocumentKind.INVOICE), *notes.values()]
    for row in documents:
        content = snapshot_json.from_json(row.snapshot)
        day = notes[row.source_id].tax_point if row.source_id in notes else content.tax_point
        for subtotal, net, vat in in_lei(content):
            sums = months[Period.month(day)][subtotal.rate]
            sums[0] += net
            sums[1] += vat
    assert len(months) > 3
    with i18n.in_locale("ro"), entered(SystemScope("test")):
        for month, expected in months.items():
            found = defaultdict(lambda: [0, 0])
            for total in journal.totals(Wanted(month)):
                found[total.percent][0] += total.net.minor
                found[total.percent][1] += total.vat.minor
            assert found == expected
            *_rows, last = journal.sheet(Wanted(month)).rows
            assert int(last[-1] * 100) == sum(net + vat for net, vat in expected.values())
