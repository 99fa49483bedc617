"""The customers domain: buyers, their addresses, contacts and members."""

from praho.core.domain import Domain
from praho.core.events import Subscriber
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.customers import jobs, subscribers
from praho.customers.events import (
    CHECK_COMPANY,
    RECHECK_COMPANIES,
    RECHECK_VAT_IDS,
    REFRESH_SEARCH,
    CustomerProfileChanged,
    CustomerRegistered,
)
from praho.customers.services import personal_data, retention
from praho.customers.web import (
    account,
    admin,
    admin_erasures,
    admin_people,
    admin_registers,
    admin_standings,
    portal,
    portal_erasure,
    portal_members,
)
from praho.customers.web.contributions import CONTRIBUTIONS
from praho.users.events import UserRenamed

DOMAIN = Domain(
    name="customers",
    blueprints=(
        account.bp,
        portal.bp,
        portal_members.bp,
        admin.bp,
        admin_people.bp,
        admin_registers.bp,
        admin_standings.bp,
        admin_erasures.bp,
        portal_erasure.bp,
    ),
    subscribers=(
        Subscriber(UserRenamed, subscribers.on_user_renamed),
        Subscriber(CustomerRegistered, subscribers.on_customer_known),
        Subscriber(CustomerProfileChanged, subscribers.on_customer_known),
    ),
    job_kinds=(REFRESH_SEARCH, CHECK_COMPANY, RECHECK_COMPANIES, RECHECK_VAT_IDS),
    job_handlers=(
        JobHandler(REFRESH_SEARCH, jobs.refresh_search),
        JobHandler(CHECK_COMPANY, jobs.check_company),
        JobHandler(RECHECK_COMPANIES, jobs.recheck_companies),
        JobHandler(RECHECK_VAT_IDS, jobs.recheck_vat_ids),
    ),
    schedule=(Scheduled(RECHECK_COMPANIES), Scheduled(RECHECK_VAT_IDS)),
    settings=retention.FIELDS,
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
