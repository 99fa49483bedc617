"""Which documents can be written as e-Factura: fiscal invoices, whoever buys, with the reason for each zero."""

from praho.billing import errors, types
from praho.billing.documents import snapshot
from praho.billing.efactura import texts
from praho.billing.tax import exchange
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import counties
from praho.models.billing.documents import DocumentKind

_HOME = "RO"
_COUNTIES = {county.iso for county in counties.COUNTIES}
_BUCHAREST = "RO-B"


def require_buildable(document: snapshot.DocumentSnapshot) -> None:
    """Raise `UnsupportedDocument` with the reason unless the builder can write this document."""
    if document.kind is DocumentKind.PROFORMA:
        raise errors.UnsupportedDocument(_("Only fiscal invoices are written as e-Factura."))
    is_credit = document.kind is DocumentKind.CREDIT_NOTE
    if is_credit and not any(one.kind is snapshot.ReferenceKind.CORRECTED_INVOICE for one in document.references):
        raise errors.UnsupportedDocument(_("A credit note names the invoice that it corrects."))
    if document.currency != exchange.HOME and document.exchange is None:
        raise errors.UnsupportedDocument(_("An invoice in another currency needs its exchange rate."))
    if document.totals.total_minor < 0 and not is_credit:
        raise errors.UnsupportedDocument(_("An invoice below zero is not written as e-Factura."))
    if not document.lines:
        raise errors.UnsupportedDocument(_("An invoice without lines is not written as e-Factura."))
    _require_number(document.number)
    _require_tax(document)
    if any(not texts.clean(line.description) for line in document.lines):
        raise errors.UnsupportedDocument(_("A line of the invoice has no description."))
    if document.payable_minor > 0 and document.due_date is None:
        raise errors.UnsupportedDocument(_("An invoice with an amount to pay needs a due date."))
    _require_seller(document.seller, vat_needed=not is_outside(document))
    _require_buyer(document.buyer)


def is_outside(document: snapshot.DocumentSnapshot) -> bool:
    """Tell whether the document is outside the scope of VAT, where no party's VAT number may stand (BR-O-02)."""
    return any(line.category is types.TaxCategory.OUTSIDE_SCOPE for line in document.lines)


def _require_tax(document: snapshot.DocumentSnapshot) -> None:
    categories = {line.category for line in document.lines}
    if categories != {types.TaxCategory.STANDARD} and document.tax is None:
        raise errors.UnsupportedDocument(_("Lines without VAT need the reason why there is none."))
    if types.TaxCategory.OUTSIDE_SCOPE in categories and len(categories) > 1:
        raise errors.UnsupportedDocument(_("What is outside the scope of VAT stands on a document of its own."))


def _require_number(number: str) -> None:
    if not any(character in "0123456789" for character in number):
        raise errors.UnsupportedDocument(_("An invoice number needs at least one digit."))


def _require_seller(seller: snapshot.Party, *, vat_needed: bool) -> None:
    registered = seller.vat_payer and seller.vat_id is not None
    if seller.tax_number is None or (vat_needed and not registered):
        raise errors.UnsupportedDocument(_("The seller must be registered for VAT in Romania."))
    _require_party(seller)


def _require_buyer(buyer: snapshot.Party) -> None:
    at_home = buyer.address.country == _HOME
    if at_home and buyer.kind is types.PartyKind.COMPANY and buyer.tax_number is None:
        raise errors.UnsupportedDocument(_("The fiscal code of the company that buys is missing."))
    if buyer.vat_payer and buyer.vat_id is None:
        raise errors.UnsupportedDocument(_("The VAT number of the company that buys is missing."))
    _require_party(buyer)


def _require_party(party: snapshot.Party) -> None:
    address = party.address
    if not all(texts.clean(part) for part in (party.name, address.street, address.city)):
        raise errors.UnsupportedDocument(_("The name, the street or the city of %(name)s is missing.", name=party.name))
    if address.country != _HOME:
        return
    if address.county not in _COUNTIES:
        raise errors.UnsupportedDocument(_("The county of %(name)s is missing.", name=party.name))
    in_bucharest = address.county == _BUCHAREST
    if in_bucharest != (address.city in counties.SECTORS):
        raise errors.UnsupportedDocument(
            _("The sector of Bucharest in the address of %(name)s is missing or misplaced.", name=party.name)
        )
