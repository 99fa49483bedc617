"""How each document's VAT was decided, written beside it in the issuing transaction, and read by staff."""

from datetime import date

from praho.billing.tax import evidence
from praho.billing.tax.types import TaxDecision
from praho.billing.tax.wording import country_name
from praho.core import clock
from praho.core.db.uow import require_unit_of_work
from praho.core.i18n import gettext as _
from praho.models.billing.documents import Document
from praho.models.billing.tax import TaxEvidence, TaxRecord

_CONTRADICTION = "contradiction"
_TOO_FEW = "too_few"


def keep(document: Document, decision: TaxDecision, tax_point: date) -> None:
    """Write down a document's decision and its evidence; the document was flushed in the unit of work at hand."""
    session = require_unit_of_work().session
    session.add(
        TaxRecord(
            customer_id=document.customer_id,
            document_id=document.id,
            rule=decision.rule.value,
            category=decision.category.value,
            percent=decision.rate,
            place=decision.place,
            buyer_country=decision.buyer_country,
            tax_point=tax_point,
            currency=document.currency,
            net_minor=document.net_minor,
            on_collection=decision.on_collection,
            vat_id=decision.vat_id,
            vat_id_status=decision.vat_status.value,
            consultation=decision.consultation,
            # What follows another document repeats its decision, and its doubt is looked at there.
            doubt=_code(evidence.review(decision)) if document.source_id is None else None,
            created_at=clock.now(),
        )
    )
    session.add_all(
        TaxEvidence(
            customer_id=document.customer_id,
            document_id=document.id,
            kind=item.kind.value,
            country=item.country,
            value=item.value,
            created_at=clock.now(),
        )
        for item in decision.evidence
    )
    session.flush()


def doubt_about(decision: TaxDecision) -> str | None:
    """Return what people should look at about a decision, in one sentence, or None."""
    code = _code(evidence.review(decision))
    return None if code is None else sentence(code)


def sentence(doubt: str) -> str:
    """Return a stored doubt in words."""
    kind, _colon, country = doubt.partition(":")
    if kind == _CONTRADICTION:
        return _(
            "Two signs or more place the buyer in %(country)s, not at the address. Ask the buyer; nothing was changed.",
            country=country_name(country),
        )
    return _("Only one sign says where this consumer is; the one-stop shop asks for two.")


def _code(finding: evidence.Finding | None) -> str | None:
    if finding is None:
        return None
    return _TOO_FEW if finding.other_country is None else f"{_CONTRADICTION}:{finding.other_country}"
