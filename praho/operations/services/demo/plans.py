"""What the demonstration sells: two shelves of hosting plans, in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.catalogue.services import currencies, groups, offers, plans, selling
from praho.catalogue.types import CycleAmounts, GroupInput, PlanInput, Texts
from praho.models.catalogue import BillingCycle

MONTHLY, ANNUAL, BIENNIAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL, BillingCycle.BIENNIAL
START = "gazduire-start"
STANDARD = "gazduire-standard"
PRO = "gazduire-pro"
RESELLER = "gazduire-revanzare"
FREE = "wordpress-mini"
BLOG = "wordpress-blog"
STORE = "wordpress-magazin"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan of a shelf; amounts in bani, net."""

    slug: str
    name: Texts
    description: Texts
    features: Texts
    prices: Mapping[BillingCycle, CycleAmounts]
    highlighted: bool = False


_WEB = GroupInput(
    slug="gazduire-web",
    name={"ro": "Găzduire web", "en": "Web hosting"},
    description={
        "ro": "Pentru site-ul firmei, blog sau portofoliu. Servere în România, SSL și backup zilnic incluse.",
        "en": "For a company site, a blog or a portfolio. Servers in Romania, SSL and daily backup included.",
    },
    position=1,
    visible=True,
)
_WORDPRESS = GroupInput(
    slug="wordpress",
    name={"ro": "WordPress administrat", "en": "Managed WordPress"},
    description={
        "ro": "Actualizăm WordPress, temele și modulele în locul dumneavoastră și veghem zi și noapte.",
        "en": "We update WordPress, its themes and plugins for you, and watch over it day and night.",
    },
    position=2,
    visible=True,
)
_WEB_PLANS = (
    _Plan(
        START,
        {"ro": "Start", "en": "Start"},
        {"ro": "Pentru un site de prezentare.", "en": "For a brochure site."},
        {
            "ro": "Site-uri: 1\nSpațiu NVMe: 10 GB\nCăsuțe de e-mail: 10\nBackup zilnic: 7 zile\n"
            "Certificat SSL gratuit",
            "en": "Sites: 1\nNVMe storage: 10 GB\nMailboxes: 10\nDaily backup: 7 days\nFree SSL certificate",
        },
        {MONTHLY: CycleAmounts(1490), ANNUAL: CycleAmounts(14900), BIENNIAL: CycleAmounts(26900)},
    ),
    _Plan(
        STANDARD,
        {"ro": "Standard", "en": "Standard"},
        {"ro": "Alegerea celor mai mulți clienți.", "en": "What most customers choose."},
        {
            "ro": "Site-uri: 5\nSpațiu NVMe: 40 GB\nCăsuțe de e-mail: nelimitate\nBackup zilnic: 14 zile\n"
            "Certificat SSL gratuit\nPHP la alegere",
            "en": "Sites: 5\nNVMe storage: 40 GB\nMailboxes: unlimited\nDaily backup: 14 days\n"
            "Free SSL certificate\nPHP version of your choice",
        },
        {MONTHLY: CycleAmounts(2990), ANNUAL: CycleAmounts(29900), BIENNIAL: CycleAmounts(53900)},
        highlighted=True,
    ),
    _Plan(
        PRO,
        {"ro": "Pro", "en": "Pro"},
        {"ro": "Pentru agenții și site-uri cu trafic mare.", "en": "For agencies and busy sites."},
        {
            "ro": "Site-uri: nelimitate\nSpațiu NVMe: 120 GB\nCăsuțe de e-mail: nelimitate\nBackup zilnic: 30 de zile\n"
            "Certificat SSL gratuit\nPHP la alegere\nAcces SSH și Git\nSuport prioritar",
            "en": "Sites: unlimited\nNVMe storage: 120 GB\nMailboxes: unlimited\nDaily backup: 30 days\n"
            "Free SSL certificate\nPHP version of your choice\nSSH and Git access\nPriority support",
        },
        {MONTHLY: CycleAmounts(5990), ANNUAL: CycleAmounts(59900), BIENNIAL: CycleAmounts(107900)},
    ),
)
_WORDPRESS_PLANS = (
    _Plan(
        FREE,
        {"ro": "WordPress Mini", "en": "WordPress Mini"},
        {"ro": "Un prim site, fără costuri.", "en": "A first site, at no cost."},
        {
            "ro": "Site-uri WordPress: 1\nSpațiu NVMe: 1 GB\nActualizări automate\nCertificat SSL gratuit",
            "en": "WordPress sites: 1\nNVMe storage: 1 GB\nAutomatic updates\nFree SSL certificate",
        },
        {ANNUAL: CycleAmounts(0)},
    ),
    _Plan(
        BLOG,
        {"ro": "WordPress Blog", "en": "WordPress Blog"},
        {"ro": "WordPress instalat și îngrijit de noi.", "en": "WordPress, installed and cared for by us."},
        {
            "ro": "Site-uri WordPress: 1\nSpațiu NVMe: 20 GB\nBackup: zilnic\nActualizări automate\n"
            "Certificat SSL gratuit\nCopie de test",
            "en": "WordPress sites: 1\nNVMe storage: 20 GB\nBackup: daily\nAutomatic updates\n"
            "Free SSL certificate\nStaging copy",
        },
        {MONTHLY: CycleAmounts(3990), ANNUAL: CycleAmounts(39900)},
    ),
    _Plan(
        STORE,
        {"ro": "WordPress Magazin", "en": "WordPress Shop"},
        {
            "ro": "WooCommerce pregătit de vânzare, cu mutarea magazinului inclusă.",
            "en": "WooCommerce ready to sell, with the move of your shop included.",
        },
        {
            "ro": "Site-uri WordPress: 1\nSpațiu NVMe: 60 GB\nBackup: la 6 ore\nActualizări automate\n"
            "Certificat SSL gratuit\nCopie de test\nMutarea magazinului\nSuport prioritar",
            "en": "WordPress sites: 1\nNVMe storage: 60 GB\nBackup: every 6 hours\nAutomatic updates\n"
            "Free SSL certificate\nStaging copy\nMove of your shop\nPriority support",
        },
        {MONTHLY: CycleAmounts(8990, 15000), ANNUAL: CycleAmounts(89900, 15000)},
        highlighted=True,
    ),
)


_RESELLER_PLAN = _Plan(
    RESELLER,
    {"ro": "Revânzare", "en": "Reseller"},
    {"ro": "Pentru agenții cu mulți clienți.", "en": "For agencies with many clients."},
    {"ro": "30 de site-uri\n200 GB spațiu SSD", "en": "30 sites\n200 GB of SSD storage"},
    {ANNUAL: CycleAmounts(119900)},
)


def sell_reseller(group_id: str, account_id: str) -> str:
    """Put the plan for resellers on sale through a panel, and return its public id; in a system scope."""
    made = plans.create(_input(_RESELLER_PLAN, group_id, len(_WEB_PLANS) + 1, account_id))
    plans.set_prices(made, _RESELLER_PLAN.prices)
    selling.put_plan_on_sale(made)
    return made


def stock(account_id: str) -> None:
    """Put every plan on sale through a provisioner account; in a system scope."""
    for group, shelf in ((_WEB, _WEB_PLANS), (_WORDPRESS, _WORDPRESS_PLANS)):
        group_id = groups.create(group)
        for position, plan in enumerate(shelf, start=1):
            made = plans.create(_input(plan, group_id, position, account_id))
            plans.set_prices(made, plan.prices)
            selling.put_plan_on_sale(made)


def price_in(currency: str, prices: Mapping[str, Mapping[BillingCycle, CycleAmounts]]) -> None:
    """Price plans, by slug, in a further currency; in a system scope."""
    for slug, by_cycle in prices.items():
        plans.set_prices(offers.plan(slug, currencies.HOME).public_id, by_cycle, currency)


def _input(plan: _Plan, group_id: str, position: int, account_id: str) -> PlanInput:
    return PlanInput(
        group_id=group_id,
        slug=plan.slug,
        name=plan.name,
        description=plan.description,
        features=plan.features,
        position=position,
        highlighted=plan.highlighted,
        account_id=account_id,
        remote_plan=plan.slug,
    )
