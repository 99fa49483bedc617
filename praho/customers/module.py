"""The customers domain: buyers, their addresses, contacts and members."""

from praho.core.domain import Domain
from praho.core.events import Subscriber
from praho.core.jobs.kinds import JobHandler
from praho.customers import jobs, subscribers
from praho.customers.events import REFRESH_SEARCH
from praho.customers.web import account, admin, admin_people, portal, portal_members
from praho.customers.web.contributions import CONTRIBUTIONS
from praho.users.events import UserRenamed

DOMAIN = Domain(
    name="customers",
    blueprints=(account.bp, portal.bp, portal_members.bp, admin.bp, admin_people.bp),
    subscribers=(Subscriber(UserRenamed, subscribers.on_user_renamed),),
    job_kinds=(REFRESH_SEARCH,),
    job_handlers=(JobHandler(REFRESH_SEARCH, jobs.refresh_search),),
    contributions=CONTRIBUTIONS,
)
