"""What becomes of documents when the buyer asks to be forgotten: the law wants them as they were issued.

GDPR art. 17 (3) (b). They say in their own columns and files who bought; nothing else of the house says so any more.
"""

from sqlalchemy import ColumnElement, select

from praho.billing.documents.services import retention
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, Ground, keep, nothing, of_customer
from praho.models.billing.advances import Advance, AdvanceUse
from praho.models.billing.archive import ArchiveDamage, ArchiveStore
from praho.models.billing.documents import Document, DocumentFile, DocumentLine, DocumentTax, NumberSeries
from praho.models.billing.efactura import EfacturaConnection
from praho.models.billing.efactura_sending import EfacturaSubmission
from praho.models.billing.exchange import ExchangeRate
from praho.models.billing.revisions import DocumentRevision
from praho.models.billing.tax import TaxEvidence, TaxRecord, TaxReview, VatRate

DOCUMENTS = _("Proformas, invoices and credit notes, with their files")
EVIDENCE = _("The evidence for VAT")


def reviews(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a review is about a document of the customer."""
    return TaxReview.record_id.in_(select(TaxRecord.id).where(TaxRecord.customer_id == whom.customer_id))


RULES = (
    keep(
        Document,
        DOCUMENTS,
        of_customer(Document),
        Ground.ACCOUNTING,
        columns=("buyer_name", "snapshot", "search", "refusal"),
        plain=("number_text", "issue_date", "due_date", "tax_point", "subject_kind", "subject_id"),
        until=retention.until,
    ),
    keep(
        DocumentLine,
        DOCUMENTS,
        of_customer(DocumentLine),
        Ground.ACCOUNTING,
        columns=("description",),
        plain=("unit_code", "tax_category", "period_start", "period_end", "subject_kind", "subject_id"),
        until=retention.until,
    ),
    keep(
        DocumentTax,
        DOCUMENTS,
        of_customer(DocumentTax),
        Ground.ACCOUNTING,
        plain=("category",),
        until=retention.until,
    ),
    keep(
        DocumentFile,
        DOCUMENTS,
        of_customer(DocumentFile),
        Ground.ACCOUNTING,
        columns=("content", "findings"),
        plain=("filename", "sha256", "object_key"),
        until=retention.until,
    ),
    keep(Advance, DOCUMENTS, of_customer(Advance), Ground.ACCOUNTING, until=retention.until),
    keep(AdvanceUse, DOCUMENTS, of_customer(AdvanceUse), Ground.ACCOUNTING, until=retention.until),
    keep(
        TaxRecord,
        EVIDENCE,
        of_customer(TaxRecord),
        Ground.TAX,
        columns=("vat_id", "consultation", "doubt"),
        plain=("rule", "category", "place", "buyer_country", "tax_point", "vat_id_status"),
        until=retention.until,
    ),
    keep(
        TaxEvidence,
        EVIDENCE,
        of_customer(TaxEvidence),
        Ground.TAX,
        columns=("value",),
        plain=("kind", "country"),
        until=retention.until,
    ),
    keep(TaxReview, EVIDENCE, reviews, Ground.TAX, columns=("note",), until=retention.until),
    keep(
        DocumentRevision,
        DOCUMENTS,
        of_customer(DocumentRevision),
        Ground.ACCOUNTING,
        columns=("snapshot", "buyer_name", "reason"),
        until=retention.until,
    ),
    keep(
        EfacturaSubmission,
        DOCUMENTS,
        of_customer(EfacturaSubmission),
        Ground.ACCOUNTING,
        columns=("messages", "note", "search"),
        plain=("due_on", "xml_sha256", "upload_index", "download_id", "waits_for"),
        until=retention.until,
    ),
    *nothing(EfacturaConnection, NumberSeries, ArchiveStore, ArchiveDamage, VatRate, ExchangeRate),
)
