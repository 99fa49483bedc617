"""Seller and buyer as a document freezes them."""

from praho.billing import errors, types
from praho.billing.documents import snapshot
from praho.billing.tax.territories import HOME
from praho.core.i18n import lazy_gettext as _
from praho.customers.services import profiles
from praho.customers.types import BillingProfile
from praho.models.customers import CustomerKind
from praho.settings.services import company


def seller() -> snapshot.Party:
    """Return the company as its settings describe it.

    Raises `InvoicingRefused` with the list of what is missing: placeholders never print (Legea 227/2015
    art. 319 (20), Legea 31/1990 art. 74).
    """
    missing = company.missing()
    if missing:
        raise errors.InvoicingRefused(
            _("The company data is not complete: %(fields)s.", fields=", ".join(str(field) for field in missing))
        )
    data = company.seller()
    return snapshot.Party(
        kind=types.PartyKind.COMPANY,
        name=data.name,
        address=snapshot.Address(
            country=data.country,
            city=data.city,
            street=data.street,
            county=data.county,
            postal_code=data.post_code or None,
        ),
        tax_number=data.cui,
        vat_payer=data.vat_payer,
        vat_id=f"RO{data.cui}" if data.vat_payer else None,
        registration_number=data.reg_com or None,
        share_capital=data.share_capital or None,
        email=data.email or None,
        phone=data.phone or None,
        bank_accounts=tuple(
            snapshot.BankAccount(account.iban, account.bank or None, account.currency) for account in data.accounts
        ),
    )


def buyer(customer_id: int) -> snapshot.Party:
    """Return a customer as the billing profile describes it; a personal number stays out of documents.

    Consumers need not give one: e-Factura takes thirteen zeros instead (OUG 138/2024).
    """
    profile = profiles.billing_profile(customer_id)
    is_company = profile.kind is CustomerKind.COMPANY
    return snapshot.Party(
        kind=types.PartyKind.COMPANY if is_company else types.PartyKind.PERSON,
        name=profile.name,
        address=snapshot.Address(
            country=profile.address.country,
            city=profile.address.city,
            street=profile.address.street,
            county=profile.address.county_code,
            postal_code=profile.address.post_code,
        ),
        tax_number=_tax_number(profile),
        vat_payer=profile.vat_payer,
        vat_id=_vat_id(profile) if profile.vat_payer else None,
        registration_number=profile.reg_com,
        email=profile.email,
        phone=profile.phone,
    )


def _tax_number(profile: BillingProfile) -> str | None:
    """Return the number by which a company is known (BT-47): the CUI, elsewhere its local or its VAT number."""
    if profile.kind is not CustomerKind.COMPANY or profile.address.country == HOME:
        return profile.cui
    return profile.vat_id or profile.reg_com


def _vat_id(profile: BillingProfile) -> str | None:
    return profile.vat_id if profile.cui is None else f"RO{profile.cui}"
