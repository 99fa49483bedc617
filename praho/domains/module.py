"""What domains plug into the application."""

from datetime import timedelta

from praho.core.domain import Domain
from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.domains import events, jobs
from praho.domains.services import nameservers, personal_data
from praho.domains.web import admin, portal
from praho.domains.web.contributions import CONTRIBUTIONS

DOMAIN = Domain(
    name="domains",
    blueprints=(portal.bp, admin.bp),
    job_kinds=(events.REGISTER, events.SWEEP_REGISTRATIONS),
    job_handlers=(
        JobHandler(events.REGISTER, jobs.register),
        JobHandler(events.SWEEP_REGISTRATIONS, jobs.sweep_registrations),
    ),
    schedule=(Scheduled(events.SWEEP_REGISTRATIONS, every=timedelta(minutes=1)),),
    settings=(
        SettingField(
            key=nameservers.KEY,
            label=_("Nameservers of new domains"),
            kind=SettingKind.LONG_TEXT,
            default=nameservers.EXAMPLE,
            group="domains",
            help=_("One host name a line, at least two."),
            check=nameservers.refusal,
        ),
    ),
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
