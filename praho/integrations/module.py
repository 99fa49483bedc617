"""What the integrations plug into the application."""

from datetime import timedelta

from praho.core.domain import Domain
from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.integrations import events, jobs
from praho.integrations.services import housekeeping, personal_data
from praho.integrations.web import admin_accounts, admin_inbox, admin_operations, webhooks
from praho.integrations.web.contributions import CONTRIBUTIONS

DOMAIN = Domain(
    name="integrations",
    blueprints=(webhooks.bp, admin_accounts.bp, admin_operations.bp, admin_inbox.bp),
    job_kinds=(events.INBOX, events.SWEEP_INBOX, events.PRUNE_CALLS),
    job_handlers=(
        JobHandler(events.SWEEP_INBOX, jobs.sweep_inbox),
        JobHandler(events.PRUNE_CALLS, jobs.prune_calls),
    ),
    schedule=(Scheduled(events.SWEEP_INBOX, every=timedelta(minutes=1)), Scheduled(events.PRUNE_CALLS)),
    settings=(
        SettingField(
            key=housekeeping.CALL_LOG_DAYS,
            label=_("Days for which provider calls are kept"),
            kind=SettingKind.INTEGER,
            default=90,
            group="integrations",
            check=housekeeping.refused_days,
        ),
    ),
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
