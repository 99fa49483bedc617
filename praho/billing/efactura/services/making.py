"""The e-Factura XML of an issued invoice: built from what it says, checked, and archived with what was found."""

from dataclasses import asdict

import structlog

from praho.billing.documents.services import archiving, reading, revising
from praho.billing.efactura import builder, standard, validator
from praho.billing.efactura.findings import errors_in
from praho.core import clock
from praho.core.db.scope import session
from praho.models.billing.documents import FileKind

log = structlog.get_logger(__name__)


def make(public_id: str, worker: validator.StandardChecker = standard.shared_worker) -> archiving.StoredFile:
    """Return the XML of an invoice's last revision by its public id, making and archiving it where there is none yet.

    Findings do not stop the archive: the invoice is issued and staff must see what is wrong with it.
    """
    document = reading.row(public_id)
    said = revising.said(document)
    stored = archiving.stored(document.id, FileKind.XML, said.revision)
    if stored is not None:
        return stored
    document_id, number = document.id, document.number_text
    session().close()
    xml = builder.build(said.content)
    findings = validator.validate(xml, today=clock.today(), worker=worker)
    if errors_in(findings):
        log.error("an invoice breaks rules of e-Factura", document=number, rules=[one.rule_id for one in findings])
    kept = [asdict(one) for one in findings]
    return archiving.keep(document_id, FileKind.XML, f"{number}.xml", xml, kept, revision=said.revision)
