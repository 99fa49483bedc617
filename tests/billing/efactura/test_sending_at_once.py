"""Case G21: two workers take one document, and ANAF gets it once."""

from praho.billing.efactura.services import sending
from praho.core.db.scope import SystemScope, entered
from praho.models.billing.efactura_sending import SubmissionState
from tests import threads
from tests.billing.efactura.sending import connected, invoice, way


def test_g21_two_workers_upload_one_document_once(app, reached_anaf):
    with app.app_context():
        connected(reached_anaf)
        document = invoice()
    submission = way(document).public_id

    def work():
        with app.app_context(), entered(SystemScope("worker")):
            sending.go_on(submission)

    threads.all_at_once([work, work])
    assert len(reached_anaf.calls("upload")) == 1
    assert way(document).state in (SubmissionState.SENT, SubmissionState.ACCEPTED)
