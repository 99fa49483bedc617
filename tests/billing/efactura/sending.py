"""Documents on their way to the ANAF of the tests: doing what is next, and looking at what became of them."""

from datetime import timedelta

from sqlalchemy import select

from praho.billing.documents.services import archiving
from praho.billing.efactura.services import sending
from praho.billing.payments.services import crediting
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission
from praho.models.customers import Customer
from tests.factories import billing, customers, efactura
from tests.fakes.anaf_spv import Anaf


def connected(anaf: Anaf) -> Anaf:
    """Set up a company that sends what it issues."""
    billing.make_seller()
    return switched_on(anaf)


def switched_on(anaf: Anaf) -> Anaf:
    """Let the company that is set up send what it issues from now on."""
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    billing.set_setting("efactura.send", True)
    efactura.connect(anaf)
    return anaf


def invoice(customer: Customer | None = None) -> str:
    """Issue an invoice of 121 lei; return its public id."""
    return billing.make_invoice(customer or customers.make_customer())


def credited(invoice_id: str) -> str:
    """Credit an invoice whole; return the public id of the note."""
    with entered(SystemScope("test")):
        return crediting.issue(invoice_id, None, "Renunțare", form_token=new_form_token())


def ways(document_id: str) -> list[EfacturaSubmission]:
    """Return every submission of a document, the first one first."""
    with entered(SystemScope("test")) as session:
        statement = select(EfacturaSubmission).where(EfacturaSubmission.document_id == billing.document(document_id).id)
        return list(session.scalars(statement.order_by(EfacturaSubmission.revision)))


def way(document_id: str) -> EfacturaSubmission:
    """Return what counts of a document's way."""
    return next(row for row in ways(document_id) if row.current)


def go_on(document_id: str, times: int = 1) -> EfacturaSubmission:
    """Do the next thing about a document, as its job does, so many times; return its way."""
    for _time in range(times):
        with entered(SystemScope("test")):
            sending.go_on(way(document_id).public_id)
    return way(document_id)


def make_older(document_id: str, age: timedelta) -> None:
    """Let a document have been claimed that much earlier."""
    with entered(SystemScope("test")), unit_of_work() as session:
        row = session.get_one(EfacturaSubmission, way(document_id).id)
        assert row.claimed_at is not None
        row.claimed_at -= age


def stored(document_id: str, kind: FileKind, revision: int | None = None) -> archiving.StoredFile | None:
    """Return an archived file of a document."""
    with entered(SystemScope("test")):
        return archiving.stored(billing.document(document_id).id, kind, revision)
