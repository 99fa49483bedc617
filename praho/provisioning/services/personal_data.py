"""What becomes of ended services when their holder asks to be forgotten: which plan it was, for how long."""

from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import blank, of_customer, pseudonymise, wiped
from praho.models.provisioning import Service

RULES = (
    pseudonymise(
        Service,
        _("Former services: their domains, users, addresses and passwords"),
        of_customer(Service),
        {
            "domain_name": wiped,
            "contact_email": blank,
            "username": wiped,
            "panel_url": wiped,
            "remote_id": wiped,
            "credentials_sealed": wiped,
            "failure": wiped,
            "search": blank,
        },
        plain=("origin", "label", "plan", "term_start", "term_end", "failure_reason"),
    ),
)
