"""What the demonstration sells: two shelves of hosting plans, in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.catalogue.services import groups, plans, selling
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
            "ro": "1 site\n10 GB spațiu SSD\n10 căsuțe de e-mail\nCertificat SSL gratuit\nBackup zilnic",
            "en": "1 site\n10 GB of SSD storage\n10 mailboxes\nFree SSL certificate\nDaily backup",
        },
        {MONTHLY: CycleAmounts(1490), ANNUAL: CycleAmounts(14900), BIENNIAL: CycleAmounts(26900)},
    ),
    _Plan(
        STANDARD,
        {"ro": "Standard", "en": "Standard"},
        {"ro": "Alegerea celor mai mulți clienți.", "en": "What most customers choose."},
        {
            "ro": "5 site-uri\n40 GB spațiu NVMe\nCăsuțe de e-mail nelimitate\nCertificat SSL gratuit\n"
            "Backup zilnic, 14 zile\nPHP la alegere",
            "en": "5 sites\n40 GB of NVMe storage\nUnlimited mailboxes\nFree SSL certificate\n"
            "Daily backup, 14 days\nPHP version of your choice",
        },
        {MONTHLY: CycleAmounts(2990), ANNUAL: CycleAmounts(29900), BIENNIAL: CycleAmounts(53900)},
        highlighted=True,
    ),
    _Plan(
        PRO,
        {"ro": "Pro", "en": "Pro"},
        {"ro": "Pentru agenții și site-uri cu trafic mare.", "en": "For agencies and busy sites."},
        {
            "ro": "Site-uri nelimitate\n120 GB spațiu NVMe\nCăsuțe de e-mail nelimitate\nAcces SSH și Git\n"
            "Backup zilnic, 30 de zile\nSuport prioritar",
            "en": "Unlimited sites\n120 GB of NVMe storage\nUnlimited mailboxes\nSSH and Git access\n"
            "Daily backup, 30 days\nPriority support",
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
            "ro": "1 site WordPress\n1 GB spațiu SSD\nActualizări automate\nCertificat SSL gratuit",
            "en": "1 WordPress site\n1 GB of SSD storage\nAutomatic updates\nFree SSL certificate",
        },
        {ANNUAL: CycleAmounts(0)},
    ),
    _Plan(
        BLOG,
        {"ro": "WordPress Blog", "en": "WordPress Blog"},
        {"ro": "WordPress instalat și îngrijit de noi.", "en": "WordPress, installed and cared for by us."},
        {
            "ro": "1 site WordPress\n20 GB spațiu NVMe\nActualizări automate\nCopie de test\nBackup zilnic, 14 zile",
            "en": "1 WordPress site\n20 GB of NVMe storage\nAutomatic updates\nStaging copy\nDaily backup, 14 days",
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
            "ro": "1 magazin WooCommerce\n60 GB spațiu NVMe\nMutarea magazinului\nActualizări verificate\n"
            "Backup la 6 ore\nSuport prioritar",
            "en": "1 WooCommerce shop\n60 GB of NVMe storage\nMove of your shop\nVerified updates\n"
            "Backup every 6 hours\nPriority support",
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
