"""Romanian companies as ANAF's register knows them: looked up, remembered, and compared with what customers say."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app, has_app_context
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import insert

from praho.audit.services import recording
from praho.config import Config
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, seeing_all, session
from praho.core.db.uow import end_reading, unit_of_work
from praho.core.errors import TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.identifiers import counties, post_code, reg_com
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.web import rate_limits
from praho.core.web.paging import Page
from praho.customers import repos
from praho.customers.errors import LookupUnavailable
from praho.customers.gateways import anaf_registry
from praho.models.customers import Customer, RegistryEntry

FRESH_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Company:
    """What the register said about a CUI, in our own spelling; `found` False where it does not know the number."""

    cui: str
    found: bool
    answered_at: datetime
    name: str = ""
    reg_com: str = ""
    street: str = ""
    city: str = ""
    county_code: str | None = None
    post_code: str | None = None
    vat_payer: bool = False
    on_collection: bool = False
    inactive: bool = False
    inactive_since: date | None = None
    struck_off_on: date | None = None

    @property
    def in_trouble(self) -> bool:
        """Whether staff should know before they deal with it."""
        return not self.found or self.inactive or self.struck_off_on is not None


def is_connected() -> bool:
    """Tell whether this installation asks the register at all."""
    return _base_url() is not None


def known(cui: str) -> Company | None:
    """Return what the register last said about a CUI, or None where it was never asked. One query."""
    with seeing_all("what the register said"):
        row = repos.registry_entry(cui)
        return None if row is None else _company(row)


def look_up(cui: str, *, seconds: float = 8.0) -> Company:
    """Return what the register says about a CUI (digits), asking it where nobody did today.

    Raises `LookupUnavailable` where it gives no answer and none is known.
    """
    before = known(cui)
    if before is not None and before.answered_at > clock.now() - FRESH_FOR:
        return before
    try:
        return ask([cui], seconds=seconds)[cui]
    except LookupUnavailable:
        if before is None:
            raise
        return before


def ask(numbers: Sequence[str], *, seconds: float = 10.0) -> dict[str, Company]:
    """Ask the register about up to a hundred CUIs, keep what it says and bring customers' VAT standing up to date.

    No transaction may be open. Raises `LookupUnavailable` where there was no answer: that is never a no.
    """
    base_url = _base_url()
    if base_url is None:
        raise LookupUnavailable(_("ANAF's register is not connected in this installation."))
    end_reading()
    try:
        # The register takes one request a second from everybody together.
        rate_limits.hit("anaf-registry", "all", limit=1, seconds=1)
        answer = anaf_registry.ask(base_url, numbers, clock.today(), seconds=seconds)
    except TooManyRequests as error:
        raise LookupUnavailable(_("ANAF's register is asked too often at the moment.")) from error
    except anaf_registry.RegistryUnavailable as error:
        raise LookupUnavailable(_("ANAF's register gives no answer at the moment.")) from error
    companies = [_spelled(company) for company in answer.companies]
    companies += [Company(cui, found=False, answered_at=clock.now()) for cui in answer.not_found]
    with entered(SystemScope("what the register said")):
        with unit_of_work():
            _keep(companies)
        for company in companies:
            _correct_customers(company)
    return {company.cui: company for company in companies}


def in_trouble(cursor: str | None) -> tuple[Page[Customer], dict[str, Company]]:
    """Return a page of the customers that ANAF does not know, or lists as inactive or struck off; and what it says."""
    page = repos.troubled_companies(cursor)
    rows = repos.registry_entries(customer.cui for customer in page.items if customer.cui is not None)
    return page, {cui: _company(row) for cui, row in rows.items()}


def trouble() -> Select[Any]:
    """Count those customers."""
    return repos.count_troubled()


def _keep(found: Iterable[Company]) -> None:
    for company in found:
        values = asdict(company)
        statement = insert(RegistryEntry).values(**values)
        session().execute(statement.on_conflict_do_update(index_elements=["cui"], set_=values))


def _correct_customers(company: Company) -> None:
    """Let customers with this CUI carry the RO prefix exactly while the register says that they pay VAT."""
    if not company.found:
        return
    for found in repos.customers_of_cui(company.cui):
        if found.vat_payer == company.vat_payer:
            continue
        with unit_of_work():
            customer = locking.lock_one(Customer, found.id)
            if customer is None or customer.cui != company.cui or customer.vat_payer == company.vat_payer:
                continue
            customer.vat_payer = company.vat_payer
            customer.vat_id = f"RO{company.cui}" if company.vat_payer else None
            recording.record(
                "customer.vat_standing_corrected",
                subject=("customer", customer.public_id),
                customer_id=customer.id,
                changes={"vat_payer": [not company.vat_payer, company.vat_payer]},
            )


def _spelled(company: anaf_registry.RegisteredCompany) -> Company:
    county = _county(company.county)
    return Company(
        cui=company.cui,
        found=True,
        answered_at=clock.now(),
        name=company.name,
        reg_com=_reg_com(company.reg_com),
        street=company.street,
        city=_city(county, company.city),
        county_code=None if county is None else county.iso,
        post_code=_post_code(company.post_code),
        vat_payer=company.vat_payer,
        on_collection=company.on_collection,
        inactive=company.inactive,
        inactive_since=company.inactive_since,
        struck_off_on=company.struck_off_on,
    )


def _county(code: str) -> counties.County | None:
    try:
        return counties.parse(code)
    except InvalidIdentifier:
        return None


def _city(county: counties.County | None, text: str) -> str:
    if county is None:
        return text
    try:
        return counties.city_in(county, text)
    except InvalidIdentifier:
        return text


def _reg_com(text: str) -> str:
    try:
        return reg_com.parse(text).text
    except InvalidIdentifier:
        return ""


def _post_code(text: str) -> str | None:
    try:
        return post_code.parse(post_code.restore_zeros(text)).text
    except InvalidIdentifier:
        return None


def _company(row: RegistryEntry) -> Company:
    return Company(**{field.name: getattr(row, field.name) for field in fields(Company)})


def _base_url() -> str | None:
    if not has_app_context():
        return None
    config: Config = current_app.config["PRAHO"]
    return config.registry
