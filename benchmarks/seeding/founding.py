"""The benchmark's company: who sells and what, and the member of staff who looks at it all."""

from praho.billing.documents.services import series
from praho.catalogue.services import groups, plans, selling, tlds
from praho.catalogue.types import CycleAmounts, GroupInput, PlanInput, TldInput
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.core.principal import Principal, acting_as
from praho.domains.services import nameservers
from praho.integrations.services import opening
from praho.models.billing.documents import DocumentKind
from praho.models.catalogue import BillingCycle, DomainOperation
from praho.models.integrations import ProviderKind
from praho.orders.services import terms
from praho.settings.services import changing, company
from praho.users.services import second_factor, staff

PASSWORD = "benchmark-de-viteza-2026"
STAFF = "admin@masuratori.example"
TOTP_SECRET = "BENCHMARKBENCHMARKBENCHMARK23456"
PLAN = "plan-1"
SUFFIX = "ro"
_COMPANY = {
    "company.name": "Măsurători Web S.R.L.",
    "company.cui": "14399840",
    "company.vat_payer": "on",
    "company.reg_com": "J12/1987/2018",
    "company.share_capital": "200 RON",
    "company.street": "Strada Fagului nr. 24",
    "company.city": "Cluj-Napoca",
    "company.county": "RO-CJ",
    "company.post_code": "400483",
    "company.country": "RO",
    "company.iban": "RO16AAAA1B31007593840012",
    "company.bank": "Banca Exemplu",
    "company.email": "facturare@masuratori.example",
    "company.phone": "+40264555012",
}


def found(world: str) -> None:
    """Set up the company, its accounts at a sandbox world, its shop and its administrator, in an empty database."""
    with acting_as(Principal.system("benchmark")), entered(SystemScope("benchmark")):
        accounts = _open(world)
        with unit_of_work():
            _stock(accounts[ProviderKind.PROVISIONER], accounts[ProviderKind.REGISTRAR])
            admin = staff.create(
                email=STAFF, full_name="Ioana Marinescu", password=PASSWORD, role=StaffRole.ADMIN, locale="ro"
            )
            second_factor.put(admin.id, TOTP_SECRET)


def _open(world: str) -> dict[ProviderKind, str]:
    """Name the company and open its accounts; return these by kind."""
    with unit_of_work():
        changing.change(company.GROUP, _COMPANY)
        changing.change(terms.GROUP, {"terms.version": "1"})
        changing.change("domains", {nameservers.KEY: "ns1.masuratori.example\nns2.masuratori.example"})
        series.open_series(DocumentKind.INVOICE, "BEN", padding=7, next_number=1)
        return {kind: _account(kind, world) for kind in ProviderKind}


def _account(kind: ProviderKind, world: str) -> str:
    form = {"base_url": world, "api_key": "sandbox-api-key", "test_mode": "true"}
    if kind is ProviderKind.PAYMENT:
        form |= {"merchant": "praho-demo", "webhook_secret": "sandbox-webhook-secret"}
    return opening.open_account(kind, "sandbox", form, label=f"Sandbox {kind.value}", live=False)


def _stock(provisioner: str, registrar: str) -> None:
    name = {"ro": "Găzduire web", "en": "Web hosting"}
    group = groups.create(GroupInput("gazduire-web", name, name, position=1, visible=True))
    for number in range(1, 7):
        texts = {"ro": f"Plan {number}", "en": f"Plan {number}"}
        features = {"ro": "10 GB\nCertificat SSL\nBackup zilnic", "en": "10 GB\nSSL certificate\nDaily backup"}
        slug = f"plan-{number}"
        plan = plans.create(
            PlanInput(group, slug, texts, texts, features, number, number == 2, provisioner, remote_plan=slug)
        )
        cycles = (BillingCycle.MONTHLY, BillingCycle.ANNUAL)
        plans.set_prices(plan, {cycle: CycleAmounts(1000 * number * cycle.months) for cycle in cycles})
        selling.put_plan_on_sale(plan)
    for position, suffix in enumerate((SUFFIX, "com.ro", "com", "eu"), start=1):
        tld = tlds.create(TldInput(suffix, registrar, 1, 3, position))
        prices = {(operation, years): 4500 * years for operation in DomainOperation for years in (1, 2, 3)}
        tlds.set_prices(tld, prices)
        selling.put_tld_on_sale(tld)
