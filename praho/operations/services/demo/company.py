"""The company of the demonstration: who sells, under which terms, with which invoice numbers.

It is invented: its CUI has a right check digit and lies beyond the numbers that were given out, its bank is the one of
the IBAN registry's example, its addresses end in `.example` (RFC 2606).
"""

from praho.billing.documents.services import series
from praho.domains.services import nameservers
from praho.models.billing.documents import SeriesKind
from praho.orders.services import shop, terms
from praho.settings.services import changing, company

NAME = "Host Carpați S.R.L."
MAIL_DOMAIN = "hostcarpati.example"
_CREDIT_SERIES = "HCS"
_RECEIPT_SERIES = "HCCH"
_SERIES = "HCP"
_COMPANY = {
    "company.name": NAME,
    "company.cui": "99001234",
    "company.vat_payer": "on",
    "company.reg_com": "J12/1987/2018",
    "company.share_capital": "45.000 RON",
    "company.street": "Strada Fagului nr. 24, etaj 2",
    "company.city": "Cluj-Napoca",
    "company.county": "RO-CJ",
    "company.post_code": "400483",
    "company.country": "RO",
    "company.iban": "RO16AAAA1B31007593840012",
    "company.bank": "Banca Exemplu",
    "company.iban_eur": "RO92AAAA1B31007593840099",
    "company.bank_eur": "Banca Exemplu",
    "company.email": f"facturare@{MAIL_DOMAIN}",
    "company.phone": "+40264555012",
    "company.website": f"https://{MAIL_DOMAIN}",
}


def set_up() -> None:
    """Set the company's data, its terms and nameservers, and open its invoice series; in a system scope."""
    changing.change(company.GROUP, _COMPANY)
    changing.change(terms.GROUP, {"terms.version": "2026-01"})
    changing.change("domains", {nameservers.KEY: f"ns1.{MAIL_DOMAIN}\nns2.{MAIL_DOMAIN}"})
    changing.store({"shop.sells_in_euro": True}, subject=shop.GROUP)
    series.open_series(SeriesKind.INVOICE, _SERIES, padding=5, next_number=1)
    series.open_series(SeriesKind.CREDIT_NOTE, _CREDIT_SERIES, padding=5, next_number=1)
    series.open_series(SeriesKind.RECEIPT, _RECEIPT_SERIES, padding=5, next_number=1)
