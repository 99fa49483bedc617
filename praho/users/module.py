"""The users domain: accounts, sessions, second factors and staff."""

from praho.core.contributions import Contributions, NavigationItem
from praho.core.domain import Domain
from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.users import jobs
from praho.users.events import FORGET_OLD, SEND_RESET_LINK
from praho.users.permissions import VIEW_STAFF
from praho.users.services import personal_data
from praho.users.web import account, admin, invitation, recorded, settings

DOMAIN = Domain(
    name="users",
    blueprints=(account.bp, settings.bp, invitation.bp, admin.bp),
    job_kinds=(SEND_RESET_LINK, FORGET_OLD),
    job_handlers=(JobHandler(SEND_RESET_LINK, jobs.send_reset_link), JobHandler(FORGET_OLD, jobs.forget_old)),
    schedule=(Scheduled(FORGET_OLD),),
    personal_data=personal_data.RULES,
    contributions=Contributions(
        recorded=recorded.ACTIONS,
        navigation=(
            NavigationItem(
                "admin", _("Staff"), "users_admin.staff_list", "users", VIEW_STAFF, order=96, group=_("Settings")
            ),
        ),
    ),
)
