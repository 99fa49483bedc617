"""What a document says now: as it was issued, or as it was corrected after e-Factura had rejected it.

A rejected document never reached its buyer, so that there is nothing to take back: it is corrected under its number.
The document stays frozen; the correction is a row beside it that may say anew who sold and who bought, and nothing of
what was sold, when, and for how much. The database refuses everything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from praho.billing import errors, types
from praho.billing.documents import revisions, snapshot, snapshot_json
from praho.billing.documents.services import parties
from praho.core import clock
from praho.core.db.scope import session
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.core.text import search_document
from praho.models.billing.documents import Document
from praho.models.billing.revisions import DocumentRevision
from praho.settings.services import values

CREDIT_REJECTED = "efactura.credit_rejected"
FIELDS = (
    SettingField(
        CREDIT_REJECTED,
        lazy_gettext("Let rejected invoices be credited"),
        SettingKind.BOOLEAN,
        False,
        "efactura",
        lazy_gettext(
            "Off: an invoice that ANAF rejected is corrected and sent again under its number. On: it may also be taken"
            " back as a whole; neither of the two is sent then. Your accountant decides."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says, and in which revision: 0 as it was issued."""

    content: snapshot.DocumentSnapshot
    revision: int


def said(document: Document) -> Said:
    """Return what a document of the scope says now. One query for a fiscal one, none for a proforma."""
    latest = revisions.latest_revision(document)
    if latest is None:
        return Said(snapshot_json.from_json(document.snapshot), 0)
    return Said(snapshot_json.from_json(latest.snapshot), latest.revision)


def proposed(document: Document) -> snapshot.DocumentSnapshot:
    """Return what a document would say with both parties as known today.

    Raises `CorrectionRefused` where one of them is by now somebody whose VAT may differ, `InvoicingRefused` where the
    company's data is not complete.
    """
    content = snapshot_json.from_json(document.snapshot)
    # Of somebody who was forgotten the documents alone know who it was.
    forgotten = revisions.is_forgotten(document.customer_id)
    buyer = said(document).content.buyer if forgotten else parties.buyer(document.customer_id)
    seller = parties.seller()
    if (buyer.kind, buyer.address.country) != (content.buyer.kind, content.buyer.address.country):
        raise errors.CorrectionRefused(
            _("The buyer is in another country by now, or no longer a company or a person as before.")
        )
    if _is_reverse_charge(content) and buyer.vat_id != content.buyer.vat_id:
        raise errors.CorrectionRefused(_("The document carries no VAT because of another VAT number of the buyer."))
    if _registered(seller) != _registered(content.seller):
        raise errors.CorrectionRefused(_("The company's own tax registration is another one by now."))
    return replace(content, buyer=buyer, seller=seller)


def revise(document: Document, reason: str) -> DocumentRevision:
    """Store the correction of a locked document, in the unit of work at hand; raises as `proposed`.

    From now on the document is found by its buyer's new name as well. The caller has found that e-Factura rejected it.
    """
    content = proposed(document)
    latest = revisions.latest_revision(document)
    row = DocumentRevision(
        customer_id=document.customer_id,
        document_id=document.id,
        revision=1 if latest is None else latest.revision + 1,
        snapshot=_with_parties(document.snapshot, content),
        buyer_name=content.buyer.name,
        reason=reason,
        made_by=current_principal().user_id,
        created_at=clock.now(),
    )
    session().add(row)
    session().flush()
    document.search = search_document(document.number_text, document.buyer_name, *later_names(document))
    return row


def later_names(document: Document) -> list[str]:
    """Return what the buyer of a document was called after each correction, the first one first."""
    return [one.buyer_name for one in revisions.revisions_of(document.id)]


def is_rejected(document: Document) -> bool:
    """Tell whether e-Factura rejected a document and nothing was sent in its place. One query."""
    return revisions.is_rejected(document.id)


def lets_rejected_be_credited() -> bool:
    """Tell whether the settings let an invoice that e-Factura rejected be taken back."""
    return values.flag(CREDIT_REJECTED)


def require_creditable(invoice: Document, *, whole: bool) -> None:
    """Raise `CreditRefused` for an invoice that e-Factura rejected, unless the setting lets it be taken back whole."""
    if not revisions.is_rejected(invoice.id):
        return
    if not lets_rejected_be_credited():
        raise errors.CreditRefused(
            _(
                "ANAF rejected this invoice, so it never reached the buyer and there is nothing to credit: correct it"
                " and send it again under the same number."
            )
        )
    if not whole:
        raise errors.CreditRefused(_("An invoice that ANAF rejected can only be taken back as a whole."))


def _is_reverse_charge(content: snapshot.DocumentSnapshot) -> bool:
    return content.tax is not None and content.tax.category is types.TaxCategory.REVERSE_CHARGE


def _registered(seller: snapshot.Party) -> tuple[str | None, bool, str | None]:
    return seller.tax_number, seller.vat_payer, seller.vat_id


def _with_parties(issued: Mapping[str, Any], content: snapshot.DocumentSnapshot) -> dict[str, Any]:
    """Return the frozen values with other parties: what the trigger compares stays word for word."""
    written = snapshot_json.to_json(content)
    return {**issued, "buyer": written["buyer"], "seller": written["seller"]}
